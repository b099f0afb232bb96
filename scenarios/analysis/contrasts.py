"""Contrasts of runs by theory and outcome: paired differences, expected shortfall, exceedance and rates."""

from collections.abc import Mapping, Sequence

import numpy as np
import pandas as pd

from scenarios.analysis import estimates
from scenarios.analysis.estimates import RATE, YEARS
from scenarios.analysis.multiplicity import adjusted
from scenarios.outcomes import declaration
from scenarios.runs.result import Result

TAIL = 0.05  # share of replications, the worst, over which expected shortfall is the mean

LEAST_IN_TAIL = 5  # replications, below which expected shortfall is not reported

EVENTS = ("attacks_on_troop_sites", "us_wounded", "us_deaths")  # whose rates are reported


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
        pair = estimates.paired(restricted(run), restricted(baseline))
        sizes = {"draws": run.outcomes["draw"].nunique(), "draws_baseline": baseline.outcomes["draw"].nunique()}
        alone = len(run.outcomes) + len(baseline.outcomes) - 2 * len(pair)
        for theory, (_, part) in zip(theories, estimates.by_theory(run, pair), strict=True):
            keys = {"scenario": name, "baseline": other, "theory": theory, **sizes, "without_partner": alone}
            rows += [{**keys, **_row(part, outcome, thresholds.get(outcome))} for outcome in outcomes]
    return adjusted(pd.DataFrame(rows))


def _row(part: pd.DataFrame, outcome: str, given: float | None) -> dict[str, object]:
    estimated = estimates.contrasted(part, outcome)
    if outcome == RATE:
        estimated["n"] = len(part) if np.isfinite(estimated["mean"]) else 0
    if declaration.worse_if(outcome) == "lower":
        estimated["worse"] = 1.0 - estimated["worse"]
    both = estimates.both_known(part, outcome)
    run, baseline = both[outcome].to_numpy(), both[f"{outcome}_base"].to_numpy()
    return {
        "outcome": outcome,
        "unit": declaration.unit(outcome),
        "worse_if": declaration.worse_if(outcome),
        **estimated,
        **shortfall_contrast(outcome, run, baseline),
        **exceeding(outcome, run, baseline, declaration.threshold(outcome, baseline, given)),
    }


def shortfall_contrast(outcome: str, run: np.ndarray, baseline: np.ndarray) -> dict[str, float]:
    """Expected shortfall of either run (mean of its worst 5 per cent), and the difference with its interval."""
    if run.size * TAIL < LEAST_IN_TAIL:
        return dict.fromkeys(("tail", "tail_baseline", "tail_difference", "tail_low", "tail_high"), float("nan"))
    first, second = (shortfall(outcome, values) for values in (run, baseline))
    mean, _, low, high = estimates.mean_and_interval(first - second)
    return {
        "tail": float(first.mean()),
        "tail_baseline": float(second.mean()),
        "tail_difference": mean,
        "tail_low": low,
        "tail_high": high,
    }


def shortfall(outcome: str, values: np.ndarray, share: float = TAIL) -> np.ndarray:
    """Contribution of every replication to expected shortfall, which is their mean (Rockafellar and Uryasev 2000).

    Expected shortfall is the mean over the worst share of replications, the last of them counted in part; the standard
    error of the contributions is that of the shortfall.
    """
    bad = declaration.sign(outcome) * values
    bound = np.quantile(bad, 1.0 - share, method="inverted_cdf")
    return declaration.sign(outcome) * (bound + np.maximum(bad - bound, 0.0) / share)


def exceeding(outcome: str, run: np.ndarray, baseline: np.ndarray, bound: float) -> dict[str, float]:
    """Exceedance of a threshold in either run, and the difference with its interval."""
    first, second = (1.0 * declaration.reaches(outcome, values, bound) for values in (run, baseline))
    mean, _, low, high = estimates.mean_and_interval(first - second)
    return {
        "threshold": bound,
        "exceeds": float(first.mean()) if first.size else float("nan"),
        "exceeds_baseline": float(second.mean()) if second.size else float("nan"),
        "exceeds_difference": mean,
        "exceeds_low": low,
        "exceeds_high": high,
    }


def rate_table(runs: Sequence[tuple[str, Result]], baseline: str, theories: Sequence[str]) -> pd.DataFrame:
    """Rates of events, one row per run, theory and event, with error, interval and paired difference from the baseline.

    Columns scenario, theory, event, unit, rate, mc_error, low, high, difference, difference_error, difference_low,
    difference_high, troop_years (mean of a replication), n. Troop-years are of US troops; deaths and wounded are of
    the whole coalition.
    """
    base = dict(runs)[baseline]
    rows = []
    for name, run in runs:
        pair = estimates.paired(run.outcomes, base.outcomes)
        for theory, (_, part) in zip(theories, estimates.by_theory(run, pair), strict=True):
            rows += [{"scenario": name, "theory": theory, **_rate(part, event)} for event in EVENTS]
    return pd.DataFrame(rows)


def _rate(part: pd.DataFrame, event: str) -> dict[str, object]:
    run, baseline = (
        estimates.per_thousand_years(part[f"{event}{of}"].to_numpy(), part[f"{YEARS}{of}"].to_numpy())
        for of in ("", "_base")
    )
    differences = run - baseline if run.size and baseline.size else np.empty(0)
    of_rate = zip(("rate", "mc_error", "low", "high"), estimates.mean_and_interval(run), strict=True)
    names = ("difference", "difference_error", "difference_low", "difference_high")
    return {
        "event": event, "unit": "per 1,000 troop-years", **dict(of_rate),
        **dict(zip(names, estimates.mean_and_interval(differences), strict=True)),
        "troop_years": float(part[YEARS].mean()) if len(part) else float("nan"), "n": len(part),
    }  # fmt: skip
