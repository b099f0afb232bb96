"""Histories put together by hand, of which it is known what a check must find in them."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from types import SimpleNamespace
from typing import Any

import numpy as np

from scenarios.evidence.parameters import start
from scenarios.validation.histories import HISTORIES, Lived

Numbers = np.ndarray
MONTH = 30.4375


@dataclass(frozen=True)
class Constructed(Lived):
    """A history whose series, draws and starting troops are given."""

    by_day: Mapping[str, Numbers] = field(default_factory=dict)
    drawn: Mapping[str, Numbers] = field(default_factory=dict)
    against: "Constructed | None" = None

    @property
    def baseline(self) -> Lived:
        """The history beside it."""
        assert self.against is not None
        return self.against

    def daily(self, outcome: str) -> Numbers:
        """(replications, days)."""
        return self.by_day[outcome]

    def parameter(self, name: str) -> Any:
        """One value a replication."""
        return self.drawn[name]


def history(run: str, states: Mapping[str, Any] | None = None, **series: Numbers) -> Constructed:
    """A history of the name of one that checks look at, with series of its own."""
    of = HISTORIES[run]
    manifest = {
        "as_of": start(of.start).date,
        "request": {"horizon": of.horizon, "start": {"states": states or {}}},
    }
    return Constructed(SimpleNamespace(manifest=manifest), 0, by_day=series)


def steady(run: str, value: float = 0.0, replications: int = 10) -> Numbers:
    """The same value every day, (replications, days)."""
    return np.full((replications, HISTORIES[run].horizon), float(value))


def days(run: str) -> Numbers:
    """Number of each day."""
    return np.arange(HISTORIES[run].horizon)


def stepped(run: str, before: float, after: float, when: Callable[[Constructed], int]) -> Numbers:
    """One value up to a day and another from it on."""
    return np.where(days(run) < when(history(run)), before, after) + steady(run)


def in_so_many(run: str, share: float, day: int, replications: int = 100) -> Numbers:
    """One event on a day, in a share of the replications."""
    found = steady(run, 0.0, replications)
    found[: round(share * replications), day] = 1.0
    return found
