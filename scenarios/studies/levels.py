"""Levels of factors: checked, written, read back, and arranged in columns."""

import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from datetime import date, datetime
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from scenarios.errors import RequestError
from scenarios.evidence.plain_yaml import dumped, quoted_text
from scenarios.evidence.seed_files import yaml_value
from scenarios.evidence.validation_errors import Fault

if TYPE_CHECKING:
    import pandas as pd

WHOLE = ("scenario", "start", "world", "theory", "loop")  # factors that take a name

QUOTES = ("'", '"')

LONGEST, DEEPEST, LARGEST = 10_000, 50, 2**63 - 1  # characters of a text, depth of lists, whole number

UNPRINTED = ("Cc", "Cs")  # categories of characters: control characters, halves of surrogate pairs


def check_level(value: Any, where: str) -> None:
    """Refuse a value that a table cannot store."""
    for fault in level_faults(value):
        raise RequestError(f"{Fault((where, *fault.place), '').key} {fault.reason}.")


def level_faults(value: Any, place: tuple[str | int, ...] = ()) -> Iterator[Fault]:
    """Faults of a value that a table cannot store, from the outside in."""
    if len(place) > DEEPEST:
        yield Fault((), f"is nested more than {DEEPEST} deep; give a value or a path of a lever")
    elif isinstance(value, Mapping):
        for name, inner in value.items():
            yield from level_faults(name, place)
            yield from level_faults(inner, (*place, name))
    elif isinstance(value, list | tuple):
        for number, inner in enumerate(value):
            yield from level_faults(inner, (*place, number))
    elif reason := refused_value(value):
        yield Fault(place, reason)


def refused_value(value: Any) -> str:
    """Reason why a single value cannot be stored; empty if it can."""
    if isinstance(value, str):
        return refused_text(value)
    if isinstance(value, int) and abs(value) > LARGEST:
        return f"is a whole number beyond {LARGEST:,}, the largest that is taken"
    if isinstance(value, datetime):
        return f"is the moment {value}; give a date, as {value:%Y-%m-%d}"
    if value is None or isinstance(value, int | float | date):
        return ""
    return f"is of kind {type(value).__name__}; give a number, a text, a date or a list"


def refused_text(value: str) -> str:
    """Reason why a text is refused: it is too long, or its characters cannot be written; empty if it is not."""
    if len(value) > LONGEST:
        return f"has {len(value):,} characters; at most {LONGEST:,} are taken"
    bad = next((letter for letter in value if unicodedata.category(letter) in UNPRINTED), "")
    return f"is {value[:40]!a}; leave out the character {bad!a}, which cannot be printed" if bad else ""


def takes_names(factor: str) -> bool:
    """Whether a factor takes names, which are text whatever they look like."""
    return factor in WHOLE or factor.startswith("theory.")


def level_text(value: Any, factor: str = "") -> str:
    """Level on one line, which `read_level` converts back."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, int | float):
        return repr(value)
    return _text(value, factor) if isinstance(value, str) else dumped(value, in_a_line=True)


@lru_cache(maxsize=4096)
def _text(value: str, factor: str) -> str:
    if value.isprintable():
        with suppress(RequestError):
            if read_level(value, factor, factor) == value:
                return value
    return quoted_text(value)


def are_different(levels: Sequence[Any]) -> bool:
    """Whether no two levels are of one kind and equal."""
    kinds = [(_kind(level), level) for level in levels]
    return len({(kind, level if kind else level_text(level)) for kind, level in kinds}) == len(kinds)


def read_level(cell: str, where: str, factor: str = "") -> Any:
    """Level from its text: a list, mapping or quoted text as YAML, everything else as one number or text."""
    stripped = cell.strip()
    if not stripped:
        raise RequestError(f"{where} is empty; give it a value.")
    if len(cell) > LONGEST:
        raise RequestError(f"{where} has {len(cell):,} characters; at most {LONGEST:,} are taken.")
    level = yaml_value(stripped, where, ("*", "*/*") if takes_names(factor) else (), [factor])
    level = stripped if factor in WHOLE and stripped[0] not in QUOTES else level
    check_level(level, where)
    return level


def framed(points: Sequence[Mapping[str, Any]]) -> "pd.DataFrame":
    """Settings as a table, one column per factor, every column of one kind."""
    import pandas as pd

    return pd.DataFrame({name: column([point[name] for point in points]) for name in points[0]})


def column(levels: Sequence[Any]) -> list[Any]:
    """Levels of a factor, all numbers, all truths or all texts; levels of different kinds as texts."""
    kinds = {_kind(level) for level in levels}
    return list(levels) if len(kinds) == 1 and kinds != {None} else [level_text(level) for level in levels]


def _kind(value: Any) -> type | None:
    """Kind of a column that can store a value, if any; whole numbers are numbers."""
    kinds = {bool: bool, int: float, float: float, str: str}
    return next((kind for of_value, kind in kinds.items() if isinstance(value, of_value)), None)
