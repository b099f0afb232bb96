"""Results of a study, indexed by content: in journals and finished data of its folder and of those beside it."""

from collections import OrderedDict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, BinaryIO

import numpy as np
import pyarrow.parquet as pq

from scenarios.archive import journal, regular
from scenarios.archive.disk import version
from scenarios.archive.manifest import MANIFEST, trusted
from scenarios.archive.tables import about_at
from scenarios.errors import RequestError
from scenarios.sweeping.pieces import (
    COLUMNS,
    DATA,
    POINTS,
    InData,
    InJournal,
    Numbers,
    Piece,
    Rows,
    check_note,
    pieces_in,
)
from scenarios.sweeping.trusting import check_data

BLOCKS = "blocks"
AT_HAND = 50_000_000  # bytes of unpacked tables that are cached
LOOKS = 3  # attempts at reading folders that other processes change


@dataclass
class Store:
    """An index of what is there; `refresh` adds what other processes have written."""

    folder: Path
    beside: Sequence[Path] = ()
    pieces: dict[str, list[Piece]] = field(default_factory=dict)
    notes: list[Mapping[str, Any]] = field(default_factory=list)  # of the folder's own journals
    reasons: dict[str, str] = field(default_factory=dict)  # why points failed
    _journals: dict[Path, journal.Mark] = field(default_factory=dict)
    _data: dict[Path, tuple[int, int, int]] = field(default_factory=dict)
    _at_hand: "OrderedDict[Rows, Numbers]" = field(default_factory=OrderedDict)

    def refresh(self) -> "Store":
        """Add what is new. Finished data are read last, as they hold what other processes discard meanwhile.

        RequestError if finished data are not as their manifest says.
        """
        for folder in (self.folder, *self.beside):
            for path in journal.journals(folder / BLOCKS):
                with suppress(FileNotFoundError):
                    self._take_journal(path, own=folder == self.folder)
            if regular.lies(folder / MANIFEST):
                self._take_data(folder)
        return self

    def _take_journal(self, path: Path, *, own: bool) -> None:
        with regular.opened(path) as file:
            begun = self._journals.get(path, journal.Mark()).reached(file)
            for offset, length, note in noted(path, file, begun):
                self.notes += [note] if own else []
                self._take(InJournal(path, offset).pieces(note), note["failure"])
                self._journals[path] = journal.marked(file, offset, length)

    def _take_data(self, folder: Path) -> None:
        trusted(folder)
        its = version(folder / DATA)
        if self._data.get(folder / DATA) == its:
            return
        with regular.opened(folder / POINTS) as file:  # one file, even if it is replaced
            rows = pq.ParquetFile(file).read().to_pylist()
        for row in rows:
            found = pieces_in(row, folder / DATA, its)
            self._take(((row["id"], piece) for piece in found), row["reason"] if row["failed"] else "")
        self._data[folder / DATA] = its

    def _take(self, found: Iterable[tuple[str, Piece]], why: str) -> None:
        for point, piece in found:
            self.pieces.setdefault(point, []).append(piece)
            if why:
                self.reasons[point] = why

    def missing(self, point: str, draws: range, *, retry: bool = False) -> list[range]:
        """Stretches of a point's draws that are not there; with `retry`, those that failed are not there either."""
        gaps, reached = [], draws.start
        there = [each.draws for each in self.pieces.get(point, []) if not (retry and each.failed)]
        for held in sorted(there, key=lambda each: each.start):
            if held.start > reached and reached < draws.stop:
                gaps.append(range(reached, min(held.start, draws.stop)))
            reached = max(reached, held.stop)
        return [*gaps, range(reached, draws.stop)] if reached < draws.stop else gaps

    def failed(self, point: str) -> bool:
        """Whether some draws of a point are there only as failed."""
        bad = [each.draws for each in self.pieces.get(point, []) if each.failed]
        return any(self.missing(point, draws, retry=True) for draws in bad)

    def finished(self, point: str) -> int:
        """Number of draws of a point in the folder's own finished data."""
        own = self.folder / DATA
        return max(
            (each.draws.stop for each in self.pieces.get(point, [])
             if isinstance(each.rows, InData) and each.rows.path == own), default=0
        )  # fmt: skip

    def values(self, point: str, draws: range, theories: int) -> Numbers:
        """Replications of a point, (draws that are there x theories, columns), each draw once and in order.

        OSError if what was indexed is gone or altered.
        """
        for look in range(LOOKS):
            try:
                return self._values(point, draws, theories)
            except OSError:  # discarded or replaced by a process that finished its data meanwhile
                if look == LOOKS - 1:
                    raise
                self._look_anew()
        raise AssertionError

    def _values(self, point: str, draws: range, theories: int) -> Numbers:
        parts = [np.empty((0, len(COLUMNS)))]
        for part, piece in self._chosen(point, draws):
            rows = self._rows(piece.rows)[piece.first : piece.stop]
            first = piece.draws.start
            parts.append(rows[(part.start - first) * theories : (part.stop - first) * theories])
        return np.concatenate(parts)

    def _look_anew(self) -> None:
        for each in (self.pieces, self.notes, self.reasons, self._journals, self._data, self._at_hand):
            each.clear()
        self.refresh()

    def cpu(self, point: str, draws: range) -> float:
        """Seconds of a core that some draws of a point took."""
        return sum(piece.cpu * len(part) / len(piece.draws) for part, piece in self._chosen(point, draws))

    def _chosen(self, point: str, draws: range) -> list[tuple[range, Piece]]:
        """The pieces from which some draws are taken; failed ones only if there are no others."""
        lying = sorted(self.pieces.get(point, []), key=lambda each: (each.draws.start, -each.draws.stop))
        good = covering([each for each in lying if not each.failed], [draws])
        bad = covering([each for each in lying if each.failed], self.missing(point, draws, retry=True))
        return sorted([*good, *bad], key=lambda each: each[0].start)

    def _rows(self, where: Rows) -> Numbers:
        if where not in self._at_hand:
            self._at_hand[where] = where.read()
            while len(self._at_hand) > 1 and sum(each.nbytes for each in self._at_hand.values()) > AT_HAND:
                self._at_hand.popitem(last=False)
        return self._at_hand[where]


def noted(path: Path, file: BinaryIO, begun: int = 0) -> Iterator[tuple[int, int, Mapping[str, Any]]]:
    """Offset, length and note of the frames of a journal from a place on; RequestError for what is no block."""
    for offset, length in list(journal.stretches(file, begun)):
        try:
            note = about_at(file, offset, length)
        except ValueError:  # torn by a power cut; the next writer cuts it off
            return
        try:
            check_note(note)
        except RequestError as error:
            raise journal.refused(path, offset, error) from error
        yield offset, length, note


def check_lying(folder: Path) -> None:
    """Refuse a folder from whose finished data or journals nothing can be taken."""
    check_data(folder)
    for path in journal.journals(folder / BLOCKS):
        with suppress(FileNotFoundError), regular.opened(path) as file:
            for _ in noted(path, file):
                pass


def covering(pieces: Sequence[Piece], wanted: Sequence[range]) -> Iterator[tuple[range, Piece]]:
    """Some stretches of draws with the pieces that hold them, each draw once."""
    for stretch in wanted:
        reached = stretch.start
        for piece in pieces:
            first, stop = max(reached, piece.draws.start), min(piece.draws.stop, stretch.stop)
            if first < stop:
                yield range(first, stop), piece
                reached = stop
