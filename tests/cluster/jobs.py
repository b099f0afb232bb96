"""Work for nodes, found by name there: a task leaves a mark each time it is lived. And how the marks are read."""

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
    """A number to double, and a shared folder; a task that is held ends once it is let go there."""

    number: int
    folder: Path
    is_held: bool = False

    def mark(self, what: str) -> None:
        with (self.folder / f"{what}-{self.number}").open("a") as file:
            file.write(f"{os.environ.get('SLURMD_NODENAME', '')}\n")


def doubled(task: Task) -> int:
    task.mark("begun")
    if task.is_held:
        until((task.folder / GO).exists, "the word to go on")
    task.mark("ended")
    return 2 * task.number


def raises_and_dies(task: Task) -> int:
    """Two tasks that cannot be lived: one raises, one takes its process with it."""
    if task.number == FATAL:
        task.mark("killed")
        os.kill(os.getpid(), signal.SIGKILL)
    if task.number == 2 * FATAL:
        raise ValueError(f"{task.number} is too many")
    return doubled(task)


def tasks(folder: Path, count: int, of: int = 1) -> list[Task]:
    """Tasks to be cut into jobs of so many each; all but the first of each job are held."""
    marks = folder / "marks"
    marks.mkdir(exist_ok=True)
    return [Task(number, marks, is_held=number % of > 0) for number in range(count)]


def all_held(folder: Path, count: int, of: int) -> bool:
    """Whether every job has a task that is held."""
    return {number + 1 for number in range(0, count, of)} <= set(lived(folder, "begun"))


def let_go(folder: Path) -> None:
    (folder / "marks" / GO).touch()


def lived(folder: Path, what: str = "ended") -> Counter[int]:
    """How often each task was."""
    files = (folder / "marks").glob(f"{what}-*")
    return Counter({int(file.name.rpartition("-")[2]): len(file.read_text().splitlines()) for file in files})


def nodes(folder: Path) -> set[str]:
    return {line for file in (folder / "marks").glob("ended-*") for line in file.read_text().splitlines()}


def silent() -> bool:
    """Whether the scheduler does not answer."""
    try:
        scheduler.queued(["nobody"])
    except scheduler.NoAnswerError:
        return True
    return False
