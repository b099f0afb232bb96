"""Bars of the change in the lowest and highest quarter of inputs, the widest first."""

from collections.abc import Sequence

import numpy as np
from matplotlib.figure import Figure

from scenarios.analysis.associations import Association
from scenarios.plots.style import finish, label, panelled, styled
from scenarios.plots.verdict_forest import BAND, MUTED, OPEN
from scenarios.text import name_of

ROW = 0.3  # inches


@styled
def tornado(shown: Sequence[Association], unit: str, heading: str, caption: str) -> Figure:
    """Draw the median change with an input in its lowest quarter (open) and in its highest (filled)."""
    figure, panels = panelled(1, 1, ROW * (len(shown) + 2))
    axes = panels[0, 0]
    for place, one in enumerate(shown):
        axes.plot([one.low, one.high], [place, place], color=MUTED, linewidth=5, solid_capstyle="butt", alpha=0.45)
        axes.plot(one.low, place, marker="o", color=OPEN, markerfacecolor="white", markersize=6, linestyle="none")
        axes.plot(one.high, place, marker="o", color=OPEN, markersize=6, linestyle="none")
    axes.axvline(0.0, color="#000000", linewidth=1.0)
    axes.set_yticks(np.arange(len(shown)), [name_of(one.parameter) for one in shown])
    axes.invert_yaxis()
    axes.grid(visible=True, axis="x", color=BAND)
    axes.spines["left"].set_visible(False)
    label(axes, unit)
    return finish(figure, heading, caption)
