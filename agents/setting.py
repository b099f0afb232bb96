"""Inputs of a run: levers, circumstances, calendar, assumptions, seed of luck."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol

from agents.ensemble.axis import Axis
from agents.parameters import Assumed
from agents.parameters.start import StartState

FREE = -1  # the regional regime is left to chance


@dataclass(frozen=True, kw_only=True)
class Levers:
    """Levers of policy today; numbers, or one value per replication."""

    troops: Any  # share of the starting troops at each troop site, (sites,) or (replications, sites)
    promised: Any  # share of the starting troops at which the announced path ends; 1 where no cut is announced
    enablers: Any = 1.0  # US air power, intelligence and support, 1 at the start
    credibility: Any = 0.0  # of an exit timetable, [0, 1]
    lately_due: Any = 0.0  # 1 while a promised date that has passed is fresh
    announced: Any = 0.0  # 1 on the day of an announcement
    retaliation: Any = 0.0  # shift of the log rate of US strikes
    disarmament: Any = 0.0  # effort to disarm militias, [0, 1]
    detente: Any = 0.0  # US-Iran understanding, [0, 1]
    pressure: Any = 0.0  # least pressure to expel US troops
    sanctions: Any = 0.0  # 1 while US sanctions for an expulsion are in force
    embassy: Any = 1.0  # 1 while the embassy is open


@dataclass(frozen=True, kw_only=True)
class Today:
    """Everything that enters the model from outside on one day."""

    levers: Levers
    regime: Any = FREE  # forced regional regime, or FREE
    intensity: Any = 1.0  # of a proxy war, one as in the Gaza war
    shocks: Mapping[str, Any] = field(default_factory=dict)
    ramadan: float = 0.0  # share of the step in Ramadan
    election: float = 0.0  # 1 if Iraq votes
    us_vote_near: float = 0.0  # 1 while a coming US presidential vote freezes decisions
    administrations: float = 0.0  # 1 once a new US administration has taken office since the start
    years_since_2019: float = 0.0  # years since mid-2019, for the drift of weapons

    def shock(self, name: str) -> Any:
        """Size of a shock today; zero where it does not strike."""
        return self.shocks.get(name, 0.0)


class Course(Protocol):
    """Policy and circumstances over time, day by day."""

    def today(self, model: Any) -> Today:
        """Everything that holds in the coming step; it may depend on all that has happened in the model so far."""


@dataclass(frozen=True, kw_only=True)
class Setting:
    """One scenario for one ensemble."""

    axis: Axis
    seed: int
    step_days: float
    closed_loop: bool
    assumed: Assumed
    start: StartState
    course: Course
