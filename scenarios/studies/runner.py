"""Runner of a study: an engine simulates what is missing, round by round, until all is stored or given up."""

import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from scenarios.errors import RequestError, SomeFailedError
from scenarios.execution import Done, Engine
from scenarios.execution.slurm.site import site
from scenarios.runs.runner import engine_for
from scenarios.runs.work import rounds
from scenarios.store.search import JOURNALS
from scenarios.studies.chunks import Chunk, ChunkResult, chunks, remaining, simulate_chunk
from scenarios.studies.folder import StudyFolder, at_work
from scenarios.studies.layout import Point

PATIENCE = 1.0  # seconds between checks of the work of another sweep


@dataclass
class Drive:
    """Sweep at work in a folder."""

    folder: StudyFolder
    engine: Callable[[int], Engine]  # by number of chunks
    watch: Callable[[int, int], None] = lambda done, whole: None
    report: Callable[[str], None] = lambda line: None
    max_failures: int | None = None
    seconds: float | None = None  # limit for a point
    retry: bool = False  # whether to simulate failed points again
    lost: dict[str, str] = field(default_factory=dict)  # reason by point whose process died
    failed: dict[str, str] = field(default_factory=dict)  # reason by point that failed now
    has_waited: bool = False
    whole: int = 0  # replications of the points
    done: int = 0  # of them, stored

    def run(self, points: Sequence[Point]) -> None:
        """Simulate what is missing of some points."""
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
                self._count(self.whole - missing)
                left_before = missing
                if self._round(pending):
                    left_before = -1
                    self._wait()

    def _count(self, done: int) -> None:
        """Report the number of replications that are stored."""
        self.done = min(done, self.whole)
        self.watch(self.done, self.whole)

    def _check_progress(self, *, is_stuck: bool) -> None:
        if is_stuck:
            raise RequestError(
                f"{self.folder.path}: what was simulated does not appear in {JOURNALS}/ after it is written; is a "
                "network disk slow, or a journal broken? Run the same command again; it continues with what is stored."
            )

    def _prepared(self, every: Sequence[Chunk]) -> list[Chunk]:
        beside = tuple(self.folder.other_folders)
        return [replace(chunk, seconds=self.seconds, retry=self.retry, beside=beside) for chunk in every]

    def _wait(self) -> None:
        """Wait for another sweep, or the rest of a killed one, to finish its work."""
        if not self.has_waited:
            self.report(
                "Another sweep in this folder, or a process left by a killed one, is working on the rest; "
                "waiting for it."
            )
        self.has_waited = True
        time.sleep(PATIENCE)

    def _round(self, pending: Sequence[Chunk]) -> bool:
        """Run every chunk, and halves of those whose process died; True if another sweep works on some."""
        elsewhere = False
        for ended in rounds(self.engine, simulate_chunk, pending, self._divided):
            if not ended.failure:
                elsewhere |= self._record(ended.task, ended.value)
        return elsewhere

    def _divided(self, lost: Done) -> Sequence[Chunk]:
        """Halves of a chunk whose process died; none of one point, or if halves would be lost likewise."""
        chunk: Chunk = lost.task
        if len(chunk.ids) > 1 and not lost.final:
            return chunk.halves()
        return self._given_up(chunk.ids, lost.failure)

    def _record(self, chunk: Chunk, result: ChunkResult) -> bool:
        """Record the result of a chunk; True if another sweep works on it."""
        if result.stop:
            raise RequestError(
                f"{self.folder.path}: {result.stop}. What was done is kept; mend this and run the same command."
            )
        self.failed.update(result.failed)
        self._check_failures()
        self._count(self.done + (0 if result.elsewhere else chunk.replications))
        return result.elsewhere

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
    """Points of shard i of n, chosen by identifier, whatever their order."""
    number, of = shard
    return (point for point in points if int(point.id, 16) % of == number - 1)


def engine_of(written: Mapping[str, object], folder: Path, workers: int | None) -> Callable[[int], Engine]:
    """Function that makes the engine for a number of chunks: processes of this machine, or job arrays."""
    described = site(written)
    if described is None:
        return lambda tasks: engine_for(tasks, workers)
    from scenarios.execution.slurm import Slurm

    return lambda tasks: Slurm(described, folder)
