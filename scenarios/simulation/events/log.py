"""Event log of one replication: its events in order, and the lookups that find their causes."""

from collections.abc import Iterable
from dataclasses import dataclass, field

import numpy as np

ROOT = 0  # the event of the state of the world at the start, the cause of events without a nearer one

STANDING = "standing motive"

RECENT = 200  # events of a kind that are searched for a cause

FORGOTTEN = 6.0  # time constants after which an event no longer counts as a cause


@dataclass(frozen=True)
class Event:
    """One dated event."""

    number: int
    day: float
    kind: str
    actor: str
    place: str
    size: float
    cause: int | None  # number of an earlier event; None for external events
    reason: str


@dataclass
class EventLog:
    """Events of one replication."""

    replication: int
    events: list[Event] = field(default_factory=list)
    latest: dict[str, int] = field(default_factory=dict)
    by_key: dict[str, list[int]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.record(0.0, "start", "world", None, "the state of the world at the as-of date")

    def record(
        self, day: float, kind: str, actor: str, cause: int | None, reason: str, place: str = "", size: float = 1.0
    ) -> int:
        """Add an event; returns its number."""
        number = len(self.events)
        self.events.append(Event(number, day, kind, actor, place, size, cause, reason))
        self.latest[kind] = number
        for key in (kind, f"{kind}/{actor}", f"{kind}@{place}"):
            self.by_key.setdefault(key, []).append(number)
        return number

    def last(self, kinds: Iterable[str]) -> int | None:
        """Latest event of several kinds; None if there is none."""
        numbers = [self.latest[kind] for kind in kinds if kind in self.latest]
        return max(numbers) if numbers else None

    def last_or_root(self, kinds: Iterable[str]) -> int:
        """Latest event of several kinds, else the start."""
        number = self.last(kinds)
        return ROOT if number is None else number

    def cause(self, kinds: Iterable[str], reason: str) -> tuple[int, str]:
        """Latest event of several kinds with a reason; else the start and a standing motive."""
        number = self.last(kinds)
        return (ROOT, STANDING) if number is None else (number, reason)

    def today(self, kind: str, day: float, places: Iterable[str]) -> int | None:
        """Latest event of a kind on a day in some places; None if there is none."""
        at = set(places)
        recent = reversed(self.by_key.get(kind, []))
        return next((n for n in recent if self.events[n].day == day and self.events[n].place in at), None)

    def one_of(self, key: str, day: float, memory: float, luck: float) -> int:
        """Earlier event of a kind, drawn in proportion to size and recency; the start if none is recent."""
        recent = [self.events[number] for number in self.by_key.get(key, [])[-RECENT:]]
        fresh = [each for each in recent if day - each.day <= FORGOTTEN * memory]
        if not fresh:
            return ROOT
        weights = np.array([each.size * np.exp(-(day - each.day) / memory) for each in fresh])
        chosen = int(np.searchsorted(np.cumsum(weights) / weights.sum(), luck, side="right"))
        return fresh[min(chosen, len(fresh) - 1)].number
