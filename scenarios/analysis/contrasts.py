"""Contrasts of runs by theory and outcome: paired differences, expected shortfall, exceedance and rates.

Nowhere else is one run subtracted from another.
"""

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from scenarios.analysis.comparability import check_comparable
from scenarios.analysis.estimates import (
    ATTACKS,
    RATE,
    YEARS,
    Numbers,
    by_theory,
    mean_and_interval,
    per_thousand_years,
    quantiles,
)
from scenarios.analysis.multiplicity import adjusted
from scenarios.outcomes import HEADLINES, OUTCOMES, declaration
from scenarios.runs.result import Result

KEYS = ["draw", "theory"]

TAIL = 0.05  # share of replications, the worst, over which expected shortfall is the mean

LEAST_IN_TAIL = 5  # replications, below which expected shortfall is not reported

EVENTS = (ATTACKS, "us_wounded", "us_deaths")  # whose rates are reported


def pair(run: pd.DataFrame, baseline: pd.DataFrame) -> pd.DataFrame:
    """Pair the replications of two runs, columns of the second marked `_base`; unpaired ones are dropped."""
    pairs = run.merge(baseline, on=KEYS, suffixes=("", "_base"), validate="one_to_one")
    pairs.attrs = {}  # pandas would copy them with every column selected
    return pairs


def subtract(run: Numbers, baseline: Numbers) -> Numbers:
    """Paired differences, replication by replication; ValueError unless the two are alike in shape."""
    if run.shape != baseline.shape:
        raise ValueError(f"values of shape {run.shape} and {baseline.shape} are not paired")
    return np.asarray(run - baseline)


def known_values(pairs: pd.DataFrame, outcome: str) -> tuple[Numbers, Numbers]:
    """Values of a run and its baseline in the pairs in which an outcome is defined in both."""
    known = _known(pairs, outcome)
    return known[outcome].to_numpy(dtype=float), known[f"{outcome}_base"].to_numpy(dtype=float)


def _known(pairs: pd.DataFrame, outcome: str) -> pd.DataFrame:
    return pairs[np.isfinite(pairs[outcome]) & np.isfinite(pairs[f"{outcome}_base"])]


def averaged(pairs: pd.DataFrame, outcome: str) -> tuple[Numbers, Numbers]:
    """Values of two paired runs whose means are contrasted.

    They are the outcome itself, or, for a rate, the contributions to the ratio of sums, which are empty unless both
    runs have troops.
    """
    return _rates(pairs, ATTACKS) if outcome == RATE else known_values(pairs, outcome)


def _rates(pairs: pd.DataFrame, event: str) -> tuple[Numbers, Numbers]:
    run, baseline = (
        per_thousand_years(pairs[f"{event}{of}"].to_numpy(), pairs[f"{YEARS}{of}"].to_numpy()) for of in ("", "_base")
    )
    return (run, baseline) if run.size and baseline.size else (np.empty(0), np.empty(0))


def differences(pairs: pd.DataFrame, outcome: str) -> pd.Series:
    """Paired differences whose mean is a contrast, by draw."""
    run, baseline = averaged(pairs, outcome)
    draws = (pairs if outcome == RATE else _known(pairs, outcome))["draw"]
    return pd.Series(subtract(run, baseline), index=draws if run.size else [], dtype=float)


def contrast(pairs: pd.DataFrame, outcome: str) -> dict[str, float]:
    """Contrast of one outcome in the paired replications of one theory.

    mean, mc_error       of the paired difference, replication by replication with common random numbers
    low, high            interval of the mean, 95 per cent, by Student's t
    q05, q95             of the difference over replications
    worse                probability of superiority: share of pairs in which the outcome is higher, ties counted half
    variance_reduction   variance of an unpaired difference over that of the paired one

    For a rate per troop-year, `mean`, its error and variance_reduction are of two ratios of sums.
    """
    run, baseline = averaged(pairs, outcome)
    mean, error, low, high = mean_and_interval(subtract(run, baseline))
    difference = subtract(*known_values(pairs, outcome))
    q05, q95 = quantiles(difference, (0.05, 0.95))
    return {
        "mean": mean, "mc_error": error, "low": low, "high": high, "q05": q05, "q95": q95,
        "worse": float((difference > 0).mean() + 0.5 * (difference == 0).mean()) if difference.size else np.nan,
        "variance_reduction": variance_reduction(run, baseline), "n": int(difference.size),
    }  # fmt: skip


def contrast_runs(result: Result, baseline: Result, outcomes: Sequence[str] = HEADLINES) -> pd.DataFrame:
    """Contrast of a run with a baseline, one row per theory and outcome, with the columns of `contrast`."""
    check_comparable(result, baseline)
    rows = [
        {"theory": theory, "outcome": name, "unit": OUTCOMES[name].unit, **contrast(part, name)}
        for theory, part in by_theory(result, pair(result.outcomes, baseline.outcomes))
        for name in outcomes
    ]
    return pd.DataFrame(rows)


def variance_reduction(run: Numbers, baseline: Numbers) -> float:
    """Variance of an unpaired difference over that of the paired one."""
    if run.size < 2:
        return float("nan")
    unpaired, paired = run.var(ddof=1) + baseline.var(ddof=1), subtract(run, baseline).var(ddof=1)
    if paired > 0:
        return float(unpaired / paired)
    return float("inf") if unpaired > 0 else float("nan")


def restricted(result: Result) -> pd.DataFrame:
    """Outcomes of a run with restricted times: a first event that does not come is set to the horizon."""
    frame = result.outcomes
    times = [name for name in frame.columns if name.startswith(declaration.FIRST)]
    return frame.assign(**{name: frame[name].fillna(float(result.manifest["request"]["horizon"])) for name in times})


def contrast_table(
    pairs: Sequence[tuple[str, Result, str, Result]],
    theories: Sequence[str],
    outcomes: Sequence[str],
    thresholds: Mapping[str, float],
) -> pd.DataFrame:
    """Contrasts, one row per pair, theory and outcome, adjusted as one family; columns as in docs/compare.md."""
    rows = []
    for name, run, other, baseline in pairs:
        paired = pair(restricted(run), restricted(baseline))
        sizes = {"draws": run.outcomes["draw"].nunique(), "draws_baseline": baseline.outcomes["draw"].nunique()}
        alone = len(run.outcomes) + len(baseline.outcomes) - 2 * len(paired)
        for theory, (_, part) in zip(theories, by_theory(run, paired), strict=True):
            keys = {"scenario": name, "baseline": other, "theory": theory, **sizes, "without_partner": alone}
            rows += [{**keys, **_row(part, outcome, thresholds.get(outcome))} for outcome in outcomes]
    return adjusted(pd.DataFrame(rows))


def _row(part: pd.DataFrame, outcome: str, given: float | None) -> dict[str, object]:
    estimated = contrast(part, outcome)
    if outcome == RATE:
        estimated["n"] = len(part) if np.isfinite(estimated["mean"]) else 0
    if declaration.worse_if(outcome) == "lower":
        estimated["worse"] = 1.0 - estimated["worse"]
    run, baseline = known_values(part, outcome)
    return {
        "outcome": outcome,
        "unit": declaration.unit(outcome),
        "worse_if": declaration.worse_if(outcome),
        **estimated,
        **shortfall_contrast(outcome, run, baseline),
        **exceedance_contrast(outcome, run, baseline, threshold(outcome, baseline, given)),
    }


def _both_and_difference(name: str, run: Numbers, baseline: Numbers) -> dict[str, float]:
    """Means of two runs and their difference with its interval, under names that begin alike."""
    mean, _, low, high = mean_and_interval(subtract(run, baseline))
    means = [float(values.mean()) if values.size else float("nan") for values in (run, baseline)]
    names = ("", "_baseline", "_difference", "_low", "_high")
    return {f"{name}{end}": value for end, value in zip(names, (*means, mean, low, high), strict=True)}


def shortfall_contrast(outcome: str, run: Numbers, baseline: Numbers) -> dict[str, float]:
    """Expected shortfall of either run (mean of its worst 5 per cent), and the difference with its interval."""
    enough = run.size * TAIL >= LEAST_IN_TAIL
    first, second = (shortfall(outcome, values) if enough else np.empty(0) for values in (run, baseline))
    return _both_and_difference("tail", first, second)


def shortfall(outcome: str, values: Numbers, share: float = TAIL) -> Numbers:
    """Contribution of every replication to expected shortfall, which is their mean (Rockafellar and Uryasev 2000).

    Expected shortfall is the mean over the worst share of replications, the last of them counted in part; the standard
    error of the contributions is that of the shortfall.
    """
    sign, bound = declaration.sign(outcome), worst_point(outcome, values, share)
    return np.asarray(bound + sign * np.maximum(sign * (values - bound), 0.0) / share)


def worst_point(outcome: str, values: Numbers, share: float = TAIL) -> float:
    """Value that the worst share of replications reach; NaN without any."""
    sign = declaration.sign(outcome)
    return float(sign * quantiles(sign * values, (1.0 - share,), "inverted_cdf")[0])


def threshold(outcome: str, baseline: Numbers, given: float | None = None) -> float:
    """Value from which an outcome counts as an event: as given, as declared, or the baseline's worst 5 % point."""
    declared = OUTCOMES[outcome].event if given is None else given
    return worst_point(outcome, baseline) if declared is None else float(declared)


def reaches(outcome: str, values: Numbers, bound: float) -> NDArray[np.bool_]:
    """Flags of the replications in which an outcome is at a threshold or beyond it, on the bad side."""
    return np.asarray(declaration.sign(outcome) * values >= declaration.sign(outcome) * bound)


def exceedance_contrast(outcome: str, run: Numbers, baseline: Numbers, bound: float) -> dict[str, float]:
    """Exceedance of a threshold in either run, and the difference with its interval."""
    first, second = (reaches(outcome, values, bound).astype(float) for values in (run, baseline))
    return {"threshold": bound, **_both_and_difference("exceeds", first, second)}


def rate_table(runs: Sequence[tuple[str, Result]], baseline: str, theories: Sequence[str]) -> pd.DataFrame:
    """Rates of events, one row per run, theory and event, with error, interval and paired difference from the baseline.

    Columns scenario, theory, event, unit, rate, mc_error, low, high, difference, difference_error, difference_low,
    difference_high, troop_years (mean of a replication), n. Troop-years are of US troops; deaths and wounded are of
    the whole coalition.
    """
    base = dict(runs)[baseline]
    rows = []
    for name, run in runs:
        pairs = pair(run.outcomes, base.outcomes)
        for theory, (_, part) in zip(theories, by_theory(run, pairs), strict=True):
            rows += [{"scenario": name, "theory": theory, **_rate(part, event)} for event in EVENTS]
    return pd.DataFrame(rows)


def _rate(part: pd.DataFrame, event: str) -> dict[str, object]:
    rate = mean_and_interval(per_thousand_years(part[event].to_numpy(), part[YEARS].to_numpy()))
    difference = mean_and_interval(subtract(*_rates(part, event)))
    names = ("rate", "mc_error", "low", "high", "difference", "difference_error", "difference_low", "difference_high")
    return {
        "event": event, "unit": "per 1,000 troop-years", **dict(zip(names, (*rate, *difference), strict=True)),
        "troop_years": float(part[YEARS].mean()) if len(part) else float("nan"), "n": len(part),
    }  # fmt: skip
