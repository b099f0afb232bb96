"""Family-wise adjustment of contrasts: p-values by Holm, simultaneous intervals by Bonferroni."""

import numpy as np
import pandas as pd
from scipy.special import stdtr

from scenarios.analysis.estimates import LEVEL, interval


def p_value(mean: float, error: float, number: int) -> float:
    """Two-sided p-value of a mean difference of zero, by Student's t.

    It is one where every replication is the same in both runs, zero where all differ by the same amount.
    """
    if number < 2 or not np.isfinite(mean):
        return float("nan")
    if error == 0:
        return 1.0 if mean == 0 else 0.0
    return float(2.0 * stdtr(number - 1, -abs(mean) / error))


def holm(values: np.ndarray) -> np.ndarray:
    """Step-down p-values (Holm 1979); undefined ones stay so and are not part of the family."""
    adjusted = np.full(values.shape, np.nan)
    defined = np.flatnonzero(np.isfinite(values))
    order = defined[np.argsort(values[defined], kind="stable")]
    steps = values[order] * (order.size - np.arange(order.size))
    adjusted[order] = np.minimum(1.0, np.maximum.accumulate(steps))
    return adjusted


def adjusted(frame: pd.DataFrame, level: float = LEVEL) -> pd.DataFrame:
    """Add p_value, p_adjusted, adjusted_low and adjusted_high to a table of contrasts, taken as one family.

    Every adjusted interval has the level 1 - (1 - level) / m, m being the number of contrasts with a p-value, so that
    together they hold at the requested level whatever the dependence among them. Where it excludes zero, Holm's p-value
    is below 1 - level, too.
    """
    rows = list(zip(frame["mean"], frame["mc_error"], frame["n"].astype(int), strict=True))
    values = np.array([p_value(*row) for row in rows])
    family = max(1, int(np.isfinite(values).sum()))
    bounds = [interval(*row, 1.0 - (1.0 - level) / family) for row in rows]
    low, high = np.array(bounds).reshape(-1, 2).T
    table = frame.assign(p_value=values, p_adjusted=holm(values), adjusted_low=low, adjusted_high=high)
    table.attrs["family"] = family
    return table
