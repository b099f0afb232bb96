"""Where the replications of a point are stored: in a frame of a journal, or in finished data."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields
from itertools import groupby
from pathlib import Path
from typing import Any, Protocol

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
from numpy.typing import NDArray

from scenarios.archive import journal, regular
from scenarios.archive.disk import version
from scenarios.archive.shape import OF_STUDY
from scenarios.archive.tables import unpacked
from scenarios.archive.typed import read
from scenarios.errors import RequestError
from scenarios.outcomes import OUTCOMES
from scenarios.schema import MOST_REPLICATIONS

Numbers = NDArray[np.float64]
POINTS, DATA, SUMMARY = OF_STUDY
COLUMNS = (*OUTCOMES, "failed")  # of a replication, all as numbers


@dataclass(frozen=True, kw_only=True)
class Note:
    """What stands beside a block of a study."""

    points: tuple[str, ...]
    draws: tuple[int, int]
    theories: int
    cpu: float
    at: float
    failure: str


@dataclass(frozen=True, kw_only=True)
class Place:
    """Where a point lies in finished data."""

    id: str
    group: int
    row: int
    rows: int
    draws: int
    failed: int
    cpu: float
    reason: str


def check_note(said: Any) -> None:
    """Refuse the note of a block that no sweep writes."""
    found = read(Note, said)
    first, stop = found.draws
    if not (found.points and 0 <= first < stop <= MOST_REPLICATIONS and found.theories > 0):
        raise RequestError(f"it is of {len(found.points)} points, draws {first} to {stop}, {found.theories} theories")


class Rows(Protocol):
    """A table in which replications of some points lie, one point after another."""

    def read(self) -> Numbers:
        """All of them, (replications, columns); OSError if they are gone or altered."""


@dataclass(frozen=True)
class InJournal:
    """A frame of a journal."""

    path: Path
    offset: int

    def read(self) -> Numbers:
        """Its replications."""
        payload = journal.payload_at(self.path, self.offset)
        try:
            return matrix(unpacked(payload, ("outcomes",))["outcomes"])
        except (ValueError, KeyError) as error:
            raise journal.refused(self.path, self.offset, error) from error

    def pieces(self, note: Mapping[str, Any]) -> "Iterator[tuple[str, Piece]]":
        """Its pieces by point, by its note."""
        draws = range(*note["draws"])
        width, cpu = len(draws) * note["theories"], note["cpu"] / len(note["points"])
        for slot, point in enumerate(note["points"]):
            yield point, Piece(draws, self, slot * width, (slot + 1) * width, bool(note["failure"]), cpu)


@dataclass(frozen=True)
class InData:
    """A row group of finished data, valid as long as its file is the one that was indexed."""

    path: Path
    group: int
    version: tuple[int, int, int]

    def read(self) -> Numbers:
        """Its replications."""
        try:
            with regular.opened(self.path) as file:
                found = matrix(pq.ParquetFile(file).read_row_group(self.group, columns=list(COLUMNS)))
        except pa.ArrowException as error:
            raise OSError(f"{self.path} was altered while it was read: {error}") from error
        if version(self.path) != self.version:
            raise OSError(f"{self.path} was replaced while it was read; run the same command again")
        return found


@dataclass(frozen=True)
class Piece:
    """A stretch of a point's draws, and the rows of a table where it lies."""

    draws: range
    rows: Rows
    first: int
    stop: int
    failed: bool
    cpu: float  # seconds of a core


def matrix(table: pa.Table) -> Numbers:
    """A table of outcomes as numbers, (replications, columns)."""
    return np.column_stack([table[name].to_numpy().astype(float, copy=False) for name in COLUMNS])


def pieces_in(row: Mapping[str, Any], file: Path, its: tuple[int, int, int]) -> Iterator[Piece]:
    """The pieces of a point of finished data: stretches of draws that failed, and of others."""
    place = read(Place, {each.name: row.get(each.name) for each in fields(Place)}, f"{file.parent / POINTS}")
    if not place.rows:
        return
    if min(place.group, place.row, place.rows, place.draws) < 0 or not place.draws or place.rows % place.draws:
        raise RequestError(f"{file.parent / POINTS}: {place.rows:,} rows of {place.draws:,} draws are no point.")
    rows, width = InData(file, row["group"], its), row["rows"] // row["draws"]
    bad = _failed(rows.read()[row["row"] :][: row["rows"]], width) if row["failed"] else set()
    for failed, alike in groupby(range(row["draws"]), key=bad.__contains__):
        draws = [*alike]
        first, size = row["row"] + draws[0] * width, len(draws) * width
        cpu = row["cpu"] * len(draws) / row["draws"]
        yield Piece(range(draws[0], draws[-1] + 1), rows, first, first + size, failed, cpu)


def _failed(values: Numbers, width: int) -> set[int]:
    """Draws of which some replication failed."""
    return {int(place) // width for place in np.flatnonzero(values[:, -1])}
