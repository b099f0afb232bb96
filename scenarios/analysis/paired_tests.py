"""Exact tests and intervals of paired runs, without assumptions about tails."""

from functools import cache

import numpy as np
from numpy.typing import NDArray
from scipy.stats import beta, binom, binomtest

Numbers = NDArray[np.float64]

Bounds = tuple[float, float]

HEAVIEST = 0.05  # share of runs whose part of a mean change is reported


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


def carried(differences: Numbers) -> float:
    """Share of all absolute differences that the largest 5 per cent of them make up."""
    sizes = np.sort(np.abs(differences))
    return float(sizes[-max(1, round(HEAVIEST * sizes.size)) :].sum() / sizes.sum()) if sizes.sum() > 0 else 0.0
