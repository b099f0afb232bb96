"""What is made of the answers: bands, errors, paired contrasts. Replications meet here and nowhere below."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd

from scenarios.errors import RequestError
from scenarios.outcomes import COUNT, HEADLINES, OUTCOMES
from scenarios.results import Result

QUANTILES = (0.05, 0.5, 0.95)
ATTACKS, YEARS = "attacks_on_troop_sites", "troop_years"
RATE = "attacks_per_1000_troop_years"
SAME = ("as_of", "seed", "schema")
SAME_IN_REQUEST = ("start", "world", "theories", "beliefs", "given", "step_days", "horizon")


def summary(result: Result, outcomes: Sequence[str] | None = None) -> pd.DataFrame:
    """One row a theory and outcome: mean, its Monte Carlo error, and 5, 50 and 95 per cent points.

    A rate per troop-year is the ratio of sums over replications; its error is that of a ratio estimator.
    """
    names = list(OUTCOMES) if outcomes is None else list(outcomes)
    needed = [*names, *(each for each in (ATTACKS, YEARS) if each not in names)]
    frame = result.outcomes[["draw", "theory", *needed]]
    rows = [
        {"theory": theory, "outcome": name, "unit": OUTCOMES[name].unit, **_described(part, name)}
        for theory, part in _by_theory(result, frame)
        for name in names
    ]
    return pd.DataFrame(rows)


def _by_theory(result: Result, frame: pd.DataFrame) -> Iterator[tuple[str, pd.DataFrame]]:
    """The rows of every theory, none where all its replications failed."""
    for number, theory in enumerate(result.theories):
        yield theory, frame[frame["theory"] == number]


def _described(part: pd.DataFrame, name: str) -> dict[str, float]:
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


def ratio_of_sums(counts: pd.Series, years: pd.Series) -> tuple[float, float]:
    """Counts per thousand years over all replications together, and the standard error of that ratio."""
    total = float(years.sum())
    if total <= 0:
        return float("nan"), float("nan")
    ratio = float(counts.sum()) / total
    residual = counts.to_numpy() - ratio * years.to_numpy()
    error = residual.std(ddof=1) * np.sqrt(residual.size) / total if residual.size > 1 else float("nan")
    return 1_000.0 * ratio, 1_000.0 * float(error)


def contrast(result: Result, baseline: Result, outcomes: Sequence[str] = HEADLINES) -> pd.DataFrame:
    """Paired difference, result less baseline, by theory and outcome.

    mean, mc_error       of the difference, replication by replication on the same luck
    low, high            interval of the mean, 95 per cent
    q05, q95             of the difference over replications
    worse                share of replications in which the outcome is higher, ties counted half
    variance_reduction   variance of an unpaired difference over that of the paired one
    """
    check_comparable(result, baseline)
    keys = ["draw", "theory"]
    pair = result.outcomes.merge(baseline.outcomes, on=keys, suffixes=("", "_base"), validate="one_to_one")
    rows = [
        {"theory": theory, "outcome": name, "unit": OUTCOMES[name].unit, **_contrasted(part, name)}
        for theory, part in _by_theory(result, pair)
        for name in outcomes
    ]
    return pd.DataFrame(rows)


def _contrasted(part: pd.DataFrame, name: str) -> dict[str, float]:
    mine, theirs = part[name].to_numpy(), part[f"{name}_base"].to_numpy()
    both = np.isfinite(mine) & np.isfinite(theirs)
    mine, theirs = mine[both], theirs[both]
    difference = mine - theirs
    mean, error = mean_and_error(difference)
    low, high = np.quantile(difference, (0.05, 0.95)) if difference.size else (np.nan, np.nan)
    return {
        "mean": mean,
        "mc_error": error,
        "low": mean - 1.96 * error,
        "high": mean + 1.96 * error,
        "q05": low,
        "q95": high,
        "worse": float((difference > 0).mean() + 0.5 * (difference == 0).mean()) if difference.size else np.nan,
        "variance_reduction": variance_reduction(mine, theirs),
        "n": int(difference.size),
    }


def variance_reduction(mine: np.ndarray, theirs: np.ndarray) -> float:
    """How many times fewer replications the paired difference needs than an unpaired one."""
    if mine.size < 2:
        return float("nan")
    unpaired, paired = mine.var(ddof=1) + theirs.var(ddof=1), (mine - theirs).var(ddof=1)
    if paired > 0:
        return float(unpaired / paired)
    return float("inf") if unpaired > 0 else float("nan")


def check_comparable(result: Result, baseline: Result) -> None:
    """Refuse a contrast of runs that do not share what pairs them, and say how to run them alike."""
    mine, theirs = result.manifest, baseline.manifest
    differ = [name for name in SAME if mine[name] != theirs[name]]
    differ += [name for name in SAME_IN_REQUEST if mine["request"][name] != theirs["request"][name]]
    if differ:
        said = "; ".join(_against(mine, theirs, each) for each in differ)
        raise RequestError(
            f"{result.scenario} and {baseline.scenario} are not comparable, they differ in {said}. Run both alike: "
            f"python -m scenarios run +scenario={result.scenario} start={theirs['start']} world={theirs['world']} "
            f"ensemble.seed={theirs['seed']} ensemble.step_days={theirs['request']['step_days']:g} "
            f"ensemble.horizon={theirs['request']['horizon']} against={baseline.scenario}"
        )


def _against(mine: Mapping[str, Any], theirs: Mapping[str, Any], name: str) -> str:
    """A difference between two manifests in words."""
    left, right = (each.get(name, each["request"].get(name)) for each in (mine, theirs))
    if isinstance(left, dict):
        names = [each for each in {**left, **right} if left.get(each) != right.get(each)]
        return f"{name} of {', '.join(names[:5])}{', ...' if len(names) > 5 else ''}"
    if left == right:
        return f"{name} (of the same name, but not the same)"
    return f"{name}: {left} against {right}"


def bands(
    result: Result, outcome: str, theory: int, quantiles: Sequence[float] = QUANTILES, merged: int = 1
) -> pd.DataFrame:
    """Quantiles of an outcome over replications of one theory, by period; several periods may be merged into one.

    Counts of merged periods add up, levels are averaged; what is left at the end of the run is dropped.
    """
    frame = result.table("series", [outcome])
    mine = frame[frame["replication"] % len(result.theories) == theory]
    longer = (mine["period"] // merged).rename("period")
    found = mine.groupby(["replication", longer])[outcome].agg(["sum", "mean", "size"])
    whole = found[found["size"] == merged]
    by_period = whole["sum" if OUTCOMES[outcome].kind == COUNT else "mean"]
    return by_period.groupby("period").quantile(list(quantiles)).unstack().reindex(columns=list(quantiles))
