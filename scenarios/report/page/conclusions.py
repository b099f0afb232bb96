"""Conclusions about each scenario in conditional sentences, with likelihood by theory."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from scenarios.analysis import Comparison
from scenarios.analysis.theories import HIGHER, LOWER, SAME, UNDECIDED
from scenarios.outcomes.declaration import outcome_name
from scenarios.report.page import calibrated_language
from scenarios.report.page.calibrated_language import AGREED, ALONE, OPEN, OPPOSED, PARTLY, SCALE, Term, scenario_phrase
from scenarios.text import format_interval, join_words

HEADINGS = {"deaths": "All deaths", "us_deaths": "US risk", "ladder_max": "Escalation", "isis_resurgence": "ISIS"}

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
    """One outcome of one scenario contrasted with the baseline, under every theory."""

    scenario: str
    baseline: str
    outcome: str
    rows: tuple[Mapping[str, Any], ...]  # of a comparison's contrasts, one a theory
    signs: tuple[str, ...]  # after the family-wise adjustment

    @property
    def heading(self) -> str:
        """The outcome in a word or two."""
        return HEADINGS.get(self.outcome, outcome_name(self.outcome))

    @property
    def agreement(self) -> str:
        """Whether the theories give the difference one sign, some of them none, all of them none, or opposite ones."""
        signs = set(self.signs)
        if len(self.signs) == 1:
            return ALONE
        if {HIGHER, LOWER} <= signs:
            return OPPOSED
        if signs in ({HIGHER}, {LOWER}, {SAME}):
            return AGREED
        return PARTLY if signs & {HIGHER, LOWER} else OPEN

    @property
    def direction(self) -> str:
        """Direction of the difference, in words that follow the name of an outcome."""
        signs = frozenset({HIGHER, LOWER} if self.agreement == OPPOSED else self.signs)
        direction = DIRECTIONS.get(signs, MIXED)
        return direction.removesuffix(WHATEVER) if self.agreement == ALONE else direction

    def __str__(self) -> str:
        return self._as_event() if self.outcome in EVENTS else self._as_difference()

    def _as_difference(self) -> str:
        """How likely there is more than in the baseline, and how much on average."""
        means = [row["mean"] for row in self.rows]
        by_theory = ", by theory," if len(means) > 1 else ""
        return (
            f"more {outcome_name(self.outcome)} than under {scenario_phrase(self.baseline)} would "
            f"{likelihood_by_theory(self._shares('worse'))}. The mean difference{by_theory} is "
            f"{format_interval(min(means), max(means))} {self.rows[0]['unit']}."
        )

    def _as_event(self) -> str:
        """How likely an event is within the run, here and in the baseline."""
        here, there = self._shares("exceeds"), self._shares("exceeds_baseline")
        event = calibrated_language.event_phrase(self.outcome, self.rows[0]["threshold"])
        sentence, baseline = f"{event} would {likelihood_by_theory(here)}", scenario_phrase(self.baseline)
        terms = list(theories_by_term(here))
        if len(terms) == 1 and terms == list(theories_by_term(there)):
            shares = calibrated_language.percent_range(there.values())
            return f"{sentence}; the same word holds under {baseline} ({shares})."
        return f"{sentence}. Under {baseline} it would {likelihood_by_theory(there)}."

    def _shares(self, column: str) -> dict[str, float]:
        return {row["theory"]: row[column] for row in self.rows}


def conclusions(comparison: Comparison, outcomes: Sequence[str]) -> list[Conclusion]:
    """Draw the conclusions of a comparison, scenario by scenario, in the order of outcomes."""
    keys = ["scenario", "outcome", "theory"]
    signs = comparison.signs.set_index(keys)["after_adjusting"].to_dict()
    rows: dict[tuple[str, str], list[Mapping[str, Any]]] = {}
    for row in comparison.contrasts.to_dict("records"):
        rows.setdefault((row["scenario"], row["outcome"]), []).append(row)
    return [
        Conclusion(scenario, comparison.baseline_name, outcome, tuple(contrasts),
                   tuple(signs[scenario, outcome, row["theory"]] for row in contrasts))
        for scenario in comparison.results
        for outcome in outcomes
        if (contrasts := rows.get((scenario, outcome)))
    ]  # fmt: skip


def describe_direction(drawn: Sequence[Conclusion], outcome: str) -> str:
    """Scenarios that raise an outcome on average, that lower it, and for which this depends on the theory."""
    chosen = [conclusion for conclusion in drawn if conclusion.outcome == outcome]
    parts = []
    for direction in dict.fromkeys([*DIRECTIONS.values(), *(conclusion.direction for conclusion in chosen)]):
        names = [scenario_phrase(each.scenario) for each in chosen if each.direction == direction]
        parts += [f"{direction} if {join_words(names, 'or')} were carried out"] if names else []
    baseline = scenario_phrase(chosen[0].baseline)
    return f"{outcome_name(outcome)}, on average, set against {baseline}: {'; '.join(parts)}."


def likelihood_by_theory(shares: Mapping[str, float]) -> str:
    """Likelihood as it follows `would`; theories with the same term together."""
    groups = theories_by_term(shares)
    if not groups:
        return "be undefined under every theory"
    phrases = []
    for term, theories in groups.items():
        under = f" under {join_words(theories)}"
        if len(theories) == len(shares):
            under = ", whatever the theory" if len(theories) > 1 else ""
        within = calibrated_language.percent_range(shares[theory] for theory in theories)
        phrases.append(f"{term.predicate}{under} ({within})")
    return join_words(phrases)


def theories_by_term(shares: Mapping[str, float]) -> dict[Term, list[str]]:
    """Group theories by the term of their share, the least likely first; undefined shares are left out."""
    terms = {theory: calibrated_language.likelihood(share) for theory, share in shares.items() if share == share}
    return {term: [theory for theory in terms if terms[theory] == term] for term in SCALE if term in terms.values()}
