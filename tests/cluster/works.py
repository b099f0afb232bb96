"""Work for nodes, found by name there: a task leaves a mark each time it is lived. And how the marks are read."""

import os
import signal
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from scenarios.engines.slurm import queue
from tests.scenarios.works import FATAL


class Task(NamedTuple):
    """A number to double, and a shared folder."""

    number: int
    folder: Path
    seconds: float = 0.0

    def mark(self, what: str) -> None:
        with (self.folder / f"{what}-{self.number}").open("a") as file:
            file.write(f"{os.environ.get('SLURMD_NODENAME', '')}\n")


def doubled(task: Task) -> int:
    task.mark("begun")
    time.sleep(task.seconds)
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


def tasks(folder: Path, count: int, seconds: float = 0.0) -> list[Task]:
    marks = folder / "marks"
    marks.mkdir(exist_ok=True)
    return [Task(number, marks, seconds) for number in range(count)]


def lived(folder: Path, what: str = "ended") -> Counter[int]:
    """How often each task was."""
    files = (folder / "marks").glob(f"{what}-*")
    return Counter({int(file.name.rpartition("-")[2]): len(file.read_text().splitlines()) for file in files})


def nodes(folder: Path) -> set[str]:
    return {line for file in (folder / "marks").glob("ended-*") for line in file.read_text().splitlines()}


def until(holds: Callable[[], bool], seconds: float = 60) -> None:
    end = time.monotonic() + seconds
    while not holds():
        assert time.monotonic() < end
        time.sleep(0.2)


def silent() -> bool:
    """Whether the scheduler does not answer."""
    try:
        queue.queued(["nobody"])
    except queue.NoAnswerError:
        return True
    return False
