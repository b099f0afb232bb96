"""A chunk of a study: some draws of some points, lived as one ensemble in whatever process it falls to."""

import signal
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from types import FrameType
from typing import Any

import numpy as np
import pyarrow as pa

from scenarios.archive.identity import code_digest, digest_of
from scenarios.archive.journal import Journal
from scenarios.archive.tables import packed
from scenarios.engines import failure_of
from scenarios.outcomes import OUTCOMES
from scenarios.schema import Request
from scenarios.sweeping.claims import claimed
from scenarios.sweeping.store import BLOCKS, Numbers, Store
from scenarios.variants import Variant, together


@dataclass(frozen=True, eq=False)
class Chunk:
    """Work for one process: `request` says what its points share."""

    request: Request
    ids: tuple[str, ...]
    variants: tuple[Variant, ...]
    draws: range
    folder: Path
    code: str  # digest of the code that asks
    seconds: float | None  # that a point may take

    @property
    def replications(self) -> int:
        """Replications that it holds."""
        return len(self.ids) * len(self.draws) * len(self.request.strata)

    @property
    def key(self) -> str:
        """What it is called where work is claimed."""
        return digest_of([self.ids, [self.draws.start, self.draws.stop]])

    def of(self, places: Sequence[int], draws: range | None = None) -> "Chunk":
        """Some of its points, and all or some of its draws."""
        ids, variants = tuple(self.ids[place] for place in places), tuple(self.variants[place] for place in places)
        return replace(self, ids=ids, variants=variants, draws=draws or self.draws)

    def halves(self) -> "tuple[Chunk, ...]":
        """Itself in two, by points, or by draws where there is but one point; nothing if it cannot be cut."""
        middle = len(self.ids) // 2
        if middle:
            return self.of(range(middle)), self.of(range(middle, len(self.ids)))
        half = self.draws.start + len(self.draws) // 2
        first, second = range(self.draws.start, half), range(half, self.draws.stop)
        return (self.of([0], first), self.of([0], second)) if first else ()


@dataclass(frozen=True)
class Lived:
    """What became of a chunk."""

    failed: tuple[str, ...] = ()  # points that failed, in whole or in part
    elsewhere: bool = False  # another sweep has it in hand
    stop: str = ""  # why no chunk can be lived at all


class OtherVersionError(RuntimeError):
    """A worker runs another version of the code than the sweep that asks."""


def live(chunk: Chunk) -> Lived:
    """Live what is missing of a chunk and keep it."""
    try:
        if chunk.code != code_digest():
            raise OtherVersionError(
                f"a worker runs code {code_digest()[:8]}, this sweep {chunk.code[:8]}; install the same version on both"
            )
        with claimed(chunk.folder, chunk.key) as ours:
            failed = [point for part in _left(chunk) for point in _attempted(part)] if ours else []
        return Lived(failed=tuple(failed), elsewhere=not ours)
    except (OSError, OtherVersionError) as error:
        return Lived(stop=failure_of(error))


@cache
def _store(folder: Path) -> Store:
    """The index of this process."""
    return Store(folder)


def _left(chunk: Chunk) -> list[Chunk]:
    """What no process has done yet."""
    store = _store(chunk.folder).refresh()
    gaps: dict[range, list[int]] = {}
    for place, point in enumerate(chunk.ids):
        for gap in store.missing(point, chunk.draws):
            gaps.setdefault(gap, []).append(place)
    return [chunk.of(places, gap) for gap, places in gaps.items()]


def _attempted(chunk: Chunk) -> list[str]:
    """Live a chunk and keep it; what cannot be lived is found by halving. The points that failed."""
    began, used = time.perf_counter(), time.process_time()
    try:
        with limited(chunk.seconds and chunk.seconds * len(chunk.ids)):
            found = together(chunk.request, chunk.variants, chunk.draws)
    except Exception as error:  # whatever it is, it is recorded beside the point, and the rest goes on
        parts = () if isinstance(error, TimeoutError) and len(chunk.ids) == 1 else chunk.halves()
        return [point for part in parts for point in _attempted(part)] if parts else _failed(chunk, failure_of(error))
    keep(chunk, found, time.perf_counter() - began, time.process_time() - used)
    return []


def _failed(chunk: Chunk, why: str) -> list[str]:
    """Keep replications of one point as failed: without outcomes, the reason in the note."""
    empty = {name: np.full((1, len(chunk.draws) * len(chunk.request.strata)), np.nan) for name in OUTCOMES}
    keep(chunk, empty, 0.0, 0.0, why)
    return list(chunk.ids)


def keep(chunk: Chunk, found: Mapping[str, Numbers], seconds: float, used: float, why: str = "") -> None:
    """Append what was lived to a journal of this process."""
    note: dict[str, Any] = {
        "points": chunk.ids,
        "draws": [chunk.draws.start, chunk.draws.stop],
        "theories": len(chunk.request.strata),
        "seconds": seconds,
        "cpu": used,
        "at": time.time(),
        "failure": why,
    }
    columns = {name: values.ravel() for name, values in found.items()}
    columns["failed"] = np.full(chunk.replications, bool(why))
    with Journal(chunk.folder / BLOCKS) as opened:
        opened.append(packed({"outcomes": pa.table(columns)}, note))


@contextmanager
def limited(seconds: float | None) -> Iterator[None]:
    """Raise TimeoutError in this process once so many seconds have passed; never if None."""

    def ring(number: int, frame: FrameType | None) -> None:
        raise TimeoutError(f"it took longer than the {seconds:g} s that it may")

    if not seconds:
        yield
        return
    before = signal.signal(signal.SIGALRM, ring)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
