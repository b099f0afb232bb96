"""Rates per thousand troop-years: ratios of sums over replications, undefined without troops."""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from scenarios import findings
from scenarios.findings import YEARS
from scenarios.results import Result

COUNTED = ("attacks_on_troop_sites", "us_wounded", "us_deaths")


def rates(runs: Sequence[tuple[str, Result]], baseline: str, theories: Sequence[str]) -> pd.DataFrame:
    """One row per run, theory and event: the rate, its error and interval, and the difference from the baseline's.

    Columns scenario, theory, event, unit, rate, mc_error, low, high, difference, difference_error, difference_low,
    difference_high, troop_years (mean of a replication), n. Troop-years are of US troops; deaths and wounded are of
    the whole coalition.
    """
    base = dict(runs)[baseline]
    rows = []
    for name, run in runs:
        pair = findings.paired(run.outcomes, base.outcomes)
        for theory, (_, part) in zip(theories, findings.by_theory(run, pair), strict=True):
            rows += [{"scenario": name, "theory": theory, **_rate(part, event)} for event in COUNTED]
    return pd.DataFrame(rows)


def _rate(part: pd.DataFrame, event: str) -> dict[str, object]:
    mine, theirs = (
        findings.per_thousand_years(part[f"{event}{of}"].to_numpy(), part[f"{YEARS}{of}"].to_numpy())
        for of in ("", "_base")
    )
    rate, error = findings.mean_and_error(mine)
    low, high = findings.interval(rate, error, mine.size)
    less = mine - theirs if mine.size and theirs.size else np.empty(0)
    difference, spread = findings.mean_and_error(less)
    bottom, top = findings.interval(difference, spread, less.size)
    return {
        "event": event, "unit": "per 1,000 troop-years", "rate": rate, "mc_error": error, "low": low, "high": high,
        "difference": difference, "difference_error": spread, "difference_low": bottom, "difference_high": top,
        "troop_years": float(part[YEARS].mean()) if len(part) else float("nan"), "n": len(part),
    }  # fmt: skip
