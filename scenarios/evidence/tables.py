"""CSV tables of seeds/: one entry per row, every cell checked; SeedError names file, row and column."""

import csv
import re
from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path

from scenarios.errors import nearest
from scenarios.evidence.reading import SeedError

REDUCED_DATE = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?")
Row = Mapping[str, str]


def rows(file: Path, columns: tuple[str, ...]) -> list[dict[str, str]]:
    """The rows of a table that has exactly these columns."""
    try:
        with file.open(encoding="utf-8", newline="") as opened:
            reader = csv.reader(opened)
            header, found = next(reader, []), list(reader)
    except OSError as error:
        raise SeedError(file, "", f"cannot be read ({error.strerror}); restore it") from error
    _check_header(file, header, columns)
    for number, row in enumerate(found, start=2):
        if len(row) != len(columns):
            raise SeedError(
                file, f"line {number}", f"has {len(row)} cells, not {len(columns)}; quote texts with commas"
            )
    return [dict(zip(columns, row, strict=True)) for row in found]


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
