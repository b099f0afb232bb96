"""Diagnostic accuracy of a quantity for two groups: area under the ROC curve, threshold, likelihood ratios."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.stats import norm, rankdata

Numbers = NDArray[np.float64]

Flags = NDArray[np.bool_]

Z_95 = 1.96  # standard errors on either side of a 95 per cent interval

CORRECTION = 0.5  # added to every cell of a table with an empty one (Haldane 1956)


@dataclass(frozen=True)
class Interval:
    """Estimate with its 95 per cent interval."""

    value: float
    low: float
    high: float


@dataclass(frozen=True)
class Area:
    """Area under the ROC curve with its standard error."""

    value: float
    error: float

    @property
    def interval(self) -> Interval:
        """Normal interval, truncated at 0 and 1."""
        low, high = (self.value + sign * Z_95 * self.error for sign in (-1.0, 1.0))
        return Interval(self.value, max(0.0, low), min(1.0, high))

    @property
    def chance(self) -> float:
        """One-sided p-value: probability of an area at least as large if the quantity were uninformative."""
        if self.error == 0.0:
            return 0.0 if self.value > 0.5 else 1.0
        return float(norm.sf((self.value - 0.5) / self.error))


def area(values: Numbers, positive: Flags, cluster: NDArray[np.int64]) -> Area:
    """Probability that a positive has the larger value, ties counted half, with its error by clusters.

    The error is that of DeLong et al. (1988) where every cluster holds one unit, that of Obuchowski (1997) where the
    same draw appears in both groups.
    """
    above, below = placements(values, positive)
    value = float(above.mean())
    if positive.sum() < 2 or (~positive).sum() < 2:
        return Area(value, float("nan"))
    names, at = np.unique(cluster, return_inverse=True)
    of_positives = np.bincount(at[positive], (above - value) / above.size, names.size)
    of_negatives = np.bincount(at[~positive], (below - value) / below.size, names.size)
    variance = (
        _unbiased(at[positive]) * (of_positives**2).sum()
        + _unbiased(at[~positive]) * (of_negatives**2).sum()
        + 2.0 * _unbiased(at) * (of_positives * of_negatives).sum()
    )
    return Area(value, float(np.sqrt(max(variance, 0.0))))


def _unbiased(clusters: NDArray[np.int64]) -> float:
    """Correction n / (n - 1) for n clusters."""
    number = np.unique(clusters).size
    return number / (number - 1) if number > 1 else 1.0


def placements(values: Numbers, positive: Flags) -> tuple[Numbers, Numbers]:
    """Share of negatives below every positive, and of positives above every negative, ties counted half."""
    whole = rankdata(values)
    ones, others = positive.sum(), (~positive).sum()
    above = (whole[positive] - rankdata(values[positive])) / others
    below = 1.0 - (whole[~positive] - rankdata(values[~positive])) / ones
    return above, below


def youden_threshold(values: Numbers, positive: Flags) -> float:
    """Lowest value above which an alarm maximises sensitivity plus specificity (Youden 1950)."""
    candidates = np.unique(values)[:-1]
    if not candidates.size:
        return float(values[0])
    ones, others = np.sort(values[positive]), np.sort(values[~positive])
    hit = 1.0 - np.searchsorted(ones, candidates, side="right") / ones.size
    false = 1.0 - np.searchsorted(others, candidates, side="right") / others.size
    return float(candidates[int(np.argmax(np.round(hit - false, 12)))])


def likelihood_ratios(alarm: Flags, positive: Flags) -> tuple[Interval, Interval]:
    """Likelihood ratios of an alarm and of no alarm, with log intervals (Simel et al. 1991)."""
    cells = [float((alarm & positive).sum()), float((~alarm & positive).sum()),
             float((alarm & ~positive).sum()), float((~alarm & ~positive).sum())]  # fmt: skip
    if min(cells) == 0.0:
        cells = [count + CORRECTION for count in cells]
    hits, missed, false, quiet = cells
    return _ratio(hits, hits + missed, false, false + quiet), _ratio(missed, hits + missed, quiet, false + quiet)


def _ratio(count: float, of_mine: float, other: float, of_theirs: float) -> Interval:
    value = (count / of_mine) / (other / of_theirs)
    spread = Z_95 * np.sqrt(1.0 / count - 1.0 / of_mine + 1.0 / other - 1.0 / of_theirs)
    return Interval(value, float(value * np.exp(-spread)), float(value * np.exp(spread)))
