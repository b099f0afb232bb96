"""The work of one job on its node: a chunk of tasks is run and each result stored, so that a death loses one task."""

import signal
import sys
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from types import FrameType
from typing import Any, NamedTuple

from scenarios.execution import Done, Work
from scenarios.execution.pool import parallel
from scenarios.execution.slurm.private import sealed, unsealed
from scenarios.store.identity import code_digest
from scenarios.store.journal import Journal, frames_of, journals

SIGNALLED = 75  # exit code of a job that obeyed the signal before its limit

TERMINATED = 128 + signal.SIGTERM

SHOWN = 12  # digits of a digest of code


class TaskResult(NamedTuple):
    """Result of a task by its number, as stored by its job."""

    number: int
    value: Any
    failure: str
    final: bool


class Begun(NamedTuple):
    """Note that the job of a chunk has started Python."""

    first: int


@dataclass(frozen=True)
class JobTasks:
    """The tasks of one job by number; submitit pickles it and calls it on the node."""

    work: Work
    tasks: tuple[tuple[int, Any], ...]
    kept: Path  # folder of the journals in which jobs store results
    code: str  # digest of the caller's code
    cpus: int = 1
    key: bytes = b""  # of the marks on results, known only to the jobs of one call

    @property
    def numbers(self) -> tuple[int, ...]:
        """Numbers of the tasks."""
        return tuple(number for number, _ in self.tasks)

    def __call__(self) -> None:
        """Run the tasks that no earlier attempt of this job has finished, until Slurm signals the end."""
        signal.signal(signal.SIGUSR2, _end)
        signal.signal(signal.SIGTERM, _end)
        done = {each.number for each in kept(self.kept, self.key) if isinstance(each, TaskResult)}
        with Journal(self.kept) as journal:
            journal.append(sealed(Begun(self.numbers[0]), self.key))
            for ended in self._results([task for task in self.tasks if task[0] not in done]):
                journal.append(sealed(TaskResult(ended.task[0], ended.value, ended.failure, ended.final), self.key))

    def _results(self, tasks: Sequence[tuple[int, Any]]) -> Iterator[Done]:
        """Each task as it ends; all fail if the code differs from the caller's."""
        code = code_digest()
        if code != self.code:
            yield from (Done(task, failure=other_version(self.code, code), final=True) for task in tasks)
            return
        yield from parallel(self.cpus).results(Numbered(self.work), tasks)


@dataclass(frozen=True)
class Numbered:
    """Work on a numbered task."""

    work: Work

    def __call__(self, task: tuple[int, Any]) -> Any:
        """Value of the task."""
        return self.work(task[1])


def kept(folder: Path, key: bytes = b"") -> Iterator[TaskResult | Begun]:
    """Results and notes stored so far by jobs with the key; RequestError if anybody else wrote there."""
    for path in journals(folder):
        with path.open("rb") as file:
            yield from (unsealed(payload, key) for _, payload in frames_of(file))


def split_evenly(numbers: Collection[int], pieces: int) -> list[list[int]]:
    """Numbers in a number of ordered pieces of nearly the same size, none empty."""
    whole = list(numbers)
    bounds = [len(whole) * piece // max(1, pieces) for piece in range(max(1, pieces) + 1)]
    return [whole[low:high] for low, high in pairwise(bounds) if high > low]


def other_version(wanted: str, actual: str) -> str:
    """Failure of a task on a worker with another version of the code."""
    return (
        f"another version of the code is on the worker ({actual[:SHOWN]} where the caller has {wanted[:SHOWN]}); "
        "install the same version where jobs run and give the same command again"
    )


def _end(number: int, frame: FrameType | None) -> None:
    """Exit at once; Slurm requeues a preempted job, and the caller resubmits tasks after a time limit."""
    sys.exit(SIGNALLED if number == signal.SIGUSR2 else TERMINATED)
