"""Progress on the terminal with the time left; without a terminal a plain line every ten seconds."""

import sys
import time
from types import TracebackType
from typing import Any

from scenarios.execution import to_stderr

PERIOD = 10.0  # seconds between two lines without a terminal


class Progress:
    """Progress of a number of replications."""

    def __init__(self, *, shown: bool = True) -> None:
        self.silent = not shown
        self.began = self.reported = time.monotonic()
        self.bar: Any = None
        self.task: Any = None

    def __enter__(self) -> "Progress":
        return self

    def __call__(self, done: int, whole: int) -> None:
        """Show the number of finished replications; nothing if none are needed."""
        if whole == 0 or self.silent:
            return
        if sys.stderr is None or sys.stderr.closed or not sys.stderr.isatty():
            self._plainly(done, whole)
            return
        if self.bar is None:
            self._open(whole)
        self.bar.update(self.task, completed=done)

    def _plainly(self, done: int, whole: int) -> None:
        now = time.monotonic()
        if done not in (0, whole) and now - self.reported < PERIOD:
            return
        self.reported = now
        took = f" in {now - self.began:.1f} s" if done else ""
        to_stderr(f"{done:,} of {whole:,} replications{took}")

    def _open(self, whole: int) -> None:
        from rich.console import Console
        from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeElapsedColumn, TimeRemainingColumn
        from rich.progress import Progress as Bar

        columns = (
            TextColumn("replications"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn(),
            TextColumn("left"), TimeRemainingColumn(),
        )  # fmt: skip
        self.bar = Bar(*columns, console=Console(stderr=True), transient=True)
        self.bar.start()
        self.task = self.bar.add_task("replications", total=whole)

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self.bar is not None:
            self.bar.stop()
