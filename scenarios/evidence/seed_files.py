"""Readers of seeds/: CSV tables and YAML mappings, every cell and key checked; SeedError names file, key and reason."""

import csv
import io
import re
import stat
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from scenarios import resources
from scenarios.errors import RequestError, nearest
from scenarios.evidence import plain_yaml

INTERPOLATION = "${"

SHOWN = 60  # characters of a text in an error

NOT_FILES = {
    stat.S_IFDIR: "a folder", stat.S_IFIFO: "a pipe", stat.S_IFSOCK: "a socket", stat.S_IFCHR: "a device",
    stat.S_IFBLK: "a device",
}  # fmt: skip

REDUCED_DATE = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?")

Row = Mapping[str, str]


class SeedError(RequestError):
    """Error in a seed file or a user's own file, with the file and the key."""

    def __init__(self, file: Path | str, key: str, reason: str) -> None:
        shown = Path(file)
        if shown.is_absolute() and resources.seeds() in shown.parents:
            shown = Path("seeds") / shown.relative_to(resources.seeds())
        super().__init__(f"{shown}: {key}: {reason}" if key else f"{shown}: {reason}")


def check_plain(file: Path) -> None:
    """Refuse anything but a plain file before it is opened: reading a pipe or a device may never end."""
    try:
        kind = stat.S_IFMT(file.stat().st_mode)
    except (OSError, ValueError) as error:  # ValueError: a null byte in the name
        raise SeedError(file, "", f"cannot be read ({_why(error)}); restore it") from error
    if kind != stat.S_IFREG:
        raise SeedError(file, "", f"cannot be read (it is {NOT_FILES.get(kind, 'no file')}); give a plain file")


def _why(error: OSError | ValueError) -> str:
    return str(getattr(error, "strerror", None) or error)


def read_bytes(file: Path, most: int = plain_yaml.MOST_BYTES) -> bytes:
    """Bytes of a plain file of limited size."""
    check_plain(file)
    try:
        with file.open("rb") as opened:
            content = opened.read(most + 1)
    except OSError as error:
        raise SeedError(file, "", f"cannot be read ({_why(error)}); restore it") from error
    if len(content) > most:
        raise SeedError(file, "", f"has {file.stat().st_size:,} bytes; at most {most:,} are read")
    return content


def yaml_mapping(file: Path, texts: Iterable[str] = (), *, interpolated: bool = False) -> dict[str, Any]:
    """Mapping in a YAML file; `texts` are the places whose values are text, as `plain_yaml.parsed` takes them.

    Interpolations are refused, except in shipped files.
    """
    content = read_bytes(file)
    try:
        mapping = plain_yaml.parsed(content.decode("utf-8-sig"), texts)
    except plain_yaml.UnwantedError as error:
        raise SeedError(file, "", str(error)) from error
    except (yaml.YAMLError, ValueError) as error:  # ValueError: a date that does not exist, bytes that are not text
        raise SeedError(file, "", f"is not valid YAML ({' '.join(str(error).split())})") from error
    if not isinstance(mapping, dict):
        raise SeedError(file, "", f"holds {type(mapping).__name__}, not a mapping of names")
    if not interpolated:
        refuse_interpolation(mapping, file)
    return mapping


def yaml_value(written: str, where: str, texts: Iterable[str] = (), at: Sequence[str] = ()) -> Any:
    """Value of a cell or of a word, as `plain_yaml.value` reads it; `where` names it in errors."""
    refuse_interpolation(written, where)
    try:
        return plain_yaml.value(written, texts, at)
    except plain_yaml.UnwantedError as error:
        raise RequestError(f"{where}: {error}") from error
    except (yaml.YAMLError, ValueError) as error:
        shown = written if len(written) <= SHOWN else f"{written[:SHOWN]}..."
        raise RequestError(f"{where} is {shown!r}, which is not a value: {' '.join(str(error).split())}") from error


def refuse_interpolation(value: Any, where: Path | str) -> None:
    """Refuse `${...}` anywhere in plain data: it would insert what lies outside the file or word."""
    for key, text in _texts(value):
        if INTERPOLATION in text:
            short = text if len(text) <= SHOWN else f"{text[:SHOWN]}..."
            raise SeedError(where, key, f"holds the interpolation {short!r}, which is not resolved; write the value")


def _texts(value: Any, at: str = "") -> Iterator[tuple[str, str]]:
    """Yield every text in plain data, keys included, with its place."""
    if isinstance(value, str):
        yield at, value
    elif isinstance(value, Mapping):
        for name, element in value.items():
            yield at, str(name)
            yield from _texts(element, f"{at}.{name}" if at else str(name))
    elif isinstance(value, list | tuple):
        for place, element in enumerate(value):
            yield from _texts(element, f"{at}[{place}]")


def expect(file: Path, key: str, entry: Mapping[str, Any], required: set[str], optional: set[str]) -> None:
    """Refuse an entry that lacks a required key or has an unknown one."""
    if not isinstance(entry, Mapping):
        raise SeedError(file, key, f"holds {entry!r}, not a mapping")
    for name in sorted(set(entry) - required - optional, key=str):
        raise SeedError(file, f"{key}.{name}", f"is unknown.{nearest(name, required | optional)}")
    for name in sorted(required - set(entry)):
        raise SeedError(file, f"{key}.{name}", "is missing")


def split_cell(file: Path, name: str, entry: Mapping[str, Any], key: str) -> tuple[str, ...]:
    """List of names in an entry, none twice; empty where the key is missing."""
    names = entry.get(key, [])
    if not isinstance(names, list) or not all(isinstance(element, str) for element in names):
        raise SeedError(file, f"{name}.{key}", f"is {names!r}; it must be a list of names")
    if len(set(names)) < len(names):
        raise SeedError(file, f"{name}.{key}", "names something twice")
    return tuple(names)


def line_of_text(file: Path, name: str, entry: Mapping[str, Any], key: str) -> str:
    """Text of an entry on one line, which must not be empty."""
    return " ".join(text_in_cell(file, f"{name}.{key}", str(entry[key])).split())


def text_in_cell(file: Path, key: str, value: Any, *, may_be_empty: bool = False) -> str:
    """Text without the blanks around it; empty only where that is allowed."""
    if not isinstance(value, str):
        raise SeedError(file, key, f"is {value!r}; it must be a text, in quotes if it looks like something else")
    if not value.strip() and not may_be_empty:
        raise SeedError(file, key, "is empty; write a text")
    return value.strip()


def records(file: Path, *, comments: bool = False) -> Iterator[tuple[int, list[str]]]:
    """Rows of a table with the numbers of their lines, without blank lines.

    comments    True if lines that begin with # outside of a cell are skipped, too
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
    """Lines of a table for a CSV reader, with the line on which the present row begins."""

    opened: Iterable[str]
    comments: bool
    number: int = 0
    first: int = 0  # line on which the present row begins
    within: bool = False  # True while a row is read

    def __iter__(self) -> Iterator[str]:
        """Yield the lines without comments."""
        for line in self.opened:
            self.number += 1
            if not self.within:
                if self.comments and line.startswith("#"):
                    continue
                self.first, self.within = self.number, True
            yield line


def as_csv(table: Iterable[Iterable[str]]) -> str:
    """Rows of cells as the text of a table."""
    sink = io.StringIO(newline="")
    csv.writer(sink, lineterminator="\n").writerows(table)
    return sink.getvalue()


def rows(file: Path, columns: tuple[str, ...]) -> list[dict[str, str]]:
    """Rows of a table that has exactly these columns."""
    (_, header), *body = list(records(file)) or [(1, [])]
    _check_header(file, header, columns)
    for number, row in body:
        if len(row) != len(columns):
            raise SeedError(
                file, f"line {number}", f"has {len(row)} cells, not {len(columns)}; quote texts with commas"
            )
    return [dict(zip(columns, row, strict=True)) for _, row in body]


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
    """Rows by the name in one of their columns, which no two may share."""
    by_name: dict[str, dict[str, str]] = {}
    for row in rows(file, columns):
        if row[name] in by_name:
            raise SeedError(file, row[name], "appears twice; keep one row")
        by_name[row[name]] = row
    return by_name


def name_in_cell(file: Path, key: str, value: str, valid: Iterable[str]) -> str:
    """Value that is one of the valid ones."""
    options = tuple(valid)
    if value not in options:
        raise SeedError(file, key, f"is {value!r}, which is not valid.{nearest(value, options)}")
    return value


def whole_in_cell(file: Path, key: str, value: str, low: int, high: int) -> int:
    """Whole number within bounds."""
    if not value.isdigit() or not low <= int(value) <= high:
        raise SeedError(file, key, f"is {value!r}; it must be a whole number from {low} to {high}")
    return int(value)


def number_in_cell(file: Path, key: str, value: str) -> float | None:
    """Number, or None for an empty cell."""
    try:
        return float(value) if value else None
    except ValueError as error:
        raise SeedError(file, key, f"is {value!r}; it must be a number or empty") from error


def day_in_cell(file: Path, key: str, value: str) -> str:
    """Date, month or year in ISO form, or an empty text."""
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
    """Start and end of a row, in order of time as far as their precision shows."""
    first, last = (day_in_cell(file, f"{key}.{column}", row[column]) for column in (start, end))
    shared = min(len(first), len(last))
    if first[:shared] > last[:shared]:
        raise SeedError(file, f"{key}.{end}", f"is {last}, before its start {first}")
    return first, last
