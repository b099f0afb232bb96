"""Histories constructed by hand, for which the result of a check is known."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from types import SimpleNamespace
from typing import Any

import numpy as np

from scenarios.evidence.parameters import start
from scenarios.validation.histories import HISTORIES, SimulatedHistory

Numbers = np.ndarray
MONTH = 30.4375


@dataclass(frozen=True)
class Constructed(SimulatedHistory):
    """History whose series, draws and starting troops are given."""

    by_day: Mapping[str, Numbers] = field(default_factory=dict)
    drawn: Mapping[str, Numbers] = field(default_factory=dict)
    against: "Constructed | None" = None

    @property
    def baseline(self) -> SimulatedHistory:
        """Baseline of the history."""
        assert self.against is not None
        return self.against

    def daily(self, outcome: str) -> Numbers:
        """Values of an outcome by day, (replications, days)."""
        return self.by_day[outcome]

    def parameter(self, name: str) -> Any:
        """Drawn values of a parameter, one per replication."""
        return self.drawn[name]


def history(run: str, states: Mapping[str, Any] | None = None, **series: Numbers) -> Constructed:
    """Construct a history under the name of one that checks read, with given series."""
    declared = HISTORIES[run]
    manifest = {
        "as_of": start(declared.start).date,
        "request": {"horizon": declared.horizon, "start": {"states": states or {}}},
    }
    return Constructed(SimpleNamespace(manifest=manifest), 0, by_day=series)


def steady(run: str, value: float = 0.0, replications: int = 10) -> Numbers:
    """Repeat one value every day, (replications, days)."""
    return np.full((replications, HISTORIES[run].horizon), float(value))


def days(run: str) -> Numbers:
    """Number of each day."""
    return np.arange(HISTORIES[run].horizon)


def stepped(run: str, before: float, after: float, when: Callable[[Constructed], int]) -> Numbers:
    """Repeat one value up to a day and another from that day on."""
    return np.where(days(run) < when(history(run)), before, after) + steady(run)


def in_so_many(run: str, share: float, day: int, replications: int = 100) -> Numbers:
    """Place one event on a day in a share of the replications."""
    series = steady(run, 0.0, replications)
    series[: round(share * replications), day] = 1.0
    return series
