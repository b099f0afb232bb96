"""Estimates over replications: means, Monte Carlo standard errors, intervals, quantiles and ratios of sums."""

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.special import stdtrit
from scipy.stats import quantile

from scenarios.outcomes import OUTCOMES
from scenarios.runs.result import Result

Numbers = NDArray[np.float64]

QUANTILES = (0.05, 0.5, 0.95)

LEVEL = 0.95  # of intervals

TOGETHER = 32  # columns that are estimated at once, to keep memory small

ATTACKS, YEARS = "attacks_on_troop_sites", "troop_years"

RATE = "attacks_per_1000_troop_years"


def mean_and_error(values: np.ndarray) -> tuple[float, float]:
    """Mean of the defined values and its Monte Carlo standard error."""
    mean, error, _ = _moments(values)
    return float(mean), float(error)


def mean_and_interval(values: np.ndarray) -> tuple[float, float, float, float]:
    """Mean of defined values, its Monte Carlo standard error, and the ends of its interval."""
    mean, error, number = _moments(values)
    return float(mean), float(error), *interval(float(mean), float(error), int(number))


def _moments(values: np.ndarray) -> tuple[Any, Any, Any]:
    """Mean of the defined values along the first axis, its standard error, and their number."""
    number = np.isfinite(values).sum(axis=0)
    with np.errstate(invalid="ignore", divide="ignore"):
        mean = np.nansum(values, axis=0) / number
        error = np.sqrt(np.nansum((values - mean) ** 2, axis=0) / (number - 1) / number)
    return mean, error, number


def interval(mean: float, error: float, number: int, level: float = LEVEL) -> tuple[float, float]:
    """Interval of a mean over a number of replications, by Student's t."""
    reach = t_quantile(number, level) * error
    return mean - reach, mean + reach


def t_quantile(number: int, level: float = LEVEL) -> float:
    """Standard errors between a mean over a number of replications and the ends of its interval; NaN below two."""
    return float(stdtrit(number - 1, (1.0 + level) / 2.0)) if number > 1 else float("nan")


def quantiles(values: np.ndarray, shares: Sequence[float] = QUANTILES, method: str = "linear") -> Numbers:
    """Quantiles of the defined values along the first axis, (shares, ...); NaN where there are none."""
    at = np.reshape(shares, (-1, *[1] * (values.ndim - 1)))
    return np.asarray(quantile(values.astype(float), at, method=method, axis=0, nan_policy="omit", keepdims=True))


def ratio_of_sums(counts: np.ndarray | pd.Series, years: np.ndarray | pd.Series) -> tuple[float, float]:
    """Counts per thousand years over all replications, and the standard error of that ratio."""
    return mean_and_error(per_thousand_years(np.asarray(counts), np.asarray(years)))


def per_thousand_years(counts: np.ndarray, years: np.ndarray) -> np.ndarray:
    """Contribution of every replication to the ratio of sums, per thousand years; empty without troop-years.

    Their mean is the ratio, and their standard error that of the ratio (linearised; Cochran 1977, chapter 6).
    """
    total = float(years.sum())
    if total <= 0:
        return np.empty(0)
    ratio = float(counts.sum()) / total
    return 1_000.0 * (ratio + (counts - ratio * years) * years.size / total)


def column_estimates(values: Numbers) -> dict[str, Numbers]:
    """Mean, Monte Carlo standard error, quantiles and number of the defined values of every column."""
    blocks = [values[:, first : first + TOGETHER] for first in range(0, values.shape[1], TOGETHER)]
    rows = [np.array([*_moments(block), *quantiles(block)], dtype=float) for block in blocks]
    mean, error, number, low, middle, high = np.concatenate(rows, axis=1)
    return {"mean": mean, "mc_error": error, "q05": low, "q50": middle, "q95": high, "n": number}


def summary(result: Result, outcomes: Sequence[str] | None = None) -> pd.DataFrame:
    """Summary of a run, one row per theory and outcome: mean, Monte Carlo standard error, 5, 50 and 95 per cent points.

    A rate per troop-year is the ratio of sums over replications; its error is that of a ratio estimator.
    """
    names = list(OUTCOMES) if outcomes is None else list(outcomes)
    units = [OUTCOMES[name].unit for name in names]
    parts = []
    for theory, part in by_theory(result, result.outcomes[["theory", *dict.fromkeys((*names, ATTACKS, YEARS))]]):
        columns = column_estimates(part[names].to_numpy(dtype=float))
        frame = pd.DataFrame({"theory": theory, "outcome": names, "unit": units, **columns})
        frame.loc[frame["outcome"] == RATE, ["mean", "mc_error"]] = ratio_of_sums(part[ATTACKS], part[YEARS])
        parts.append(frame.astype({"n": int}))
    return pd.concat(parts, ignore_index=True)


def by_theory(result: Result, frame: pd.DataFrame) -> Iterator[tuple[str, pd.DataFrame]]:
    """Yield every theory with its rows; none if all its replications failed."""
    for number, theory in enumerate(result.theories):
        yield theory, frame[frame["theory"] == number]
