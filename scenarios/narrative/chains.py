"""Causal chains in one replication: origins, the events that go back to them, and the line to the gravest."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

import pandas as pd

from scenarios.simulation.events.log import ROOT, Event

BEFORE = " since before the start"

GRAVEST = (  # the order of the ladder of escalation, then of what has no rung
    "civil_war_begins", "iranian_strike@us_sites", "commander_killed", "lethal_attack", "us_strike", "iranian_strike",
    "kurdish_campaign",
    "army_collapses", "intra_shia_clash", "kurdish_clash", "isis_resurges", "expulsion_complied", "expulsion_vote",
    "timetable_agreed", "cabinet_falls",
)  # fmt: skip


@dataclass(frozen=True)
class Origin:
    """Where chains begin: an event without a cause in the run, or the state at the start, by reason."""

    event: Event | None  # None for what stood at the start
    reason: str
    followed: tuple[Event, ...]  # every event that goes back to it, itself left out


class Chains:
    """The events of one replication with their causes."""

    def __init__(self, events: Iterable[Event]) -> None:
        self.events = {each.number: each for each in events}

    @classmethod
    def of(cls, frame: pd.DataFrame) -> "Chains":
        """From rows of an events table of one replication."""
        rows = frame.sort_values("event").to_dict("records")
        return cls(_event(row) for row in rows)

    @cached_property
    def origins(self) -> list[Origin]:
        """Origins by how many events go back to them, most first."""
        begun: dict[tuple[int, str], list[Event]] = {}
        beginning: dict[int, tuple[int, str]] = {}
        for number, event in self.events.items():
            cause = event.cause
            if cause is None:
                beginning[number] = (number, event.reason)
                continue
            key = (ROOT, event.reason.removesuffix(BEFORE)) if cause == ROOT else beginning[cause]
            beginning[number] = key
            begun.setdefault(key, []).append(event)
        found = [Origin(self.events[n] if n != ROOT else None, why, tuple(all_)) for (n, why), all_ in begun.items()]
        return sorted(found, key=lambda each: (-len(each.followed), each.followed[0].number))

    def line_to(self, event: Event) -> list[Event]:
        """The events that lead to one, first cause first, itself last; the start is left out."""
        line = [event]
        while line[0].cause:  # neither None nor the start
            line.insert(0, self.events[line[0].cause])
        return line

    def of_kind(self, *kinds: str) -> list[Event]:
        """Events of some kinds, in order."""
        return [each for each in self.events.values() if each.kind in kinds]


def numbers(events: Iterable[Event]) -> tuple[int, ...]:
    """Numbers of events, in order."""
    return tuple(sorted(each.number for each in events))


def gravest(events: Sequence[Event]) -> Event | None:
    """The event highest on the ladder, the largest of its kind, the first of its size; None where none has a rung."""
    ranked = [each for each in events if each.kind in GRAVEST]
    return min(ranked, key=lambda each: (_rank(each), -each.size, each.number), default=None)


def _rank(event: Event) -> int:
    exactly = f"{event.kind}@{event.place}"
    return GRAVEST.index(exactly if exactly in GRAVEST else event.kind)


def _event(row: dict[str, object]) -> Event:
    cause = row["cause"]
    known = {name: row[name] for name in ("day", "kind", "actor", "place", "size", "reason")}
    return Event(number=int(row["event"]), cause=None if pd.isna(cause) else int(cause), **known)  # type: ignore[arg-type, call-overload]
