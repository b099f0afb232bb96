"""Verdicts on the primary outcomes: the typical paired change of a scenario, and whether its direction is decided.

Every number comes from paired runs of one theory. A direction rests on the exact paired sign test, at a level that holds
for the six primary outcomes under all theories together, whatever is shown beside it.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from enum import StrEnum
from functools import cache
from itertools import combinations

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.stats import beta, binom, binomtest, ttest_1samp

from scenarios.analysis.switching_values import Mix, switch

Numbers = NDArray[np.float64]

Poles = Mapping[str, str]  # answer to every question

Bounds = tuple[float, float]

AMERICANS, IRAQIS = "Americans", "Iraqis"

SIDES = (AMERICANS, IRAQIS)

LEAST_PAIRS = 30  # below which no direction is given

ERROR = 0.05  # of a false direction anywhere in the family

SHOWN_ERROR = 0.05  # of the intervals that are shown

ALIKE = 1.05  # largest ratio to the status quo that counts as alike

ALIKE_POINTS = 0.05  # largest difference of probabilities that does

FEW = 10.0  # median of the status quo below which a change is a count

FAR = 1.25  # ratio beyond which 9 in 10 runs of an outcome that is typically alike make a tail

HEAVIEST = 0.05  # share of runs whose part of a mean change is reported

KEYS = ["draw", "theory"]


@dataclass(frozen=True)
class PrimaryOutcome:
    """Outcome of the primary family; all are worse when more."""

    outcome: str
    side: str
    title: str
    threshold: float | None = None  # from which a run counts, if the outcome is a probability


PRIMARY = (
    PrimaryOutcome("us_deaths", AMERICANS, "US and coalition deaths"),
    PrimaryOutcome("attacks_on_us_sites", AMERICANS, "Attacks on US sites"),
    PrimaryOutcome("ladder_max", AMERICANS, "US\N{EN DASH}Iran escalation", threshold=5.0),
    PrimaryOutcome("attacks_on_others", IRAQIS, "Faction attacks on Iraqis"),
    PrimaryOutcome("isis_attacks", IRAQIS, "ISIS attacks"),
    PrimaryOutcome("deaths_of_others", IRAQIS, "Deaths of Iraqis"),
)


class Direction(StrEnum):
    """Verdict on a change; the first five are the verdicts of a reader, the others say that there is none."""

    MORE = "more"
    FEWER = "fewer"
    ALIKE = "within 5 % of the status quo"
    UNDECIDED = "undecided"
    IDENTICAL = "identical in every run"
    TOO_FEW = "too few runs"
    UNDEFINED = "undefined"

    @property
    def is_decided(self) -> bool:
        """True for more and fewer."""
        return self in (Direction.MORE, Direction.FEWER)

    @property
    def opposite(self) -> "Direction":
        """The other direction; itself if it has none."""
        return {Direction.MORE: Direction.FEWER, Direction.FEWER: Direction.MORE}.get(self, self)


class Measure(StrEnum):
    """How a change is reported: relative to the status quo, as a number of cases, as a difference of probabilities."""

    RATIO = "per cent"
    COUNT = "count"
    POINTS = "points"


@dataclass(frozen=True)
class PairedVerdict:
    """Verdict on one outcome of a scenario under one theory, from paired runs.

    baseline, level      run that it is compared with, and its median (its probability, for points)
    change, low, high    typical change and its 95 % interval: ratio less one, number of cases, or difference of
                         probabilities
    q05, q95             9 in 10 paired changes lie between them; undefined for a probability
    ratio, ratio_low, ratio_high, ratio_q05, ratio_q95    the same as ratios to the baseline, for pictures
    higher, lower        shares of pairs
    tail                 typically alike, but decidedly higher (lower) where it differs, by over 25 % in some runs
    mean, mean_error     of the paired difference; mean_direction where its sign is decided
    carried              share of all absolute paired differences that the largest 5 % of them make up
    """

    scenario: str
    baseline: str
    outcome: str
    theory: int
    measure: Measure
    direction: Direction
    pairs: int
    level: float
    change: float
    low: float
    high: float
    q05: float
    q95: float
    ratio: float
    ratio_low: float
    ratio_high: float
    ratio_q05: float
    ratio_q95: float
    higher: float
    lower: float
    p_value: float
    tail: bool
    mean: float
    mean_error: float
    mean_direction: Direction
    carried: float

    @property
    def agreeing(self) -> float:
        """Share of pairs that go the way of the typical change; of those that are equal where it is zero."""
        if self.direction.is_decided:
            return self.higher if self.direction == Direction.MORE else self.lower
        if self.change == 0:
            return 1.0 - self.higher - self.lower
        return self.higher if self.change > 0 else self.lower

    @property
    def mean_is_opposed(self) -> bool:
        """True if the direction and the sign of the mean are both decided, and opposite."""
        return self.direction.is_decided and self.mean_direction == self.direction.opposite


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
    pairs = run[columns].merge(baseline[columns], on=KEYS, suffixes=("", "_base"), validate="one_to_one")
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


def known_values(pairs: pd.DataFrame, outcome: str) -> tuple[Numbers, Numbers]:
    """Values of a run and its baseline in the pairs in which both are defined."""
    run, base = (pairs[name].to_numpy(dtype=float) for name in (outcome, f"{outcome}_base"))
    known = np.isfinite(run) & np.isfinite(base)
    return run[known], base[known]


def verdict(
    run: Numbers, base: Numbers, primary: PrimaryOutcome, measure: Measure, error: float, names: tuple[str, str, int]
) -> PairedVerdict:
    """Verdict from paired values; `error` is the level of its sign test, `names` scenario, baseline and theory."""
    if primary.threshold is not None:
        run, base = ((values >= primary.threshold).astype(float) for values in (run, base))
    changes = _probability_change(run, base) if measure == Measure.POINTS else _typical_change(run, base, measure)
    higher, lower = int((run > base).sum()), int((run < base).sum())
    p_value = sign_test(higher, lower)
    direction = _direction(run, base, measure, error)
    mean, mean_error, mean_direction = _mean(run - base, error)
    one_sided = direction == Direction.ALIKE and p_value < error
    pairs = run.size
    return PairedVerdict(
        *names[:2], primary.outcome, names[2], measure, direction, pairs, **changes,
        higher=higher / pairs if pairs else np.nan, lower=lower / pairs if pairs else np.nan, p_value=p_value,
        tail=one_sided and not 1 / FAR <= changes["ratio_q05"] <= changes["ratio_q95"] <= FAR,
        mean=mean, mean_error=mean_error, mean_direction=mean_direction, carried=carried(run - base),
    )  # fmt: skip


def _direction(run: Numbers, base: Numbers, measure: Measure, error: float) -> Direction:
    """Direction of a change, in the order identical, alike, decided, undecided."""
    if not run.size:
        return Direction.UNDEFINED
    if run.size < LEAST_PAIRS:
        return Direction.TOO_FEW
    higher, lower = int((run > base).sum()), int((run < base).sum())
    if higher == lower == 0:
        return Direction.IDENTICAL
    if measure == Measure.POINTS:
        low, high = difference_interval(higher, lower, run.size, error)
        is_alike = -ALIKE_POINTS <= low and high <= ALIKE_POINTS
    else:
        low, high = median_interval(log_ratios(run, base), error)
        is_alike = -np.log(ALIKE) <= low and high <= np.log(ALIKE)
    if is_alike:
        return Direction.ALIKE
    if sign_test(higher, lower) >= error:
        return Direction.UNDECIDED
    return Direction.MORE if higher > lower else Direction.FEWER


def log_ratios(run: Numbers, base: Numbers) -> Numbers:
    """Log ratios of paired values, half a case added to both."""
    return np.asarray(np.log((run + 0.5) / (base + 0.5)), dtype=float)


@cache
def sign_test(higher: int, lower: int) -> float:
    """Two-sided p-value of the exact sign test on the pairs that differ; for yes or no this is McNemar's."""
    return float(binomtest(higher, higher + lower).pvalue) if higher + lower else 1.0


def median_interval(values: Numbers, error: float) -> Bounds:
    """Interval of a median between two order statistics, without bounds where there are too few values."""
    ordered, rank = np.sort(values), _rank(values.size, error)
    return (float(ordered[rank - 1]), float(ordered[-rank])) if rank else (-np.inf, np.inf)


@cache
def _rank(number: int, error: float) -> int:
    """Largest rank such that the median lies beyond the value of that rank with at most half the error."""
    below = int(binom.ppf(error / 2.0, number, 0.5))
    return below if binom.cdf(below, number, 0.5) > error / 2.0 else below + 1


@cache
def difference_interval(higher: int, lower: int, pairs: int, error: float) -> Bounds:
    """Interval of a difference of probabilities in pairs: exact ones of both shares (Clopper and Pearson) together."""
    (up_low, up_high), (down_low, down_high) = (
        exact_interval(number, pairs, error / 2.0) for number in (higher, lower)
    )
    return up_low - down_high, up_high - down_low


def exact_interval(number: int, of: int, error: float) -> Bounds:
    """Exact interval of a share (Clopper and Pearson 1934)."""
    low = beta.ppf(error / 2.0, number, of - number + 1) if number else 0.0
    high = beta.ppf(1.0 - error / 2.0, number + 1, of - number) if number < of else 1.0
    return float(low), float(high)


def _typical_change(run: Numbers, base: Numbers, measure: Measure) -> dict[str, float]:
    """Level, typical change, interval and spread of a quantity."""
    ratios = np.exp(log_ratios(run, base))
    typical, low, high, q05, q95 = _points(ratios)
    own = (typical, low, high, q05, q95)
    changes = [point - 1.0 for point in own] if measure == Measure.RATIO else list(_points(run - base))
    names = ("change", "low", "high", "q05", "q95")
    as_ratios = ("ratio", "ratio_low", "ratio_high", "ratio_q05", "ratio_q95")
    level = float(np.median(base)) if base.size else np.nan
    return {"level": level, **dict(zip(names, changes, strict=True)), **dict(zip(as_ratios, own, strict=True))}


def _points(values: Numbers) -> tuple[float, float, float, float, float]:
    """Median, its interval, and the 5 and 95 per cent points."""
    if not values.size:
        return (np.nan,) * 5
    q05, q95 = np.quantile(values, (0.05, 0.95))
    return float(np.median(values)), *median_interval(values, SHOWN_ERROR), float(q05), float(q95)


def _probability_change(run: Numbers, base: Numbers) -> dict[str, float]:
    """Level, difference of probabilities with its interval, and ratios of them, half a run added to both."""
    pairs, level = run.size, float(base.mean()) if base.size else np.nan
    if not pairs:
        low, high = np.nan, np.nan
    else:
        low, high = difference_interval(int((run > base).sum()), int((run < base).sum()), pairs, SHOWN_ERROR)
    change = float(run.mean()) - level if pairs else np.nan
    half = 0.5 / pairs if pairs else np.nan
    ratio, ratio_low, ratio_high = (
        (np.clip(level + part, 0.0, 1.0) + half) / (level + half) for part in (change, low, high)
    )
    return {
        "level": level, "change": change, "low": low, "high": high, "q05": np.nan, "q95": np.nan, "ratio": ratio,
        "ratio_low": ratio_low, "ratio_high": ratio_high, "ratio_q05": np.nan, "ratio_q95": np.nan,
    }  # fmt: skip


def _mean(differences: Numbers, error: float) -> tuple[float, float, Direction]:
    """Mean difference, its Monte Carlo standard error, and its sign where Student's t decides it."""
    if differences.size < 2:
        return float(differences.mean()) if differences.size else np.nan, np.nan, Direction.UNDEFINED
    mean, spread = float(differences.mean()), float(differences.std(ddof=1))
    mean_error = spread / np.sqrt(differences.size)
    decided = spread > 0 and float(ttest_1samp(differences, 0.0).pvalue) < error
    if not decided or differences.size < LEAST_PAIRS:
        return mean, mean_error, Direction.UNDECIDED
    return mean, mean_error, Direction.MORE if mean > 0 else Direction.FEWER


def carried(differences: Numbers) -> float:
    """Share of all absolute differences that the largest 5 per cent of them make up."""
    sizes = np.sort(np.abs(differences))
    return float(sizes[-max(1, round(HEAVIEST * sizes.size)) :].sum() / sizes.sum()) if sizes.sum() > 0 else 0.0


def _reversals(
    scenario: str, pairs: Sequence[pd.DataFrame], verdicts: Verdicts, baseline: str, theories: Sequence[Poles]
) -> Iterator[Reversal]:
    """Pairs of theories that differ in one question and decide an outcome in opposite directions."""
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
                held = tuple((name, pole) for name, pole in theories[more].items() if name != question)
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
