"""Picture of a run: what it changes as a forest of verdicts, and when, by quarter."""

import textwrap
from collections.abc import Sequence

import numpy as np
from matplotlib.figure import Figure

from scenarios.analysis.verdicts import Direction
from scenarios.plots.quarters import BLOCK, differing_rows, draw_quarters
from scenarios.plots.style import WIDTH, Picture, styled
from scenarios.plots.verdict_forest import COLORS, MUTED, ROW, ForestRow, draw_forest, heights
from scenarios.runs.result import Result

MARGIN = 0.02  # of the width, at both sides

TITLE_LETTERS, FOOT_LETTERS = 62, 130  # in a line


@styled
def overview(result: Result, baseline: Result, rows: Sequence[ForestRow], title: str, below: str, foot: str) -> Figure:
    """Draw a run against its baseline: the title, the forest, the quarters of what changes, and how to read them.

    rows      merged rows of the primary outcomes, as the terminal shows them
    title     the headline; `below` says what was compared, `foot` where it comes from and how far to trust it
    """
    panels = differing_rows(rows, result, baseline)
    forest = ROW * (heights(rows)[-1] + 1.5)
    heading, quarters, note = (
        0.42 + 0.25 * len(_lines(title, TITLE_LETTERS)),
        BLOCK + 0.3 if panels else 0.0,
        0.16 * len(_lines(foot, FOOT_LETTERS)),
    )
    height = heading + 0.35 + forest + 0.5 + quarters + note + 0.2
    figure = Picture(figsize=(WIDTH, height))
    _head(figure, height, title, below)
    top = height - heading - 0.35
    axes = figure.add_axes((0.5, (top - forest) / height, 0.36, forest / height))
    draw_forest(axes, rows)
    _directions(figure, (top + 0.02) / height)
    if panels:
        title = "When it differs: sums by quarter, median and middle half of runs"
        figure.text(MARGIN, (top - forest - 0.55) / height, title, fontweight="bold", va="top")
        draw_quarters(figure, panels, result, baseline, note + 0.25)
    figure.text(
        MARGIN,
        0.1 / height,
        "\n".join(_lines(foot, FOOT_LETTERS)),
        color=MUTED,
        fontsize=8,
        va="bottom",
        linespacing=1.35,
    )
    return figure


def _lines(text: str, width: int) -> list[str]:
    return textwrap.wrap(text, width) or [""]


def _head(figure: Figure, height: float, title: str, below: str) -> None:
    lines = _lines(title, TITLE_LETTERS)
    figure.suptitle(
        "\n".join(lines), x=MARGIN, y=1.0 - 0.12 / height, ha="left", va="top", fontsize=13, fontweight="bold"
    )
    figure.text(MARGIN, 1.0 - (0.2 + 0.25 * len(lines)) / height, below, color=MUTED, va="top")


def _directions(figure: Figure, at: float) -> None:
    """Write what the sides of the forest mean above it."""
    same = 0.5 + 0.36 * _share(1.0)
    figure.text(0.285, at, "if …", color=MUTED, va="bottom")
    figure.text(same - 0.012, at, "◂ fewer", color=COLORS[Direction.FEWER], ha="right", va="bottom")
    figure.text(same + 0.012, at, "more ▸", color=COLORS[Direction.MORE], ha="left", va="bottom")


def _share(ratio: float) -> float:
    """Place of a ratio on the axis of the forest, from 0 to 1."""
    low, high = np.log(0.1 / 1.12), np.log(8.5)
    return float((np.log(ratio) - low) / (high - low))
