"""Events of one replication over time, in lanes, the most important of them described in sentences."""

from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from scenarios.errors import RequestError
from scenarios.narrative.phrases import clause
from scenarios.plots import style, time_series
from scenarios.plots.captions import caption
from scenarios.simulation.events.log import Event
from scenarios.text import name_of

if TYPE_CHECKING:
    from scenarios.runs.result import Result

MOST = 14  # events that are described

CLOSE = 0.033  # share of the horizon within which two numbers would touch

RAISED = 0.24  # share of the height of a lane by which numbers stand above or below its middle


class Lane(NamedTuple):
    """Kinds of events that are drawn together."""

    name: str
    kinds: tuple[str, ...]
    weight: int  # priority with which its events are described; 0 never


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


@style.styled
def story(result: "Result", replication: int, events: pd.DataFrame | None = None) -> Figure:
    """Events of one replication in lanes over time, the most important numbered and described with their causes.

    events   events of the replication, if the folder does not have them (as of an exemplar that is simulated again)
    """
    logged = _events(result, replication, events)
    described = weightiest(logged)
    lanes = [number for number in range(len(LANES)) if (logged["lane"] == number).any()] or [0]
    figure = style.blank(0.42 * len(lanes) + 0.85)
    axes = figure.subplots()
    _lanes(axes, logged, lanes, result)
    _numbers(axes, logged, described, lanes, result)
    notes = [_note(number, at, logged, result) for number, at in enumerate(described, start=1)]
    theory = result.theories[replication % len(result.theories)]
    heading = f"{name_of(result.scenario)}, {theory}: replication {replication:,}"
    warning = "One replication of many: it shows how the model reasons, not what will happen. A tick is one event."
    return style.finish(figure, heading, caption(result, warning), notes=notes)


def _events(result: "Result", replication: int, events: pd.DataFrame | None) -> pd.DataFrame:
    """Events of a replication with their lanes, indexed by number, without the start."""
    recorded = result.events if events is None else events
    logged = recorded[recorded["replication"] == replication].set_index("event")
    if logged.empty:
        there = sorted(recorded["replication"].unique())
        raise RequestError(
            f"the events of replication {replication} are not recorded in {result.scenario}; those of "
            f"{', '.join(map(str, there[:8]))}{', ...' if len(there) > 8 else ''} are. Run with a larger record.events."
        )
    lane = logged["kind"].map(LANE_OF).fillna(len(LANES) - 1).astype(int)
    return logged.assign(lane=lane)[logged["kind"] != "start"]


def weightiest(events: pd.DataFrame, most: int = MOST) -> list[int]:
    """Numbers of the events to be described, in order of time; rare and grave events are preferred."""
    weight = events["lane"].map(dict(enumerate(lane.weight for lane in LANES)))
    often = events.groupby("kind")["kind"].transform("size") if len(events) else weight
    rare = events.assign(weight=weight / np.sqrt(np.maximum(often, 1)))
    chosen = rare[~rare["kind"].isin(COMMON) & (rare["weight"] > 0)].nlargest(most, ["weight", "size"], keep="first")
    return sorted(chosen.index)


def _note(number: int, at: int, events: pd.DataFrame, result: "Result") -> style.Footnote:
    """Sentence on an event and its cause, or its motive."""
    event = events.loc[at]
    cause, sentence = event["cause"], clause(_event(events, at))
    if pd.notna(cause) and int(cause) in events.index:
        days = event["day"] - events.loc[int(cause), "day"]
        sentence += f", {f'{days:.0f} days after' if days else 'on the day when'} {clause(_event(events, int(cause)))}"
    return style.numbered_note(number, time_series.date_of(result, event["day"]), f"{sentence} ({event['reason']})")


def _event(events: pd.DataFrame, at: int) -> Event:
    """Event of a row, without its cause, which is described separately."""
    row = events.loc[at]
    day, kind, actor, place, size = (row[name] for name in ("day", "kind", "actor", "place", "size"))
    return Event(at, day, kind, actor, place, size, cause=None, reason="")


def _lanes(axes: Axes, events: pd.DataFrame, lanes: list[int], result: "Result") -> None:
    time_series.date_axis(axes, result, ticks=7)
    axes.set_xlim(time_series.day_number(result, -CLOSE * result.manifest["request"]["horizon"]))
    for row, number in enumerate(lanes):
        days = events.loc[events["lane"] == number, "day"].to_numpy()
        at = np.array([time_series.day_number(result, day) for day in days])
        axes.vlines(at, row - 0.3, row + 0.3, color=style.look(0).color, linewidth=1.1, alpha=0.85)
    names = [f"{LANES[number].name}, n = {int((events['lane'] == number).sum()):,}" for number in lanes]
    axes.set_yticks(range(len(lanes)), names)
    axes.set_ylim(len(lanes) - 0.45, -0.8)
    axes.tick_params(axis="y", length=0)
    axes.grid(visible=True, axis="x")
    style.label(axes, "date", "[events]")
    if events.empty:
        style.explain_empty(axes, "no event")


def _numbers(axes: Axes, events: pd.DataFrame, described: list[int], lanes: list[int], result: "Result") -> None:
    """Mark the described events with their numbers; those that would touch stand above and below their lane."""
    apart = CLOSE * result.manifest["request"]["horizon"]
    days, rows = events.loc[described, "day"], events.loc[described, "lane"].map(lanes.index)
    taken: dict[tuple[int, float], float] = {}
    for number, (day, row) in enumerate(zip(days, rows, strict=True), start=1):
        crowded = (days[rows == row] - day).abs().lt(apart).sum() > 1
        free = {level: taken.get((row, level), -apart) + apart for level in ((-RAISED, RAISED) if crowded else (0.0,))}
        level = min(free, key=free.__getitem__)
        taken[row, level] = at = max(day, free[level])
        mark = {"x": time_series.day_number(result, at), "y": row + level}
        axes.plot(mark["x"], mark["y"], marker="o", markersize=12, color="#ffffff", markeredgecolor=style.INK, zorder=4)
        axes.text(**mark, s=str(number), ha="center", va="center", fontsize=8.5, zorder=5)
