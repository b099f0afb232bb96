"""Checks of plain values; errors name the key, the value, the bound and the nearest valid name."""

import math
import re
import sys
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any
from unicodedata import category

from scenarios.errors import RequestError, nearest
from scenarios.evidence.claims import claims

YEARS, MONTH_YEARS = (2003, 2060), (1900, 2100)  # within which a number may be a year, or begin with one

LARGEST = 10**18  # number that is still written out

WORD = re.compile(r"[^\W_][\w-]*\Z")

MARKS = ("Mn", "Mc")  # Unicode categories of signs that complete a letter, such as vowels in Arabic and Hindi


def bare(value: Any) -> Any:
    """Value without NumPy: scalars as plain numbers and arrays as lists, at any depth of lists and mappings."""
    if isinstance(value, Mapping):
        return {name: bare(element) for name, element in value.items()}
    if isinstance(value, list | tuple):
        return [bare(element) for element in value]
    numpy = sys.modules.get("numpy")  # not imported by `list`; until then no value has a type of NumPy
    if numpy is None:
        return value
    if isinstance(value, numpy.datetime64):
        return value.item() if numpy.datetime_data(value)[0] == "D" else str(value)  # a moment is no day
    return bare(value.tolist()) if isinstance(value, numpy.generic | numpy.ndarray) else value


def mapping(value: Any, key: str, known: Iterable[str], required: Iterable[str] = ()) -> dict[str, Any]:
    """Mapping whose keys are all known."""
    if not isinstance(value, Mapping):
        raise RequestError(f"{key} is {value!r}; it must be a mapping of names to values.")
    names = set(known)
    for name in value:
        if name not in names:
            raise RequestError(f"{_join(key, name)} is unknown.{nearest(name, names)}")
    for name in required:
        if name not in value or value[name] is None:
            raise RequestError(f"{_join(key, name)} is missing.")
    return {str(name): element for name, element in value.items()}


def number(value: Any, key: str, low: float = -math.inf, high: float = math.inf, unit: str = "") -> float:
    """Finite number within its bounds."""
    value = bare(value)
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise RequestError(f"{key} is {value!r}; it must be a number{_between(low, high, unit)}.")
    if abs(value) > LARGEST and isinstance(value, int):
        raise RequestError(f"{key} is {_short(value)}; it must be a number{_between(low, high, unit)}.")
    if not math.isfinite(value) and not (math.isfinite(low) and math.isfinite(high)):
        raise RequestError(f"{key} is {value:g}; it must be a finite number{' of ' + unit if unit else ''}.")
    if not low <= value <= high:
        raise RequestError(f"{key} is {value:g}, outside [{low:g}, {high:g}]{' ' + unit if unit else ''}.")
    return float(value)


def whole(value: Any, key: str, low: int, high: int, unit: str = "") -> int:
    """Whole number within its bounds."""
    value = bare(value)
    if isinstance(value, bool) or not isinstance(value, int):
        raise RequestError(f"{key} is {value!r}; it must be a whole number{_between(low, high, unit)}.")
    if not low <= value <= high:
        raise RequestError(f"{key} is {_short(value)}, outside [{low:,}, {high:,}]{' ' + unit if unit else ''}.")
    return value


def _short(value: int) -> str:
    """Whole number; only its size where it would fill a line."""
    return f"{value:,}" if abs(value) < LARGEST else f"{'-' * (value < 0)}1e{int(math.log10(abs(value)))} or more"


def text(value: Any, key: str) -> str:
    """Text that is not empty."""
    if not isinstance(value, str) or not value.strip():
        raise RequestError(f"{key} is {value!r}; it must be a text.")
    return value.strip()


def word(value: Any, key: str) -> str:
    """Text that can name a folder."""
    written = text(value, key)
    letters = "".join(sign for sign in written if category(sign) not in MARKS)
    if not WORD.match(letters) or category(written[0]) in MARKS:
        raise RequestError(f"{key} is {value!r}; it names a folder, so use only letters, digits, _ and -.")
    return written


def one_of(value: Any, key: str, valid: Iterable[str]) -> str:
    """Name that is one of the valid ones."""
    names = list(valid)
    if value not in names:
        raise RequestError(f"{key} is {value!r}.{nearest(value, names)}")
    return str(value)


def sequence(value: Any, key: str) -> list[Any]:
    """List of values."""
    if isinstance(value, str | Mapping) or not isinstance(value, Sequence):
        raise RequestError(f"{key} is {value!r}; it must be a list.")
    return list(value)


def texts(value: Any, key: str) -> tuple[str, ...]:
    """List of texts."""
    return tuple(text(element, f"{key}[{number}]") for number, element in enumerate(sequence(value, key)))


def day(value: Any, key: str, start: date) -> float:
    """Day counted from the start, given as a number or as a date."""
    value = bare(value)
    if isinstance(value, datetime):
        raise RequestError(f"{key} is {value}, a moment; it must be a date as {value.date()}, without a time of day.")
    if isinstance(value, date):
        return float((value - start).days)
    if isinstance(value, str):
        try:
            return float((date.fromisoformat(value) - start).days)
        except ValueError:
            raise RequestError(
                f"{key} is {value!r}; it must be a number of days after the start or a date as 2025-01-31"
                f"{(value.isascii() and value.isdecimal() and meant(float(value[:9]))) or '.'}"
            ) from None
    return number(value, key, unit="days after the start")


def meant(day: float) -> str:
    """Date for which a number of days, such as 20220601, 202206 or 2022, may stand, as a question; empty if none."""
    whole_day, written = int(day), f"{day:.0f}"
    year, month, rest = written[:4], written[4:6] or "01", written[6:] or "01"
    years = MONTH_YEARS if len(written) > 4 else YEARS
    if whole_day != day or len(written) not in (4, 6, 8) or not (years[0] <= int(year) <= years[1]):
        return ""
    try:
        return f"; did you mean {date(int(year), int(month), int(rest))}?"
    except ValueError:
        return ""


def _join(key: str, name: object) -> str:
    return f"{key}.{name}" if key else str(name)


def _between(low: float, high: float, unit: str) -> str:
    bounds = f" in [{low:,.10g}, {high:,.10g}]" if math.isfinite(low) and math.isfinite(high) else ""
    return bounds + (f" {unit}" if unit else "")


def claim_ids(written: Any, key: str) -> tuple[str, ...]:
    """Claims that a request cites, all of which must exist."""
    names = texts([] if written is None else written, key)
    for name in names:
        if name not in claims():
            raise RequestError(f"{key} cites {name}, which is not a claim.{nearest(name, claims())}")
    return names
