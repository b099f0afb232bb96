"""Curves over replications: exceedance of a value, and time to an event."""

from typing import TYPE_CHECKING, Literal

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from scenarios.outcomes.declaration import with_unit
from scenarios.outcomes.tally import FIRST_OF
from scenarios.plots.captions import caption
from scenarios.plots.style import (
    Look,
    finish,
    grid,
    keys_of,
    label,
    look,
    nothing,
    page,
    spare,
    styled,
    thousands,
    title,
)
from scenarios.text import counts, name_of

if TYPE_CHECKING:
    from scenarios.analysis import Comparison

SHADED = 2  # runs whose intervals are shaded; of more, shades would hide one another

WIDE = 40.0  # largest over least value, from which on an axis is logarithmic


@styled
def exceedance(comparison: "Comparison", outcome: str) -> Figure:
    """Share of replications in which an outcome is at least a value, by theory, a line a scenario."""
    found = comparison.exceedance(outcome)
    figure = _curves(comparison, found, "value", with_unit(outcome), "share of replications at or above [1]")
    values = found["value"]
    for axes in figure.axes:
        if len(values) and values.min() > 0 and values.max() / values.min() > WIDE:
            axes.set_xscale("log")
    return _finished(figure, comparison, f"{name_of(outcome)}: how often it is at or above a value", "")


@styled
def time_to_event(comparison: "Comparison", event: str) -> Figure:
    """Share of replications in which an event has come by a day, by theory, a line a scenario; `event` as us_deaths."""
    words = FIRST_OF[event.removeprefix("days_to_first_")]
    found = comparison.time_to_event(event)
    figure = _curves(comparison, found, "day", "time since the start [days]", "share of replications [1]")
    said = "Replications in which it never comes count as not yet, to the end."
    return _finished(figure, comparison, f"First {words}: share of replications in which it has come", said)


def _curves(comparison: "Comparison", found: pd.DataFrame, axis: str, x: str, y: str) -> Figure:
    """A panel a theory, a line a run."""
    theories = comparison.theories
    rows, columns = grid(len(theories))
    figure, panels = page(rows, columns, 2.3, sharex=True, sharey=True)
    for number, (axes, theory) in enumerate(zip(panels.flat, theories, strict=False)):
        part = found[found["theory"] == theory]
        for place, name in enumerate(comparison.runs):
            _line(axes, part[part["scenario"] == name], axis, name, look(place), shaded=len(comparison.runs) <= SHADED)
        last = number >= len(theories) - columns
        title(axes, f"{theory}, {counts(part.groupby('scenario')['n'].first().tolist())}")
        label(axes, x if last else "", y, wrap=26)
        axes.xaxis.set_tick_params(labelbottom=last)
        axes.set_ylim(0.0, 1.02)
        thousands(axes.xaxis)
        axes.grid(visible=True)
        if not part["share"].notna().any():
            nothing(axes, "undefined in every replication")
    spare(panels.flat[len(theories) :])
    return figure


def _line(axes: Axes, part: pd.DataFrame, axis: str, name: str, how: Look, *, shaded: bool) -> None:
    """A step curve with its interval where there is room; an outcome that nobody knows has no line."""
    if part.empty:
        return
    where: Literal["pre", "post"] = "post" if axis == "day" else "pre"
    at, share = part[axis].to_numpy(), part["share"].to_numpy()
    if shaded:
        axes.fill_between(at, part["low"], part["high"], step=where, color=how.color, alpha=0.13, linewidth=0)
    axes.plot(at, share, drawstyle=f"steps-{where}", color=how.color, linestyle=how.line, linewidth=1.8,
              label=name_of(name), marker=how.marker, markersize=5, markevery=max(1, len(at) // 5))  # fmt: skip


def _finished(figure: Figure, comparison: "Comparison", heading: str, said: str) -> Figure:
    shade = "Shade: 95 per cent interval of the share, pointwise." if len(comparison.runs) <= SHADED else ""
    return finish(figure, heading, caption(list(comparison.runs.values()), said, shade), keys_of(figure.axes))
