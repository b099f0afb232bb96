"""Outcomes over time: medians and bands, a row a theory, a column an outcome."""

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
from scenarios.plots.captions import caption, known, several
from scenarios.plots.style import Look, finish, keys_of, label, look, nothing, page, styled, thousands, title
from scenarios.runs.result import Result
from scenarios.text import counts, name_of

USUAL = ("attacks_on_us_sites", "ladder")

QUANTILES = (0.05, 0.5, 0.95)

FILLED = 2  # results whose bands are filled; of more, fillings would hide one another


@styled
def bands(results: "Result | Sequence[Result]", outcomes: Sequence[str] = USUAL) -> Figure:
    """Median and 5 to 95 per cent of replications of some outcomes over time, under every theory of the first result.

    The first result is solid; a second one, as a baseline, is dashed and hatched. Of more than two, bands are drawn by
    their edges. All must have the same theories.
    """
    runs = several(results)
    check_theories(runs)
    theories = runs[0].theories
    figure, panels = page(len(theories), len(outcomes), 1.85, sharex=True, sharey="col")
    for number, run in reversed(list(enumerate(runs))):
        found = dict(list(run.bands(outcomes, QUANTILES, merged(run)).groupby(["outcome", "theory"])))
        for (outcome, theory), part in found.items():
            axes = panels[theories.index(theory)][list(outcomes).index(outcome)]
            _band(axes, part, run, look(number), filled=len(runs) <= FILLED)
    for row, theory in enumerate(theories):
        for column, outcome in enumerate(outcomes):
            _named(panels[row][column], runs, theory, outcome, last=row == len(theories) - 1)
    band = "band" if len(runs) <= FILLED else "thin lines"
    said = f"Line: median over replications; {band}: 5 to 95 per cent of them, point by point."
    names = " and ".join(name_of(each) for each in outcomes)
    return finish(figure, f"{against(runs)}: {names}", caption(runs, said), keys_of([panels[0][0]])[::-1])


def _band(axes: Axes, found: pd.DataFrame, run: "Result", how: Look, *, filled: bool) -> None:
    """A median with its band, filled or by its edges; what is undefined is a gap."""
    if not found.notna().to_numpy().any():
        return
    when, (low, middle, high) = middles(run, len(found)), (found[each].to_numpy() for each in QUANTILES)
    face, edge = ((*to_rgb(how.color), alpha) for alpha in (0.22, 0.6))
    if filled:
        axes.fill_between(when, low, high, facecolor=face, edgecolor=edge, hatch=how.hatch, linewidth=0.0)
    else:
        axes.plot(when, np.column_stack([low, high]), color=edge, linestyle=how.line, linewidth=0.8)
    axes.plot(when, middle, color=how.color, linestyle=how.line, linewidth=1.8, label=name_of(run.scenario),
              marker=how.marker if len(found) < 3 else "", markersize=5)  # fmt: skip


def _named(axes: Axes, runs: "Sequence[Result]", theory: str, outcome: str, *, last: bool) -> None:
    numbers = [known(each) for each in runs]
    title(axes, f"{theory}, {counts(numbers)}")
    span = span_of(runs[0]) if OUTCOMES[outcome].kind == COUNT else f"mean {span_of(runs[0])}"
    label(axes, "date" if last else "", with_unit(outcome, span), wrap=23)
    thousands(axes.yaxis)
    dated(axes, max(runs, key=lambda each: each.manifest["request"]["horizon"]))
    axes.grid(visible=True)
    axes.margins(y=0.0)
    low, high = axes.get_ylim()
    axes.set_ylim(min(low, -0.03 * high), high)
    if not any(numbers):
        nothing(axes, "no replication was lived to the end")


def check_theories(runs: "Sequence[Result]") -> None:
    """Refuse nothing to draw, and results of other theories in one figure."""
    if not runs:
        raise RequestError("a figure needs at least one result.")
    for each in runs[1:]:
        if each.theories != runs[0].theories:
            raise RequestError(
                f"{each.scenario} has the theories {', '.join(each.theories)} and {runs[0].scenario} has "
                f"{', '.join(runs[0].theories)}; draw them apart, or run both with the same theory=."
            )


def against(runs: "Sequence[Result]") -> str:
    """The scenarios of a figure."""
    first, *others = [name_of(each.scenario) for each in runs]
    return f"{first} against {', '.join(others)}" if others else first


SPAN = 28  # days that are drawn as one point where a run holds two of them

WORDS: dict[float, str] = {1: "in a day", 7: "in a week", SPAN: "in four weeks"}

LONG = 150  # days from which on an axis names months, not days


def merged(result: "Result") -> int:
    """Periods that are drawn as one point."""
    return max(1, round(SPAN / result.period_days)) if result.manifest["request"]["horizon"] >= 2 * SPAN else 1


def span_of(result: "Result") -> str:
    """The time that one point stands for, in words."""
    days = merged(result) * result.period_days
    return WORDS.get(days, f"in {days:g} days")


def middles(result: "Result", points: int) -> NDArray[np.float64]:
    """The middle of the time that each point stands for, as matplotlib counts days."""
    length = merged(result) * result.period_days
    return np.asarray(day(result, 0.0) + (np.arange(points) + 0.5) * length, dtype=float)


def day(result: "Result", number: float) -> float:
    """A day after the start, as matplotlib counts days."""
    return float(date2num(began(result))) + number


def began(result: "Result") -> date:
    """The as-of date."""
    return date.fromisoformat(result.manifest["as_of"])


def when(result: "Result", number: float) -> date:
    """A day after the start, as a date."""
    return began(result) + timedelta(days=int(number))


def ended(result: "Result") -> date:
    """The last day."""
    return when(result, result.manifest["request"]["horizon"])


def dated(axes: Axes, result: "Result", ticks: int = 5) -> None:
    """An axis of dates from the start to the horizon."""
    axes.set_xlim(day(result, 0.0), float(date2num(ended(result))))
    axes.xaxis_date()
    axes.xaxis.set_major_locator(AutoDateLocator(minticks=3, maxticks=ticks))
    long = result.manifest["request"]["horizon"] > LONG
    axes.xaxis.set_major_formatter(DateFormatter("%b\n%Y" if long else "%d %b\n%Y"))


def overview(result: Result, baseline: Result) -> bytes:
    """A PNG of the usual outcomes over time, as far as the series hold them."""
    return style.png(bands([result, baseline], drawn(result)))


def drawn(result: Result) -> list[str]:
    """The outcomes that are drawn, of those in the series."""
    return [outcome for outcome in USUAL if outcome in result.series_names()]
