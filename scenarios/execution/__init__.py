"""Engines that run tasks: their interface, and the one that needs no other process; one module per other engine."""

import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

Work = Callable[[Any], Any]


@dataclass(frozen=True)
class Done:
    """A task that has ended, with its value or the reason of its failure."""

    task: Any
    value: Any = None
    failure: str = ""
    final: bool = False  # the task is not the cause of the failure, so that trying its parts would not help


class Engine(Protocol):
    """Interface of engines, which run independent tasks in any order."""

    def results(self, work: Work, tasks: Sequence[Any]) -> Iterator[Done]:
        """Each task as it ends; a task that fails does not stop the rest."""


class Serial:
    """Engine that runs one task after another, in this process; also suited for debugging."""

    def results(self, work: Work, tasks: Sequence[Any]) -> Iterator[Done]:
        """Each task as it ends."""
        for task in tasks:
            try:
                yield Done(task, work(task))
            except Exception as error:  # reported with the task, and the rest goes on
                yield Done(task, failure=failure_of(error))


def to_stderr(message: str) -> None:
    """Print a message for the user on standard error, unless it is closed."""
    if sys.stderr is not None and not sys.stderr.closed:
        print(message, file=sys.stderr, flush=True)


def failure_of(error: BaseException) -> str:
    """An exception in one line."""
    message = " ".join(str(error).split())
    return f"{type(error).__name__}: {message}" if message else type(error).__name__
