"""Some chunks of a study lived whole in a folder that is thrown away: what they took, and what all will take."""

import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory

import pyarrow.parquet as pq

from scenarios.sweeping.asking import Asked
from scenarios.sweeping.chunk import Chunk, live
from scenarios.sweeping.dataset import GROUP, SUMMARY, Writer
from scenarios.sweeping.store import DATA, POINTS, Store


@dataclass(frozen=True)
class Size:
    """A table on the disk: its columns, which grow with its rows, and its footer, which grows with its row groups."""

    columns: int
    footer: int
    groups: int

    @classmethod
    def of(cls, file: Path) -> "Size":
        """The size of a Parquet file."""
        found = pq.ParquetFile(file).metadata
        groups = [found.row_group(number) for number in range(found.num_row_groups)]
        columns = sum(each.column(k).total_compressed_size for each in groups for k in range(each.num_columns))
        return cls(columns, file.stat().st_size - columns, max(1, len(groups)))

    def grown(self, times: float, groups: float) -> float:
        """Bytes with so many times the rows in so many row groups."""
        return self.columns * times + self.footer * groups / self.groups


@dataclass(frozen=True)
class Pilot:
    """What some chunks took, and the tables that they make."""

    steps: float  # replications x steps
    cpu: float  # seconds
    seconds: float
    replications: int
    rows: int  # points under a theory
    points: int
    sizes: dict[str, Size]

    def bytes_of(self, asked: Asked) -> float:
        """What the whole study will take on the disk."""
        rows = sum(len(asked.layout.theories(point)) for point in asked.layout.points)
        groups = max(1.0, asked.replications / GROUP)
        return (
            self.sizes[DATA].grown(asked.replications / self.replications, groups)
            + self.sizes[SUMMARY].grown(rows / self.rows, groups)
            + self.sizes[POINTS].grown(len(asked.points) / self.points, 1)
        )


def piloted(asked: Asked, chosen: Sequence[Chunk]) -> Pilot:
    """Live some chunks; nothing of them is kept."""
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
            writer.add(point, values, {"status": "done", "failed": 0, "reason": ""})
    return writer


def spread(every: Sequence[Chunk], number: int) -> list[Chunk]:
    """So many of some chunks, evenly from the first to the last."""
    some = min(number, len(every))
    return [every[place * (len(every) - 1) // max(some - 1, 1)] for place in range(some)]


def steps(chunk: Chunk) -> float:
    """Replications times steps."""
    return chunk.replications * float(chunk.request.ensemble.steps)
