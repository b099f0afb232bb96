"""Types of values over time: days and dates, amounts, and both in pairs that are in order of time."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from itertools import pairwise
from math import inf
from typing import Any

from pydantic import GetCoreSchemaHandler, GetJsonSchemaHandler, ValidationInfo
from pydantic_core import CoreSchema, core_schema

from agents.mechanisms.war import CALM
from scenarios.config.fields import entries_with_faults
from scenarios.config.trajectory import FARTHEST, LONGEST, Path, Value
from scenarios.config.world import REGIME_NAMES
from scenarios.errors import nearest
from scenarios.evidence.validation_errors import Bounds, OneOf, shown

YEARS, MONTH_YEARS = (2003, 2060), (1900, 2100)  # within which a number may be a year, or begin with one

AFTER_START = Bounds(unit="days after the start")

JsonSchema = dict[str, Any]


@dataclass(frozen=True, kw_only=True)
class Context:
    """What a scenario or a world is checked against."""

    start: date
    horizon: float
    parameters: Mapping[str, Any]


class Dated:
    """Base of types whose values are read in a context."""

    def read(self, written: Any, context: Context) -> Any:
        """Value as written, checked; ValueError with the reason if it is refused."""
        raise NotImplementedError

    def json_schema(self) -> JsonSchema:
        """JSON Schema of what may be written; by default a day or a date."""
        return {"anyOf": [{"type": "number"}, {"type": "string", "format": "date"}]}

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        """Schema that reads a value."""

        def read(written: Any, info: ValidationInfo) -> Any:
            return self.read(written, info.context)  # type: ignore[arg-type]

        return core_schema.with_info_plain_validator_function(read)

    def __get_pydantic_json_schema__(self, schema: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchema:
        """JSON Schema, for editors."""
        return self.json_schema()


@dataclass(frozen=True)
class Day(Dated):
    """Day from the start on, as a number, a date or, if allowed, the name of a parameter in days."""

    parameters: bool = False
    most: float = FARTHEST

    def read(self, written: Any, context: Context) -> Value:
        """Day after the start, or the name of a parameter."""
        if isinstance(written, str) and not written[:1].isdigit():
            return self._parameter(written, context.parameters if self.parameters else {})
        day = read_day(written, context.start)
        if day < 0:
            raise ValueError(f"is day {day:g}, before the start {context.start}; levers begin on day 0")
        if day > self.most and not isinstance(written, str | date):
            raise ValueError(f"is day {day:g}, outside [0, {self.most:,}]; no run is that long")
        return day

    def _parameter(self, name: str, known: Mapping[str, Any]) -> str:
        if name not in known:
            raise ValueError(f"is {shown(name)}, neither a day, a date nor a parameter.{nearest(name, known)}")
        if known[name].unit != "day":
            raise ValueError(f"is {name}, which is no time (its unit is {known[name].unit}); give a day or a date")
        return name

    def json_schema(self) -> JsonSchema:
        """Day, date or, if allowed, any name."""
        day = {"type": "number", "minimum": 0, "maximum": self.most}
        return {"anyOf": [day, {"type": "string"} if self.parameters else {"type": "string", "format": "date"}]}


class DayOfRun(Dated):
    """Day within the horizon of the run, as a number or a date."""

    def read(self, written: Any, context: Context) -> float:
        """Day after the start."""
        day = read_day(written, context.start)
        if not 0 <= day < context.horizon:
            raise ValueError(
                f"is {written} (day {day:g}), outside the horizon of {context.horizon:g} days from {context.start}; "
                "move it, or set ensemble.horizon"
            )
        return day


class FirstDay(Dated):
    """Day from which a regime is in force; only a date may lie before the start or beyond every run."""

    def read(self, written: Any, context: Context) -> float:
        """Day after the start, negative before it."""
        day = read_day(written, context.start)
        if not isinstance(written, str | date) and not 0 <= day <= LONGEST:
            raise ValueError(
                f"is day {day:g}, outside [0, {LONGEST:,}]; write the date of one that began before the start"
            )
        return day


@dataclass(frozen=True)
class Amount(Dated):
    """Number within bounds or, if allowed, the name of a parameter that stays within them."""

    low: float
    high: float
    parameters: bool = True

    def read(self, written: Any, context: Context) -> Value:
        """Number, or the name of a parameter."""
        if not isinstance(written, str):
            return Bounds(self.low, self.high).number(written)
        known = context.parameters if self.parameters else {}
        if written not in known:
            raise ValueError(f"is {shown(written)}, neither a number nor a parameter.{nearest(written, known)}")
        (least, most), labels = known[written].bounds, known[written].labels
        if labels or not self.low <= least <= most <= self.high:
            may = f"has {', '.join(labels)}" if labels else f"may lie in [{least:g}, {most:g}]"
            raise ValueError(
                f"is {written}, which {may}, but the value here must be one number in [{self.low:g}, {self.high:g}]"
            )
        return written

    def json_schema(self) -> JsonSchema:
        """Number or, if allowed, any name."""
        number = {"type": "number", "minimum": self.low, "maximum": self.high}
        return {"anyOf": [number, {"type": "string"}]} if self.parameters else number


@dataclass(frozen=True)
class Label(Dated):
    """One of some names."""

    names: tuple[str, ...]

    def read(self, written: Any, context: Context) -> str:
        """Name."""
        return OneOf(self.names).check(written)

    def json_schema(self) -> JsonSchema:
        """Names."""
        return {"enum": list(self.names)}


@dataclass(frozen=True)
class OverTime(Dated):
    """Value that may change: one value for all time, or `[[day or date, value], ...]` in order of time."""

    value: Dated
    day: Dated

    def read(self, written: Any, context: Context) -> Any:
        """Pairs of a day and a value; the only one of a constant begins on day 0."""
        if isinstance(written, int | float | str) and not isinstance(written, bool):
            return ((0.0, self.value.read(written, context)),)
        if not isinstance(written, list | tuple):
            raise ValueError(f"is {shown(written)}; it must be one value, or pairs as [[0, {self._example}], ...]")
        if not written:
            raise ValueError(f"is empty; give one value, or pairs as [[0, {self._example}], ...]")
        pairs = entries_with_faults(lambda pair: self._pair(pair, context), written)
        _check_order([day for day, _ in pairs])
        return tuple(pairs)

    def _pair(self, written: Any, context: Context) -> tuple[Any, Any]:
        if not isinstance(written, list | tuple) or len(written) != 2:
            example = f"[0, {self._example}]"
            raise ValueError(f"is {shown(written)}; it must be a pair of a day (or date) and a value, as {example}")
        return self.day.read(written[0], context), self.value.read(written[1], context)

    @property
    def _example(self) -> str:
        return self.value.names[0] if isinstance(self.value, Label) else "1"

    def json_schema(self) -> JsonSchema:
        """Value, or pairs."""
        elements = [self.day.json_schema(), self.value.json_schema()]
        pair = {"type": "array", "prefixItems": elements, "minItems": 2, "maxItems": 2}
        return {"anyOf": [elements[1], {"type": "array", "minItems": 1, "items": pair}]}


class Trajectory(OverTime):
    """Quantity over time."""

    def __init__(self, low: float, high: float, *, parameters: bool = True) -> None:
        super().__init__(Amount(low, high, parameters), Day(parameters))

    def read(self, written: Any, context: Context) -> Path:
        """Path through the anchors."""
        return Path(super().read(written, context))


class Regimes(OverTime):
    """War path: one regime, or regimes with their first days, calm before the first."""

    def __init__(self) -> None:
        super().__init__(Label(tuple(REGIME_NAMES)), FirstDay())

    def read(self, written: Any, context: Context) -> tuple[tuple[float, int], ...]:
        """Regimes as the model has them, each with its first day."""
        pairs = [(day, REGIME_NAMES[name]) for day, name in super().read(written, context)]
        if isinstance(written, str):
            return ((-inf, pairs[0][1]),)
        if pairs[0][0] >= context.horizon:
            raise ValueError(
                f"begins on day {pairs[0][0]:g}, beyond the horizon of {context.horizon:g} days from {context.start}: "
                "this world would have no effect; take a later start, a longer horizon, or world=calm or "
                "world=simulated"
            )
        return ((-inf, CALM), *pairs)


def _check_order(days: Iterable[Value]) -> None:
    """Refuse anchors that are out of order; days that are parameters are exempt."""
    known = [(number, day) for number, day in enumerate(days) if not isinstance(day, str)]
    for (before, earlier), (after, later) in pairwise(known):
        if later < earlier:
            raise ValueError(
                f"is out of order: anchor {after} is day {later:g}, before day {earlier:g} of anchor {before}; put "
                "anchors in order of time"
            )


def read_day(value: Any, start: date) -> float:
    """Day counted from the start, given as a number or as a date; a number that is a date is refused."""
    if isinstance(value, datetime):
        raise ValueError(f"is {value}, a moment; it must be a date as {value.date()}, without a time of day")
    if isinstance(value, date):
        return float((value - start).days)
    if isinstance(value, str):
        return _read_date(value, start)
    day = AFTER_START.number(value)
    if day > LONGEST and (hint := _date_meant(day)):
        raise ValueError(f"is day {day:,.0f}, beyond the horizon{hint}")
    if day > FARTHEST:
        raise ValueError(f"is day {day:,.10g}, outside [0, {FARTHEST:,}] days after the start")
    return day


def _read_date(written: str, start: date) -> float:
    try:
        return float((date.fromisoformat(written) - start).days)
    except ValueError:
        hint = _date_meant(float(written[:9])) if written.isascii() and written.isdecimal() else ""
        raise ValueError(
            f"is {shown(written)}; it must be a number of days after the start or a date as 2025-01-31{hint}"
        ) from None


def _date_meant(day: float) -> str:
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
