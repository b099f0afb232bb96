"""CSV tables of seeds/: one entry per row, every cell checked; SeedError names file, row and column."""

import csv
import io
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from scenarios.errors import nearest
from scenarios.evidence.reading import SeedError, check_plain

REDUCED_DATE = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?")
Row = Mapping[str, str]


def records(file: Path, *, comments: bool = False) -> Iterator[tuple[int, list[str]]]:
    """The rows of a table with the numbers of their lines, blank lines left out.

    comments    whether lines that begin with # outside of a cell are left out, too
    """
    check_plain(file)
    try:
        with file.open(encoding="utf-8-sig", newline="") as opened:
            lines = Lines(opened, comments=comments)
            for row in csv.reader(lines, strict=True):
                if row:
                    yield lines.first, row
                lines.within = False
    except OSError as error:
        raise SeedError(file, "", f"cannot be read ({error.strerror}); restore it") from error
    except (csv.Error, UnicodeDecodeError) as error:
        raise SeedError(file, "", f"cannot be read as CSV: line {lines.number}: {error}") from error


@dataclass
class Lines:
    """The lines of a table as a reader takes them; it says when a row has ended."""

    opened: Iterable[str]
    comments: bool
    number: int = 0
    first: int = 0  # line on which the present row begins
    within: bool = False  # whether a row has begun

    def __iter__(self) -> Iterator[str]:
        """The lines without comments."""
        for line in self.opened:
            self.number += 1
            if not self.within:
                if self.comments and line.startswith("#"):
                    continue
                self.first, self.within = self.number, True
            yield line


def written(of: Iterable[Iterable[str]]) -> str:
    """Rows of cells as the text of a table."""
    sink = io.StringIO(newline="")
    csv.writer(sink, lineterminator="\n").writerows(of)
    return sink.getvalue()


def rows(file: Path, columns: tuple[str, ...]) -> list[dict[str, str]]:
    """The rows of a table that has exactly these columns."""
    (_, header), *found = list(records(file)) or [(1, [])]
    _check_header(file, header, columns)
    for number, row in found:
        if len(row) != len(columns):
            raise SeedError(
                file, f"line {number}", f"has {len(row)} cells, not {len(columns)}; quote texts with commas"
            )
    return [dict(zip(columns, row, strict=True)) for _, row in found]


def _check_header(file: Path, header: list[str], columns: tuple[str, ...]) -> None:
    for name in columns:
        if name not in header:
            raise SeedError(file, name, "column missing")
    for name in header:
        if name not in columns:
            raise SeedError(file, name, f"column unknown.{nearest(name, columns)}")
    if tuple(header) != columns:
        raise SeedError(file, "", f"columns are out of order; they are {', '.join(columns)}")


def entries(file: Path, columns: tuple[str, ...], name: str) -> dict[str, dict[str, str]]:
    """The rows by the name in one of their columns, which no two may share."""
    found: dict[str, dict[str, str]] = {}
    for row in rows(file, columns):
        if row[name] in found:
            raise SeedError(file, row[name], "stands twice; keep one row")
        found[row[name]] = row
    return found


def one_of(file: Path, key: str, value: str, valid: Iterable[str]) -> str:
    """The value, if it is one of the valid ones."""
    options = tuple(valid)
    if value not in options:
        raise SeedError(file, key, f"is {value!r}, which is not valid.{nearest(value, options)}")
    return value


def whole(file: Path, key: str, value: str, low: int, high: int) -> int:
    """The value as a whole number within bounds."""
    if not value.isdigit() or not low <= int(value) <= high:
        raise SeedError(file, key, f"is {value!r}; it must be a whole number from {low} to {high}")
    return int(value)


def number(file: Path, key: str, value: str) -> float | None:
    """The value as a number, or none where the cell is empty."""
    try:
        return float(value) if value else None
    except ValueError as error:
        raise SeedError(file, key, f"is {value!r}; it must be a number or empty") from error


def day(file: Path, key: str, value: str) -> str:
    """The value as a date of ISO form, a month or a year, or empty."""
    if value and not _is_date(value):
        raise SeedError(file, key, f"is {value!r}; it must be a date as 2021-12-31, 2021-12 or 2021, or empty")
    return value


def _is_date(value: str) -> bool:
    try:
        date.fromisoformat((value + "-01-01")[:10])
    except ValueError:
        return False
    return REDUCED_DATE.fullmatch(value) is not None


def period(file: Path, key: str, row: Row, start: str, end: str) -> tuple[str, str]:
    """Start and end of a row, in order of time as far as their precision tells."""
    first, last = (day(file, f"{key}.{column}", row[column]) for column in (start, end))
    shared = min(len(first), len(last))
    if first[:shared] > last[:shared]:
        raise SeedError(file, f"{key}.{end}", f"is {last}, before its start {first}")
    return first, last


def text(file: Path, key: str, value: str) -> str:
    """The value, which must say something."""
    if not value.strip():
        raise SeedError(file, key, "is empty")
    return value.strip()
