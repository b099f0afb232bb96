"""Shocks: events that no agent decides; dated, random, or triggered by a condition on outcomes."""

import operator
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from agents.mechanisms.war import CALM, DIRECT_WAR, PROXY_WAR
from scenarios.config import fields
from scenarios.config.fields import claim_ids
from scenarios.config.trajectory import check_counted
from scenarios.errors import RequestError, nearest


@dataclass(frozen=True)
class ShockKind:
    """Kind of shock."""

    meaning: str
    unit: str
    largest: float


KINDS: Mapping[str, ShockKind] = {
    "commander_killed": ShockKind("a major US strike kills commanders of the factions", "commanders", 10),
    "broker_killed": ShockKind("Iran's chief broker in Iraq is killed", "1", 1),
    "lethal_attack": ShockKind("an attack on a base kills Americans", "attacks", 10),
    "prison_break": ShockKind("ISIS frees its prisoners", "1", 1),
    "budget_stop": ShockKind("Baghdad stops the Region's budget", "1", 1),
    "army_collapse": ShockKind("army units collapse as in 2014", "1", 1),
    "cabinet_falls": ShockKind("the cabinet falls", "1", 1),
    "early_election": ShockKind("an early election is held", "1", 1),
    "oil_price": ShockKind("the oil price jumps (negative: falls)", "standard deviations", 5),
    "proxy_war_begins": ShockKind("a regional proxy war begins", "1", 1),
    "direct_war_begins": ShockKind("a direct war with Iran begins", "1", 1),
    "war_ends": ShockKind("the regional war ends", "1", 1),
}

REGIMES = {"proxy_war_begins": PROXY_WAR, "direct_war_begins": DIRECT_WAR, "war_ends": CALM}

OPERATORS: Mapping[str, Callable[[Any, Any], Any]] = {
    ">=": operator.ge, ">": operator.gt, "<=": operator.le, "<": operator.lt,
}  # fmt: skip

IN_WORDS: Mapping[str, str] = {">=": "at least", ">": "more than", "<=": "at most", "<": "less than"}

CONDITION = re.compile(r"^\s*(\w+)\s*(>=|<=|>|<)\s*(-?\d+(?:\.\d+)?)\s+within\s+(\d+)\s+days?\s*$")


@dataclass(frozen=True)
class Condition:
    """`outcome >= number within n days`: the relation of the outcome's sum over the last n days to a number."""

    outcome: str
    relation: str
    threshold: float
    days: int

    def __str__(self) -> str:
        return f"{self.outcome} {self.relation} {self.threshold:g} within {self.days} days"

    @property
    def in_words(self) -> str:
        """Condition in plain words."""
        span = f"{self.days} days" if self.days > 1 else "a day"
        return f"{self.outcome.replace('_', ' ')} are {IN_WORDS[self.relation]} {self.threshold:g} within {span}"


@dataclass(frozen=True, kw_only=True)
class Shock:
    """Shock of a scenario or a world."""

    kind: str
    size: float
    at: float | None = None  # day
    per_year: float | None = None
    when: Condition | None = None
    again_after: float | None = None  # days; without it a conditional shock occurs once

    def __str__(self) -> str:
        meaning = f"{KINDS[self.kind].meaning}{self._how_large()}"
        if self.at is not None:
            return meaning
        if self.per_year is not None:
            return f"{meaning}, at random {self.per_year:g} times a year"
        assert self.when is not None
        again = f"again after {self.again_after:g} days" if self.again_after else "once"
        return f"{meaning} when {self.when.in_words}, {again}"

    def _how_large(self) -> str:
        unit = KINDS[self.kind].unit
        return "" if self.size == 1 else f" ({self.size:g}{'' if unit == '1' else f' {unit}'})"


def shocks(written: Any, key: str, start: date, horizon: float, outcomes: Mapping[str, Any]) -> tuple[Shock, ...]:
    """Shocks as written, checked."""
    entries = fields.sequence(written, key)
    return tuple(_shock(entry, f"{key}[{number}]", start, horizon, outcomes) for number, entry in enumerate(entries))


def _shock(written: Any, key: str, start: date, horizon: float, outcomes: Mapping[str, Any]) -> Shock:
    entry = fields.mapping(
        written, key, ["shock", "size", "at", "per_year", "when", "again_after", "because", "claims"], ["shock"]
    )
    claim_ids(entry.get("claims"), f"{key}.claims")
    kind = fields.one_of(entry["shock"], f"{key}.shock", KINDS)
    ways = [name for name in ("at", "per_year", "when") if entry.get(name) is not None]
    if len(ways) != 1:
        raise RequestError(f"{key} has {' and '.join(ways) or 'no time'}; give one of at, per_year or when.")
    if "because" in entry:
        fields.text(entry["because"], f"{key}.because")
    again = entry.get("again_after")
    if again is not None and ways != ["when"]:
        raise RequestError(f"{key}.again_after has no effect beside {ways[0]}; it goes with when. Leave it out.")
    return Shock(
        kind=kind,
        size=_size(entry.get("size", 1), f"{key}.size", kind),
        at=_at(entry["at"], f"{key}.at", start, horizon) if "at" in ways else None,
        per_year=fields.number(entry["per_year"], f"{key}.per_year", 0.0, 50.0) if "per_year" in ways else None,
        when=_condition(entry["when"], f"{key}.when", outcomes) if "when" in ways else None,
        again_after=None if again is None else fields.number(again, f"{key}.again_after", 1.0, 10_000.0, "days"),
    )


def _size(written: Any, key: str, kind: str) -> float:
    largest = KINDS[kind].largest
    size = fields.number(written, key, -largest if kind == "oil_price" else 0.0, largest, KINDS[kind].unit)
    if size == 0:
        raise RequestError(f"{key} is 0: nothing would happen; leave the shock out, or give it a size.")
    return size


def _at(value: Any, key: str, start: date, horizon: float) -> float:
    day = fields.day(value, key, start)
    if not isinstance(value, str | date):
        check_counted(day, key)
    if not 0 <= day < horizon:
        raise RequestError(
            f"{key} is {value} (day {day:g}), outside the horizon of {horizon:g} days from {start}; "
            "move it, or set ensemble.horizon."
        )
    return day


def _condition(written: Any, key: str, outcomes: Mapping[str, Any]) -> Condition:
    matched = CONDITION.match(str(written))
    if not matched:
        raise RequestError(f"{key} is {written!r}; write it as 'us_deaths >= 3 within 14 days'.")
    outcome, relation, threshold, days = matched.groups()
    if outcome not in outcomes:
        raise RequestError(f"{key} refers to {outcome!r}, which is not a counted outcome.{nearest(outcome, outcomes)}")
    if float(threshold) < 0 or (float(threshold) == 0 and relation in (">=", "<")):
        never = "never" if relation.startswith("<") else "always"
        raise RequestError(f"{key} is {written!r}, which {never} holds: counts are never below 0; give another number.")
    return Condition(outcome, relation, float(threshold), fields.whole(int(days), f"{key} days", 1, 3_650))
