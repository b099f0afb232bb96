"""Plan of a sweep: core-hours, time and disk of a study, estimated by a pilot of some chunks."""

import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory

from scenarios.execution.cores import usable
from scenarios.studies.chunks import Chunk, chunks, remaining, simulate_chunk
from scenarios.studies.folder import siblings
from scenarios.studies.index import Store
from scenarios.studies.layout import Point
from scenarios.studies.request import StudyRequest
from scenarios.studies.writer import Writer

PLACES, LEAST_REPLICATIONS = 3, 3_000  # of a pilot: places in the design, replications in all


@dataclass(frozen=True)
class Pilot:
    """Cost of some chunks, and size of their tables."""

    steps: float  # replications x steps
    cpu: float  # seconds
    seconds: float
    replications: int
    bytes: int


def piloted(study: StudyRequest, chosen: Sequence[Chunk]) -> Pilot:
    """Simulate some chunks; nothing of them is kept."""
    with TemporaryDirectory() as name:
        folder, began = Path(name), time.perf_counter()
        for chunk in chosen:
            simulate_chunk(replace(chunk, folder=folder))
        seconds, store = time.perf_counter() - began, Store(folder).refresh()
        tables = _written(study, store, chosen).close()
    return Pilot(
        steps=sum(map(steps, chosen)),
        cpu=sum(note["cpu"] for note in store.notes),
        seconds=seconds,
        replications=sum(chunk.replications for chunk in chosen),
        bytes=sum(table["bytes"] for table in tables.values()),
    )


def _written(study: StudyRequest, store: Store, chosen: Sequence[Chunk]) -> Writer:
    """Write the pilot as finished data."""
    writer = Writer(store.folder, study.layout)
    draws = {point: chunk.draws for chunk in chosen for point in chunk.ids}
    for point in study.layout.distinct:
        if point.id in draws:
            values = store.values(point.id, draws[point.id], len(study.layout.theories(point)))
            writer.add(point, values, {"status": "done", "failed": 0, "reason": "", "cpu": 0.0})
    return writer


def pilot_chunks(every: Sequence[Chunk]) -> list[Chunk]:
    """Chunks from the beginning, middle and end, with enough neighbours to show how well tables compress."""
    mean = sum(chunk.replications for chunk in every) / len(every)
    side_by_side = max(1, round(LEAST_REPLICATIONS / PLACES / mean))
    if len(every) <= PLACES * side_by_side:
        return list(every)
    starts = [place * (len(every) - side_by_side) // (PLACES - 1) for place in range(PLACES)]
    return [chunk for start in starts for chunk in every[start : start + side_by_side]]


def steps(chunk: Chunk) -> float:
    """Replication-steps of a chunk."""
    return chunk.replications * float(chunk.request.ensemble.steps)


def planned(study: StudyRequest, folder: Path, points: Sequence[Point], workers: int | None) -> str:
    """Cost of some points in words: replication-days, core-hours, time and disk; nothing is kept."""
    every = chunks(study, folder, points)
    pending = remaining(every, Store(folder, siblings(folder)).refresh())
    done = sum(chunk.replications for chunk in every) - sum(chunk.replications for chunk in pending)
    part = len(points) < len(study.layout.distinct)
    lines = [
        f"{study.name}: {len(study.points):,} points ({len(study.layout.distinct):,} differ), "
        f"{study.replications:,} replications",
        *([f"  this shard: {len(points):,} points"] if part else []),
        f"  {sum(chunk.replications for chunk in every):,} replications to simulate, {sum(map(_days, every)):,.0f} "
        f"replication-days in {len(every):,} chunks",
        *([f"  {done:,} of them are there already"] if done else []),
    ]
    if not pending:
        return "\n".join([*lines, "  nothing is left to simulate"])
    chosen = pilot_chunks(pending)
    pilot = piloted(study, chosen)
    ahead = sum(map(steps, pending)) / pilot.steps
    disk = pilot.bytes * study.replications / pilot.replications
    cores = min(workers or usable(), len(pending))
    lines += [
        f"  core-hours  {pilot.cpu * ahead / 3_600:.3g} ({1e6 * pilot.cpu / pilot.steps:.1f} microseconds a "
        f"replication-step, from a pilot of {len(chosen):,} chunks)",
        f"  time        about {_duration(pilot.seconds * ahead / cores)} with {cores} workers on this machine, "
        "if nothing else runs",
        f"  disk        about {disk / 1e6:,.1f} MB for all points, in {folder}",
    ]
    return "\n".join(lines)


def _days(chunk: Chunk) -> float:
    return chunk.replications * float(chunk.request.ensemble.horizon)


def _duration(seconds: float) -> str:
    """Duration in words."""
    if seconds < 120:
        return f"{seconds:.0f} s"
    return f"{seconds / 60:.0f} min" if seconds < 7_200 else f"{seconds / 3_600:.1f} h"
