"""Forest of verdicts: a row for every outcome and group of theories, its change as a ratio to the baseline."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import FixedFormatter, FixedLocator, NullLocator
from matplotlib.transforms import Transform, blended_transform_factory

from scenarios.analysis.rows import MergedVerdict, OutcomeRow
from scenarios.analysis.verdicts import ALIKE, Direction, PairedVerdict
from scenarios.plots.style import WIDTH, Picture, styled

COLORS = {Direction.MORE: "#a93f15", Direction.FEWER: "#1b5e9b"}

SAME, OPEN = "#5f6670", "#1b1e23"

MUTED, BAND, LINE = "#565d66", "#e7e6e2", "#d9d6cf"

LEAST, MOST = 0.1, 8.5  # ratios at the ends of the axis

TIMES = "\N{MULTIPLICATION SIGN}"

TICKS = {
    0.1: "a tenth",
    0.25: "quarter",
    0.5: "half",
    1.0: "same",
    2.0: f"{TIMES}2",
    4.0: f"{TIMES}4",
    8.0: f"{TIMES}8",
}

BEFORE_OUTCOME = 0.42  # of a row, left free before the next outcome

ROW = 0.225  # inches of a row

NAME, ANSWER, CHANGE = 0.02, 0.285, 0.985  # of the width of the figure


@dataclass(frozen=True)
class ForestRow:
    """A merged row of one scenario with the text of its change."""

    row: OutcomeRow
    cell: MergedVerdict
    change: str


def color_of(cell: MergedVerdict) -> str:
    """Colour of a cell: that of its direction, grey where it is alike, ink where it is open."""
    directions = cell.directions
    if len(directions) > 1:
        return OPEN
    if directions[0] in (Direction.ALIKE, Direction.IDENTICAL, Direction.TOO_FEW):
        return SAME
    return COLORS.get(directions[0], OPEN)


def heights(rows: Sequence[ForestRow]) -> list[float]:
    """Distance of every row from the top, in rows."""
    places, place = [], 0.0
    for number, part in enumerate(rows):
        is_next = number > 0 and part.row.primary != rows[number - 1].row.primary
        place += 0.0 if not number else 1.0 + (BEFORE_OUTCOME if is_next else 0.0)
        places.append(place)
    return places


def draw_forest(axes: Axes, rows: Sequence[ForestRow]) -> None:
    """Draw rows on a logarithmic axis of ratios whose ticks are words, names at the left, changes at the right."""
    places = heights(rows)
    _frame(axes, places)
    beside = blended_transform_factory(axes.figure.transFigure, axes.transData)
    for number, (part, place) in enumerate(zip(rows, places, strict=True)):
        is_first = number == 0 or part.row.primary != rows[number - 1].row.primary
        _name(axes, part, place, beside, is_first=is_first)
        for verdict in part.cell.verdicts:
            _interval(axes, verdict, place, color_of(part.cell))
        for verdict in part.cell.verdicts:
            _dot(axes, verdict, place, color_of(part.cell))


def _frame(axes: Axes, places: Sequence[float]) -> None:
    axes.set_xscale("log")
    axes.set(xlim=(LEAST / 1.12, MOST), ylim=(places[-1] + 0.75, -0.75), yticks=[])
    axes.xaxis.set_major_locator(FixedLocator(list(TICKS)))
    axes.xaxis.set_major_formatter(FixedFormatter(list(TICKS.values())))
    axes.xaxis.set_minor_locator(NullLocator())
    axes.tick_params(axis="x", colors=MUTED)
    axes.spines[["left", "top", "right"]].set_visible(False)
    axes.spines["bottom"].set_color(MUTED)
    axes.axvspan(1.0 / ALIKE, ALIKE, color=BAND, linewidth=0.0, zorder=0)
    axes.vlines([tick for tick in TICKS if tick != 1.0], *axes.get_ylim(), color=LINE, linewidth=0.7, zorder=0)
    axes.axvline(1.0, color="#000000", linewidth=1.1, zorder=1)


def _name(axes: Axes, part: ForestRow, place: float, beside: Transform, *, is_first: bool) -> None:
    if is_first:
        axes.text(NAME, place, part.row.primary.title, transform=beside, va="center", fontweight="bold")
    axes.text(ANSWER, place, part.row.group.name, transform=beside, va="center", color=MUTED)
    axes.text(
        CHANGE, place, part.change, transform=beside, va="center", ha="right", color=color_of(part.cell),
        fontweight="bold" if part.cell.directions[0].is_decided else "normal",
    )  # fmt: skip


def _interval(axes: Axes, verdict: PairedVerdict, place: float, color: str) -> None:
    """Draw 9 in 10 runs as a thin line, cut with an arrowhead at the ends of the axis; the interval as a thick one."""
    low, high = verdict.ratio_q05, verdict.ratio_q95
    if math.isfinite(low) and math.isfinite(high):
        axes.hlines(place, max(low, LEAST), min(high, MOST), color=color, linewidth=1.2, zorder=2)
        if low < LEAST:
            axes.plot(LEAST / 1.06, place, marker="<", color=color, markersize=6, clip_on=False, zorder=2)
        if high > MOST:
            axes.plot(MOST / 1.03, place, marker=">", color=color, markersize=6, clip_on=False, zorder=2)
    if math.isfinite(verdict.ratio_low):
        low, high = (min(max(end, LEAST), MOST) for end in (verdict.ratio_low, verdict.ratio_high))
        axes.hlines(place, low, high, color=color, linewidth=5.5, zorder=3)


def _dot(axes: Axes, verdict: PairedVerdict, place: float, color: str) -> None:
    """Draw the typical change, filled grey where it is alike."""
    if math.isfinite(verdict.ratio):
        face = "#c9cccf" if verdict.direction in (Direction.ALIKE, Direction.IDENTICAL) else "#ffffff"
        at = min(max(verdict.ratio, LEAST), MOST)
        axes.plot(
            at, place, marker="o", color=color, markerfacecolor=face, markeredgewidth=1.9, markersize=7.5, zorder=4
        )


@styled
def forest_figure(rows: Sequence[ForestRow]) -> Figure:
    """Draw a forest alone."""
    height = ROW * (heights(rows)[-1] + 1.5) + 0.45
    figure = Picture(figsize=(WIDTH, height))
    axes = figure.add_axes((0.5, 0.4 / height, 0.36, 1.0 - 0.42 / height))
    draw_forest(axes, rows)
    return figure
