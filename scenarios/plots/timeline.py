"""Troops over time above the timeline of what policy and the world bring, in words."""

from typing import TYPE_CHECKING

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from scenarios.config import policy
from scenarios.config.policy import Policy
from scenarios.config.shocks import Shock
from scenarios.plots import time_series
from scenarios.plots.captions import caption, known
from scenarios.plots.style import INK, blank, finish, keys_of, label, look, nothing, styled, thousands, title, wrapped
from scenarios.store.typed import read
from scenarios.text import DASH, name_of, proper

if TYPE_CHECKING:
    from scenarios.runs.result import Result

CLOSE = 0.08  # share of the horizon within which two labels would touch


@styled
def strip(result: "Result") -> Figure:
    """US troops by theory over time; below, numbered by date, the levers and dated shocks of the run in words."""
    told = timeline(result)
    figure = blank(3.5)
    troops, marks = figure.subplots(2, 1, height_ratios=[3.0, 1.3])
    _troops(troops, result)
    _marks(marks, [day for day, _ in told], result)
    lines = [wrapped(number, time_series.when(result, day), said) for number, (day, said) in enumerate(told, start=1)]
    said = "Troops: median over replications. Numbers on the strip are those of the sentences below it."
    keys = keys_of([troops]) if len(troops.lines) > 1 else []
    return finish(figure, f"{name_of(result.scenario)}: US troops and timeline", caption(result, said), keys, lines)


def timeline(result: "Result") -> list[tuple[float, str]]:
    """Levers and dated shocks of a run as (day, sentence), in order of time, as its manifest has them."""
    asked = result.manifest["request"]
    shocks = read(tuple[Shock, ...], [*asked["scenario"]["shocks"], *asked["world"]["shocks"]])
    told = policy.said(read(Policy, asked["scenario"]["policy"]), time_series.began(result))
    told += [(each.at, str(each)) for each in shocks if each.at is not None]
    return sorted(((day, proper(said)) for day, said in told), key=lambda each: each[0])


def _troops(axes: Axes, result: "Result") -> None:
    """One line where all theories agree, else a line a theory."""
    time_series.dated(axes, result)
    title(axes, f"US troops in Iraq, n = {known(result):,} under each theory", wrap=80)
    label(axes, "", "US troops [troops]")
    axes.tick_params(labelbottom=False)
    thousands(axes.yaxis)
    if "troops" not in result.series_names() or not known(result):
        nothing(axes, "troops do not stand in the series of this run")
        return
    levels = (
        result.bands(["troops"], [0.5], time_series.merged(result))[0.5].to_numpy().reshape(len(result.theories), -1)
    )
    agree = np.allclose(levels, levels[0])
    names = ["under every theory"] if agree else result.theories
    for number, (level, name) in enumerate(zip(levels, names, strict=False)):
        how, when = look(number), time_series.middles(result, level.size)
        axes.plot(when, level, color=how.color, linestyle=how.line, linewidth=1.8, label=name)
    axes.set_ylim(bottom=0.0)
    axes.grid(visible=True)


def _marks(axes: Axes, days: list[float], result: "Result") -> None:
    """A strip of dates with the numbers of what falls on them; those close together share one."""
    time_series.dated(axes, result)
    axes.set(ylim=(0, 1), yticks=[])
    axes.spines["left"].set_visible(False)
    label(axes, f"date, from {time_series.began(result)} to {time_series.ended(result)}")
    horizon = result.manifest["request"]["horizon"]
    for group in _close([day for day in days if day <= horizon], CLOSE * horizon):
        first, last = days.index(group[0]) + 1, days.index(group[-1]) + days.count(group[-1])
        at = [time_series.day(result, day) for day in group]
        axes.vlines(at, 0.0, 0.35, color=INK, linewidth=1.4, clip_on=False)
        said = str(first) if first == last else f"{first}{DASH}{last}"
        axes.text(at[0], 0.45, said, ha="left" if group[0] == 0 else "center", va="bottom", fontweight="bold")


def _close(days: list[float], apart: float) -> list[list[float]]:
    """Days in groups, none of which begins before the last group is far enough behind."""
    groups: list[list[float]] = []
    for day in days:
        if groups and day - groups[-1][0] < apart:
            groups[-1].append(day)
        else:
            groups.append([day])
    return groups
