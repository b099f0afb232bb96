"""Readers of seeds/ and of a user's files: YAML and CSV as models; every fault of a file is reported at once."""

import csv
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import yaml

from scenarios import resources
from scenarios.errors import RequestError, nearest
from scenarios.evidence import plain_yaml

if TYPE_CHECKING:
    from scenarios.evidence.validation_errors import Checked, Fault

    Model = TypeVar("Model", bound=Checked)

Content = TypeVar("Content")

INTERPOLATION = "${"

SHOWN = 60  # characters of a text in an error

MOST_LINES = 20  # faults of a file that are listed


class FileError(RequestError):
    """Faults of a seed file or a user's own file, one in a line."""


class SeedError(FileError):
    """Fault of a file, with the file and the key."""

    def __init__(self, file: Path | str, key: str, reason: str) -> None:
        shown = resources.shown_path(file)
        super().__init__(f"{shown}: {key}: {reason}" if key else f"{shown}: {reason}")


def together(errors: Iterable[SeedError]) -> FileError:
    """Error with a line for each of several, as far as a screen takes them."""
    lines = [str(error) for error in errors]
    left = len(lines) - MOST_LINES
    return FileError("\n".join([*lines[:MOST_LINES], *([f"... and {left} more"] if left > 0 else [])]))


def read_yaml(file: Path, kind: type[Content], texts: Iterable[str] = (), context: Any = None) -> Content:
    """Content of a YAML file as a model or another type; RequestError names every fault with its line and column."""
    return _validated(file, kind, yaml_mapping(file, texts), context)


def read_entries(file: Path, model: "type[Model]", context: Any = None) -> "dict[str, Model]":
    """Models in a YAML file by name."""
    from scenarios.evidence.validation_errors import with_names

    return _validated(file, dict[str, model], with_names(yaml_mapping(file)), context)  # type: ignore[valid-type]


def _validated(file: Path, kind: type[Content], content: Any, context: Any) -> Content:
    """Content of a YAML file as a model or another type; pydantic is imported with the first one."""
    from pydantic import TypeAdapter, ValidationError

    from scenarios.evidence.validation_errors import faults

    try:
        return TypeAdapter(kind).validate_python(content, context=context)
    except ValidationError as error:
        raise together(_located(file, _decoded(file), fault) for fault in faults(error)) from error


def _located(file: Path, written: str, fault: "Fault") -> SeedError:
    """Error of a fault in a YAML file, with line and column."""
    line, column = plain_yaml.position(written, fault.place)
    return SeedError(file, fault.key, f"{fault.reason} (line {line}, column {column})")


def read_csv(file: Path, model: "type[Model]", key: Sequence[str] = ()) -> "dict[str, Model]":
    """Models in the rows of a table, by the columns of `key`, or by line; the columns are the fields of the model."""
    from pydantic import ValidationError

    from scenarios.evidence.validation_errors import faults, model_keys

    models: dict[str, Model] = {}
    refused: list[SeedError] = []
    for line, row in _rows(file, model_keys(model)):
        name, where = ".".join(row[column] for column in key) or f"line {line}", f" (line {line})" if key else ""
        if name in models:
            refused.append(SeedError(file, name, f"appears twice; keep one row{where}"))
        try:
            models[name] = model.model_validate(row)
        except ValidationError as error:
            refused += [SeedError(file, fault.key, fault.reason + where) for fault in faults(error, (name,))]
    if refused:
        raise together(refused)
    return models


def _rows(file: Path, columns: tuple[str, ...]) -> list[tuple[int, dict[str, str]]]:
    """Rows of a table that has exactly these columns, with the numbers of their lines."""
    (_, header), *body = list(records(file)) or [(1, [])]
    _check_header(file, header, columns)
    reason = "has {} cells, not {}; quote texts with commas".format
    short = [(line, len(row)) for line, row in body if len(row) != len(columns)]
    if short:
        raise together(SeedError(file, f"line {line}", reason(cells, len(columns))) for line, cells in short)
    return [(line, dict(zip(columns, row, strict=True))) for line, row in body]


def _check_header(file: Path, header: Sequence[str], columns: Sequence[str]) -> None:
    missing = [SeedError(file, name, "column missing") for name in columns if name not in header]
    unknown = [name for name in header if name not in columns]
    if missing or unknown:
        hints = (SeedError(file, name, f"column unknown.{nearest(name, columns)}") for name in unknown)
        raise together([*missing, *hints])
    if list(header) != list(columns):
        raise SeedError(file, "", f"columns are out of order; they are {', '.join(columns)}")


def yaml_mapping(file: Path, texts: Iterable[str] = (), *, interpolated: bool = False) -> dict[str, Any]:
    """Mapping in a YAML file; `texts` are the places whose values are text, as `plain_yaml.parsed` takes them.

    Interpolations are refused, except in shipped files.
    """
    written = _decoded(file)
    try:
        mapping = plain_yaml.parsed(written, texts)
    except plain_yaml.UnwantedError as error:
        raise SeedError(file, "", str(error)) from error
    except (yaml.YAMLError, ValueError) as error:  # ValueError: a date that does not exist
        raise SeedError(file, "", f"is not valid YAML ({' '.join(str(error).split())})") from error
    if not isinstance(mapping, dict):
        raise SeedError(file, "", f"holds {type(mapping).__name__}, not a mapping of names")
    if not interpolated:
        refuse_interpolation(mapping, file)
    return mapping


def _decoded(file: Path) -> str:
    try:
        return resources.read_plain(file, plain_yaml.MOST_BYTES).decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise SeedError(file, "", f"is not valid YAML ({error})") from error


def yaml_value(written: str, where: str, texts: Iterable[str] = (), at: Sequence[str] = ()) -> Any:
    """Value of a cell or of a word, as `plain_yaml.value` reads it; `where` names it in errors."""
    refuse_interpolation(written, where)
    try:
        return plain_yaml.value(written, texts, at)
    except plain_yaml.UnwantedError as error:
        raise RequestError(f"{where}: {error}") from error
    except (yaml.YAMLError, ValueError) as error:
        reason = f"is {_short(written)!r}, which is not a value: {' '.join(str(error).split())}"
        raise RequestError(f"{where} {reason}") from error


def _short(text: str) -> str:
    return text if len(text) <= SHOWN else f"{text[:SHOWN]}..."


def refuse_interpolation(value: Any, where: Path | str) -> None:
    """Refuse `${...}` anywhere in plain data: it would insert what is outside the file or word."""
    for key, text in _texts(value):
        if INTERPOLATION in text:
            reason = f"holds the interpolation {_short(text)!r}, which is not resolved; write the value"
            raise SeedError(where, key, reason)


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


def records(file: Path, *, comments: bool = False) -> Iterator[tuple[int, list[str]]]:
    """Rows of a table with the numbers of their lines, without blank lines.

    comments    True if lines that begin with # outside of a cell are skipped, too
    """
    resources.check_plain(file)
    try:
        with file.open(encoding="utf-8-sig", newline="") as opened:
            lines = Lines(opened, comments=comments)
            for row in csv.reader(lines, strict=True):
                if row:
                    yield lines.first, row
                lines.within = False
    except OSError as error:
        raise resources.unreadable(file, error) from error
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
