"""Counts up to 2022 compared with the model, each by its own definition."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np

from scenarios.evidence.stylised_facts import Fact, facts
from scenarios.validation.checks import FAIL, PASS
from scenarios.validation.histories import HISTORIES, Lived, Runs

SITES, EVERY, CONVOYS = "attacks_on_us_sites", "attacks_on_us", "attacks_on_convoys"

QUARTER = 91.3125


@dataclass(frozen=True)
class Counted:
    """How the facts of a table are counted in a run."""

    table: str
    words: str  # that a fact's description contains
    outcome: str
    history: str


COUNTED = (
    Counted("attacks_on_us_forces", "personnel blamed", SITES, "escalation"),
    Counted("attacks_on_us_forces", "rocket attacks on sites of US", SITES, "escalation"),
    Counted("attacks_on_us_forces", "bombs against supply convoys", CONVOYS, "escalation"),
    Counted("attacks_on_us_forces", "US and coalition personnel", SITES, "escalation"),
    Counted("attacks_on_us_forces", "attacks on US sites", SITES, "escalation"),
    Counted("attacks_on_us_forces", "rocket and drone attacks on US sites", SITES, "pledge"),
    Counted("attacks_on_us_forces", "a wider definition", EVERY, "pledge"),
    Counted("us_strikes", "replies to", "us_strikes", "pledge"),
    Counted("isis_attacks", "", "isis_attacks", "escalation"),
    Counted("press_incidents", "by ISIS", "isis_incidents_in_press", "aftermath"),
    Counted("press_incidents", "pro-Iran", "faction_incidents_in_press", "aftermath"),
)


@dataclass(frozen=True)
class Tally:
    """One count against its simulated distribution, under one theory."""

    fact: Fact
    run: str
    theory: str
    simulated: tuple[float, float, float]
    share_below: float  # of replications under the count, ties by half
    verdict: str


def tallies(runs: Runs) -> list[Tally]:
    """Every count within a simulated history, and where it falls in the simulated distribution."""
    found = []
    for counted in COUNTED:
        result = runs.result(counted.history)
        for theory, name in enumerate(result.theories):
            lived = Lived(result, theory)
            fitting = (fact for fact in facts()[counted.table] if _fits(fact, counted, lived))
            found += [_held(fact, counted, name, lived) for fact in fitting]
    return found


def _fits(fact: Fact, counted: Counted, lived: Lived) -> bool:
    full = len(fact.start) == len(fact.end) == len("2020-01-01")
    mine = [each for each in COUNTED if each.table == counted.table and each.words in fact.what]
    return bool(full and fact.value is not None and mine[:1] == [counted] and lived.covers(fact.start, fact.end))


def _held(fact: Fact, counted: Counted, theory: str, lived: Lived) -> Tally:
    values = lived.total(counted.outcome, fact.start, fact.end)
    days = lived.day(fact.end) - lived.day(fact.start) + 1
    if fact.unit.endswith("/quarter"):
        values = values / days * QUARTER
    assert fact.value is not None
    low, middle, high = np.quantile(values, (0.05, 0.5, 0.95))
    below = float((values < fact.value).mean() + 0.5 * (values == fact.value).mean())
    verdict = RULES[fact.bound](fact.value, low, high)
    return Tally(fact, counted.history, theory, (float(low), float(middle), float(high)), below, verdict)


def _within(value: float, low: float, high: float) -> str:
    return PASS if low <= value <= high else FAIL


def _at_least(value: float, low: float, high: float) -> str:
    return PASS if value <= high else FAIL


RULES: Mapping[str, Callable[[float, float, float], str]] = {"exact": _within, "about": _within, "at_least": _at_least}


def start_of(tally: Tally) -> str:
    """The start of the history in which a count was held."""
    return HISTORIES[tally.run].start
