"""The story of one replication: its events over time, in lanes, the largest of them in words."""

from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from scenarios.errors import RequestError
from scenarios.narrative.phrases import said
from scenarios.plots import time_series
from scenarios.plots.captions import caption
from scenarios.plots.style import INK, Told, blank, finish, label, look, nothing, styled, wrapped
from scenarios.simulation.events.log import Event
from scenarios.text import name_of

if TYPE_CHECKING:
    from scenarios.runs.result import Result

MOST = 14  # events that are told in words

CLOSE = 0.033  # share of the horizon within which two numbers would touch

RAISED = 0.24  # of the height of a lane, by which numbers stand above or below it


class Lane(NamedTuple):
    """Kinds of events that are drawn together."""

    name: str
    kinds: tuple[str, ...]
    weight: int  # how soon its events are told in words; 0 never


LANES = (
    Lane("region", ("war_begins", "war_widens", "war_changes", "war_ends"), 6),
    Lane("US policy", ("announcement", "troops_cut", "enablers_cut", "deadline_passed", "early_exit", "surge"), 5),
    Lane("US strikes", ("us_strike", "commander_killed"), 4),
    Lane("attacks on US", ("attack", "lethal_attack"), 3),
    Lane("Iran", ("iran_pushes", "iran_restrains", "envoy_visit", "iranian_strike"), 2),
    Lane("Baghdad", ("election", "cabinet_falls", "cabinet_formed", "round_ahead", "negotiation_round",
                     "expulsion_vote", "expulsion_complied", "timetable_agreed", "pause_begins", "pause_ends"), 3),
    Lane("Iraqi clashes", ("intra_shia_clash", "kurdish_clash", "kurdish_campaign", "confrontation",
                           "civil_war_begins", "army_collapses"), 4),
    Lane("ISIS", ("isis_mass_attack", "isis_resurges"), 2),
    Lane("other targets", ("attack_on_others",), 0),
    Lane("other", (), 7),
)  # fmt: skip

COMMON = ("attack", "attack_on_others", "round_ahead", "negotiation_round", "envoy_visit", "pause_begins", "pause_ends")

LANE_OF = {kind: number for number, lane in enumerate(LANES) for kind in lane.kinds}


@styled
def story(result: "Result", replication: int, events: pd.DataFrame | None = None) -> Figure:
    """The events of one replication in lanes over time, the weightiest numbered and told, each with what led to it.

    events   those of the replication, if they do not stand in the folder (as of a medoid that is lived again)
    """
    found = _events(result, replication, events)
    told = weightiest(found)
    lanes = [number for number in range(len(LANES)) if (found["lane"] == number).any()] or [0]
    figure = blank(0.42 * len(lanes) + 0.85)
    axes = figure.subplots()
    _lanes(axes, found, lanes, result)
    _numbers(axes, found, told, lanes, result)
    lines = [_sentence(number, at, found, result) for number, at in enumerate(told, start=1)]
    theory = result.theories[replication % len(result.theories)]
    heading = f"{name_of(result.scenario)}, {theory}: replication {replication:,}"
    note = "One replication of many: it shows how the model reasons, not what will happen. A tick is one event."
    return finish(figure, heading, caption(result, note), told=lines)


def _events(result: "Result", replication: int, events: pd.DataFrame | None) -> pd.DataFrame:
    """Events of a replication by their numbers, without the start, each with its lane."""
    every = result.events if events is None else events
    found = every[every["replication"] == replication].set_index("event")
    if found.empty:
        there = sorted(every["replication"].unique())
        raise RequestError(
            f"the events of replication {replication} are not recorded in {result.scenario}; those of "
            f"{', '.join(map(str, there[:8]))}{', ...' if len(there) > 8 else ''} are. Run with a larger record.events."
        )
    lane = found["kind"].map(LANE_OF).fillna(len(LANES) - 1).astype(int)
    return found.assign(lane=lane)[found["kind"] != "start"]


def weightiest(found: pd.DataFrame, most: int = MOST) -> list[int]:
    """Numbers of the events that are told in words, in order of time: the rare and the grave first."""
    weight = found["lane"].map(dict(enumerate(lane.weight for lane in LANES)))
    often = found.groupby("kind")["kind"].transform("size") if len(found) else weight
    rare = found.assign(weight=weight / np.sqrt(np.maximum(often, 1)))
    chosen = rare[~rare["kind"].isin(COMMON) & (rare["weight"] > 0)].nlargest(most, ["weight", "size"], keep="first")
    return sorted(chosen.index)


def _sentence(number: int, at: int, found: pd.DataFrame, result: "Result") -> Told:
    """An event with the one that led to it, or its motive."""
    event = found.loc[at]
    cause, told = event["cause"], said(_event(found, at))
    if pd.notna(cause) and int(cause) in found.index:
        days = event["day"] - found.loc[int(cause), "day"]
        told += f", {f'{days:.0f} days after' if days else 'on the day when'} {said(_event(found, int(cause)))}"
    return wrapped(number, time_series.when(result, event["day"]), f"{told} ({event['reason']})")


def _event(found: pd.DataFrame, at: int) -> Event:
    """An event as it is put into words, where its cause is told apart."""
    row = found.loc[at]
    day, kind, actor, place, size = (row[each] for each in ("day", "kind", "actor", "place", "size"))
    return Event(at, day, kind, actor, place, size, cause=None, reason="")


def _lanes(axes: Axes, found: pd.DataFrame, lanes: list[int], result: "Result") -> None:
    time_series.dated(axes, result, ticks=7)
    axes.set_xlim(time_series.day(result, -CLOSE * result.manifest["request"]["horizon"]))
    for row, number in enumerate(lanes):
        days = found.loc[found["lane"] == number, "day"].to_numpy()
        at = np.array([time_series.day(result, each) for each in days])
        axes.vlines(at, row - 0.3, row + 0.3, color=look(0).color, linewidth=1.1, alpha=0.85)
    names = [f"{LANES[number].name}, n = {int((found['lane'] == number).sum()):,}" for number in lanes]
    axes.set_yticks(range(len(lanes)), names)
    axes.set_ylim(len(lanes) - 0.45, -0.8)
    axes.tick_params(axis="y", length=0)
    axes.grid(visible=True, axis="x")
    label(axes, "date", "[events]")
    if found.empty:
        nothing(axes, "no event")


def _numbers(axes: Axes, found: pd.DataFrame, told: list[int], lanes: list[int], result: "Result") -> None:
    """Marks with the numbers of the events that are told; those that would touch stand above and below their lane."""
    apart = CLOSE * result.manifest["request"]["horizon"]
    days, rows = found.loc[told, "day"], found.loc[told, "lane"].map(lanes.index)
    taken: dict[tuple[int, float], float] = {}
    for number, (day, row) in enumerate(zip(days, rows, strict=True), start=1):
        crowded = (days[rows == row] - day).abs().lt(apart).sum() > 1
        free = {level: taken.get((row, level), -apart) + apart for level in ((-RAISED, RAISED) if crowded else (0.0,))}
        level = min(free, key=free.__getitem__)
        taken[row, level] = at = max(day, free[level])
        mark = {"x": time_series.day(result, at), "y": row + level}
        axes.plot(mark["x"], mark["y"], marker="o", markersize=12, color="#ffffff", markeredgecolor=INK, zorder=4)
        axes.text(**mark, s=str(number), ha="center", va="center", fontsize=8.5, zorder=5)
