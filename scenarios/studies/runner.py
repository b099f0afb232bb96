"""A study carried out: an engine runs what is missing, round by round, until all is there or given up."""

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from scenarios.errors import RequestError, SomeFailedError
from scenarios.execution import Done, Engine
from scenarios.execution.slurm.site import site
from scenarios.runs.runner import engine_for
from scenarios.studies.chunks import Chunk, chunks, remaining, simulate_chunk
from scenarios.studies.folder import Folder, at_work
from scenarios.studies.index import BLOCKS
from scenarios.studies.layout import Point

PATIENCE = 1.0  # seconds between looks at what another sweep is working on


@dataclass
class Drive:
    """One sweep at work in a folder."""

    folder: Folder
    engine: Callable[[int], Engine]  # for so many chunks
    watch: Callable[[int, int], None] = lambda done, whole: None
    say: Callable[[str], None] = lambda line: None
    max_failures: int | None = None
    seconds: float | None = None  # that a point may take
    retry: bool = False  # whether to try points again that failed before
    lost: dict[str, str] = field(default_factory=dict)  # points whose process died, and how
    failed: dict[str, str] = field(default_factory=dict)  # points that failed now, and why
    has_waited: bool = False

    def run(self, points: Sequence[Point]) -> None:
        """Run what is missing of some points."""
        every = self._prepared(chunks(self.folder.study, self.folder.path, points))
        self.whole = sum(chunk.replications for chunk in every)
        left_before = -1
        if not remaining(every, self.folder.store(), self.lost):
            return
        with at_work(self.folder.path):
            while pending := remaining(every, self.folder.store(), self.lost):
                every = [replace(chunk, retry=False) for chunk in every]
                missing = sum(chunk.replications for chunk in pending)
                self._check_progress(is_stuck=missing == left_before)
                self.done = self.whole - missing
                self.watch(self.done, self.whole)
                left_before = missing
                if self._round(pending):
                    left_before = -1
                    self._wait()

    def _check_progress(self, *, is_stuck: bool) -> None:
        if is_stuck:
            raise RequestError(
                f"{self.folder.path}: what was lived does not show in {BLOCKS}/ once it is written; is a network disk "
                "slow, or a journal broken? Run the same command again; it goes on with what is there."
            )

    def _prepared(self, every: Sequence[Chunk]) -> list[Chunk]:
        beside = tuple(self.folder.beside)
        return [replace(chunk, seconds=self.seconds, retry=self.retry, beside=beside) for chunk in every]

    def _wait(self) -> None:
        """Wait for another sweep, or the rest of a killed one, to finish its work."""
        if not self.has_waited:
            self.say(
                "Another sweep in this folder has the rest in hand, or what is left of a killed one; waiting for it."
            )
        self.has_waited = True
        time.sleep(PATIENCE)

    def _round(self, pending: Sequence[Chunk]) -> bool:
        """Try every chunk once, and the parts of those whose process died; whether another sweep works on some."""
        elsewhere = False
        while pending:
            again: list[Chunk] = []
            for ended in self.engine(len(pending)).results(simulate_chunk, pending):
                elsewhere |= self._record(ended, again)
            pending = again
        return elsewhere

    def _record(self, ended: Done, again: list[Chunk]) -> bool:
        """Note how a chunk ended, halving one that died until the point is found; whether another sweep works on it."""
        chunk: Chunk = ended.task
        if ended.failure:
            again += self._given_up(chunk.ids, ended.failure) if ended.final else self._halved(chunk, ended.failure)
            return False
        if ended.value.stop:
            raise RequestError(
                f"{self.folder.path}: {ended.value.stop}. What was done is kept; mend this and run the same command."
            )
        self.failed.update(ended.value.failed)
        self._check_failures()
        self.done += 0 if ended.value.elsewhere else chunk.replications
        self.watch(min(self.done, self.whole), self.whole)
        return bool(ended.value.elsewhere)

    def _halved(self, chunk: Chunk, why: str) -> Sequence[Chunk]:
        if len(chunk.ids) > 1:
            return chunk.halves()
        return self._given_up(chunk.ids, why)

    def _given_up(self, points: Sequence[str], why: str) -> Sequence[Chunk]:
        self.lost.update(dict.fromkeys(points, why))
        self._check_failures()
        return ()

    def _check_failures(self) -> None:
        troubled = {**self.failed, **self.lost}
        if self.max_failures is not None and len(troubled) > self.max_failures:
            first = min(troubled)
            raise SomeFailedError(
                f"stopped: points that failed: {len(troubled)}, more than --max-failures {self.max_failures}; one is "
                f"{first} ({troubled[first]}). What was done is kept in {self.folder.path}."
            )


def sharded(points: Sequence[Point], shard: tuple[int, int]) -> Iterator[Point]:
    """The points of shard i of n, by their identifiers, whatever their order."""
    number, of = shard
    return (point for point in points if int(point.id, 16) % of == number - 1)


def engine_of(written: Mapping[str, object], folder: Path, workers: int | None) -> Callable[[int], Engine]:
    """A function that makes the engine for so many chunks: processes of this machine, or job arrays."""
    described = site(written)
    if described is None:
        return lambda tasks: engine_for(tasks, workers)
    from scenarios.execution.slurm import Slurm

    return lambda tasks: Slurm(described, folder)
