"""Verdicts on the primary outcomes: the typical paired change of a scenario, and whether its direction is decided.

Every number comes from paired runs of one theory. A direction rests on the exact paired sign test, at a level that
holds for the six primary outcomes under all theories together, whatever is shown beside it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from scipy.stats import ttest_1samp

from scenarios.analysis.paired_tests import (
    Numbers,
    carried,
    difference_interval,
    log_ratios,
    median_interval,
    sign_test,
)
from scenarios.outcomes import OUTCOMES

Poles = Mapping[str, str]  # answer to every question

AMERICANS, IRAQIS = "Americans", "Iraqis"

SIDES = (AMERICANS, IRAQIS)

LEAST_PAIRS = 30  # below which no direction is given

SHOWN_ERROR = 0.05  # of the intervals that are shown

ALIKE = 1.05  # largest ratio to the status quo that counts as alike

ALIKE_POINTS = 0.05  # largest difference of probabilities that does

FEW = 10.0  # median of the status quo below which a change is a count

FAR = 1.25  # ratio beyond which 9 in 10 runs of an outcome that is typically alike make a tail


@dataclass(frozen=True)
class PrimaryOutcome:
    """Outcome of the primary family; all are worse when more."""

    outcome: str
    side: str
    threshold: float | None = None  # from which a run counts, if the outcome is a probability

    @property
    def title(self) -> str:
        """Name by which readers know it."""
        return OUTCOMES[self.outcome].title


PRIMARY = (
    PrimaryOutcome("us_deaths", AMERICANS),
    PrimaryOutcome("attacks_on_us_sites", AMERICANS),
    PrimaryOutcome("ladder_max", AMERICANS, threshold=5.0),
    PrimaryOutcome("attacks_on_others", IRAQIS),
    PrimaryOutcome("isis_attacks", IRAQIS),
    PrimaryOutcome("deaths_of_others", IRAQIS),
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
        scenario=names[0], baseline=names[1], outcome=primary.outcome, theory=names[2], measure=measure,
        direction=direction, pairs=pairs, **changes,
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
        is_alike = low >= -ALIKE_POINTS and high <= ALIKE_POINTS
    else:
        low, high = median_interval(log_ratios(run, base), error)
        is_alike = low >= -np.log(ALIKE) and high <= np.log(ALIKE)
    if is_alike:
        return Direction.ALIKE
    if sign_test(higher, lower) >= error:
        return Direction.UNDECIDED
    return Direction.MORE if higher > lower else Direction.FEWER


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
