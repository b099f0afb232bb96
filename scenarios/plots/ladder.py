"""Ladder of escalation as shares of replications over time."""

from typing import TYPE_CHECKING

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Patch

from scenarios.errors import RequestError
from scenarios.outcomes.escalation import RUNGS
from scenarios.plots import style, time_series
from scenarios.plots.captions import caption, draws_known
from scenarios.text import name_of

if TYPE_CHECKING:
    from scenarios.runs.result import Result

DAYS = tuple(f"days_at_level_{rung}" for rung in range(len(RUNGS)))


@style.styled
def ladder_shares(result: "Result") -> Figure:
    """Share of replications on each rung, 0 quiet to 7 war, stacked from the quietest up, by theory.

    Within the period of one point, a replication counts on each rung by its days there.
    """
    missing = set(DAYS) - set(result.series_names())
    if missing:
        raise RequestError(
            f"the ladder needs {', '.join(sorted(missing))} in the series of {result.scenario}; run it with "
            "record.outcomes=null."
        )
    figure, panels = style.small_multiples(len(result.theories), 2.1, sharex=True, sharey=True)
    shares = _shares(result)
    for number, ((axes, _, last), theory) in enumerate(zip(panels, result.theories, strict=True)):
        _stacked(axes, shares[:, number], result)
        style.panel_title(axes, f"{theory}, n = {draws_known(result):,}")
        style.label(axes, "date" if last else "", "share of replications [1]", wrap=28)
    keys = [Patch(facecolor=shade, edgecolor="#000000", linewidth=0.4, label=f"{rung} {words}")
            for rung, (shade, words) in enumerate(zip(style.shades(len(RUNGS)), RUNGS, strict=True))]  # fmt: skip
    note = f"Days on each rung {time_series.span_of(result)}, over replications."
    return style.finish(
        figure, f"{name_of(result.scenario)}: the ladder of escalation", caption(result, note), keys, most=2
    )


def _shares(result: "Result") -> np.ndarray:
    """Shares of days on each rung, (rungs, theories, points)."""
    periods = time_series.periods_per_point(result)
    days = np.array([result.by_period.means(name, periods) for name in DAYS])
    whole = days.sum(axis=0)
    return np.divide(days, whole, out=np.full_like(days, np.nan), where=whole > 0)


def _stacked(axes: Axes, shares: np.ndarray, result: "Result") -> None:
    time_series.date_axis(axes, result)
    axes.set_ylim(0.0, 1.0)
    if not (shares.size and np.isfinite(shares).all()):
        style.explain_empty(axes, "no replication was simulated to the end")
        return
    length = time_series.periods_per_point(result) * result.period_days
    edges = time_series.middles(result, shares.shape[1])[:, np.newaxis] + np.array([-0.5, 0.5]) * length
    axes.stackplot(edges.ravel(), np.repeat(shares, 2, axis=1), colors=style.shades(len(shares)), edgecolor="#000000",
                   linewidth=0.3)  # fmt: skip
