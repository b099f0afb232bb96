"""Distributions over replications: exceedance of an outcome, and cumulative incidence of a first event."""

from collections.abc import Iterable, Sequence

import numpy as np
import pandas as pd
from scipy.special import ndtri

from scenarios.analysis import estimates
from scenarios.analysis.estimates import LEVEL
from scenarios.errors import RequestError, nearest
from scenarios.outcomes import OUTCOMES, declaration
from scenarios.outcomes.tally import FIRST_OF
from scenarios.runs.result import Result

Named = tuple[str, Result]


def wilson(count: np.ndarray, number: int, level: float = LEVEL) -> tuple[np.ndarray, np.ndarray]:
    """Interval of a share of replications (Wilson 1927), within 0 and 1."""
    z = float(ndtri((1.0 + level) / 2.0))
    share, weight = count / number, z * z / number
    middle = (share + weight / 2.0) / (1.0 + weight)
    reach = z / (1.0 + weight) * np.sqrt(share * (1.0 - share) / number + weight / (4.0 * number))
    return middle - reach, middle + reach


def exceedance(runs: Sequence[Named], theories: Sequence[str], outcome: str) -> pd.DataFrame:
    """Share of replications in which an outcome is at least a value, for every value that occurs.

    Columns scenario, theory, value, share, low, high (95 per cent, pointwise), n. The share is exact for the
    replications at hand: a step down after every value.
    """
    _check(outcome, OUTCOMES)
    rows = []
    for name, run in runs:
        for theory, (_, part) in zip(theories, estimates.by_theory(run, run.outcomes), strict=True):
            values = part[outcome].dropna().to_numpy()
            distinct, first = np.unique(np.sort(values), return_index=True)
            rows.append(_shares(name, theory, "value", distinct, values.size - first, values.size))
    return pd.concat(rows, ignore_index=True)


def cumulative_incidence(runs: Sequence[Named], theories: Sequence[str], event: str) -> pd.DataFrame:
    """Cumulative incidence of a first event by day: one less the survival curve of Kaplan and Meier.

    event    first event, as us_deaths, or the outcome days_to_first_us_deaths
    Columns scenario, theory, day, share, low, high (95 per cent, pointwise), at_risk, n. All replications are
    observed to the horizon, so the Kaplan-Meier estimate is the plain share; day 0 and the horizon are included.
    """
    name = event.removeprefix(declaration.FIRST)
    _check(name, FIRST_OF)
    rows = []
    for run_name, run in runs:
        horizon = float(run.manifest["request"]["horizon"])
        for theory, (_, part) in zip(theories, estimates.by_theory(run, run.outcomes), strict=True):
            days = np.sort(part[f"{declaration.FIRST}{name}"].to_numpy())  # undefined ones last
            at = np.unique([0.0, horizon, *days[np.isfinite(days)]])
            shares = _shares(run_name, theory, "day", at, np.searchsorted(days, at, side="right"), days.size)
            rows.append(shares.assign(at_risk=days.size - np.searchsorted(days, at)[: len(shares)]))
    return pd.concat(rows, ignore_index=True)


def _shares(name: str, theory: str, axis: str, at: np.ndarray, count: np.ndarray, number: int) -> pd.DataFrame:
    if not number:
        at = count = np.empty(0)
    low, high = wilson(count, number) if number else (count, count)
    shares = count / number if number else count
    return pd.DataFrame(
        {"scenario": name, "theory": theory, axis: at, "share": shares, "low": low, "high": high, "n": number}
    )


def _check(name: str, valid: Iterable[str]) -> None:
    names = list(valid)
    if name not in names:
        raise RequestError(f"{name!r} is not known here.{nearest(name, names)}")
