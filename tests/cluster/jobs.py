"""Work for nodes, imported by name there: a task leaves a mark whenever it is run. And readers of the marks."""

import os
import signal
from collections import Counter
from pathlib import Path
from typing import NamedTuple

from scenarios.execution.slurm import scheduler
from tests.execution.jobs import FATAL
from tests.processes import until

GO = "go"


class Task(NamedTuple):
    """A number to double, and a shared folder; a task that waits ends once it is released there."""

    number: int
    folder: Path
    waits: bool = False

    def mark(self, what: str) -> None:
        with (self.folder / f"{what}-{self.number}").open("a") as file:
            file.write(f"{os.environ.get('SLURMD_NODENAME', '')}\n")


def doubled(task: Task) -> int:
    task.mark("begun")
    if task.waits:
        until((task.folder / GO).exists, "the release")
    task.mark("ended")
    return 2 * task.number


def raises_and_dies(task: Task) -> int:
    """Two tasks that cannot be run: one raises, one takes its process with it."""
    if task.number == FATAL:
        task.mark("killed")
        os.kill(os.getpid(), signal.SIGKILL)
    if task.number == 2 * FATAL:
        raise ValueError(f"{task.number} is too many")
    return doubled(task)


def tasks(folder: Path, count: int, of: int = 1) -> list[Task]:
    """Tasks to be divided into jobs of so many; all but the first of every job wait."""
    marks = folder / "marks"
    marks.mkdir(exist_ok=True)
    return [Task(number, marks, waits=number % of > 0) for number in range(count)]


def all_wait(folder: Path, count: int, of: int) -> bool:
    """True if every job has a task that waits."""
    return {number + 1 for number in range(0, count, of)} <= set(counts(folder, "begun"))


def release(folder: Path) -> None:
    (folder / "marks" / GO).touch()


def counts(folder: Path, what: str = "ended") -> Counter[int]:
    """Number of times that every task ended, or whatever else it marked."""
    files = (folder / "marks").glob(f"{what}-*")
    return Counter({int(file.name.rpartition("-")[2]): len(file.read_text().splitlines()) for file in files})


def nodes(folder: Path) -> set[str]:
    return {line for file in (folder / "marks").glob("ended-*") for line in file.read_text().splitlines()}


def silent() -> bool:
    """True if the scheduler does not answer."""
    try:
        scheduler.queued(["nobody"])
    except scheduler.NoAnswerError:
        return True
    return False
