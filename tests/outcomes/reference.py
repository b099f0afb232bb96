"""Plain versions of computations that the package does quickly."""

from collections.abc import Sequence

import pandas as pd

from scenarios.outcomes import COUNT, OUTCOMES
from scenarios.runs.result import Result


def bands(
    result: Result, outcome: str, theory: int, quantiles: Sequence[float] = (0.05, 0.5, 0.95), merged: int = 1
) -> pd.DataFrame:
    """Quantiles of an outcome over replications of one theory by period, row by row of the series."""
    frame = result.table("series", [outcome])
    of_theory = frame[frame["replication"] % len(result.theories) == theory]
    longer = (of_theory["period"] // merged).rename("period")
    grouped = of_theory.groupby(["replication", longer])[outcome].agg(["sum", "mean", "size"])
    whole = grouped[grouped["size"] == merged]
    by_period = whole["sum" if OUTCOMES[outcome].kind == COUNT else "mean"]
    return by_period.groupby("period").quantile(list(quantiles)).unstack().reindex(columns=list(quantiles))
