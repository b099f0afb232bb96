"""A chunk of a study: some draws of some points, simulated as one ensemble by whichever process takes it."""

import signal
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
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
from scenarios.errors import RequestError
from scenarios.outcomes import OUTCOMES
from scenarios.schema import Request
from scenarios.sweeping.claims import claimed
from scenarios.sweeping.pieces import Numbers
from scenarios.sweeping.store import BLOCKS, Store
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
    seconds: float | None = None  # that a point may take
    retry: bool = False  # whether to try again what failed before
    beside: tuple[Path, ...] = ()  # further folders that may hold results
    claim: str = ""  # key of the chunk of which it is a part

    @property
    def replications(self) -> int:
        """Replications that it holds."""
        return len(self.ids) * len(self.draws) * len(self.request.strata)

    @property
    def key(self) -> str:
        """The name under which its work is claimed."""
        return self.claim or digest_of([self.ids, [self.draws.start, self.draws.stop]])

    def of(self, places: Sequence[int], draws: range | None = None) -> "Chunk":
        """Some of its points, and all or some of its draws."""
        ids, variants = tuple(self.ids[place] for place in places), tuple(self.variants[place] for place in places)
        return replace(self, ids=ids, variants=variants, draws=draws or self.draws, claim=self.key)

    def left(self, store: Store) -> "list[Chunk]":
        """The parts that are still missing; points that miss the same draws are put together."""
        gaps: dict[range, list[int]] = {}
        for place, point in enumerate(self.ids):
            for gap in store.missing(point, self.draws, retry=self.retry):
                gaps.setdefault(gap, []).append(place)
        return [self.of(places, gap) for gap, places in gaps.items()]

    def halves(self) -> "tuple[Chunk, ...]":
        """Its two halves, by points, or by draws if it has one point; nothing if it cannot be halved."""
        middle, half = len(self.ids) // 2, self.draws.start + len(self.draws) // 2
        if middle:
            parts = [self.of(range(middle)), self.of(range(middle, len(self.ids)))]
        elif len(self.draws) > 1:
            parts = [self.of([0], range(self.draws.start, half)), self.of([0], range(half, self.draws.stop))]
        else:
            return ()
        return tuple(replace(part, claim="") for part in parts)


@dataclass(frozen=True)
class Lived:
    """What became of a chunk."""

    failed: Mapping[str, str] = field(default_factory=dict)  # points that failed, in whole or in part, and why
    elsewhere: bool = False  # another sweep is working on it
    stop: str = ""  # why no chunk can be run at all


def live(chunk: Chunk) -> Lived:
    """Simulate what is missing of a chunk and keep it."""
    if why := _hindrance(chunk):
        return Lived(stop=why)
    failed: dict[str, str] = {}
    try:
        with claimed(chunk.folder, chunk.key) as ours:
            for part in chunk.left(_store(chunk.folder, chunk.beside).refresh()) if ours else ():
                failed |= _attempted(part)
    except OSError as error:
        return Lived(stop=failure_of(error))
    except RequestError as error:
        return Lived(stop=str(error).removesuffix("."))
    return Lived(failed, elsewhere=not ours)


def _hindrance(chunk: Chunk) -> str:
    """Why this process can run nothing of a chunk; empty if it can."""
    if chunk.code != code_digest():
        return f"a worker runs code {code_digest()[:8]}, this sweep {chunk.code[:8]}; install the same version on both"
    if chunk.seconds and not hasattr(signal, "setitimer"):
        return "a point is timed by a signal, which this system does not have; leave out --timeout"
    if chunk.seconds and threading.current_thread() is not threading.main_thread():
        return "a point is timed by a signal, which the main thread of a process alone gets; leave out --timeout"
    return ""


@cache
def _store(folder: Path, beside: tuple[Path, ...]) -> Store:
    """The index of this process."""
    return Store(folder, beside)


def _attempted(chunk: Chunk) -> dict[str, str]:
    """Simulate a chunk and keep it; failing points are found by halving. Returns the points that failed, and why."""
    used = time.process_time()
    try:
        with limited(chunk.seconds and chunk.seconds * len(chunk.ids)):
            found = together(chunk.request, chunk.variants, chunk.draws)
    except Exception as error:  # whatever it is, it is recorded beside the point, and the rest goes on
        parts = () if isinstance(error, TimeoutError) and len(chunk.ids) == 1 else chunk.halves()
        return _in_parts(parts) if parts else _failed(chunk, failure_of(error))
    keep(chunk, found, time.process_time() - used)
    return {}


def _in_parts(parts: Sequence[Chunk]) -> dict[str, str]:
    return {point: why for part in parts for point, why in _attempted(part).items()}


def _failed(chunk: Chunk, why: str) -> dict[str, str]:
    """Keep replications of one point as failed: without outcomes, the reason in the note."""
    empty = {name: np.full((1, len(chunk.draws) * len(chunk.request.strata)), np.nan) for name in OUTCOMES}
    keep(chunk, empty, 0.0, why)
    return dict.fromkeys(chunk.ids, why)


def keep(chunk: Chunk, found: Mapping[str, Numbers], cpu: float, why: str = "") -> None:
    """Append results, which took so many seconds of a core, to a journal of this process."""
    note: dict[str, Any] = {
        "points": chunk.ids,
        "draws": [chunk.draws.start, chunk.draws.stop],
        "theories": len(chunk.request.strata),
        "cpu": cpu,
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
