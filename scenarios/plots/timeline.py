"""Troops over time above a timeline of levers and dated shocks."""

from typing import TYPE_CHECKING

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from scenarios.config import policy
from scenarios.config.policy import Policy
from scenarios.config.shocks import Shock
from scenarios.plots import style, time_series
from scenarios.plots.captions import caption, draws_known
from scenarios.store.typed import from_plain
from scenarios.text import DASH, name_of, proper

if TYPE_CHECKING:
    from scenarios.runs.result import Result

CLOSE = 0.08  # share of the horizon within which two labels would touch


@style.styled
def strip(result: "Result") -> Figure:
    """US troops by theory over time, above the numbered levers and dated shocks of the run in sentences."""
    entries = timeline_events(result)
    figure = style.blank(3.5)
    troops, marks = figure.subplots(2, 1, height_ratios=[3.0, 1.3])
    _troops(troops, result)
    _marks(marks, [day for day, _ in entries], result)
    notes = [
        style.numbered_note(number, time_series.date_of(result, day), sentence)
        for number, (day, sentence) in enumerate(entries, start=1)
    ]
    legend = "Troops: median over replications. Numbers on the strip are those of the sentences below it."
    keys = style.keys_of([troops]) if len(troops.lines) > 1 else []
    return style.finish(
        figure, f"{name_of(result.scenario)}: US troops and timeline", caption(result, legend), keys, notes
    )


def timeline_events(result: "Result") -> list[tuple[float, str]]:
    """Levers and dated shocks in the manifest of a run as (day, sentence), in order of time."""
    request = result.manifest["request"]
    shocks = from_plain(tuple[Shock, ...], [*request["scenario"]["shocks"], *request["world"]["shocks"]])
    entries = policy.describe_policy(from_plain(Policy, request["scenario"]["policy"]), time_series.first_date(result))
    entries += [(shock.at, str(shock)) for shock in shocks if shock.at is not None]
    return sorted(((day, proper(sentence)) for day, sentence in entries), key=lambda entry: entry[0])


def _troops(axes: Axes, result: "Result") -> None:
    """Draw one line if all theories agree, else one line per theory."""
    time_series.date_axis(axes, result)
    style.panel_title(axes, f"US troops in Iraq, n = {draws_known(result):,} under each theory", wrap=80)
    style.label(axes, "", "US troops [troops]")
    axes.tick_params(labelbottom=False)
    style.thousands(axes.yaxis)
    if "troops" not in result.series_names() or not draws_known(result):
        style.explain_empty(axes, "the series of this run do not contain troops")
        return
    levels = (
        result.bands(["troops"], [0.5], time_series.periods_per_point(result))[0.5]
        .to_numpy()
        .reshape(len(result.theories), -1)
    )
    agree = np.allclose(levels, levels[0])
    names = ["under every theory"] if agree else result.theories
    for number, (level, name) in enumerate(zip(levels, names, strict=False)):
        mark, when = style.look(number), time_series.middles(result, level.size)
        axes.plot(when, level, color=mark.color, linestyle=mark.line, linewidth=1.8, label=name)
    axes.set_ylim(bottom=0.0)
    axes.grid(visible=True)


def _marks(axes: Axes, days: list[float], result: "Result") -> None:
    """Draw a strip of dates with the numbers of the entries; entries close together share one label."""
    time_series.date_axis(axes, result)
    axes.set(ylim=(0, 1), yticks=[])
    axes.spines["left"].set_visible(False)
    style.label(axes, f"date, from {time_series.first_date(result)} to {time_series.last_date(result)}")
    horizon = result.manifest["request"]["horizon"]
    for group in _close([day for day in days if day <= horizon], CLOSE * horizon):
        first, last = days.index(group[0]) + 1, days.index(group[-1]) + days.count(group[-1])
        at = [time_series.day_number(result, day) for day in group]
        axes.vlines(at, 0.0, 0.35, color=style.INK, linewidth=1.4, clip_on=False)
        numbers = str(first) if first == last else f"{first}{DASH}{last}"
        axes.text(at[0], 0.45, numbers, ha="left" if group[0] == 0 else "center", va="bottom", fontweight="bold")


def _close(days: list[float], apart: float) -> list[list[float]]:
    """Group days so that the first days of groups lie at least `apart` days from one another."""
    groups: list[list[float]] = []
    for day in days:
        if groups and day - groups[-1][0] < apart:
            groups[-1].append(day)
        else:
            groups.append([day])
    return groups
