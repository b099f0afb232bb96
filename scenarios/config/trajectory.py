"""Levers over time: anchors joined by straight lines, whose days and values may be uncertain parameters."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise
from typing import Any

from scenarios.config import fields
from scenarios.errors import RequestError, nearest

LONGEST = 1_300  # days of a run; the patterns of the sources extend no further

FARTHEST = 10_000  # days of the last possible anchor; a path may be slower than any run

Value = float | str  # a number, or the name of a parameter


@dataclass(frozen=True)
class Path:
    """Quantity over time, constant before its first anchor and after its last; two anchors on a day are a step."""

    anchors: tuple[tuple[Value, Value], ...]

    @property
    def first(self) -> Value:
        """Value at the start."""
        return self.anchors[0][1]

    @property
    def last(self) -> Value:
        """Value at the end."""
        return self.anchors[-1][1]

    @property
    def is_constant(self) -> bool:
        """True if the value never changes."""
        return all(value == self.first for _, value in self.anchors)


def path(written: Any, key: str, start: date, low: float, high: float, parameters: Mapping[str, Any]) -> Path:
    """Path as written: one number or parameter, or `[[day or date, value], ...]` in order of time."""
    if isinstance(written, int | float | str) and not isinstance(written, bool):
        return Path(((0.0, _value(written, key, low, high, parameters)),))
    if not isinstance(written, list | tuple):
        raise RequestError(f"{key} is {written!r}; it must be one value, or pairs as [[0, 1], [180, 0.5]].")
    anchors = []
    for number, anchor in enumerate(written):
        where = f"{key}[{number}]"
        pair = fields.sequence(anchor, where)
        if len(pair) != 2:
            raise RequestError(f"{where} is {pair}; an anchor is a pair of a day (or date) and a value.")
        anchors.append(
            (day_or_parameter(pair[0], where, start, parameters), _value(pair[1], where, low, high, parameters))
        )
    if not anchors:
        raise RequestError(f"{key} is empty; give at least one anchor as [[0, 1]].")
    check_order(key, [day for day, _ in anchors])
    return Path(tuple(anchors))


def check_order(key: str, days: list[Value]) -> None:
    """Refuse anchors that are out of order; days that are parameters are exempt."""
    known = [(number, day) for number, day in enumerate(days) if not isinstance(day, str)]
    for (before, earlier), (after, later) in pairwise(known):
        if later < earlier:
            raise RequestError(
                f"{key}: anchor {after} is day {later:g}, before day {earlier:g} of anchor {before}; "
                "put anchors in order of time."
            )


def day_or_parameter(value: Any, key: str, start: date, parameters: Mapping[str, Any]) -> Value:
    """Day after the start, written as a number or a date, or as the name of a parameter in days."""
    if isinstance(value, str) and value in parameters:
        if parameters[value].unit != "day":
            raise RequestError(
                f"{key}: {value} is no time (its unit is {parameters[value].unit}); give a day or a date."
            )
        return value
    if isinstance(value, str) and not value[:1].isdigit():
        raise RequestError(f"{key}: {value!r} is neither a day, a date nor a parameter.{nearest(value, parameters)}")
    day = fields.day(value, key, start)
    if day < 0:
        raise RequestError(f"{key} is day {day:g}, before the start {start}; levers begin on day 0.")
    if not isinstance(value, str | date):
        check_counted(day, key)
    return day


def check_counted(day: float, key: str) -> None:
    """Refuse a number of days that is a date, or that exceeds every bound."""
    if day > LONGEST and (hint := fields.meant(day)):
        raise RequestError(f"{key} is day {day:,.0f}, beyond the horizon{hint}")
    if day > FARTHEST:
        raise RequestError(f"{key} is day {day:,.10g}, outside [0, {FARTHEST:,}] days after the start.")


def _value(value: Any, key: str, low: float, high: float, parameters: Mapping[str, Any]) -> Value:
    if isinstance(value, str):
        if value not in parameters:
            raise RequestError(f"{key}: {value!r} is neither a number nor a parameter.{nearest(value, parameters)}")
        _check_range(value, key, low, high, parameters[value])
        return value
    return fields.number(value, key, low, high)


def _check_range(name: str, key: str, low: float, high: float, parameter: Any) -> None:
    """Refuse a parameter that may take values outside the bounds of the path."""
    least, most = parameter.bounds
    if parameter.labels or not low <= least <= most <= high:
        may = f"has {', '.join(parameter.labels)}" if parameter.labels else f"may lie in [{least:g}, {most:g}]"
        raise RequestError(f"{key}: {name} {may}, but the value here must be one number in [{low:g}, {high:g}].")


def describe_path(quantity: str, path: Path, start: date, shown: Callable[[Value], str]) -> list[tuple[float, str]]:
    """Path as dated sentences, each change on the day on which it begins."""
    changes = [(earlier, later) for earlier, later in pairwise(path.anchors) if earlier[1] != later[1]]
    if not changes:
        return [(0.0, f"{quantity}: {shown(path.first)} throughout")]
    sentences = [
        (_or_zero(day), f"{quantity}: from {shown(value)} to {shown(following)}{_until(day, later, start)}")
        for (day, value), (later, following) in changes
    ]
    return sentences if changes[0][0][0] == 0.0 else [(0.0, f"{quantity}: {shown(path.first)}"), *sentences]


def _until(day: Value, later: Value, start: date) -> str:
    """Date by which a change is complete; empty for a step."""
    if later == day:
        return ""
    if isinstance(later, str):
        return f" within the {later.replace('_', ' ')}"
    return f" by {start + timedelta(days=int(later))}"


def _or_zero(day: Value) -> float:
    return 0.0 if isinstance(day, str) else day
