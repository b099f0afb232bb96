"""CSV tables of seeds/: one entry per row, every cell checked; SeedError names file, row and column."""

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


NOT_FILES = {
    stat.S_IFDIR: "a folder", stat.S_IFIFO: "a pipe", stat.S_IFSOCK: "a socket", stat.S_IFCHR: "a device",
    stat.S_IFBLK: "a device",
}  # fmt: skip

INTERPOLATION = "${"

SHOWN = 60  # characters of a text in an error


class SeedError(RequestError):
    """A seed file is broken."""

    def __init__(self, file: Path | str, key: str, reason: str) -> None:
        shown = Path(file)
        if shown.is_absolute() and resources.seeds() in shown.parents:
            shown = Path("seeds") / shown.relative_to(resources.seeds())
        super().__init__(f"{shown}: {key}: {reason}" if key else f"{shown}: {reason}")


def check_plain(file: Path) -> None:
    """Refuse what is no plain file before it is opened: reading a pipe or a device may never end."""
    try:
        kind = stat.S_IFMT(file.stat().st_mode)
    except (OSError, ValueError) as error:  # ValueError: a null byte in the name
        raise SeedError(file, "", f"cannot be read ({_why(error)}); restore it") from error
    if kind != stat.S_IFREG:
        raise SeedError(file, "", f"cannot be read (it is {NOT_FILES.get(kind, 'no file')}); give a plain file")


def _why(error: OSError | ValueError) -> str:
    return str(getattr(error, "strerror", None) or error)


def content_of(file: Path, most: int = plain_yaml.MOST_BYTES) -> bytes:
    """The bytes of a plain file of bounded size."""
    check_plain(file)
    try:
        with file.open("rb") as opened:
            found = opened.read(most + 1)
    except OSError as error:
        raise SeedError(file, "", f"cannot be read ({_why(error)}); restore it") from error
    if len(found) > most:
        raise SeedError(file, "", f"has {file.stat().st_size:,} bytes; at most {most:,} are read")
    return found


def yaml_mapping(file: Path, texts: Iterable[str] = (), *, interpolated: bool = False) -> dict[str, Any]:
    """The mapping in a YAML file; `texts` are the places where text belongs, as `plain_yaml.parsed` takes them.

    An interpolation is refused, unless the file ships with one.
    """
    content = content_of(file)
    try:
        found = plain_yaml.parsed(content.decode("utf-8-sig"), texts)
    except plain_yaml.UnwantedError as error:
        raise SeedError(file, "", str(error)) from error
    except (yaml.YAMLError, ValueError) as error:  # ValueError: a date that does not exist, bytes that are no text
        raise SeedError(file, "", f"is not valid YAML ({' '.join(str(error).split())})") from error
    if not isinstance(found, dict):
        raise SeedError(file, "", f"holds {type(found).__name__}, not a mapping of names")
    if not interpolated:
        refuse_interpolation(found, file)
    return found


def yaml_value(written: str, where: str, texts: Iterable[str] = (), at: Sequence[str] = ()) -> Any:
    """The value of a cell or of a word, as `plain_yaml.value` reads it; `where` says which."""
    refuse_interpolation(written, where)
    try:
        return plain_yaml.value(written, texts, at)
    except plain_yaml.UnwantedError as error:
        raise RequestError(f"{where}: {error}") from error
    except (yaml.YAMLError, ValueError) as error:
        shown = written if len(written) <= SHOWN else f"{written[:SHOWN]}..."
        raise RequestError(f"{where} is {shown!r}, which is no value: {' '.join(str(error).split())}") from error


def refuse_interpolation(value: Any, where: Path | str) -> None:
    """Refuse `${...}` in plain data, wherever it stands: it would draw in what lies outside the file or word."""
    for key, text in _texts(value):
        if INTERPOLATION in text:
            short = text if len(text) <= SHOWN else f"{text[:SHOWN]}..."
            raise SeedError(where, key, f"holds the interpolation {short!r}, which is not looked up; write the value")


def _texts(value: Any, at: str = "") -> Iterator[tuple[str, str]]:
    """Every text in plain data, keys among them, with its place."""
    if isinstance(value, str):
        yield at, value
    elif isinstance(value, Mapping):
        for name, each in value.items():
            yield at, str(name)
            yield from _texts(each, f"{at}.{name}" if at else str(name))
    elif isinstance(value, list | tuple):
        for place, each in enumerate(value):
            yield from _texts(each, f"{at}[{place}]")


def said(file: Path, key: str, found: Any) -> str:
    """A text that is not empty."""
    if not isinstance(found, str) or not found.strip():
        raise SeedError(file, key, f"is {found!r}; say it in words")
    return found.strip()


def listed(file: Path, name: str, entry: Mapping[str, Any], key: str) -> tuple[str, ...]:
    """A list of names in an entry, none twice; empty where the key is missing."""
    names = entry.get(key, [])
    if not isinstance(names, list) or not all(isinstance(each, str) for each in names):
        raise SeedError(file, f"{name}.{key}", f"is {names!r}; it must be a list of names")
    if len(set(names)) < len(names):
        raise SeedError(file, f"{name}.{key}", "names something twice")
    return tuple(names)


def expect(file: Path, key: str, found: Mapping[str, Any], required: set[str], optional: set[str]) -> None:
    """Refuse an entry that lacks a required key or has an unknown one."""
    if not isinstance(found, Mapping):
        raise SeedError(file, key, f"holds {found!r}, not a mapping")
    for name in sorted(set(found) - required - optional, key=str):
        raise SeedError(file, f"{key}.{name}", f"is unknown.{nearest(name, required | optional)}")
    for name in sorted(required - set(found)):
        raise SeedError(file, f"{key}.{name}", "is missing")
