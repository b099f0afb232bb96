"""Progress on the terminal with the time left; two plain lines without a terminal."""

import sys
import time
from contextlib import ExitStack
from typing import Any

from scenarios.execution import to_stderr


class Progress(ExitStack):
    """Progress of a number of replications, shown until the context ends."""

    def __init__(self, *, shown: bool = True) -> None:
        super().__init__()
        self.shown, self.began = shown, time.monotonic()
        self.bar: Any = None

    def __call__(self, done: int, whole: int) -> None:
        """Show the number of finished replications; nothing if none are needed."""
        if whole == 0 or not self.shown:
            return
        if sys.stderr is None or sys.stderr.closed or not sys.stderr.isatty():
            self._plainly(done, whole)
            return
        self.bar = self.bar or self.enter_context(_bar())
        self.bar.update(self.bar.task_ids[0], completed=done, total=whole)

    def _plainly(self, done: int, whole: int) -> None:
        if done in (0, whole):
            took = f" in {time.monotonic() - self.began:.1f} s" if done else ""
            to_stderr(f"{done:,} of {whole:,} replications{took}")


def _bar() -> Any:
    from rich.console import Console
    from rich.progress import (
        BarColumn,
        MofNCompleteColumn,
        Progress,
        TextColumn,
        TimeElapsedColumn,
        TimeRemainingColumn,
    )

    columns = (TextColumn("replications"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    bar = Progress(*columns, TextColumn("left"), TimeRemainingColumn(), console=Console(stderr=True), transient=True)
    bar.add_task("replications")
    return bar
