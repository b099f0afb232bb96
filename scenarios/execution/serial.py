"""Everything in this process, one task after another."""

from collections.abc import Iterator, Sequence
from typing import Any

from scenarios.execution import Done, Work, failure_of


class Serial:
    """The plainest engine; also the one to debug with."""

    def results(self, work: Work, tasks: Sequence[Any]) -> Iterator[Done]:
        """Each task as it ends."""
        for task in tasks:
            try:
                yield Done(task, work(task))
            except Exception as error:  # reported with the task, and the rest goes on
                yield Done(task, failure=failure_of(error))
