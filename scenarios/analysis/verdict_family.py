"""Verdicts on all primary outcomes of scenarios against a baseline and one another, and what reverses them."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from itertools import combinations

import numpy as np
import pandas as pd

from scenarios.analysis.contrasts import KEYS, known_values, pair
from scenarios.analysis.paired_tests import Numbers
from scenarios.analysis.switching_values import Mix, switch
from scenarios.analysis.theories import simulated_theories, varied
from scenarios.analysis.verdicts import (
    FEW,
    LEAST_PAIRS,
    PRIMARY,
    Direction,
    Measure,
    PairedVerdict,
    Poles,
    PrimaryOutcome,
    verdict,
)
from scenarios.runs.result import Result

ERROR = 0.05  # of a false direction anywhere in the family


@dataclass(frozen=True)
class Reversal:
    """Opposite directions under two answers to one question, and the probability of one at which they cancel.

    answer, other    answers under which the outcome is higher, and lower
    held             answers to the other questions on which theories differ
    mix              weight of the first answer above which more paired runs are higher than lower
    """

    scenario: str
    outcome: str
    question: str
    answer: str
    other: str
    held: tuple[tuple[str, str], ...]
    mix: Mix


Verdicts = Mapping[tuple[str, str, str], tuple[PairedVerdict, ...]]  # by scenario, baseline and outcome; one a theory


@dataclass(frozen=True)
class VerdictFamily:
    """Verdicts on the primary outcomes of scenarios against one baseline, and between every two scenarios."""

    baseline: str
    scenarios: tuple[str, ...]
    theories: tuple[Poles, ...]
    against: Verdicts
    between: Verdicts
    reversals: tuple[Reversal, ...]

    def of(self, scenario: str, outcome: str) -> tuple[PairedVerdict, ...]:
        """Verdicts on an outcome of a scenario, one a theory."""
        return self.against[scenario, self.baseline, outcome]

    def all_of(self, scenario: str) -> tuple[PairedVerdict, ...]:
        """Every verdict on a scenario."""
        return tuple(verdict for primary in PRIMARY for verdict in self.of(scenario, primary.outcome))

    @property
    def fewest_pairs(self) -> int:
        """Least number of pairs behind a verdict."""
        return min((verdict.pairs for part in self.against.values() for verdict in part), default=0)

    @property
    def most_pairs(self) -> int:
        """Largest number of pairs behind a verdict."""
        return max((verdict.pairs for part in self.against.values() for verdict in part), default=0)

    @property
    def has_too_few(self) -> bool:
        """True if a theory has too few pairs for a direction."""
        return self.fewest_pairs < LEAST_PAIRS

    def frame(self) -> pd.DataFrame:
        """Every verdict against the baseline, one a row."""
        rows = [asdict(verdict) for part in self.against.values() for verdict in part]
        return pd.DataFrame(rows).astype({"direction": str, "measure": str, "mean_direction": str})


def verdict_family(
    frames: Mapping[str, pd.DataFrame], baseline: tuple[str, pd.DataFrame], theories: Sequence[Poles]
) -> VerdictFamily:
    """Verdicts of several scenarios; a frame has the columns draw, theory (its number) and the primary outcomes."""
    name, base = baseline
    against: dict[tuple[str, str, str], tuple[PairedVerdict, ...]] = {}
    reversals: list[Reversal] = []
    measures = {primary.outcome: measure_of(primary, base) for primary in PRIMARY}
    for scenario, frame in frames.items():
        pairs = _pairs(frame, base, len(theories))
        against |= _judged((scenario, name), pairs, measures, len(theories))
        reversals += _reversals(scenario, pairs, against, name, theories)
    between = _between(frames, measures, len(theories))
    return VerdictFamily(name, tuple(frames), tuple(theories), against, between, tuple(reversals))


def result_family(results: Mapping[str, Result], baseline: tuple[str, Result]) -> VerdictFamily:
    """Verdicts of finished runs by name against a baseline."""
    name, base = baseline
    frames = {scenario: result.outcomes for scenario, result in results.items()}
    return verdict_family(frames, (name, base.outcomes), simulated_theories(base))


def measure_of(primary: PrimaryOutcome, baseline: pd.DataFrame) -> Measure:
    """Measure of an outcome, one for all theories: a count if its median is below 10 under any of them."""
    if primary.threshold is not None:
        return Measure.POINTS
    medians = baseline.groupby("theory")[primary.outcome].median()
    return Measure.COUNT if (medians < FEW).any() else Measure.RATIO


def _between(frames: Mapping[str, pd.DataFrame], measures: Mapping[str, Measure], theories: int) -> Verdicts:
    """Verdicts on every two scenarios, a family of their own."""
    names = list(combinations(frames, 2))
    verdicts: dict[tuple[str, str, str], tuple[PairedVerdict, ...]] = {}
    for first, second in names:
        pairs = _pairs(frames[first], frames[second], theories)
        verdicts |= _judged((first, second), pairs, measures, theories * len(names))
    return verdicts


def _pairs(run: pd.DataFrame, baseline: pd.DataFrame, theories: int) -> list[pd.DataFrame]:
    """Paired runs of every theory, columns of the second run marked `_base`; runs without partner are left out."""
    columns = [*KEYS, *(primary.outcome for primary in PRIMARY)]
    pairs = pair(run[columns], baseline[columns])
    return [pairs[pairs["theory"] == theory] for theory in range(theories)]


def _judged(
    names: tuple[str, str], pairs: Sequence[pd.DataFrame], measures: Mapping[str, Measure], groups: int
) -> dict[tuple[str, str, str], tuple[PairedVerdict, ...]]:
    """Verdicts on all outcomes of one pair of runs, at a level that holds for all outcomes in all groups."""
    error = ERROR / (len(PRIMARY) * groups)
    return {
        (*names, primary.outcome): tuple(
            verdict(*known_values(part, primary.outcome), primary, measures[primary.outcome], error, (*names, theory))
            for theory, part in enumerate(pairs)
        )
        for primary in PRIMARY
    }


def _reversals(
    scenario: str, pairs: Sequence[pd.DataFrame], verdicts: Verdicts, baseline: str, theories: Sequence[Poles]
) -> Iterator[Reversal]:
    """Pairs of theories that differ in one question and decide an outcome in opposite directions."""
    open_questions = varied(theories)
    for primary in PRIMARY:
        directions = [verdict.direction for verdict in verdicts[scenario, baseline, primary.outcome]]
        for first, second in combinations(range(len(theories)), 2):
            questions = [name for name, pole in theories[first].items() if theories[second].get(name) != pole]
            opposed = {directions[first], directions[second]} == {Direction.MORE, Direction.FEWER}
            if not opposed or len(questions) != 1:
                continue
            more, fewer = (first, second) if directions[first] == Direction.MORE else (second, first)
            mix = switch(*_signs(pairs[more], pairs[fewer], primary))
            if mix is not None:
                (question,) = questions
                held = tuple((name, theories[more][name]) for name in open_questions if name != question)
                yield Reversal(
                    scenario, primary.outcome, question, theories[more][question], theories[fewer][question], held, mix
                )


def _signs(more: pd.DataFrame, fewer: pd.DataFrame, primary: PrimaryOutcome) -> tuple[Numbers, Numbers]:
    """Signs of the paired differences under two theories, on the draws that both have."""
    columns = []
    for part in (more, fewer):
        run, base = (part.set_index("draw")[name] for name in (primary.outcome, f"{primary.outcome}_base"))
        if primary.threshold is not None:
            run, base = ((values >= primary.threshold).astype(float) for values in (run, base))
        columns.append(np.sign(run - base))
    both = pd.concat(columns, axis=1, join="inner").dropna().to_numpy(dtype=float)
    return both[:, 0], both[:, 1]
