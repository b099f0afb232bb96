"""Curves over replications: exceedance of a value, and cumulative incidence of first events."""

from typing import TYPE_CHECKING, Literal

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from scenarios.outcomes.declaration import with_unit
from scenarios.outcomes.tally import FIRST_OF
from scenarios.plots import style
from scenarios.plots.captions import caption
from scenarios.text import describe_size, name_of

if TYPE_CHECKING:
    from scenarios.analysis import Comparison

SHADED = 2  # runs up to which intervals are shaded; more would hide one another

WIDE = 40.0  # ratio of largest to least value from which an axis is logarithmic


@style.styled
def exceedance_curves(comparison: "Comparison", outcome: str) -> Figure:
    """Share of replications in which an outcome is at or above a value, by theory, one line per scenario."""
    curves = comparison.exceedance(outcome)
    figure = _curves(comparison, curves, "value", with_unit(outcome), "share of replications at or above [1]")
    values = curves["value"]
    for axes in figure.axes:
        if len(values) and values.min() > 0 and values.max() / values.min() > WIDE:
            axes.set_xscale("log")
    return _finished(figure, comparison, f"{name_of(outcome)}: how often it is at or above a value", "")


@style.styled
def incidence_curves(comparison: "Comparison", event: str) -> Figure:
    """Cumulative incidence of a first event by theory, one line per scenario; `event` as us_deaths."""
    words = FIRST_OF[event.removeprefix("days_to_first_")]
    curves = comparison.time_to_event(event)
    figure = _curves(comparison, curves, "day", "time since the start [days]", "share of replications [1]")
    note = "Replications without the event count as event-free to the end."
    return _finished(figure, comparison, f"First {words}: share of replications in which it has come", note)


def _curves(comparison: "Comparison", curves: pd.DataFrame, axis: str, x: str, y: str) -> Figure:
    """Draw one panel per theory and one line per run."""
    figure, panels = style.small_multiples(len(comparison.theories), 2.3, sharex=True, sharey=True)
    for (axes, _, last), theory in zip(panels, comparison.theories, strict=True):
        part = curves[curves["theory"] == theory]
        for place, name in enumerate(comparison.runs):
            shaded = len(comparison.runs) <= SHADED
            _line(axes, part[part["scenario"] == name], axis, name, style.look(place), shaded=shaded)
        style.panel_title(axes, f"{theory}, {describe_size(part.groupby('scenario')['n'].first().tolist())}")
        style.label(axes, x if last else "", y, wrap=26)
        axes.xaxis.set_tick_params(labelbottom=last)
        axes.set_ylim(0.0, 1.02)
        style.thousands(axes.xaxis)
        axes.grid(visible=True)
        if not part["share"].notna().any():
            style.explain_empty(axes, "undefined in every replication")
    return figure


def _line(axes: Axes, part: pd.DataFrame, axis: str, name: str, mark: style.Look, *, shaded: bool) -> None:
    """Draw a step curve, with its interval if shaded; an undefined outcome has no line."""
    if part.empty:
        return
    where: Literal["pre", "post"] = "post" if axis == "day" else "pre"
    at, share = part[axis].to_numpy(), part["share"].to_numpy()
    if shaded:
        axes.fill_between(at, part["low"], part["high"], step=where, color=mark.color, alpha=0.13, linewidth=0)
    axes.plot(at, share, drawstyle=f"steps-{where}", color=mark.color, linestyle=mark.line, linewidth=1.8,
              label=name_of(name), marker=mark.marker, markersize=5, markevery=max(1, len(at) // 5))  # fmt: skip


def _finished(figure: Figure, comparison: "Comparison", heading: str, note: str) -> Figure:
    shade = "Shade: 95 per cent interval of the share, pointwise." if len(comparison.runs) <= SHADED else ""
    return style.finish(
        figure, heading, caption(list(comparison.runs.values()), note, shade), style.keys_of(figure.axes)
    )
