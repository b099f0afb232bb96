"""Observer of a run: the day just simulated, and windows over earlier days for the ladder."""

from collections import deque
from typing import TYPE_CHECKING

import numpy as np

from agents.ensemble.axis import Count, Flag, Quantity
from agents.ensemble.verbs import first_of, gathered
from agents.mechanisms.war import DIRECT_WAR

if TYPE_CHECKING:
    from agents.iraq import Iraq
    from agents.settlement import Settled

TOP = 7  # highest rung of the ladder

QUIET = 1e-6  # rounding error of a running sum whose terms have all left the window

WINDOWS = {
    "attacks_week": 7,
    "attacks_month": 30,
    "strikes": 14,
    "us_deaths": 14,
    "us_wounded": 14,
    "militants_killed": 14,
    "commanders_killed": 14,
    "iranian_strikes": 14,
}


class Observer:
    """Observer of one run, without any effect on the model."""

    def __init__(self, iraq: "Iraq") -> None:
        self.iraq = iraq
        self.sums: dict[str, Quantity] = {}
        self.windows: dict[str, deque[Quantity]] = {}
        self.level: Count = np.zeros(len(iraq.axis), dtype=int)
        rate = iraq.axis.full(iraq.start.attack_rate * self.share_on_bases())
        for name, days in WINDOWS.items():
            steps = max(1, round(days / iraq.step_days))
            value = rate * iraq.step_days if name.startswith("attacks") else iraq.axis.full(0.0)
            self.windows[name] = deque([value] * steps, maxlen=steps)
            self.sums[name] = value * steps

    def share_on_bases(self) -> Quantity:
        """Share of attacks before the start that fell on bases and diplomatic sites."""
        us = self.iraq.us_forces.shows()
        lately = gathered(faction.lately_on_bases(us) for faction in self.iraq.factions)
        return lately / np.maximum(gathered(faction.memory for faction in self.iraq.factions), 1e-12)

    @property
    def settled(self) -> "Settled":
        """Events of the day just simulated."""
        assert self.iraq.settled is not None, "nothing is settled before the first step"
        return self.iraq.settled

    @property
    def days(self) -> float:
        """Length of a step [days]."""
        return self.iraq.step_days

    def remember(self) -> None:
        """Add the day just simulated to the windows of the ladder."""
        settled, iran = self.settled, self.iraq.iran
        deaths = settled.deaths
        today = {
            "attacks_week": settled.base_attacks,
            "attacks_month": settled.base_attacks,
            "strikes": settled.strikes,
            "us_deaths": deaths["us_in_attacks"] + deaths["us_in_iranian_strikes"],
            "us_wounded": settled.us_wounded,
            "militants_killed": deaths["militants_in_us_strikes"],
            "commanders_killed": settled.commanders_killed,
            "iranian_strikes": iran.strikes_on_us,
        }
        for name, value in today.items():
            self.sums[name] = self.sums[name] + value - self.windows[name][0]
            self.windows[name].append(value)
        self.level = self._rung()

    def _rung(self) -> Count:
        """Level of escalation today, 0-7 (after Kahn 1965); an observation that drives nothing.

        0 quiet for 30 days; 1 any attack on a base in 30 days; 2 two in 7; 3 a US strike or five wounded Americans in
        14; 4 a US death or eight militants killed in 14; 5 a commander killed or three strikes in 14; 6 an Iranian
        strike on US sites in 14; 7 direct war and fifty attacks in a week.
        """
        at_war = self.iraq.region.regime == DIRECT_WAR
        return first_of(
            [
                (at_war & self._reached("attacks_week", 50), TOP),
                (self._reached("iranian_strikes", 1), 6),
                (self._reached("commanders_killed", 1) | self._reached("strikes", 3), 5),
                (self._reached("us_deaths", 1) | self._reached("militants_killed", 8), 4),
                (self._reached("strikes", 1) | self._reached("us_wounded", 5), 3),
                (self._reached("attacks_week", 2), 2),
                (self.sums["attacks_month"] > QUIET, 1),
            ],
            np.zeros(len(self.iraq.axis), dtype=int),
        )

    def _reached(self, name: str, threshold: float) -> Flag:
        return self.sums[name] >= threshold - QUIET
