"""Shapley effects as bars: shares of the variance of outcomes by source."""

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from scenarios.evidence.parameters import GRADES
from scenarios.plots import style
from scenarios.plots.captions import caption
from scenarios.text import DASH, name_of

if TYPE_CHECKING:
    from collections.abc import Sequence

    from scenarios.runs.result import Result

SOURCES = {"theory": "theory", **{grade: f"parameters\nof grade {grade}" for grade in GRADES}, "chance": "chance"}


@style.styled
def variance_bars(frame: pd.DataFrame, results: "Result | Sequence[Result]", draws: int, scale: str = "log") -> Figure:
    """Bars of the shares of variance by source, with one standard error; `frame` as `variance.split` returns it.

    draws   draws of the study under each theory
    scale   scale of the variance: log or raw
    A share may be estimated below zero, within its error; it is drawn as estimated.
    """
    sources = [source for source in SOURCES if source in frame.columns]
    figure = style.blank(1.1 + 0.28 * len(frame))
    panels = figure.subplots(1, len(sources), sharex=True, sharey=True, squeeze=False)[0]
    for axes, source in zip(panels, sources, strict=True):
        _bars(axes, frame, source)
        style.panel_title(axes, SOURCES[source], wrap=14)
        style.label(axes, "share [%]")
    panels[0].set_yticks(range(len(frame)), [name_of(outcome) for outcome in frame["outcome"]])
    panels[0].set_ylim(len(frame) - 0.5, -0.5)
    panels[0].set_ylabel(f"outcome, n = {draws:,} draws")
    note = (
        f"Variance on the {scale} scale, attributed by Shapley effects within theories; theory is the variance between "
        "their means, all theories counting alike. Whiskers: one standard error. A dash is undefined."
    )
    return style.finish(figure, "What the spread of the answers rests on", caption(results, note))


def _bars(axes: Axes, frame: pd.DataFrame, source: str) -> None:
    shares, errors = (frame[column].to_numpy(float) for column in (source, f"{source}_error"))
    rows = np.arange(len(frame))
    defined = np.isfinite(shares)
    axes.barh(
        rows[defined], shares[defined], height=0.62, color=style.look(0).color, edgecolor=style.INK, linewidth=0.5
    )
    axes.errorbar(
        shares[defined], rows[defined], xerr=errors[defined], fmt="none", ecolor=style.INK, elinewidth=1.2, capsize=2.5
    )
    for row in rows[~defined]:
        axes.text(2.0, row, DASH, va="center")
    axes.axvline(0.0, color=style.INK, linewidth=0.8)
    axes.set_xlim(min(-3.0, float(np.nanmin([0.0, *(shares - errors)]))), 105.0)
    axes.set_xticks([0, 50, 100])
    axes.grid(visible=True, axis="x")
    if not len(rows):
        style.explain_empty(axes, "no outcome")
