"""Outcomes over time as medians and bands, and the axes of dates that figures share."""

from collections.abc import Sequence
from datetime import date, timedelta

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.colors import to_rgb
from matplotlib.dates import AutoDateLocator, DateFormatter, date2num
from matplotlib.figure import Figure
from numpy.typing import NDArray

from scenarios.errors import RequestError
from scenarios.outcomes import COUNT, OUTCOMES
from scenarios.outcomes.declaration import with_unit
from scenarios.plots import style
from scenarios.plots.captions import caption, draws_known, several
from scenarios.runs.result import Result
from scenarios.text import describe_size, name_of

USUAL = ("attacks_on_us_sites", "ladder")

QUANTILES = (0.05, 0.5, 0.95)

FILLED = 2  # results up to which bands are filled; more would hide one another

SPAN = 28  # days that are drawn as one point in runs of at least twice that length

WORDS: dict[float, str] = {1: "in a day", 7: "in a week", SPAN: "in four weeks"}

LONG = 150  # days above which an axis names months, not days


def drawn(result: Result) -> list[str]:
    """Names of the usual outcomes that the series contain."""
    return [outcome for outcome in USUAL if outcome in result.series_names()]


@style.styled
def bands(results: Result | Sequence[Result], outcomes: Sequence[str] = USUAL) -> Figure:
    """Median and 5 to 95 per cent of replications of outcomes over time, one row per theory, one column per outcome.

    The first result is solid; a second one, as a baseline, is dashed and hatched. The bands of more than two results
    are drawn by their edges. All must have the same theories.
    """
    runs = several(results)
    check_theories(runs)
    theories = runs[0].theories
    figure, panels = style.panelled(len(theories), len(outcomes), 1.85, sharex=True, sharey="col")
    for number, run in reversed(list(enumerate(runs))):
        by_panel = dict(list(run.bands(outcomes, QUANTILES, periods_per_point(run)).groupby(["outcome", "theory"])))
        for (outcome, theory), part in by_panel.items():
            axes = panels[theories.index(theory)][list(outcomes).index(outcome)]
            _band(axes, part, run, style.look(number), filled=len(runs) <= FILLED)
    for row, theory in enumerate(theories):
        for column, outcome in enumerate(outcomes):
            _finish_panel(panels[row][column], runs, theory, outcome, last=row == len(theories) - 1)
    band = "band" if len(runs) <= FILLED else "thin lines"
    note = f"Line: median over replications; {band}: 5 to 95 per cent of them, point by point."
    names = " and ".join(name_of(outcome) for outcome in outcomes)
    return style.finish(
        figure, f"{overlay_baseline(runs)}: {names}", caption(runs, note), style.keys_of([panels[0][0]])[::-1]
    )


def _band(axes: Axes, band: pd.DataFrame, run: Result, mark: style.Look, *, filled: bool) -> None:
    """Draw a median with its band, filled or by its edges, with gaps where it is undefined."""
    if not band.notna().to_numpy().any():
        return
    when, (low, middle, high) = middles(run, len(band)), (band[quantile].to_numpy() for quantile in QUANTILES)
    face, edge = ((*to_rgb(mark.color), alpha) for alpha in (0.22, 0.6))
    if filled:
        axes.fill_between(when, low, high, facecolor=face, edgecolor=edge, hatch=mark.hatch, linewidth=0.0)
    else:
        axes.plot(when, np.column_stack([low, high]), color=edge, linestyle=mark.line, linewidth=0.8)
    axes.plot(when, middle, color=mark.color, linestyle=mark.line, linewidth=1.8, label=name_of(run.scenario),
              marker=mark.marker if len(band) < 3 else "", markersize=5)  # fmt: skip


def _finish_panel(axes: Axes, runs: Sequence[Result], theory: str, outcome: str, *, last: bool) -> None:
    numbers = [draws_known(run) for run in runs]
    style.panel_title(axes, f"{theory}, {describe_size(numbers)}")
    span = span_of(runs[0]) if OUTCOMES[outcome].kind == COUNT else f"mean {span_of(runs[0])}"
    style.label(axes, "date" if last else "", with_unit(outcome, span), wrap=23)
    style.thousands(axes.yaxis)
    date_axis(axes, max(runs, key=lambda run: run.manifest["request"]["horizon"]))
    axes.grid(visible=True)
    axes.margins(y=0.0)
    low, high = axes.get_ylim()
    axes.set_ylim(min(low, -0.03 * high), high)
    if not any(numbers):
        style.explain_empty(axes, "no replication was simulated to the end")


def check_theories(runs: Sequence[Result]) -> None:
    """Raise RequestError for an empty list of results or for results with different theories."""
    if not runs:
        raise RequestError("a figure needs at least one result.")
    for run in runs[1:]:
        if run.theories != runs[0].theories:
            raise RequestError(
                f"{run.scenario} has the theories {', '.join(run.theories)} and {runs[0].scenario} has "
                f"{', '.join(runs[0].theories)}; draw them in separate figures, or run both with the same theory=."
            )


def overlay_baseline(runs: Sequence[Result]) -> str:
    """Names of the scenarios in the heading of a figure."""
    first, *others = [name_of(run.scenario) for run in runs]
    return f"{first} against {', '.join(others)}" if others else first


def periods_per_point(result: Result) -> int:
    """Number of periods that are drawn as one point."""
    return max(1, round(SPAN / result.period_days)) if result.manifest["request"]["horizon"] >= 2 * SPAN else 1


def span_of(result: Result) -> str:
    """Time that one point represents, in words."""
    days = periods_per_point(result) * result.period_days
    return WORDS.get(days, f"in {days:g} days")


def middles(result: Result, points: int) -> NDArray[np.float64]:
    """Middle of the time that each point represents, in matplotlib days."""
    length = periods_per_point(result) * result.period_days
    return np.asarray(day_number(result, 0.0) + (np.arange(points) + 0.5) * length, dtype=float)


def day_number(result: Result, number: float) -> float:
    """Day of a run in matplotlib days."""
    return float(date2num(first_date(result))) + number


def first_date(result: Result) -> date:
    """As-of date of a run."""
    return date.fromisoformat(result.manifest["as_of"])


def date_of(result: Result, number: float) -> date:
    """Date of a day of a run."""
    return first_date(result) + timedelta(days=int(number))


def last_date(result: Result) -> date:
    """Date of the last day of a run."""
    return date_of(result, result.manifest["request"]["horizon"])


def date_axis(axes: Axes, result: Result, ticks: int = 5) -> None:
    """Set an axis of dates from the start to the horizon."""
    axes.set_xlim(day_number(result, 0.0), float(date2num(last_date(result))))
    axes.xaxis_date()
    axes.xaxis.set_major_locator(AutoDateLocator(minticks=3, maxticks=ticks))
    long = result.manifest["request"]["horizon"] > LONG
    axes.xaxis.set_major_formatter(DateFormatter("%b\n%Y" if long else "%d %b\n%Y"))
