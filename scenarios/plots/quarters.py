"""Quarters of a run beside its baseline: sums by quarter, median and middle half of runs, a panel a row."""

import textwrap
from collections.abc import Sequence
from math import isfinite

import numpy as np
from matplotlib.axes import Axes
from matplotlib.dates import DateFormatter, YearLocator
from matplotlib.figure import Figure
from numpy.typing import NDArray

from scenarios.config.policy import Policy, describe_policy
from scenarios.plots.style import WIDTH, Picture, styled
from scenarios.plots.time_series import day_number, first_date, last_date
from scenarios.plots.verdict_forest import MUTED, SAME, ForestRow, color_of
from scenarios.runs.result import Result
from scenarios.store.typed import from_plain
from scenarios.text import name_of

Numbers = NDArray[np.float64]

QUARTER = 91.0  # days that a point stands for

MIDDLE = (0.25, 0.5, 0.75)

MOST_PANELS = 4

SKEWED = 10.0  # upper quartile over median, above which an axis is logarithmic beyond the median

LEFT, PANEL = 0.055, 0.945 / MOST_PANELS  # of the width: edge of the first panel, distance of panels

NAMES_APART = 0.13  # of the height of a panel, least distance of the names of two lines

BLOCK = 2.45  # inches of height of panels with their titles


@styled
def quarters(result: Result, baseline: Result, rows: Sequence[ForestRow], title: str) -> Figure | None:
    """Draw the quarters of at most four rows; None where no series has any of them."""
    parts = differing_rows(rows, result, baseline)
    if not parts:
        return None
    figure = Picture(figsize=(WIDTH, BLOCK + 0.35))
    figure.suptitle(title, x=0.02, y=0.985, ha="left", va="top", fontsize=10, fontweight="bold")
    draw_quarters(figure, parts, result, baseline, 0.12)
    return figure


def draw_quarters(figure: Figure, parts: Sequence[ForestRow], result: Result, baseline: Result, bottom: float) -> None:
    """Draw small multiples, one for a row; `bottom` is the distance of their axes from the foot [inches]."""
    height = figure.get_figheight()
    for number, part in enumerate(parts):
        place = (LEFT + number * PANEL, (bottom + 0.2) / height, PANEL - 0.045, 1.5 / height)
        _panel(figure.add_axes(place), part, result, baseline, with_names=number == 0)


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
            row_bands(run, part.row.primary.outcome, part.row.group.theories)[:, :, 1].any()
            for run in (result, baseline)
        )
    ]
    decided = [part for part in with_series if all(direction.is_decided for direction in part.cell.directions)]
    return decided[:MOST_PANELS] if decided else with_series[:2]


def _panel(axes: Axes, part: ForestRow, result: Result, baseline: Result, *, with_names: bool) -> None:
    outcome, theories = part.row.primary.outcome, part.row.group.theories
    color = color_of(part.cell)
    usual, own = (row_bands(run, outcome, theories) for run in (baseline, result))
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


def row_bands(run: Result, outcome: str, theories: Sequence[int]) -> Numbers:
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
