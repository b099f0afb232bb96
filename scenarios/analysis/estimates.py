"""Estimates over replications: means, Monte Carlo standard errors, intervals, quantiles, ratios, paired differences.

No module below this one mixes replications.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Protocol

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.special import stdtrit

from scenarios.errors import RequestError
from scenarios.outcomes import HEADLINES, OUTCOMES
from scenarios.runs.result import Result

Numbers = NDArray[np.float64]

QUANTILES = (0.05, 0.5, 0.95)

LEVEL = 0.95  # of intervals

SORTED_TOGETHER = 32  # columns, to keep memory small

KEYS = ["draw", "theory"]

ATTACKS, YEARS = "attacks_on_troop_sites", "troop_years"

RATE = "attacks_per_1000_troop_years"

SAME = ("as_of", "seed", "schema")

SAME_IN_REQUEST = ("start", "world", "theories", "beliefs", "given", "step_days", "horizon")


def summary(result: Result, outcomes: Sequence[str] | None = None) -> pd.DataFrame:
    """Summary of a run, one row per theory and outcome: mean, Monte Carlo standard error, 5, 50 and 95 per cent points.

    A rate per troop-year is the ratio of sums over replications; its error is that of a ratio estimator.
    """
    names = list(OUTCOMES) if outcomes is None else list(outcomes)
    needed = [*names, *(name for name in (ATTACKS, YEARS) if name not in names)]
    frame = result.outcomes[["draw", "theory", *needed]]
    rows = [
        {"theory": theory, "outcome": name, "unit": OUTCOMES[name].unit, **_row(part, name)}
        for theory, part in by_theory(result, frame)
        for name in names
    ]
    return pd.DataFrame(rows)


def by_theory(result: Result, frame: pd.DataFrame) -> Iterator[tuple[str, pd.DataFrame]]:
    """Yield every theory with its rows; none if all its replications failed."""
    for number, theory in enumerate(result.theories):
        yield theory, frame[frame["theory"] == number]


def _row(part: pd.DataFrame, name: str) -> dict[str, float]:
    values = part[name].to_numpy()
    known = values[np.isfinite(values)]
    low, middle, high = np.quantile(known, QUANTILES) if known.size else (np.nan,) * 3
    mean, error = ratio_of_sums(part[ATTACKS], part[YEARS]) if name == RATE else mean_and_error(known)
    return {"mean": mean, "mc_error": error, "q05": low, "q50": middle, "q95": high, "n": int(known.size)}


def mean_and_error(values: np.ndarray) -> tuple[float, float]:
    """Mean and its Monte Carlo standard error."""
    if not values.size:
        return float("nan"), float("nan")
    spread = values.std(ddof=1) if values.size > 1 else float("nan")
    return float(values.mean()), float(spread / np.sqrt(values.size))


def mean_and_interval(values: np.ndarray) -> tuple[float, float, float, float]:
    """Mean, its Monte Carlo standard error, and the ends of its interval."""
    mean, error = mean_and_error(values)
    return mean, error, *interval(mean, error, values.size)


def interval(mean: float, error: float, number: int, level: float = LEVEL) -> tuple[float, float]:
    """Interval of a mean over a number of replications, by Student's t."""
    if number < 2:
        return float("nan"), float("nan")
    reach = float(stdtrit(number - 1, (1.0 + level) / 2.0)) * error
    return mean - reach, mean + reach


def ratio_of_sums(counts: pd.Series, years: pd.Series) -> tuple[float, float]:
    """Counts per thousand years over all replications, and the standard error of that ratio."""
    return mean_and_error(per_thousand_years(counts.to_numpy(), years.to_numpy()))


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
    blocks = [values[:, first : first + SORTED_TOGETHER] for first in range(0, values.shape[1], SORTED_TOGETHER)]
    parts = [_block_estimates(block) for block in blocks]
    return {name: np.concatenate([part[name] for part in parts]) for name in parts[0]}


def _block_estimates(values: Numbers) -> dict[str, Numbers]:
    ordered = np.sort(values, axis=0)  # undefined values last
    n = np.isfinite(ordered).sum(axis=0)
    with np.errstate(invalid="ignore", divide="ignore"):
        mean = np.nansum(values, axis=0) / np.where(n > 0, n, np.nan)
        squares = np.nansum((values - mean) ** 2, axis=0)
        error = np.sqrt(squares / np.where(n > 1, n - 1, np.nan) / n)
    low, middle, high = (_column_quantile(ordered, n, share) for share in QUANTILES)
    return {"mean": mean, "mc_error": error, "q05": low, "q50": middle, "q95": high, "n": n.astype(float)}


def _column_quantile(ordered: Numbers, n: NDArray[np.int64], share: float) -> Numbers:
    """Quantile of the first n of ordered values in every column, with linear interpolation."""
    if not len(ordered):
        return np.full(ordered.shape[1], np.nan)
    place = share * np.maximum(n - 1, 0)
    below = np.floor(place).astype(int)
    above = np.minimum(below + 1, np.maximum(n - 1, 0)).astype(int)
    first, second = (np.take_along_axis(ordered, row[np.newaxis], axis=0)[0] for row in (below, above))
    values = first + (second - first) * (place - below)
    return np.where(n > 0, values, np.nan)


def contrast(result: Result, baseline: Result, outcomes: Sequence[str] = HEADLINES) -> pd.DataFrame:
    """Contrast of a run with a baseline, by theory and outcome.

    mean, mc_error       of the paired difference, replication by replication with common random numbers
    low, high            interval of the mean, 95 per cent, by Student's t
    q05, q95             of the difference over replications
    worse                probability of superiority: share of pairs in which the outcome is higher, ties counted half
    variance_reduction   variance of an unpaired difference over that of the paired one

    A rate per troop-year is again the ratio of sums; `mean`, its error and variance_reduction are of two such ratios.
    """
    check_comparable(result, baseline)
    pair = paired(result.outcomes, baseline.outcomes)
    rows = [
        {"theory": theory, "outcome": name, "unit": OUTCOMES[name].unit, **contrasted(part, name)}
        for theory, part in by_theory(result, pair)
        for name in outcomes
    ]
    return pd.DataFrame(rows)


def paired(run: pd.DataFrame, baseline: pd.DataFrame) -> pd.DataFrame:
    """Pair the replications of two runs, columns of the second marked `_base`; unpaired ones are dropped."""
    pairs = run.merge(baseline, on=KEYS, suffixes=("", "_base"), validate="one_to_one")
    pairs.attrs = {}  # pandas would copy them with every column selected
    return pairs


def contrasted(part: pd.DataFrame, name: str) -> dict[str, float]:
    """Contrast of one outcome in paired replications of one theory."""
    known = both_known(part, name)
    difference = (known[name] - known[f"{name}_base"]).to_numpy()
    first, second = averaged(part, name)
    mean, error, bottom, top = mean_and_interval(first - second)
    low, high = np.quantile(difference, (0.05, 0.95)) if difference.size else (np.nan, np.nan)
    return {
        "mean": mean,
        "mc_error": error,
        "low": bottom,
        "high": top,
        "q05": low,
        "q95": high,
        "worse": float((difference > 0).mean() + 0.5 * (difference == 0).mean()) if difference.size else np.nan,
        "variance_reduction": variance_reduction(first, second),
        "n": int(difference.size),
    }


def both_known(part: pd.DataFrame, name: str) -> pd.DataFrame:
    """Paired replications in which an outcome is defined in both runs."""
    return part[np.isfinite(part[name]) & np.isfinite(part[f"{name}_base"])]


def averaged(part: pd.DataFrame, name: str) -> tuple[np.ndarray, np.ndarray]:
    """Values of two paired runs whose means are contrasted.

    They are the outcome itself, or, for a rate, the contributions to the ratio of sums, which are empty unless both
    runs have troops.
    """
    if name != RATE:
        known = both_known(part, name)
        return known[name].to_numpy(), known[f"{name}_base"].to_numpy()
    pairs = ((part[f"{ATTACKS}{of}"].to_numpy(), part[f"{YEARS}{of}"].to_numpy()) for of in ("", "_base"))
    first, second = (per_thousand_years(*pair) for pair in pairs)
    return (first, second) if first.size and second.size else (np.empty(0), np.empty(0))


def variance_reduction(run: np.ndarray, baseline: np.ndarray) -> float:
    """Variance of an unpaired difference over that of the paired one."""
    if run.size < 2:
        return float("nan")
    unpaired, paired = run.var(ddof=1) + baseline.var(ddof=1), (run - baseline).var(ddof=1)
    if paired > 0:
        return float(unpaired / paired)
    return float("inf") if unpaired > 0 else float("nan")


class Described(Protocol):
    """Run, finished or planned: its scenario, and what determines its numbers as in a manifest."""

    @property
    def scenario(self) -> str:
        """Name of the scenario."""

    @property
    def manifest(self) -> Mapping[str, Any]:
        """Manifest, or as much of it as is known before the run."""


def check_comparable(result: Described, baseline: Described) -> None:
    """Refuse a contrast of runs without common random numbers or inputs; the error says how to run them alike."""
    run, base = result.manifest, baseline.manifest
    differ = [name for name in SAME if run[name] != base[name]]
    differ += [name for name in SAME_IN_REQUEST if run["request"][name] != base["request"][name]]
    if differ:
        differences = "; ".join(_against(run, base, name) for name in differ)
        raise RequestError(
            f"{result.scenario} and {baseline.scenario} are not comparable, they differ in {differences}. "
            f"Run both alike: python -m scenarios run +scenario={result.scenario} start={base['start']} "
            f"world={base['world']} ensemble.seed={base['seed']} ensemble.step_days={base['request']['step_days']:g} "
            f"ensemble.horizon={base['request']['horizon']} against={baseline.scenario}"
        )


def _against(run: Mapping[str, Any], baseline: Mapping[str, Any], name: str) -> str:
    """Difference between two manifests in words."""
    left, right = (manifest.get(name, manifest["request"].get(name)) for manifest in (run, baseline))
    if isinstance(left, dict):
        names = [key for key in {**left, **right} if left.get(key) != right.get(key)]
        return f"{name} of {', '.join(names[:5])}{', ...' if len(names) > 5 else ''}"
    if left == right:
        return f"{name} (of the same name, but not the same)"
    return f"{name}: {left} against {right}"
