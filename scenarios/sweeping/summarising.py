"""Summary statistics of the replications of a point, theory by theory."""

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd

from scenarios.datasets import QUANTITIES
from scenarios.findings import ATTACKS, QUANTILES, RATE, YEARS, ratio_of_sums
from scenarios.outcomes import OUTCOMES
from scenarios.sweeping.pieces import Numbers

NAMES = tuple(OUTCOMES)
RATES, COUNTS, EXPOSURE = (NAMES.index(name) for name in (RATE, ATTACKS, YEARS))
TOGETHER = 32  # columns sorted at a time, to keep memory small


def summarised(values: Numbers, theories: Sequence[str]) -> Mapping[str, Numbers | Sequence[str]]:
    """Rows theory by theory and outcome by outcome, as columns; `values` are (draws x theories, columns)."""
    by_theory = values[:, : len(NAMES)].reshape(-1, len(theories), len(NAMES))
    found = described(by_theory.reshape(by_theory.shape[0], -1))
    for number in range(len(theories)):
        counts, years = (pd.Series(by_theory[:, number, each]).dropna() for each in (COUNTS, EXPOSURE))
        at = number * len(NAMES) + RATES
        found["mean"][at], found["mc_error"][at] = ratio_of_sums(counts, years)
    return {"theory": np.repeat(list(theories), len(NAMES)).tolist(), "outcome": [*NAMES] * len(theories), **found}


def described(values: Numbers) -> dict[str, Numbers]:
    """Mean, its Monte Carlo error, quantiles and number of the defined values of every column, a few at a time."""
    parts = [_described(values[:, first : first + TOGETHER]) for first in range(0, values.shape[1], TOGETHER)]
    return {name: np.concatenate([part[name] for part in parts]) for name in QUANTITIES}


def _described(values: Numbers) -> dict[str, Numbers]:
    ordered = np.sort(values, axis=0)  # undefined values last
    n = np.isfinite(ordered).sum(axis=0)
    with np.errstate(invalid="ignore", divide="ignore"):
        mean = np.nansum(values, axis=0) / np.where(n > 0, n, np.nan)
        squares = np.nansum((values - mean) ** 2, axis=0)
        error = np.sqrt(squares / np.where(n > 1, n - 1, np.nan) / n)
    low, middle, high = (_quantile(ordered, n, each) for each in QUANTILES)
    return {"mean": mean, "mc_error": error, "q05": low, "q50": middle, "q95": high, "n": n.astype(float)}


def _quantile(ordered: Numbers, n: Numbers, share: float) -> Numbers:
    """A quantile of the first n of ordered values in each column, with linear interpolation."""
    if not len(ordered):
        return np.full(ordered.shape[1], np.nan)
    place = share * np.maximum(n - 1, 0)
    below = np.floor(place).astype(int)
    above = np.minimum(below + 1, np.maximum(n - 1, 0)).astype(int)
    first, second = (np.take_along_axis(ordered, each[np.newaxis], axis=0)[0] for each in (below, above))
    found = first + (second - first) * (place - below)
    return np.where(n > 0, found, np.nan)
