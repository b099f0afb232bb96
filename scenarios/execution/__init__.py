"""Engines: how tasks are spread over processes and machines. One small interface, one module per engine."""

import sys
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

Work = Callable[[Any], Any]


@dataclass(frozen=True)
class Done:
    """A task that has ended, with its value; or `failure` says why there is none."""

    task: Any
    value: Any = None
    failure: str = ""
    final: bool = False  # the failure is not the task's own, so that trying its parts would not help


class Engine(Protocol):
    """Runs tasks that do not depend on one another, in any order."""

    def results(self, work: Work, tasks: Sequence[Any]) -> Iterator[Done]:
        """Each task as it ends; a task that fails does not stop the rest."""


def to_stderr(said: str) -> None:
    """Print a message for the user on standard error, apart from what the command prints; nothing if there is none."""
    if sys.stderr is not None and not sys.stderr.closed:
        print(said, file=sys.stderr, flush=True)


def failure_of(error: BaseException) -> str:
    """An exception in one line."""
    said = " ".join(str(error).split())
    return f"{type(error).__name__}: {said}" if said else type(error).__name__
