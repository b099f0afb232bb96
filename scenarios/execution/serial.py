"""The engine that runs all tasks in this process."""

from collections.abc import Iterator, Sequence
from typing import Any

from scenarios.execution import Done, Work, failure_of


class Serial:
    """Engine that runs one task after another, in this process; also suited for debugging."""

    def results(self, work: Work, tasks: Sequence[Any]) -> Iterator[Done]:
        """Each task as it ends."""
        for task in tasks:
            try:
                yield Done(task, work(task))
            except Exception as error:  # reported with the task, and the rest goes on
                yield Done(task, failure=failure_of(error))
