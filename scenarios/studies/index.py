"""Index of where the draws of every point are stored: in journals and finished data, of one or several folders."""

from collections import OrderedDict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import groupby
from pathlib import Path
from typing import Any, Protocol

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
from numpy.typing import NDArray

from scenarios.errors import RequestError
from scenarios.outcomes import OUTCOMES
from scenarios.store import journal, regular
from scenarios.store.files import file_version
from scenarios.store.folder import gaps
from scenarios.store.manifest import MANIFEST, trusted
from scenarios.store.search import JOURNALS
from scenarios.store.shape import OF_STUDY
from scenarios.store.tables import unpacked
from scenarios.store.typed import Stored, from_plain
from scenarios.store.written import Count, Seconds
from scenarios.studies.trusting import check_data, notes_in

Numbers = NDArray[np.float64]

POINTS, DATA, SUMMARY = OF_STUDY

COLUMNS = (*OUTCOMES, "failed")  # of a replication, all as numbers

CACHE_BYTES = 50_000_000  # of unpacked tables

ATTEMPTS = 3  # at reading folders that other processes change


class PointPlace(Stored):
    """Place of a point in finished data."""

    id: str
    group: Count
    row: Count
    rows: Count
    draws: Count
    failed: Count
    cpu: Seconds
    reason: str


class Rows(Protocol):
    """Table with the replications of some points, one point after another."""

    def read(self) -> Numbers:
        """Read all, (replications, columns); OSError if they are gone or altered."""


@dataclass(frozen=True)
class InJournal:
    """Block of a journal."""

    path: Path
    offset: int

    def read(self) -> Numbers:
        """Its replications."""
        payload = journal.payload_at(self.path, self.offset)
        try:
            return matrix(unpacked(payload, ("outcomes",))["outcomes"])
        except (ValueError, KeyError) as error:
            raise journal.refused(self.path, self.offset, error) from error

    def segments(self, note: Mapping[str, Any]) -> "Iterator[tuple[str, Segment]]":
        """Yield its segments by point, from its note."""
        draws = range(*note["draws"])
        width, cpu = len(draws) * note["theories"], note["cpu"] / len(note["points"])
        for slot, point in enumerate(note["points"]):
            yield point, Segment(draws, self, slot * width, (slot + 1) * width, bool(note["failure"]), cpu)


@dataclass(frozen=True)
class InData:
    """Row group of finished data, valid as long as its file is the one indexed."""

    path: Path
    group: int
    version: tuple[int, int, int]

    def read(self) -> Numbers:
        """Its replications."""
        try:
            with regular.opened(self.path) as file:
                rows = matrix(pq.ParquetFile(file).read_row_group(self.group, columns=list(COLUMNS)))
        except pa.ArrowException as error:
            raise OSError(f"{self.path} was altered while it was read: {error}") from error
        if file_version(self.path) != self.version:
            raise OSError(f"{self.path} was replaced while it was read; run the same command again")
        return rows


@dataclass(frozen=True)
class Segment:
    """Range of a point's draws, and the rows of a table where they are stored."""

    draws: range
    rows: Rows
    first: int
    stop: int
    failed: bool
    cpu: float  # seconds of a core


@dataclass
class Store:
    """Index of stored results; `refresh` adds what other processes have written."""

    folder: Path
    beside: Sequence[Path] = ()
    segments: dict[str, list[Segment]] = field(default_factory=dict)
    notes: list[Mapping[str, Any]] = field(default_factory=list)  # of the folder's own journals
    reasons: dict[str, str] = field(default_factory=dict)  # why points failed
    _journals: dict[Path, journal.Mark] = field(default_factory=dict)
    _data: dict[Path, tuple[int, int, int]] = field(default_factory=dict)
    _cache: "OrderedDict[Rows, Numbers]" = field(default_factory=OrderedDict)

    def refresh(self) -> "Store":
        """Add new results; finished data are read last, as they contain what other processes discard meanwhile.

        RequestError if finished data differ from their manifest.
        """
        for folder in (self.folder, *self.beside):
            for path in journal.journals(folder / JOURNALS):
                with suppress(FileNotFoundError):
                    self._add_journal(path, own=folder == self.folder)
            if regular.name_exists(folder / MANIFEST):
                self._add_data(folder)
        return self

    def _add_journal(self, path: Path, *, own: bool) -> None:
        with regular.opened(path) as file:
            begun = self._journals.get(path, journal.Mark()).reached(file)
            for offset, length, note in notes_in(path, file, begun):
                self.notes += [note] if own else []
                self._add(InJournal(path, offset).segments(note), note["failure"])
                self._journals[path] = journal.marked(file, offset, length)

    def _add_data(self, folder: Path) -> None:
        trusted(folder)
        current = file_version(folder / DATA)
        if self._data.get(folder / DATA) == current:
            return
        with regular.opened(folder / POINTS) as file:  # one file, even if it is replaced
            rows = pq.ParquetFile(file).read().to_pylist()
        for row in rows:
            segments = segments_in(row, folder / DATA, current)
            self._add(((row["id"], segment) for segment in segments), row["reason"] if row["failed"] else "")
        self._data[folder / DATA] = current

    def _add(self, segments: Iterable[tuple[str, Segment]], why: str) -> None:
        for point, segment in segments:
            self.segments.setdefault(point, []).append(segment)
            if why:
                self.reasons[point] = why

    def missing(self, point: str, draws: range, *, retry: bool = False) -> list[range]:
        """Ranges of a point's draws that are missing; with `retry`, failed ones count as missing."""
        there = self.segments.get(point, [])
        return gaps(draws, (segment.draws for segment in there if not (retry and segment.failed)))

    def failed(self, point: str) -> bool:
        """True if some draws of a point are stored only as failed."""
        bad = [segment.draws for segment in self.segments.get(point, []) if segment.failed]
        return any(self.missing(point, draws, retry=True) for draws in bad)

    def finished(self, point: str) -> int:
        """Number of draws of a point in the folder's own finished data."""
        own = self.folder / DATA
        return max(
            (segment.draws.stop for segment in self.segments.get(point, [])
             if isinstance(segment.rows, InData) and segment.rows.path == own), default=0
        )  # fmt: skip

    def values(self, point: str, draws: range, theories: int) -> Numbers:
        """Replications of a point, (stored draws x theories, columns), every draw once and in order.

        OSError if a table that was indexed is gone or altered.
        """
        for attempt in range(ATTEMPTS):
            try:
                return self._values(point, draws, theories)
            except OSError:  # discarded or replaced by a process that finished its data meanwhile
                if attempt == ATTEMPTS - 1:
                    raise
                self._rebuild()
        raise AssertionError

    def _values(self, point: str, draws: range, theories: int) -> Numbers:
        parts = [np.empty((0, len(COLUMNS)))]
        for part, segment in self._chosen(point, draws):
            rows = self._rows(segment.rows)[segment.first : segment.stop]
            first = segment.draws.start
            parts.append(rows[(part.start - first) * theories : (part.stop - first) * theories])
        return np.concatenate(parts)

    def _rebuild(self) -> None:
        for index in (self.segments, self.notes, self.reasons, self._journals, self._data, self._cache):
            index.clear()
        self.refresh()

    def cpu(self, point: str, draws: range) -> float:
        """Processor time of some draws of a point [s]."""
        return sum(segment.cpu * len(part) / len(segment.draws) for part, segment in self._chosen(point, draws))

    def _chosen(self, point: str, draws: range) -> list[tuple[range, Segment]]:
        """Segments from which some draws are read; failed ones only if there are no others."""
        available = sorted(self.segments.get(point, []), key=lambda segment: (segment.draws.start, -segment.draws.stop))
        good = covering([segment for segment in available if not segment.failed], [draws])
        bad = covering([segment for segment in available if segment.failed], self.missing(point, draws, retry=True))
        return sorted([*good, *bad], key=lambda chosen: chosen[0].start)

    def _rows(self, where: Rows) -> Numbers:
        if where not in self._cache:
            self._cache[where] = where.read()
            while len(self._cache) > 1 and sum(rows.nbytes for rows in self._cache.values()) > CACHE_BYTES:
                self._cache.popitem(last=False)
        return self._cache[where]


def check_readable(folder: Path) -> None:
    """Refuse a folder whose finished data or journals cannot be read."""
    check_data(folder)
    for path in journal.journals(folder / JOURNALS):
        with suppress(FileNotFoundError), regular.opened(path) as file:
            for _ in notes_in(path, file):
                pass


def covering(segments: Sequence[Segment], stretches: Sequence[range]) -> Iterator[tuple[range, Segment]]:
    """Yield ranges of draws with the segments that contain them, every draw once."""
    for stretch in stretches:
        reached = stretch.start
        for segment in segments:
            first, stop = max(reached, segment.draws.start), min(segment.draws.stop, stretch.stop)
            if first < stop:
                yield range(first, stop), segment
                reached = stop


def matrix(table: pa.Table) -> Numbers:
    """Convert a table of outcomes to numbers, (replications, columns)."""
    return np.column_stack([table[name].to_numpy().astype(float, copy=False) for name in COLUMNS])


def segments_in(row: Mapping[str, Any], file: Path, current: tuple[int, int, int]) -> Iterator[Segment]:
    """Yield the segments of a point of finished data: ranges of draws that failed, and of others."""
    place = from_plain(PointPlace, {name: row.get(name) for name in PointPlace.model_fields}, f"{file.parent / POINTS}")
    if not place.rows:
        return
    if not place.draws or place.rows % place.draws:
        raise RequestError(f"{file.parent / POINTS}: {place.rows:,} rows of {place.draws:,} draws are no point.")
    rows, width = InData(file, row["group"], current), row["rows"] // row["draws"]
    bad = _failed(rows.read()[row["row"] :][: row["rows"]], width) if row["failed"] else set()
    for failed, alike in groupby(range(row["draws"]), key=bad.__contains__):
        draws = [*alike]
        first, size = row["row"] + draws[0] * width, len(draws) * width
        cpu = row["cpu"] * len(draws) / row["draws"]
        yield Segment(range(draws[0], draws[-1] + 1), rows, first, first + size, failed, cpu)


def _failed(values: Numbers, width: int) -> set[int]:
    """Draws with a failed replication."""
    return {int(place) // width for place in np.flatnonzero(values[:, -1])}
