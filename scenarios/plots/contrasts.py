"""Figures of contrasts: a forest by theory, and their signs theory by scenario."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Patch, Rectangle

from scenarios.outcomes.declaration import with_unit
from scenarios.plots import style
from scenarios.plots.captions import caption
from scenarios.text import DASH, compact_number, describe_size, name_of

if TYPE_CHECKING:
    from scenarios.analysis import Comparison

SIGNS = {
    "+": ("▲", style.MORE, "higher"),
    "-": ("▼", style.LESS, "lower"),
    "?": ("○", style.OPEN, "open: the interval includes zero"),
    "=": ("=", "#ffffff", "the same in every replication"),
    "": (DASH, "#ffffff", "undefined"),
}

ONE_BY_ONE = "not adjusted for the number of contrasts"


@style.styled
def forest(comparison: "Comparison", outcomes: Sequence[str] | None = None) -> Figure:
    """Forest of every run less the baseline: mean, its 95 per cent interval, and 5 to 95 per cent of differences."""
    chosen = list(outcomes or comparison.outcomes)
    theories, runs = comparison.theories, list(comparison.results)
    figure, panels = style.small_multiples(len(chosen), 0.66 + len(theories) * max(0.2, 0.13 * len(runs)), sharey=True)
    for (axes, first, _), outcome in zip(panels, chosen, strict=True):
        part = comparison.contrasts[comparison.contrasts["outcome"] == outcome]
        for place, name in enumerate(runs):
            contrasts = part[part["scenario"] == name].set_index("theory").reindex(theories)
            _estimates(axes, contrasts, (place + 0.5) / len(runs) - 0.5, place, name)
        _finish_axes(axes, theories, part)
        style.panel_title(axes, f"{name_of(outcome)}, {describe_size(part['n'].tolist())}", wrap=36)
        style.label(axes, f"difference [{part['unit'].iloc[0]}]", "theory" if first else "")
    note = (
        f"Less {name_of(comparison.baseline_name)}, paired draw by draw. Thick: 95 per cent interval of the mean, "
        f"{ONE_BY_ONE}; thin: 5 to 95 per cent of replications; both by theory, never pooled."
    )
    heading = f"{', '.join(map(name_of, runs))} less {name_of(comparison.baseline_name)}, by theory"
    keys = style.keys_of([panels[0].axes]) if len(runs) > 1 else []
    return style.finish(figure, heading, caption(list(comparison.runs.values()), note), keys)


def _estimates(axes: Axes, contrasts: pd.DataFrame, shift: float, place: int, name: str) -> None:
    """Draw the contrasts of one run; undefined ones are labelled, not drawn."""
    mark, rows = style.look(place), np.arange(len(contrasts)) + 0.7 * shift
    axes.hlines(rows, contrasts["q05"], contrasts["q95"], color=mark.color, linewidth=1.0)
    axes.hlines(rows, contrasts["low"], contrasts["high"], color=mark.color, linewidth=4.0)
    axes.plot(contrasts["mean"], rows, color=mark.color, marker=mark.marker, linestyle="", markersize=5,
              markeredgecolor="#ffffff", markeredgewidth=0.6, label=name_of(name))  # fmt: skip
    for row in rows[contrasts["mean"].isna()]:
        axes.text(0.5, row, "undefined", transform=axes.get_yaxis_transform(), ha="center", va="center", fontsize=8.5)


def _finish_axes(axes: Axes, theories: Sequence[str], part: pd.DataFrame) -> None:
    if not np.nanmax([0.0, *part[["low", "high", "q05", "q95"]].abs().to_numpy().ravel()]) > 0:
        axes.set_xlim(-1.0, 1.0)  # no difference at all
    axes.axvline(0.0, color=style.INK, linewidth=0.8)
    axes.set_yticks(range(len(theories)), theories)
    axes.set_ylim(len(theories) - 0.5, -0.5)
    axes.locator_params(axis="x", nbins=5)
    style.thousands(axes.xaxis)
    axes.grid(visible=True, axis="x")


@style.styled
def sign_grid(comparison: "Comparison", outcomes: Sequence[str] | None = None) -> Figure:
    """Grid of theories by scenarios: an outcome is higher or lower than under the baseline, or the sign is open."""
    chosen = list(outcomes or comparison.outcomes)
    theories, runs = comparison.theories, list(comparison.results)
    columns = 2 if len(runs) <= 3 and len(chosen) > 1 else 1
    figure, panels = style.small_multiples(len(chosen), 0.85 + 0.32 * len(theories), columns, sharex=True, sharey=True)
    for (axes, first, last), outcome in zip(panels, chosen, strict=True):
        table = comparison.signs[comparison.signs["outcome"] == outcome]
        _cells(axes, table, theories, runs)
        style.panel_title(axes, f"{with_unit(outcome)}, {describe_size(table['n'].tolist())}", wrap=38 * (3 - columns))
        style.label(axes, "scenario" if last else "", "theory" if first else "")
        axes.xaxis.set_tick_params(labelbottom=last)
    note = (
        f"Mean of the paired difference, less {name_of(comparison.baseline_name)}; its sign stands where the 95 per "
        f"cent interval of the mean, {ONE_BY_ONE}, excludes zero. Theories stand side by side and are never averaged."
    )
    keys = [
        Patch(facecolor=color, edgecolor=style.INK, label=f"{glyph} {words}") for glyph, color, words in SIGNS.values()
    ]
    heading = f"Higher or lower than under {name_of(comparison.baseline_name)}, theory by theory"
    return style.finish(figure, heading, caption(list(comparison.runs.values()), note), keys)


def _cells(axes: Axes, signs: pd.DataFrame, theories: Sequence[str], runs: Sequence[str]) -> None:
    table = signs.set_index(["theory", "scenario"])
    for row, theory in enumerate(theories):
        for column, run in enumerate(runs):
            sign, mean = table.loc[(theory, run), ["sign", "mean"]]
            glyph, color, _ = SIGNS[sign]
            axes.add_patch(Rectangle((column - 0.5, row - 0.5), 1, 1, facecolor=color, edgecolor="#777777"))
            words = glyph if sign in ("", "=") else f"{glyph} {compact_number(mean, sign=True)}"
            axes.text(column, row, words, ha="center", va="center", color=style.ink_on(color))
    axes.set_xticks(range(len(runs)), [name_of(run).replace(" ", "\n", 1) for run in runs])
    axes.set_yticks(range(len(theories)), theories)
    axes.set_xlim(-0.5, len(runs) - 0.5)
    axes.set_ylim(len(theories) - 0.5, -0.5)
    axes.tick_params(length=0)
    if signs.empty:
        style.explain_empty(axes, "not compared")
