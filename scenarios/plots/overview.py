"""Picture of a run: what it changes as a forest of verdicts, and when, by quarter."""

import textwrap
from collections.abc import Sequence
from math import isfinite

import numpy as np
from matplotlib.axes import Axes
from matplotlib.dates import DateFormatter, YearLocator
from matplotlib.figure import Figure
from numpy.typing import NDArray

from scenarios.analysis.verdicts import Direction
from scenarios.config.policy import Policy, describe_policy
from scenarios.plots.style import WIDTH, Picture, styled
from scenarios.plots.time_series import day_number, first_date, last_date
from scenarios.plots.verdict_forest import COLORS, MUTED, SAME, ForestRow, color_of, draw_forest, heights
from scenarios.runs.result import Result
from scenarios.store.typed import from_plain
from scenarios.text import name_of

Numbers = NDArray[np.float64]

QUARTER = 91.0  # days that a point stands for

MIDDLE = (0.25, 0.5, 0.75)

MOST_PANELS = 4

SKEWED = 10.0  # upper quartile over median, above which an axis is logarithmic beyond the median

ROW, MARGIN = 0.225, 0.02  # inches of a row of the forest; of the width, at both sides

NAMES_APART = 0.13  # of the height of a panel, least distance of the names of two lines

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
        2.75 if panels else 0.0,
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
        _quarters(figure, panels, result, baseline, (top - forest - 0.55) / height, height)
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


def differing_rows(rows: Sequence[ForestRow], result: Result, baseline: Result) -> list[ForestRow]:
    """At most four rows that are decided and whose quarters are not all zero; the first two if none is decided."""
    named = set(result.series_names()) & set(baseline.series_names())
    if float(result.manifest["request"]["horizon"]) < 2 * QUARTER:
        return []
    with_series = [
        part
        for part in rows
        if part.row.primary.outcome in named
        and any(
            _bands(run, part.row.primary.outcome, part.row.group.theories)[:, :, 1].any() for run in (result, baseline)
        )
    ]
    decided = [part for part in with_series if all(direction.is_decided for direction in part.cell.directions)]
    return decided[:MOST_PANELS] if decided else with_series[:2]


def _quarters(
    figure: Figure, parts: Sequence[ForestRow], result: Result, baseline: Result, top: float, height: float
) -> None:
    """Draw small multiples, one for a row."""
    figure.text(
        MARGIN, top, "When it differs: sums by quarter, median and middle half of runs", fontweight="bold", va="top"
    )
    wide = min(0.21, 0.9 / len(parts))
    for number, part in enumerate(parts):
        left = 0.055 + number * (0.945 / MOST_PANELS)
        axes = figure.add_axes((left, top - 2.35 / height, wide - 0.02, 1.5 / height))
        _panel(axes, part, result, baseline, with_names=number == 0)


def _panel(axes: Axes, part: ForestRow, result: Result, baseline: Result, *, with_names: bool) -> None:
    outcome, theories = part.row.primary.outcome, part.row.group.theories
    color = color_of(part.cell)
    usual, own = (_bands(run, outcome, theories) for run in (baseline, result))
    when = [day_number(result, (point + 0.5) * QUARTER) for point in range(own.shape[1])]
    for bands, shade, style in ((usual, SAME, "--"), (own, color, "-")):
        axes.fill_between(
            when, bands[:, :, 0].min(axis=0), bands[:, :, 2].max(axis=0), color=shade, alpha=0.18, linewidth=0
        )
        for line in bands[:, :, 1]:
            axes.plot(when, line, color=shade, linestyle=style, linewidth=1.9)
    _scale(axes, usual, own)
    _dates(axes, result)
    _step(axes, result, with_name=with_names)
    title = "\n".join(textwrap.wrap(part.row.primary.title, 20))
    axes.set_title(title, loc="left", fontweight="bold", fontsize=9, pad=17)
    axes.text(0.0, 1.03, part.row.group.name, transform=axes.transAxes, color=MUTED, fontsize=8.5)
    if with_names:
        _labels(axes, (baseline, usual), (result, own), color)


def _bands(run: Result, outcome: str, theories: Sequence[int]) -> Numbers:
    """Quartiles by quarter, (theories, quarters, quartiles)."""
    merged = max(1, round(QUARTER / run.period_days))
    frame = run.bands([outcome], MIDDLE, merged)
    values = frame.to_numpy().reshape(len(run.theories), -1, len(MIDDLE))
    return np.asarray(values[list(theories)], dtype=float)


def _scale(axes: Axes, usual: Numbers, own: Numbers) -> None:
    """Set an axis from zero; beyond the median of the baseline it is logarithmic where runs are very unlike."""
    middle, most = float(np.nanmedian(usual[:, :, 1])), float(np.nanmax([usual[:, :, 2].max(), own[:, :, 2].max()]))
    if isfinite(middle) and middle > 0 and most > SKEWED * middle:
        axes.set_yscale("symlog", linthresh=middle)
    axes.set_ylim(0.0, max(most * 1.08, 1.0))
    axes.tick_params(axis="both", colors=MUTED, labelsize=8)
    axes.tick_params(axis="y", length=0)
    axes.spines["left"].set_visible(False)
    axes.grid(visible=True, axis="y")
    if axes.get_yscale() == "linear":
        axes.locator_params(axis="y", nbins=3)


def _dates(axes: Axes, result: Result) -> None:
    axes.set_xlim(day_number(result, 0.0), day_number(result, float(result.manifest["request"]["horizon"])))
    axes.xaxis_date()
    years = last_date(result).year - first_date(result).year
    axes.xaxis.set_major_locator(YearLocator(base=max(1, years // 3)))
    axes.xaxis.set_major_formatter(DateFormatter("%Y"))


def _step(axes: Axes, result: Result, *, with_name: bool) -> None:
    """Mark the last dated step of the policy."""
    day = last_step(result)
    if day is None:
        return
    at = day_number(result, day)
    axes.axvline(at, color=MUTED, linewidth=1.0, linestyle=":")
    if with_name:
        axes.annotate(
            "last step\nof the policy", (at, 1.0), xycoords=("data", "axes fraction"), xytext=(3, -2),
            textcoords="offset points", fontsize=8, color=MUTED, va="top",
        )  # fmt: skip


def last_step(result: Result) -> float | None:
    """Day of the last dated step of a policy within the horizon; None without one after the start."""
    request = result.manifest["request"]
    steps = describe_policy(from_plain(Policy, request["scenario"]["policy"]), first_date(result))
    return max((day for day, _ in steps if 0 < day < request["horizon"]), default=None)


def _labels(axes: Axes, usual: tuple[Result, Numbers], own: tuple[Result, Numbers], color: str) -> None:
    """Name both lines where they end, the names apart from one another."""
    high = axes.get_ylim()[1]
    ends = sorted(
        (
            (float(bands[:, -1, 1].max()), name_of(run.scenario), shade)
            for (run, bands), shade in ((usual, SAME), (own, color))
        ),
    )
    (first, *lower), (second, *upper) = ends
    places = [first / high + 0.02, max(second / high, first / high + NAMES_APART) + 0.02]
    for place, (name, shade) in zip(places, (lower, upper), strict=True):
        axes.text(0.98, place, name, transform=axes.transAxes, ha="right", fontsize=8.5, color=shade, fontweight="bold")
