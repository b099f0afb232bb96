"""Chance by inversion: each variate is one monotone function of one uniform number, so that pairing survives.

Luck is uniform in [0, 1), of any shape; every result has its shape, and arguments have it too or are plain numbers
where their types allow it. Counts whose quantile exceeds 2**53 raise FloatingPointError.
"""

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.special import bdtr, bdtrik, betainc, gammaincinv, nbdtrik, ndtri, pdtr, pdtrik

from agents.ensemble.axis import Count, Quantity

LARGE_MEAN = 300.0  # above this exp(-mean) nears the smallest double and the search from zero is slow
VANISHING = 1e-290  # a first term below this has lost its digits, so that no sum can start from it
NEGLIGIBLE = 1e-17  # a term this small, past the mode, no longer moves a sum near one
MOST = 2.0**53  # a count beyond which floats no longer distinguish successive integers
SMALLEST = 2.0**-54  # replaces a uniform of exactly zero, whose quantile may be infinite


def normal(luck: Quantity) -> Quantity:
    """Standard normal quantile."""
    return ndtri(np.maximum(luck, SMALLEST))


def lognormal_frailty(variance: Quantity | float, luck: Quantity) -> Quantity:
    """Random factor of mean one and the given variance; variance zero gives exactly one."""
    spread = np.log1p(variance)
    return np.exp(np.sqrt(spread) * normal(luck) - 0.5 * spread)


def gamma(shape: Quantity | float, luck: Quantity) -> Quantity:
    """Gamma quantile with the given shape parameter and scale one."""
    return gammaincinv(shape, luck)


def truncated_pareto(low: Any, high: Any, exponent: Any, luck: Quantity) -> Quantity:
    """Quantile of a density falling as x**-exponent on [low, high]; exponent above one."""
    power = 1.0 - exponent
    return (low**power + luck * (high**power - low**power)) ** (1.0 / power)


def categorical(shares: Sequence[Quantity | float], luck: Quantity) -> Count:
    """Index of the category in which luck falls; shares add up to one, and the last takes what rounding leaves."""
    passed = np.zeros(luck.shape, dtype=np.int64)
    threshold: Any = 0.0
    for part in list(shares)[:-1]:
        threshold = threshold + part
        passed = passed + (luck >= threshold)
    return passed


def poisson(mean: Quantity, luck: Quantity) -> Count:
    """Poisson quantile of the given mean."""
    small = np.minimum(mean, LARGE_MEAN)
    flat = small.ravel()
    large = mean > LARGE_MEAN
    count = _smallest_reaching(luck, _unless(large, np.exp(-small)), lambda j, at: flat[at] / (j + 1), small)
    if large.any():
        m = mean[large]
        count[large] = _inverted(luck[large], lambda u: pdtrik(u, m), lambda k: pdtr(k, m))
    return count


def binomial(trials: Count, probability: Quantity, luck: Quantity) -> Count:
    """Binomial quantile: successes among so many trials, each of a probability in [0, 1]."""
    below_one = np.minimum(probability, 1.0 - 1e-15)
    odds = below_one / (1.0 - below_one)
    first = np.exp(trials * np.log1p(-below_one))
    lost = first < VANISHING
    count = _smallest_reaching(
        luck, _unless(lost, first), lambda j, at: (trials[at] - j) / (j + 1) * odds[at], trials * 1.0
    )
    if lost.any():
        n, p = trials[lost].astype(np.int64), below_one[lost]
        count[lost] = _inverted(luck[lost], lambda u: bdtrik(u, n, p), lambda k: bdtr(k, n, p))
    return np.where(probability >= 1.0, trials, np.minimum(count, trials))


def negative_binomial(mean: Quantity, dispersion: Quantity, luck: Quantity) -> Count:
    """Negative binomial quantile of the given mean and dispersion (variance = mean + mean**2 / dispersion).

    A mean of zero gives zero, whatever the dispersion.
    """
    kept = np.where(mean > 0, dispersion, 1.0)
    odds = mean / (mean + kept)
    first = np.exp(-kept * np.log1p(mean / kept))
    lost = first < VANISHING
    count = _smallest_reaching(luck, _unless(lost, first), lambda j, at: (j + kept[at]) / (j + 1) * odds[at], mean)
    if lost.any():
        k, p = kept[lost], kept[lost] / (mean[lost] + kept[lost])
        count[lost] = _inverted(luck[lost], lambda u: nbdtrik(u, k, p), lambda n: betainc(k, n + 1.0, p))
    return count


def _smallest_reaching(
    luck: Quantity, first: Quantity, ratio: Callable[[int, NDArray], NDArray], mean: Quantity
) -> Count:
    """Smallest count whose cumulative probability reaches luck, summing from zero; ratio(j, at) = p(j + 1) / p(j)."""
    count = np.zeros(luck.size, dtype=np.int64)
    open_ = np.flatnonzero(luck > first)
    wanted, total, middle = luck.ravel()[open_], first.ravel()[open_], mean.ravel()[open_]
    term = total
    j = 0
    while open_.size:
        term = term * ratio(j, open_)
        total = total + term
        j += 1
        count[open_] = j
        more = (wanted > total) & ((term > NEGLIGIBLE) | (j < middle))
        open_, term, total, wanted, middle = open_[more], term[more], total[more], wanted[more], middle[more]
    return count.reshape(luck.shape)


def _unless(lost: NDArray[np.bool_], first: Quantity) -> Quantity:
    """First terms of the sums; where one is lost to underflow, 1.0, which ends its sum at once."""
    return np.where(lost, 1.0, first)


def _inverted(
    luck: Quantity, inverse: Callable[[Quantity], Quantity], cumulative: Callable[[Quantity], Quantity]
) -> Count:
    """Smallest count whose cumulative probability reaches luck, where a sum from zero cannot reach it."""
    upper = np.ceil(inverse(np.maximum(luck, SMALLEST)))
    beyond = ~(upper <= MOST)
    if beyond.any():
        raise FloatingPointError(
            f"{beyond.sum()} counts of a step are too large for their quantiles; a parameter or lever is too extreme"
        )
    lower = np.maximum(upper - 1.0, 0.0)
    return np.where(luck > 0, np.where(cumulative(lower) >= luck, lower, upper), 0).astype(np.int64)
