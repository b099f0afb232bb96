"""What a study will take, from a pilot: some of its chunks lived whole, and nothing of them kept."""

import os
import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory

from scenarios.sweeping.asking import Asked
from scenarios.sweeping.chunk import Chunk, live
from scenarios.sweeping.chunks import chunks, left
from scenarios.sweeping.dataset import Writer
from scenarios.sweeping.folder import beside
from scenarios.sweeping.store import DATA, Store

PILOTS = 3


@dataclass(frozen=True)
class Pilot:
    """What some chunks took."""

    work: float  # replication-steps
    cpu: float  # seconds
    seconds: float
    bytes_a_replication: float
    bytes_a_row: float  # of the summary: a point under a theory


def planned(asked: Asked, folder: Path, workers: int | None) -> str:
    """Points, replication-days, core-hours, time and disk, in words."""
    every = chunks(asked, folder, asked.layout.distinct)
    pending = left(every, Store(folder, beside(folder)).refresh(), set())
    lines = [
        f"{asked.name}: {len(asked.points):,} points ({len(asked.layout.distinct):,} differ), "
        f"{asked.replications:,} replications, {sum(map(_days, every)):,.0f} replication-days in {len(every):,} chunks"
    ]
    done = sum(chunk.replications for chunk in every) - sum(chunk.replications for chunk in pending)
    lines += [f"  {done:,} replications are there already"] if done else []
    if not pending:
        return "\n".join([*lines, "  nothing is left to live"])
    pilot = piloted(asked, spread(pending, PILOTS))
    cores = min(workers or os.cpu_count() or 1, len(pending))
    hours = pilot.cpu / pilot.work * sum(map(_work, pending)) / 3_600
    wall = pilot.seconds / pilot.work * sum(map(_work, pending)) / cores
    rows = sum(len(asked.layout.theories(point)) for point in asked.layout.points)
    disk = pilot.bytes_a_replication * asked.replications + pilot.bytes_a_row * rows
    lines += [
        f"  core-hours  {hours:.3g} ({1e6 * pilot.cpu / pilot.work:.1f} microseconds a replication-step, from a pilot "
        f"of {min(PILOTS, len(pending))} chunks)",
        f"  time        about {_told(wall)} with {cores} workers on this machine, if nothing else runs",
        f"  disk        {disk / 1e6:,.1f} MB, in {folder}",
    ]
    return "\n".join(lines)


def piloted(asked: Asked, chosen: Sequence[Chunk]) -> Pilot:
    """Live some chunks in a folder that is thrown away."""
    with TemporaryDirectory() as name:
        folder = Path(name)
        began, used = time.perf_counter(), time.process_time()
        for chunk in chosen:
            live(replace(chunk, folder=folder))
        seconds, cpu = time.perf_counter() - began, time.process_time() - used
        data, summary, replications, rows = _written(asked, folder, chosen)
    work = sum(map(_work, chosen))
    return Pilot(work, cpu, seconds, data / max(replications, 1), summary / max(rows, 1))


def _written(asked: Asked, folder: Path, chosen: Sequence[Chunk]) -> tuple[int, int, int, int]:
    """Bytes of data and of the rest, replications and rows of the summary, of the pilot as finished data."""
    store = Store(folder).refresh()
    writer = Writer(folder, asked.layout)
    wanted = {point: chunk.draws for chunk in chosen for point in chunk.ids}
    for point in asked.layout.distinct:
        if point.id in wanted:
            values = store.values(point.id, wanted[point.id], len(asked.layout.theories(point)))
            writer.add(point, values, {"status": "done", "failed": 0, "reason": ""})
    files = writer.close()
    sizes = {name: stamped["bytes"] for name, stamped in files.items()}
    rows = sum(len(asked.layout.theories(point)) for point in asked.layout.distinct if point.id in wanted)
    return sizes.pop(DATA), sum(sizes.values()), sum(row["rows"] for row in writer.rows), rows


def spread(every: Sequence[Chunk], number: int) -> list[Chunk]:
    """So many of some chunks, evenly from the first to the last."""
    some = min(number, len(every))
    return [every[place * (len(every) - 1) // max(some - 1, 1)] for place in range(some)]


def _days(chunk: Chunk) -> float:
    return chunk.replications * float(chunk.request.ensemble.horizon)


def _work(chunk: Chunk) -> float:
    return chunk.replications * float(chunk.request.ensemble.steps)


def _told(seconds: float) -> str:
    """A time in words."""
    if seconds < 120:
        return f"{seconds:.0f} s"
    return f"{seconds / 60:.0f} min" if seconds < 7_200 else f"{seconds / 3_600:.1f} h"
