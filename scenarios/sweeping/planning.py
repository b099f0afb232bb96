"""What a study will take, in words."""

from collections.abc import Sequence
from pathlib import Path

from scenarios.engines.cores import usable
from scenarios.sweeping.asking import Asked
from scenarios.sweeping.chunk import Chunk
from scenarios.sweeping.chunks import chunks, left
from scenarios.sweeping.folder import beside
from scenarios.sweeping.layout import Point
from scenarios.sweeping.pilot import piloted, spread, steps
from scenarios.sweeping.store import Store


def planned(asked: Asked, folder: Path, points: Sequence[Point], workers: int | None) -> str:
    """What some points take: replication-days, core-hours, time and disk, in words; nothing is kept."""
    every = chunks(asked, folder, points)
    pending = left(every, Store(folder, beside(folder)).refresh())
    done = sum(chunk.replications for chunk in every) - sum(chunk.replications for chunk in pending)
    part = len(points) < len(asked.layout.distinct)
    lines = [
        f"{asked.name}: {len(asked.points):,} points ({len(asked.layout.distinct):,} differ), "
        f"{asked.replications:,} replications",
        *([f"  this shard: {len(points):,} points"] if part else []),
        f"  {sum(chunk.replications for chunk in every):,} replications to live, {sum(map(_days, every)):,.0f} "
        f"replication-days in {len(every):,} chunks",
        *([f"  {done:,} of them are there already"] if done else []),
    ]
    if not pending:
        return "\n".join([*lines, "  nothing is left to live"])
    chosen = spread(pending)
    pilot = piloted(asked, chosen)
    ahead = sum(map(steps, pending)) / pilot.steps
    cores = min(workers or usable(), len(pending))
    lines += [
        f"  core-hours  {pilot.cpu * ahead / 3_600:.3g} ({1e6 * pilot.cpu / pilot.steps:.1f} microseconds a "
        f"replication-step, from a pilot of {len(chosen):,} chunks)",
        f"  time        about {_told(pilot.seconds * ahead / cores)} with {cores} workers on this machine, if nothing "
        "else runs",
        f"  disk        {pilot.bytes_of(asked) / 1e6:,.1f} MB for all points, in {folder}",
    ]
    return "\n".join(lines)


def _days(chunk: Chunk) -> float:
    return chunk.replications * float(chunk.request.ensemble.horizon)


def _told(seconds: float) -> str:
    """A time in words."""
    if seconds < 120:
        return f"{seconds:.0f} s"
    return f"{seconds / 60:.0f} min" if seconds < 7_200 else f"{seconds / 3_600:.1f} h"
