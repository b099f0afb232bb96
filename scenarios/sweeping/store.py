"""What is done of a study, found by content: in journals and finished data, of its folder and of those beside it."""

from collections import OrderedDict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
from numpy.typing import NDArray

from scenarios.archive import journal
from scenarios.archive.manifest import MANIFEST
from scenarios.archive.tables import about_at, unpacked
from scenarios.outcomes import OUTCOMES

Numbers = NDArray[np.float64]
BLOCKS, POINTS, DATA = "blocks", "points.parquet", "outcomes.parquet"
COLUMNS = (*OUTCOMES, "failed")  # of a replication, all as numbers
AT_HAND = 50_000_000  # bytes of tables that are kept unpacked


class Rows(Protocol):
    """A table in which replications of some points lie, one point after another."""

    def read(self) -> Numbers:
        """All of them, (replications, columns)."""


@dataclass(frozen=True)
class InJournal:
    """A frame of a journal."""

    path: Path
    offset: int

    def read(self) -> Numbers:
        """Its replications."""
        return matrix(unpacked(journal.payload_at(self.path, self.offset))["outcomes"])


@dataclass(frozen=True)
class InData:
    """A row group of finished data."""

    path: Path
    group: int

    def read(self) -> Numbers:
        """Its replications."""
        return matrix(pq.ParquetFile(self.path).read_row_group(self.group, columns=list(COLUMNS)))


@dataclass(frozen=True)
class Piece:
    """A stretch of a point's draws, and the rows of a table where it lies."""

    draws: range
    rows: Rows
    first: int
    stop: int


def matrix(table: pa.Table) -> Numbers:
    """A table of outcomes as numbers, (replications, columns)."""
    return np.column_stack([table[name].to_numpy().astype(float, copy=False) for name in COLUMNS])


@dataclass
class Store:
    """An index of what is there; `refresh` takes in what other processes have added."""

    folder: Path
    beside: Sequence[Path] = ()
    pieces: dict[str, list[Piece]] = field(default_factory=dict)
    notes: list[Mapping[str, Any]] = field(default_factory=list)
    reasons: dict[str, str] = field(default_factory=dict)  # why points failed, in finished data
    _read: dict[Path, int] = field(default_factory=dict)
    _at_hand: "OrderedDict[Rows, Numbers]" = field(default_factory=OrderedDict)

    @property
    def journals(self) -> Path:
        """Where this study's journals lie."""
        return self.folder / BLOCKS

    def refresh(self) -> "Store":
        """Take in what is new."""
        for folder in (self.folder, *self.beside):
            for path in journal.journals(folder / BLOCKS):
                self._take_journal(path)
            if (folder / MANIFEST).exists() and folder / DATA not in self._read:
                self._take_data(folder)
        return self

    def _take_journal(self, path: Path) -> None:
        with path.open("rb") as file:
            for offset, length in list(journal.stretches(file, self._read.get(path, 0))):
                note = about_at(file, offset)
                self.notes.append(note)
                width = len(range(*note["draws"])) * note["theories"]
                for slot, point in enumerate(note["points"]):
                    where = Piece(range(*note["draws"]), InJournal(path, offset), slot * width, (slot + 1) * width)
                    self.pieces.setdefault(point, []).append(where)
                self._read[path] = offset + length

    def _take_data(self, folder: Path) -> None:
        self._read[folder / DATA] = 1
        for row in pq.read_table(
            folder / POINTS, columns=["id", "draws", "group", "row", "rows", "reason"]
        ).to_pylist():
            self.reasons[row["id"]] = row["reason"]
            where = InData(folder / DATA, row["group"])
            piece = Piece(range(row["draws"]), where, row["row"], row["row"] + row["rows"])
            if row["rows"]:
                self.pieces.setdefault(row["id"], []).append(piece)

    def missing(self, point: str, draws: range) -> list[range]:
        """Stretches of a point's draws that are not there."""
        gaps, reached = [], draws.start
        for piece in sorted(self.pieces.get(point, []), key=lambda each: each.draws.start):
            if piece.draws.start > reached and reached < draws.stop:
                gaps.append(range(reached, min(piece.draws.start, draws.stop)))
            reached = max(reached, piece.draws.stop)
        return [*gaps, range(reached, draws.stop)] if reached < draws.stop else gaps

    def values(self, point: str, draws: range, theories: int) -> Numbers:
        """Replications of a point, (draws that are there x theories, columns), each draw once and in order."""
        parts, reached = [np.empty((0, len(COLUMNS)))], draws.start
        for piece in sorted(self.pieces.get(point, []), key=lambda each: (each.draws.start, -each.draws.stop)):
            first, stop = max(reached, piece.draws.start), min(piece.draws.stop, draws.stop)
            if first < stop:
                rows = self._rows(piece.rows)[piece.first : piece.stop]
                parts.append(rows[(first - piece.draws.start) * theories : (stop - piece.draws.start) * theories])
                reached = stop
        return np.concatenate(parts)

    def _rows(self, where: Rows) -> Numbers:
        if where not in self._at_hand:
            self._at_hand[where] = where.read()
            while len(self._at_hand) > 1 and sum(each.nbytes for each in self._at_hand.values()) > AT_HAND:
                self._at_hand.popitem(last=False)
        return self._at_hand[where]
