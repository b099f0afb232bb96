"""Queries of Slurm: jobs in the queue, outages of the controller, and how jobs ended."""

import re
import subprocess
import time
from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

from scenarios.errors import SomeFailedError
from scenarios.execution.slurm.site import Site

ENDED = {
    "BOOT_FAIL", "CANCELLED", "COMPLETED", "DEADLINE", "FAILED", "NODE_FAIL", "OUT_OF_MEMORY", "PREEMPTED", "TIMEOUT",
}  # fmt: skip

NOT_TO_BLAME = {"NODE_FAIL", "BOOT_FAIL", "PREEMPTED"}  # states that tasks do not cause

SIGNALLED = 75  # exit code of a job that obeyed the signal before its limit

BY_SIGNAL = 128  # added by a shell to the number of the signal that killed a command

KILL = 9

NO_NODE = ("(null)", "None assigned")

CATCHES_UP_SECONDS = 10  # by which the accounting follows the queue

RHYTHM = (2.0, 30.0)  # least and most seconds between two queries

SHARE = 20  # the pause between two queries is the time passed divided by this

SETTLE = 5.0  # seconds until the last file of a job is visible in a shared folder

ANSWER_SECONDS = 60

OUTAGE = ("Unable to contact slurm controller", "Socket timed out", "Connection refused", "connect failure")

NEVER_STARTS = "launch failed"

USUAL = {"None", "Resources", "Priority", "JobArrayTaskLimit", "BeginTime", "Dependency", "Cleaning"}  # while waiting


class NoAnswerError(Exception):
    """Slurm did not answer, or not in time."""


class Fate(NamedTuple):
    """End of a job, in terms of Slurm."""

    state: str
    code: int = 0
    signal: int = 0
    node: str = ""

    @property
    def killed_by(self) -> int:
        """The signal that killed the job; 0 if none did."""
        return self.signal or max(0, self.code - BY_SIGNAL)


UNKNOWN = Fate("UNKNOWN")


class Queued(NamedTuple):
    """A job in the queue, with the reason why it waits."""

    job: str
    state: str
    reason: str

    @property
    def never_starts(self) -> bool:
        """True if a node failed to launch the job, after which Slurm never starts it."""
        return self.state == "PENDING" and NEVER_STARTS in self.reason.lower()

    @property
    def delay(self) -> str:
        """Unusual reason to wait; empty if the job only waits for its turn."""
        return self.reason if self.state == "PENDING" and self.reason not in USUAL else ""


class Scheduler:
    """State of the jobs of one call; waits through a short outage of Slurm, ends the call in a long one."""

    def __init__(self, name: str, patience_minutes: float, report: Callable[[str], None]) -> None:
        self.name, self.patience, self.report = name, 60 * patience_minutes, report
        self.began = self.heard = time.monotonic()
        self.queried = float("-inf")
        self.missed: dict[str, float] = {}  # jobs that have left the queue, and when
        self.delays: set[str] = set()
        self.silent = False

    def gone(self, jobs: Iterable[str]) -> list[str]:
        """Jobs that left the queue long enough ago for their last files to be visible."""
        now = time.monotonic()
        if now - self.queried >= min(max(RHYTHM[0], (now - self.began) / SHARE), RHYTHM[1]):
            self.queried = now
            self._query(list(jobs))
        return [job for job in jobs if now - self.missed.get(job, now) >= SETTLE]

    def _query(self, jobs: list[str]) -> None:
        """Note which jobs have left the queue; cancel those that would never start, so that they count as dead."""
        try:
            waiting = queued([self.name])
        except NoAnswerError as error:
            self.no_answer(error)
            return
        self.answered()
        now = time.monotonic()
        self.missed = {job: self.missed.get(job, now) for job in jobs if job not in waiting}
        self._report_delays({job.delay for job in waiting.values() if job.delay})
        if doomed := [job.job for job in waiting.values() if job.never_starts]:
            cancel(doomed)

    def answered(self) -> None:
        """Note that Slurm answered."""
        self.heard = time.monotonic()
        if self.silent:
            self.report("Slurm answers again.")
        self.silent = False

    def news(self) -> None:
        """Note a result of a job, which needs no scheduler while it runs."""
        self.heard = time.monotonic()

    def no_answer(self, error: NoAnswerError) -> None:
        """Report once that Slurm does not answer; give up when it and the jobs are silent for too long."""
        if not self.silent:
            self.report(f"Slurm does not answer ({error}); waiting, up to {self.patience / 60:g} minutes without news.")
        self.silent = True
        if time.monotonic() - self.heard > self.patience:
            raise SomeFailedError(
                f"Slurm has not answered for {self.patience / 60:g} minutes ({error}), and no job has brought "
                "anything. What is done is kept and jobs that run go on by themselves; once Slurm is back, the same "
                "command goes on."
            )

    def _report_delays(self, delays: set[str]) -> None:
        for delay in sorted(delays - self.delays):
            self.report(f"Jobs wait in the queue: {delay} (squeue --name={self.name}).")
        self.delays = delays


def queued(names: Iterable[str]) -> dict[str, Queued]:
    """Queued jobs with some names, by job; NoAnswerError if Slurm does not answer."""
    output = query(["squeue", "--noheader", "--array", "--format=%i|%T|%r", f"--name={','.join(names)}"])
    jobs = (Queued(*(word.strip() for word in line.split("|", 2))) for line in output.splitlines() if line.strip())
    return {job.job: job for job in jobs}


def cancel(jobs: Sequence[str]) -> bool:
    """Cancel jobs; True if Slurm accepts."""
    try:
        query(["scancel", *jobs])
    except NoAnswerError:
        return False
    return True


def query(command: Sequence[str]) -> str:
    """Output of a command of Slurm; NoAnswerError with its message if it fails."""
    try:
        ended = subprocess.run(command, capture_output=True, text=True, check=False, timeout=ANSWER_SECONDS)
    except (OSError, subprocess.TimeoutExpired) as error:
        raise NoAnswerError(f"{command[0]}: {error}") from error
    if ended.returncode:
        raise NoAnswerError(f"{command[0]}: {' '.join(ended.stderr.split()) or f'exit code {ended.returncode}'}")
    return ended.stdout


def is_outage(message: str) -> bool:
    """True if an error is that the scheduler cannot be reached, not that it refuses."""
    return any(outage in message for outage in OUTAGE)


def fate_of(job: str) -> Fate:
    """End of a job that has left the queue; UNKNOWN if neither the accounting nor the controller has it."""
    until = time.monotonic() + CATCHES_UP_SECONDS
    while time.monotonic() < until:
        for source in (_by_accounting, _by_controller):
            fate = source(job)
            if fate.state in ENDED:
                return fate
        time.sleep(1)
    return UNKNOWN


def describe_fate(fate: Fate, site: Site) -> str:
    """End of a job in one line: state, node, and the key that may have to change."""
    if fate.state == "UNKNOWN":
        return "UNKNOWN: the job left the queue without a word, and Slurm keeps no accounting of it"
    state, why = fate.state, ""
    if state == "OUT_OF_MEMORY":
        why = f"more than engine.memory_gb={site.memory_gb:g}"
    elif state == "TIMEOUT" or fate.code == SIGNALLED:
        state, why = "TIMEOUT", f"more than engine.time_minutes={site.time_minutes}"
    elif fate.killed_by:
        why = f"killed by signal {fate.killed_by}{' (out of memory, perhaps)' if fate.killed_by == KILL else ''}"
    elif state == "CANCELLED":
        why = "by its user, an administrator or a limit of the site"
    elif fate.code:
        why = f"exit code {fate.code}"
    return f"{state}{f' on {fate.node}' if fate.node else ''}{f': {why}' if why else ''}"


def _by_accounting(job: str) -> Fate:
    """End of a job by the accounting."""
    columns = "JobID,State,ExitCode,DerivedExitCode,NodeList"
    output = _answer("sacct", "--allocations", "--noheader", "--parsable2", f"--format={columns}", f"--jobs={job}")
    for line in output.splitlines():
        name, state, *codes, node = line.split("|", 4)
        if name == job and state:
            return _fate(state.split()[0], codes, node)
    return UNKNOWN


def _by_controller(job: str) -> Fate:
    """End of a job by the controller, which has it for some minutes even without accounting."""
    entries = dict(re.findall(r"(\S+?)=(\S+)", _answer("scontrol", "--details", "--oneliner", "show", "job", job)))
    state, *codes, node = (entries.get(key, "") for key in ("JobState", "ExitCode", "DerivedExitCode", "NodeList"))
    return _fate(state, codes, node)


def _answer(*command: str) -> str:
    """Answer of Slurm; empty if there is none, since the other source may have one."""
    try:
        return query(command)
    except NoAnswerError:
        return ""


def _fate(state: str, codes: Sequence[str], node: str) -> Fate:
    """End of a job from its state and the pairs `exit code:signal` of the job and its steps."""
    pairs = [tuple(map(int, code.split(":"))) for code in codes if re.fullmatch(r"\d+:\d+", code)]
    signal = max((pair[1] for pair in pairs), default=0)
    return Fate(state.rstrip("+"), pairs[0][0] if pairs else 0, signal, "" if node in NO_NODE else node)
