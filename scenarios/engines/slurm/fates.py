"""How a job ended, as Slurm's accounting or its controller says, and what that means to a user."""

import re
import time
from collections.abc import Sequence
from typing import NamedTuple

from scenarios.engines.site import Site
from scenarios.engines.slurm.chunk import TOLD_TO_END
from scenarios.engines.slurm.queue import NoAnswerError, asked

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
