"""The one picture of a run: attacks and the ladder over time, for the scenario and its baseline."""

import io
from datetime import date, timedelta

import matplotlib as mpl

mpl.use("Agg", force=False)
import matplotlib.pyplot as plt
import numpy as np
from matplotlib.axes import Axes
from matplotlib.dates import date2num

from scenarios.findings import bands
from scenarios.results import Result

PANELS = (
    ("attacks_on_us_sites", "attacks on US sites\nin {}"),
    ("ladder", "ladder of escalation, 0-7,\nmean of {}"),
)
SPAN = 28  # days that are drawn as one point where a run holds two of them
WORDS = {1: "a day", 7: "a week", SPAN: "four weeks"}
STYLES = (
    {"color": "#0b4f8a", "linestyle": "-", "hatch": None, "alpha": 0.30},
    {"color": "#555555", "linestyle": "--", "hatch": "....", "alpha": 0.12},
)
SHOWN = (0.05, 0.5, 0.95)


def overview(result: Result, baseline: Result) -> bytes:
    """A PNG: one column a theory, bands of 5 to 95 per cent and medians; told apart by dashes and hatching in grey."""
    theories, panels = result.theories, drawn(result)
    size = (3.4 * max(len(theories), 2), 1.0 + 2.4 * len(panels))
    figure, grid = plt.subplots(len(panels), len(theories), figsize=size, sharex=True, sharey="row", squeeze=False)
    for column, theory in enumerate(theories):
        grid[0][column].set_title(theory.replace(" / ", "\n"), fontsize=9)
        for row, (outcome, label) in enumerate(panels):
            panel = grid[row][column]
            for each, style in zip((baseline, result), reversed(STYLES), strict=True):
                draw_bands(panel, each, outcome, column, style)
            if column == 0:
                panel.set_ylabel(label.format(span(result)), fontsize=9)
            panel.grid(visible=True, linewidth=0.3)
    handles, names = grid[0][0].get_legend_handles_labels()
    figure.legend(handles, names, loc="upper left", fontsize=8, ncol=2, frameon=False)
    figure.suptitle(f"{result.scenario} against {baseline.scenario}", fontsize=11)
    figure.text(0.01, 0.005, caption(result), fontsize=7, va="bottom")
    figure.autofmt_xdate(rotation=30)
    figure.tight_layout(rect=(0, 0.04, 1, 0.95))
    sink = io.BytesIO()
    figure.savefig(sink, format="png", dpi=110, metadata={"Software": None})
    plt.close(figure)
    return sink.getvalue()


def draw_bands(panel: Axes, result: Result, outcome: str, theory: int, style: dict) -> None:
    """Median and band of one outcome under one theory."""
    frame = bands(result, outcome, theory, SHOWN, merged=merged(result))
    began, days = date.fromisoformat(result.manifest["as_of"]), merged(result) * result.period_days
    when = np.array([date2num(began + timedelta(days=int(each) * days)) for each in frame.index])
    panel.xaxis_date()
    low, middle, high = (frame[each].to_numpy() for each in SHOWN)
    panel.fill_between(
        when, low, high, color=style["color"], alpha=style["alpha"], hatch=style["hatch"], linewidth=0,
        label=f"{result.scenario}, 5-95 %",
    )  # fmt: skip
    panel.plot(when, middle, color=style["color"], linestyle=style["linestyle"], linewidth=1.4,
               label=f"{result.scenario}, median")  # fmt: skip
    panel.tick_params(labelsize=7)


def drawn(result: Result) -> list[tuple[str, str]]:
    """The panels whose outcome stands in the series."""
    return [(outcome, label) for outcome, label in PANELS if outcome in result.series_names()]


def merged(result: Result) -> int:
    """Periods that are drawn as one point."""
    return max(1, round(SPAN / result.period_days)) if result.manifest["request"]["horizon"] >= 2 * SPAN else 1


def span(result: Result) -> str:
    """The time that one point stands for, in words."""
    days = merged(result) * result.period_days
    return WORDS.get(days, f"{days:g} days")


def caption(result: Result) -> str:
    """What a reader must know."""
    about = result.manifest
    return (
        f"A conditional exploration, not a forecast. As of {about['as_of']}, world {about['world']}, "
        f"n = {about['draws']:,} draws under each theory, seed {about['seed']}, run {about['id']}. {about['grades']}."
    )
