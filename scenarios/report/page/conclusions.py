"""What follows for each scenario, in conditional sentences: likelihood by theory, from a comparison made elsewhere."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from scenarios.analysis import Comparison
from scenarios.analysis.theories import HIGHER, LOWER, SAME, UNDECIDED
from scenarios.outcomes.declaration import outcome_name
from scenarios.report.page.calibrated_language import (
    AGREED,
    ALONE,
    OPEN,
    OPPOSED,
    PARTLY,
    SCALE,
    Word,
    event,
    percents,
    records,
    spoken,
    word,
)
from scenarios.text import series, span

Row = Mapping[str, Any]

EVENTS = ("us_deaths", "ladder_max", "isis_resurgence")

WHATEVER = ", whatever the theory,"

DIRECTIONS = {
    frozenset({HIGHER}): f"more{WHATEVER}",
    frozenset({LOWER}): f"fewer{WHATEVER}",
    frozenset({HIGHER, LOWER}): "more or fewer, by theory,",
    frozenset({HIGHER, UNDECIDED}): "more or undecided, by theory,",
    frozenset({LOWER, UNDECIDED}): "fewer or undecided, by theory,",
    frozenset({UNDECIDED}): f"undecided{WHATEVER}",
    frozenset({SAME}): f"the same{WHATEVER}",
}

MIXED = "of no one direction, by theory,"


@dataclass(frozen=True)
class Conclusion:
    """What the theories say of one outcome of one scenario, set against the baseline."""

    scenario: str
    baseline: str
    outcome: str
    rows: tuple[Row, ...]  # of a comparison's contrasts, one a theory
    signs: tuple[str, ...]  # after adjusting for all contrasts together

    @property
    def agreement(self) -> str:
        """Whether the theories give the difference one sign, some of them none, all of them none, or opposite ones."""
        found = set(self.signs)
        if len(self.signs) == 1:
            return ALONE
        if {HIGHER, LOWER} <= found:
            return OPPOSED
        if found in ({HIGHER}, {LOWER}, {SAME}):
            return AGREED
        return PARTLY if found & {HIGHER, LOWER} else OPEN

    @property
    def direction(self) -> str:
        """Which way the difference goes, in words that follow the name of an outcome."""
        found = frozenset(self.signs)
        said = DIRECTIONS[frozenset({HIGHER, LOWER})] if self.agreement == OPPOSED else DIRECTIONS.get(found, MIXED)
        return said.removesuffix(WHATEVER) if self.agreement == ALONE else said

    @property
    def is_event(self) -> bool:
        """Whether it is told as an event that happens or not, rather than as more or fewer."""
        return self.outcome in EVENTS

    def __str__(self) -> str:
        return self._event() if self.is_event else self._more()

    def _more(self) -> str:
        """More than in the baseline, on the same draw and luck."""
        what = f"more {outcome_name(self.outcome)} than under {spoken(self.baseline)}"
        means = [row["mean"] for row in self.rows]
        size = f"{span(min(means), max(means))} {self.rows[0]['unit']}"
        by = ", by theory," if len(means) > 1 else ""
        return f"{what} would {said_by_theory(self._shares('worse'))}. The mean difference{by} is {size}."

    def _event(self) -> str:
        """An event within the run, here and in the baseline."""
        mine, theirs = (by_word(self._shares(each)) for each in ("exceeds", "exceeds_baseline"))
        what = f"{event(self.outcome, self.rows[0]['threshold'])} would {said_by_theory(self._shares('exceeds'))}"
        if len(mine) == len(theirs) == 1 and mine[0].word == theirs[0].word:
            return f"{what}; the same word holds under {spoken(self.baseline)} ({theirs[0].shares})."
        return f"{what}. Under {spoken(self.baseline)} it would {said_by_theory(self._shares('exceeds_baseline'))}."

    def _shares(self, name: str) -> dict[str, float]:
        return {row["theory"]: row[name] for row in self.rows}


def in_short(found: Sequence[Conclusion], outcome: str) -> str:
    """Which scenarios raise an outcome on average, which lower it, and for which that hangs on the theory."""
    mine = [each for each in found if each.outcome == outcome]
    parts = []
    for said in dict.fromkeys([*DIRECTIONS.values(), *(each.direction for each in mine)]):
        names = [spoken(each.scenario) for each in mine if each.direction == said]
        parts += [f"{said} if {series(names, 'or')} were carried out"] if names else []
    return f"{outcome_name(outcome)}, on average, set against {spoken(mine[0].baseline)}: {'; '.join(parts)}."


@dataclass(frozen=True)
class Group:
    """Theories under which the same word of likelihood stands."""

    word: Word
    theories: tuple[str, ...]
    shares: str  # of replications, from the least to the largest


def conclusions(of: Comparison, outcomes: Sequence[str]) -> list[Conclusion]:
    """The conclusions of every scenario, in the order of its outcomes."""
    signs = {(row["scenario"], row["outcome"], row["theory"]): row["after_adjusting"] for row in records(of.signs)}
    return [
        Conclusion(
            scenario, of.baseline_name, name, rows, tuple(signs[scenario, name, each["theory"]] for each in rows)
        )
        for scenario in of.results
        for name in outcomes
        if (rows := tuple(_rows(of, scenario, name)))
    ]


def _rows(of: Comparison, scenario: str, outcome: str) -> Iterator[Row]:
    return (row for row in records(of.contrasts) if (row["scenario"], row["outcome"]) == (scenario, outcome))


def said_by_theory(shares: Mapping[str, float]) -> str:
    """Shares in words of likelihood, as they follow `would`; theories of the same word together."""
    groups = by_word(shares)
    if not groups:
        return "be undefined under every theory"
    if len(groups) == 1 and len(groups[0].theories) == len(shares):
        whatever = ", whatever the theory" if len(shares) > 1 else ""
        return f"{groups[0].word.predicate}{whatever} ({groups[0].shares})"
    return series(f"{each.word.predicate} under {series(each.theories)} ({each.shares})" for each in groups)


def by_word(shares: Mapping[str, float]) -> list[Group]:
    """Theories by the word that their share has, from the least likely up; undefined shares left out."""
    known = {theory: share for theory, share in shares.items() if share == share}
    ranked = sorted(known, key=lambda theory: SCALE.index(word(known[theory])))
    found = groupby(ranked, key=lambda theory: word(known[theory]))
    named = [(said, tuple(theories)) for said, theories in found]
    return [Group(said, theories, percents(known[each] for each in theories)) for said, theories in named]
