"""Commands of Slurm: which jobs are in its queue, and the order to cancel."""

import subprocess
from collections.abc import Iterable, Sequence
from typing import NamedTuple

ANSWER_SECONDS = 60
OUTAGE = ("Unable to contact slurm controller", "Socket timed out", "Connection refused", "connect failure")
NEVER_STARTS = "launch failed"
USUAL = {"None", "Resources", "Priority", "JobArrayTaskLimit", "BeginTime", "Dependency", "Cleaning"}  # reasons to wait


class NoAnswerError(Exception):
    """Slurm did not answer, or not in time."""


class Queued(NamedTuple):
    """A job that is in the queue, and why it waits there."""

    job: str
    state: str
    reason: str

    @property
    def never_starts(self) -> bool:
        """Whether a node failed to launch it, after which Slurm holds it for good."""
        return self.state == "PENDING" and NEVER_STARTS in self.reason.lower()

    @property
    def hitch(self) -> str:
        """Why it waits, where that is more than its turn."""
        return self.reason if self.state == "PENDING" and self.reason not in USUAL else ""


def queued(names: Iterable[str]) -> dict[str, Queued]:
    """The jobs of some names that are in the queue, by job; NoAnswerError if Slurm cannot say."""
    said = asked(["squeue", "--noheader", "--array", "--format=%i|%T|%r", f"--name={','.join(names)}"])
    found = (Queued(*(word.strip() for word in line.split("|", 2))) for line in said.splitlines() if line.strip())
    return {each.job: each for each in found}


def cancel(jobs: Sequence[str]) -> bool:
    """Cancel jobs; whether Slurm took the order."""
    try:
        asked(["scancel", *jobs])
    except NoAnswerError:
        return False
    return True


def asked(command: Sequence[str]) -> str:
    """What a command of Slurm says; NoAnswerError in its own words if it fails."""
    try:
        ended = subprocess.run(command, capture_output=True, text=True, check=False, timeout=ANSWER_SECONDS)
    except (OSError, subprocess.TimeoutExpired) as error:
        raise NoAnswerError(f"{command[0]}: {error}") from error
    if ended.returncode:
        raise NoAnswerError(f"{command[0]}: {' '.join(ended.stderr.split()) or f'exit code {ended.returncode}'}")
    return ended.stdout


def is_outage(said: str) -> bool:
    """Whether a complaint is that the scheduler cannot be reached, and not that it refuses."""
    return any(each in said for each in OUTAGE)
