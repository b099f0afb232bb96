"""Shocks: events that no agent decides; dated, random, or triggered by a condition on outcomes."""

import operator
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from agents.mechanisms.war import CALM, DIRECT_WAR, PROXY_WAR


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
