"""A pilot: some chunks of a study run in a temporary folder, to estimate what the whole will take."""

import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory

import pyarrow as pa
import pyarrow.parquet as pq

from scenarios.sweeping.asking import Asked
from scenarios.sweeping.chunk import Chunk, live
from scenarios.sweeping.dataset import GROUP, SUMMARY, Writer
from scenarios.sweeping.pieces import DATA, POINTS
from scenarios.sweeping.store import Store

STRETCHES, LEAST_REPLICATIONS = 3, 3_000


@dataclass(frozen=True)
class Size:
    """Size of a table on disk [bytes]: what grows with its rows, and the overhead of each row group."""

    of_rows: float
    of_a_group: float

    @classmethod
    def of(cls, file: Path) -> "Size":
        """The size of a Parquet file; the overhead is measured on a row group of one row."""
        groups = max(1, pq.ParquetFile(file).metadata.num_row_groups)
        alone = pa.BufferOutputStream()
        pq.write_table(pq.read_table(file).slice(0, 1), alone, compression="zstd")
        of_a_group = float(alone.tell())
        return cls(file.stat().st_size - groups * of_a_group, of_a_group)

    def grown(self, times: float, groups: float) -> float:
        """Bytes with so many times the rows in so many row groups."""
        return self.of_rows * times + self.of_a_group * groups


@dataclass(frozen=True)
class Pilot:
    """What some chunks took, and the sizes of the tables that they make."""

    steps: float  # replications x steps
    cpu: float  # seconds
    seconds: float
    replications: int
    rows: int  # points under a theory
    points: int
    sizes: dict[str, Size]

    def bytes_of(self, asked: Asked) -> float:
        """What the whole study will take on disk [bytes]."""
        rows = sum(len(asked.layout.theories(point)) for point in asked.layout.points)
        groups = max(1.0, asked.replications / GROUP)
        return (
            self.sizes[DATA].grown(asked.replications / self.replications, groups)
            + self.sizes[SUMMARY].grown(rows / self.rows, groups)
            + self.sizes[POINTS].grown(len(asked.points) / self.points, 1)
        )


def piloted(asked: Asked, chosen: Sequence[Chunk]) -> Pilot:
    """Run some chunks; nothing of them is kept."""
    with TemporaryDirectory() as name:
        folder, began = Path(name), time.perf_counter()
        for chunk in chosen:
            live(replace(chunk, folder=folder))
        seconds, store = time.perf_counter() - began, Store(folder).refresh()
        writer = _written(asked, store, chosen)
        sizes = {table: Size.of(folder / f".{table}.tmp") for table in writer.close()}
    return Pilot(
        steps=sum(map(steps, chosen)),
        cpu=sum(note["cpu"] for note in store.notes),
        seconds=seconds,
        replications=sum(row["rows"] for row in writer.rows),
        rows=sum(len(asked.layout.theories(point)) for point in writer.points),
        points=len(writer.points),
        sizes=sizes,
    )


def _written(asked: Asked, store: Store, chosen: Sequence[Chunk]) -> Writer:
    """The pilot as finished data."""
    writer = Writer(store.folder, asked.layout)
    wanted = {point: chunk.draws for chunk in chosen for point in chunk.ids}
    for point in asked.layout.distinct:
        if point.id in wanted:
            values = store.values(point.id, wanted[point.id], len(asked.layout.theories(point)))
            writer.add(point, values, {"status": "done", "failed": 0, "reason": "", "cpu": 0.0})
    return writer


def spread(every: Sequence[Chunk]) -> list[Chunk]:
    """Chunks from the beginning, middle and end of many, enough neighbours to show how well tables compress."""
    mean = sum(chunk.replications for chunk in every) / len(every)
    side_by_side = max(1, round(LEAST_REPLICATIONS / STRETCHES / mean))
    if len(every) <= STRETCHES * side_by_side:
        return list(every)
    starts = [place * (len(every) - side_by_side) // (STRETCHES - 1) for place in range(STRETCHES)]
    return [chunk for start in starts for chunk in every[start : start + side_by_side]]


def steps(chunk: Chunk) -> float:
    """Replications times steps."""
    return chunk.replications * float(chunk.request.ensemble.steps)
