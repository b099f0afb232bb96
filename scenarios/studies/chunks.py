"""Chunks of a study: draws of design points, simulated as one ensemble by the process that claims them."""

import hashlib
import signal
import threading
import time
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path
from types import FrameType
from typing import Any

import numpy as np
import pyarrow as pa

from scenarios.config.request import BLOCK, Request
from scenarios.errors import RequestError
from scenarios.execution import failure_of
from scenarios.outcomes import OUTCOMES
from scenarios.runs.work import halved
from scenarios.simulation.batch import Variant, simulate_together
from scenarios.store import locks, regular
from scenarios.store.identity import code_digest, digest_of
from scenarios.store.journal import Journal
from scenarios.store.search import JOURNALS
from scenarios.store.tables import packed
from scenarios.studies.index import Numbers, Store
from scenarios.studies.layout import Point
from scenarios.studies.request import StudyRequest

CLAIMS = ".claims"  # the file of locks on chunks

PLACES = 2**30  # bytes of that file, never written, one per claim


@dataclass(frozen=True, eq=False)
class Chunk:
    """Work for one process: draws of points that share a request."""

    request: Request
    ids: tuple[str, ...]
    variants: tuple[Variant, ...]
    draws: range
    folder: Path
    code: str  # digest of the code that requests the simulation
    seconds: float | None = None  # limit for a point
    retry: bool = False  # whether to simulate failed draws again
    beside: tuple[Path, ...] = ()  # other folders that may contain results
    claim: str = ""  # key of the chunk that it is part of

    @property
    def replications(self) -> int:
        """Number of its replications."""
        return len(self.ids) * len(self.draws) * len(self.request.strata)

    @property
    def key(self) -> str:
        """Name under which its work is claimed."""
        return self.claim or digest_of([self.ids, [self.draws.start, self.draws.stop]])

    def of(self, places: Sequence[int], draws: range | None = None) -> "Chunk":
        """Part of it: some of its points, and all or some of its draws."""
        ids, variants = tuple(self.ids[place] for place in places), tuple(self.variants[place] for place in places)
        return replace(self, ids=ids, variants=variants, draws=draws or self.draws, claim=self.key)

    def remaining(self, store: Store) -> "list[Chunk]":
        """Parts that are still missing; points that miss the same draws are grouped."""
        gaps: dict[range, list[int]] = {}
        for place, point in enumerate(self.ids):
            for gap in store.missing(point, self.draws, retry=self.retry):
                gaps.setdefault(gap, []).append(place)
        return [self.of(places, gap) for gap, places in gaps.items()]

    def halves(self) -> "tuple[Chunk, ...]":
        """Halves of it, by points, or by draws if it has one point; empty if it cannot be halved."""
        middle, half = len(self.ids) // 2, self.draws.start + len(self.draws) // 2
        if middle:
            parts = [self.of(range(middle)), self.of(range(middle, len(self.ids)))]
        elif len(self.draws) > 1:
            parts = [self.of([0], range(self.draws.start, half)), self.of([0], range(half, self.draws.stop))]
        else:
            return ()
        return tuple(replace(part, claim="") for part in parts)


@dataclass(frozen=True)
class ChunkResult:
    """Outcome of one attempt at a chunk."""

    failed: Mapping[str, str] = field(default_factory=dict)  # reason by point that failed, in whole or in part
    elsewhere: bool = False  # whether another sweep is working on it
    stop: str = ""  # reason why no chunk can be run


def simulate_chunk(chunk: Chunk) -> ChunkResult:
    """Simulate what is missing of a chunk and store it."""
    if why := _hindrance(chunk):
        return ChunkResult(stop=why)
    failed: dict[str, str] = {}
    try:
        with claim(chunk.folder, chunk.key) as is_claimed:
            for part in chunk.remaining(_store(chunk.folder, chunk.beside).refresh()) if is_claimed else ():
                failed |= _stored(part)
    except OSError as error:
        return ChunkResult(stop=failure_of(error))
    except RequestError as error:
        return ChunkResult(stop=str(error).removesuffix("."))
    return ChunkResult(failed, elsewhere=not is_claimed)


def _hindrance(chunk: Chunk) -> str:
    """Reason why this process cannot run a chunk; empty if it can."""
    if chunk.code != code_digest():
        return f"a worker runs code {code_digest()[:8]}, this sweep {chunk.code[:8]}; install the same version on both"
    if chunk.seconds and not hasattr(signal, "setitimer"):
        return "a point is timed by a signal, which this system does not have; leave out --timeout"
    if chunk.seconds and threading.current_thread() is not threading.main_thread():
        return "a point is timed by a signal, which only the main thread of a process receives; leave out --timeout"
    return ""


@cache
def _store(folder: Path, beside: tuple[Path, ...]) -> Store:
    """Index of this process, kept between chunks."""
    return Store(folder, beside)


def _stored(chunk: Chunk) -> dict[str, str]:
    """Simulate a chunk and store it; returns the reasons by point that failed."""
    failed: dict[str, str] = {}
    for part, simulated, failure in halved(chunk, _simulated, _halves):
        if failure:
            failed |= _store_failed(part, failure_of(failure))
        else:
            append_block(part, *simulated)
    return failed


def _simulated(chunk: Chunk) -> tuple[Mapping[str, Numbers], float]:
    """Outcomes of a chunk and processor time [s]."""
    used = time.process_time()
    with limited(chunk.seconds and chunk.seconds * len(chunk.ids)):
        outcomes = simulate_together(chunk.request, chunk.variants, chunk.draws)
    return outcomes, time.process_time() - used


def _halves(chunk: Chunk, failure: Exception) -> Sequence[Chunk]:
    """Halves of a failed chunk; none of a point that took too long, which is failed as a whole."""
    return () if isinstance(failure, TimeoutError) and len(chunk.ids) == 1 else chunk.halves()


def _store_failed(chunk: Chunk, why: str) -> dict[str, str]:
    """Store replications of one point as failed: without outcomes, the reason in the note."""
    empty = {name: np.full((1, len(chunk.draws) * len(chunk.request.strata)), np.nan) for name in OUTCOMES}
    append_block(chunk, empty, 0.0, why)
    return dict.fromkeys(chunk.ids, why)


def append_block(chunk: Chunk, outcomes: Mapping[str, Numbers], cpu: float, why: str = "") -> None:
    """Append a block of results to a journal of this process."""
    note: dict[str, Any] = {
        "points": chunk.ids,
        "draws": [chunk.draws.start, chunk.draws.stop],
        "theories": len(chunk.request.strata),
        "cpu": cpu,
        "at": time.time(),
        "failure": why,
    }
    columns = {name: values.ravel() for name, values in outcomes.items()}
    columns["failed"] = np.full(chunk.replications, bool(why))
    with Journal(chunk.folder / JOURNALS) as opened:
        opened.append(packed({"outcomes": pa.table(columns)}, note))


@contextmanager
def limited(seconds: float | None) -> Iterator[None]:
    """Raise TimeoutError in this process after a number of seconds; never if None."""

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


def chunks(study: StudyRequest, folder: Path, points: Sequence[Point]) -> list[Chunk]:
    """Chunks of some points: points of a kind together, large ones divided by draws; the same on every machine."""
    kinds: dict[str, list[Point]] = {}
    for point in points:
        kinds.setdefault(point.kind, []).append(point)
    return [chunk for kind, alike in kinds.items() for chunk in _of_a_kind(study, folder, alike)]


def _of_a_kind(study: StudyRequest, folder: Path, points: Sequence[Point]) -> Iterator[Chunk]:
    request, draws = study.layout.request(points[0]), study.draws[points[0].kind]
    most = max(1, BLOCK // len(request.strata))  # draws
    segments = -(-len(points) // max(1, most // len(draws)))  # of even size, since small ensembles are costly
    for some in (points[len(points) * k // segments : len(points) * (k + 1) // segments] for k in range(segments)):
        for start in range(0, len(draws), most):
            yield Chunk(
                request=request,
                ids=tuple(point.id for point in some),
                variants=tuple(point.variant for point in some),
                draws=draws[start : start + most],
                folder=folder,
                code=code_digest(),
            )


def remaining(every: Sequence[Chunk], store: Store, given_up: Collection[str] = ()) -> list[Chunk]:
    """Parts of chunks that are missing, without points given up."""
    return [part for chunk in every for part in without(chunk, given_up).remaining(store)]


def without(chunk: Chunk, given_up: Collection[str]) -> Chunk:
    """Chunk without points given up."""
    places = [place for place, point in enumerate(chunk.ids) if point not in given_up]
    return chunk if len(places) == len(chunk.ids) else chunk.of(places)


@contextmanager
def claim(folder: Path, key: str) -> Iterator[bool]:
    """Claim a chunk, unless another process has claimed it; yield whether the claim succeeded."""
    place = int.from_bytes(hashlib.blake2b(key.encode(), digest_size=8).digest(), "little") % PLACES
    with regular.opened(folder / CLAIMS, "ab") as file:
        yield locks.claimed(file, place)
