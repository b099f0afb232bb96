"""How a job ended, as Slurm's accounting or its controller says, and what that means to a user."""

import re
import subprocess
import time
from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

from scenarios.errors import SomeFailedError
from scenarios.execution.slurm.site import Site
from scenarios.execution.slurm.worker import TOLD_TO_END

ENDED = {
    "BOOT_FAIL", "CANCELLED", "COMPLETED", "DEADLINE", "FAILED", "NODE_FAIL", "OUT_OF_MEMORY", "PREEMPTED", "TIMEOUT",
}  # fmt: skip

NOT_TO_BLAME = {"NODE_FAIL", "BOOT_FAIL", "PREEMPTED"}  # states in which the tasks had no part

BY_SIGNAL = 128  # what a shell adds to the signal that a command died of

KILL = 9

NO_NODE = ("(null)", "None assigned")

CATCHES_UP_SECONDS = 10  # in which the accounting follows the queue


class Fate(NamedTuple):
    """How a job ended, in Slurm's words."""

    state: str
    code: int = 0
    signal: int = 0
    node: str = ""

    @property
    def killed_by(self) -> int:
        """The signal that killed the job; 0 if none did."""
        return self.signal or max(0, self.code - BY_SIGNAL)


UNKNOWN = Fate("UNKNOWN")


def fate_of(job: str) -> Fate:
    """How a job that has left the queue ended; UNKNOWN if neither the accounting nor the controller says."""
    until = time.monotonic() + CATCHES_UP_SECONDS
    while time.monotonic() < until:
        for ask in (_accounted, _remembered):
            found = ask(job)
            if found.state in ENDED:
                return found
        time.sleep(1)
    return UNKNOWN


def told(fate: Fate, site: Site) -> str:
    """How a job ended, in one line: Slurm's state, where, and the key that may have to change."""
    where = f" on {fate.node}" if fate.node else ""
    if fate.state == "OUT_OF_MEMORY":
        return f"OUT_OF_MEMORY{where}: more than engine.memory_gb={site.memory_gb:g}"
    if fate.state == "TIMEOUT" or fate.code == TOLD_TO_END:
        return f"TIMEOUT{where}: more than engine.time_minutes={site.time_minutes}"
    if fate.killed_by == KILL:
        return f"{fate.state}{where}: killed by signal 9 (out of memory, perhaps)"
    if fate.killed_by:
        return f"{fate.state}{where}: killed by signal {fate.killed_by}"
    if fate.state == "CANCELLED":
        return f"CANCELLED{where}: by its user, an administrator or a limit of the site"
    if fate.state == "UNKNOWN":
        return "UNKNOWN: the job left the queue without a word, and Slurm keeps no accounting of it"
    return f"{fate.state}{where}" + (f": exit code {fate.code}" if fate.code else "")


def _accounted(job: str) -> Fate:
    """What the accounting says."""
    columns = "JobID,State,ExitCode,DerivedExitCode,NodeList"
    said = _said("sacct", "--allocations", "--noheader", "--parsable2", f"--format={columns}", f"--jobs={job}")
    for line in said.splitlines():
        name, state, *codes, node = line.split("|", 4)
        if name == job and state:
            return _fate(state.split()[0], codes, node)
    return UNKNOWN


def _remembered(job: str) -> Fate:
    """What the controller remembers for some minutes, also where there is no accounting."""
    words = dict(re.findall(r"(\S+?)=(\S+)", _said("scontrol", "--details", "--oneliner", "show", "job", job)))
    codes = [words.get("ExitCode", ""), words.get("DerivedExitCode", "")]
    return _fate(words.get("JobState", ""), codes, words.get("NodeList", ""))


def _said(*command: str) -> str:
    """What Slurm says; nothing where it has no answer, for the other source may."""
    try:
        return asked(command)
    except NoAnswerError:
        return ""


def _fate(state: str, codes: Sequence[str], node: str) -> Fate:
    """From a state and the pairs `exit code:signal` of a job and of its steps."""
    pairs = [tuple(map(int, code.split(":"))) for code in codes if re.fullmatch(r"\d+:\d+", code)]
    signal = max((pair[1] for pair in pairs), default=0)
    return Fate(state.rstrip("+"), pairs[0][0] if pairs else 0, signal, "" if node in NO_NODE else node)


RHYTHM = (2.0, 30.0)  # least and most seconds between two queries

SHARE = 20  # one part in so many of the time passed is waited between two queries

SETTLE = 5.0  # seconds for a job's last file to show on a shared folder

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


class Scheduler:
    """Slurm as one caller sees it; a short outage is waited out, a long one ends the call."""

    def __init__(self, name: str, patience_minutes: float, say: Callable[[str], None]) -> None:
        self.name, self.patience, self.say = name, 60 * patience_minutes, say
        self.began = self.heard = time.monotonic()
        self.asked = float("-inf")
        self.missed: dict[str, float] = {}  # jobs that are not in the queue, since when
        self.hitches: set[str] = set()
        self.silent = False

    def gone(self, jobs: Iterable[str]) -> list[str]:
        """Those jobs that left the queue long enough ago for their last file to have shown."""
        now = time.monotonic()
        if now - self.asked >= min(max(RHYTHM[0], (now - self.began) / SHARE), RHYTHM[1]):
            self.asked = now
            self._ask(list(jobs))
        return [job for job in jobs if now - self.missed.get(job, now) >= SETTLE]

    def _ask(self, jobs: list[str]) -> None:
        try:
            found = queued([self.name])
        except NoAnswerError as error:
            self.no_answer(error)
            return
        self.answered()
        now = time.monotonic()
        self.missed = {job: self.missed.get(job, now) for job in jobs if job not in found}
        self._tell_hitches(found.values())
        self._drop([each.job for each in found.values() if each.never_starts])

    def answered(self) -> None:
        """Note that Slurm answered."""
        self.heard = time.monotonic()
        if self.silent:
            self.say("Slurm answers again.")
        self.silent = False

    def news(self) -> None:
        """Note news from a job, which needs no scheduler once it runs."""
        self.heard = time.monotonic()

    def no_answer(self, error: NoAnswerError) -> None:
        """Say once that Slurm does not answer; give up when it and the jobs have been silent for too long."""
        if not self.silent:
            self.say(f"Slurm does not answer ({error}); waiting, up to {self.patience / 60:g} minutes without news.")
        self.silent = True
        if time.monotonic() - self.heard > self.patience:
            raise SomeFailedError(
                f"Slurm has not answered for {self.patience / 60:g} minutes ({error}), and no job has brought "
                "anything. What is done is kept and jobs that run go on by themselves; once Slurm is back, the same "
                "command goes on."
            )

    def _tell_hitches(self, found: Iterable[Queued]) -> None:
        hitches = {each.hitch for each in found if each.hitch}
        for hitch in sorted(hitches - self.hitches):
            self.say(f"Jobs wait in the queue: {hitch} (squeue --name={self.name}).")
        self.hitches = hitches

    def _drop(self, jobs: list[str]) -> None:
        """Cancel jobs that would be held for good, so that they count as dead."""
        if jobs:
            cancel(jobs)


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
