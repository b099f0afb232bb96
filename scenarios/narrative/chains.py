"""Causal chains in one replication: origins, the events that follow from them, and the chain to the gravest."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

import pandas as pd

from scenarios.simulation.events.log import ROOT, Event

BEFORE = " since before the start"

GRAVEST = (  # in the order of the ladder of escalation, then events without a rung
    "civil_war_begins", "iranian_strike@us_sites", "commander_killed", "lethal_attack", "us_strike", "iranian_strike",
    "kurdish_campaign",
    "army_collapses", "intra_shia_clash", "kurdish_clash", "isis_resurges", "expulsion_complied", "expulsion_vote",
    "timetable_agreed", "cabinet_falls",
)  # fmt: skip


@dataclass(frozen=True)
class Origin:
    """Origin of chains: an event without a cause in the run, or the state at the start, by reason."""

    event: Event | None  # None for the state at the start
    reason: str
    followed: tuple[Event, ...]  # every event that follows from it, itself excluded


class Chains:
    """Events of one replication with their causes."""

    def __init__(self, events: Iterable[Event]) -> None:
        self.events = {event.number: event for event in events}

    @classmethod
    def of(cls, frame: pd.DataFrame) -> "Chains":
        """Read the chains from the rows of one replication in an event log."""
        rows = frame.sort_values("event").to_dict("records")
        return cls(_event(row) for row in rows)

    @cached_property
    def origins(self) -> list[Origin]:
        """Origins by the number of events that follow from them, most first."""
        followed: dict[tuple[int, str], list[Event]] = {}
        origin_of: dict[int, tuple[int, str]] = {}
        for number, event in self.events.items():
            cause = event.cause
            if cause is None:
                origin_of[number] = (number, event.reason)
                continue
            key = (ROOT, event.reason.removesuffix(BEFORE)) if cause == ROOT else origin_of[cause]
            origin_of[number] = key
            followed.setdefault(key, []).append(event)
        origins = [
            Origin(None if number == ROOT else self.events[number], reason, tuple(events))
            for (number, reason), events in followed.items()
        ]
        return sorted(origins, key=lambda origin: (-len(origin.followed), origin.followed[0].number))

    def line_to(self, event: Event) -> list[Event]:
        """Events that lead to one, from the first cause to itself, without the start."""
        line = [event]
        while line[0].cause:  # neither None nor the start
            line.insert(0, self.events[line[0].cause])
        return line

    def of_kind(self, *kinds: str) -> list[Event]:
        """Events of some kinds, in order."""
        return [event for event in self.events.values() if event.kind in kinds]


def numbers(events: Iterable[Event]) -> tuple[int, ...]:
    """Numbers of events, in order."""
    return tuple(sorted(event.number for event in events))


def gravest(events: Sequence[Event]) -> Event | None:
    """Event highest on the ladder, then the largest, then the first; None if no event has a rank."""
    ranked = [event for event in events if event.kind in GRAVEST]
    return min(ranked, key=lambda event: (_rank(event), -event.size, event.number), default=None)


def _rank(event: Event) -> int:
    with_place = f"{event.kind}@{event.place}"
    return GRAVEST.index(with_place if with_place in GRAVEST else event.kind)


def _event(row: dict[str, object]) -> Event:
    cause = row["cause"]
    fields = {name: row[name] for name in ("day", "kind", "actor", "place", "size", "reason")}
    return Event(number=int(row["event"]), cause=None if pd.isna(cause) else int(cause), **fields)  # type: ignore[arg-type, call-overload]
