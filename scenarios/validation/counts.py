"""Counts up to 2022 compared with simulated histories, each by its own definition."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from scenarios.analysis.estimates import quantiles
from scenarios.evidence.stylised_facts import Fact, facts
from scenarios.validation.histories import HISTORIES, Runs, SimulatedHistory
from scenarios.validation.verdicts import FAIL, PASS

SITES, EVERY, CONVOYS = "attacks_on_us_sites", "attacks_on_us", "attacks_on_convoys"

QUARTER = 91.3125


@dataclass(frozen=True)
class CountRule:
    """Rule by which facts of a table are counted in a simulated history."""

    table: str
    words: str  # that a fact's description contains
    outcome: str
    history: str


COUNTED = (
    CountRule("attacks_on_us_forces", "personnel blamed", SITES, "escalation"),
    CountRule("attacks_on_us_forces", "rocket attacks on sites of US", SITES, "escalation"),
    CountRule("attacks_on_us_forces", "bombs against supply convoys", CONVOYS, "escalation"),
    CountRule("attacks_on_us_forces", "US and coalition personnel", SITES, "escalation"),
    CountRule("attacks_on_us_forces", "attacks on US sites", SITES, "escalation"),
    CountRule("attacks_on_us_forces", "rocket and drone attacks on US sites", SITES, "pledge"),
    CountRule("attacks_on_us_forces", "a wider definition", EVERY, "pledge"),
    CountRule("us_strikes", "replies to", "us_strikes", "pledge"),
    CountRule("isis_attacks", "", "isis_attacks", "escalation"),
    CountRule("press_incidents", "by ISIS", "isis_incidents_in_press", "aftermath"),
    CountRule("press_incidents", "pro-Iran", "faction_incidents_in_press", "aftermath"),
)


@dataclass(frozen=True)
class CountComparison:
    """Observed count and its simulated distribution under one theory."""

    fact: Fact
    run: str
    theory: str
    simulated: tuple[float, float, float]
    share_below: float  # of replications below the count, ties counted half
    verdict: str


def compare_counts(runs: Runs) -> list[CountComparison]:
    """Compare every count that a history covers with its simulated distribution, theory by theory."""
    compared = []
    for rule in COUNTED:
        result = runs.result(rule.history)
        for theory, name in enumerate(result.theories):
            history = SimulatedHistory(result, theory)
            fitting = (fact for fact in facts()[rule.table] if _fits(fact, rule, history))
            compared += [_compared(fact, rule, name, history) for fact in fitting]
    return compared


def _fits(fact: Fact, rule: CountRule, history: SimulatedHistory) -> bool:
    dated = len(fact.start) == len(fact.end) == len("2020-01-01")
    rules = [other for other in COUNTED if other.table == rule.table and other.words in fact.what]
    return bool(dated and fact.value is not None and rules[:1] == [rule] and history.covers(fact.start, fact.end))


def _compared(fact: Fact, rule: CountRule, theory: str, history: SimulatedHistory) -> CountComparison:
    values = history.total(rule.outcome, fact.start, fact.end)
    days = history.day(fact.end) - history.day(fact.start) + 1
    if fact.unit.endswith("/quarter"):
        values = values / days * QUARTER
    assert fact.value is not None
    low, middle, high = quantiles(values).tolist()
    below = float((values < fact.value).mean() + 0.5 * (values == fact.value).mean())
    verdict = RULES[fact.bound](fact.value, low, high)
    return CountComparison(fact, rule.history, theory, (low, middle, high), below, verdict)


def _within(value: float, low: float, high: float) -> str:
    return PASS if low <= value <= high else FAIL


def _at_least(value: float, low: float, high: float) -> str:
    return PASS if value <= high else FAIL


RULES: Mapping[str, Callable[[float, float, float], str]] = {"exact": _within, "about": _within, "at_least": _at_least}


def start_of(tally: CountComparison) -> str:
    """Start of the history with which a count is compared."""
    return HISTORIES[tally.run].start
