"""Slopes from the typical run to the worst run in twenty, a panel a row of theories that say the same."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from scenarios.analysis.rows import OutcomeRow
from scenarios.plots.style import finish, panel_title, panelled, styled, thousands
from scenarios.plots.verdict_forest import MUTED, OPEN
from scenarios.runs.result import Result
from scenarios.text import name_of

TYPICAL, WORST = 0.5, 0.95  # quantiles over runs

COLUMNS = 3

SKEWED = 4.0  # worst over typical, above which an axis is logarithmic beyond the typical run

LOOKS = ("-", "--", "-.", ":")

NAME_HEIGHT = 0.075  # of a panel, least distance of names


@dataclass(frozen=True)
class Ends:
    """Typical run and worst run in twenty of a scenario under every theory of a row."""

    name: str
    typical: tuple[float, ...]
    worst: tuple[float, ...]


def row_ends(row: OutcomeRow, runs: Mapping[str, Result]) -> list[Ends]:
    """Ends of every run in a row; undefined values are left out."""
    return [_ends(row, name, run) for name, run in runs.items()]


def _ends(row: OutcomeRow, name: str, run: Result) -> Ends:
    columns = [
        run.outcomes.loc[run.outcomes["theory"] == theory, row.primary.outcome].dropna()
        for theory in row.group.theories
    ]
    typical, worst = (tuple(float(column.quantile(share)) for column in columns) for share in (TYPICAL, WORST))
    return Ends(name, typical, worst)


@styled
def typical_and_worst(rows: Sequence[OutcomeRow], runs: Mapping[str, Result], heading: str, caption: str) -> Figure:
    """Draw a slope for every run and theory; the last of the runs is the baseline, in grey."""
    figure, panels = panelled(-(-len(rows) // COLUMNS), COLUMNS, 2.3)
    for axes, row in zip(panels.flat, rows, strict=False):
        _panel(axes, row, row_ends(row, runs))
    for axes in panels.flat[len(rows) :]:
        axes.remove()
    return finish(figure, heading, caption)


def _panel(axes: Axes, row: OutcomeRow, ends: Sequence[Ends]) -> None:
    for number, part in enumerate(ends):
        is_baseline = number == len(ends) - 1
        color, style = (MUTED, "-") if is_baseline else (OPEN, LOOKS[number % len(LOOKS)])
        for pair in zip(part.typical, part.worst, strict=True):
            axes.plot([0, 1], pair, color=color, linestyle=style, marker="o", markersize=4, linewidth=1.4)
    middle = float(np.nanmedian(ends[-1].typical))
    most = max(max(part.worst) for part in ends)
    if most > SKEWED * max(middle, 1.0):
        axes.set_yscale("symlog", linthresh=max(middle, 1.0))
    thousands(axes.yaxis)
    axes.set(xlim=(-0.15, 2.0), ylim=(0, max(most * 1.2, 1.0)), xticks=[0, 1])
    axes.set_xticklabels(["typical", "1 in 20"])
    axes.tick_params(colors=MUTED, labelsize=8)
    panel_title(axes, f"{row.primary.title}, {row.group.name}", wrap=30)
    _names(axes, ends)


def _names(axes: Axes, ends: Sequence[Ends]) -> None:
    """Name every run beside its worst end, names apart from one another."""
    to_axes = axes.transData + axes.transAxes.inverted()
    places = sorted((float(to_axes.transform((1, max(part.worst)))[1]), number) for number, part in enumerate(ends))
    lowest = -1.0
    for place, number in places:
        lowest = max(place, lowest + NAME_HEIGHT)
        color = MUTED if number == len(ends) - 1 else OPEN
        axes.text(
            0.6, lowest, name_of(ends[number].name), transform=axes.transAxes, fontsize=8, color=color, va="center"
        )
