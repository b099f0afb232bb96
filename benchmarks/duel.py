"""Small conflict in two models: a plain Mesa model per replication, and one ensemble of all replications."""

import math
import time

import mesa
import numpy as np

from agents.ensemble.axis import Axis
from agents.ensemble.luck import Luck
from agents.ensemble.state import EnsembleAgent
from agents.ensemble.verbs import fade, happens, occurrences, within
from agents.mechanisms.contagion import excited

FACTIONS, BASE, CONTAGION, DECAY, FEAR, HAZARD = 30, 0.1, 0.4, 4.0, 0.5, 0.02  # illustrative; no evidence about Iraq


class PlainFaction(mesa.Agent):
    """Faction in one replication, with numbers for state."""

    def __init__(self, model: mesa.Model) -> None:
        super().__init__(model)
        self.memory = self.fear = 0.0

    def step(self) -> None:
        """Attack, be struck, remember."""
        rate = (BASE + CONTAGION * self.memory) * math.exp(-self.fear)
        attacks = self.model.rng.poisson(rate)
        retained = math.exp(-1.0 / DECAY)
        self.memory = self.memory * retained + attacks * (1.0 - retained)
        struck = self.model.rng.random() < -math.expm1(-HAZARD * attacks)
        self.fear = self.fear * math.exp(-1.0 / 75.0) + FEAR * struck


class Plain(mesa.Model):
    """Plain Mesa model of one replication."""

    def __init__(self, seed: int) -> None:
        super().__init__(rng=seed)
        for _ in range(FACTIONS):
            PlainFaction(self)

    def step(self) -> None:
        """Simulate one day."""
        self.agents.shuffle_do("step")


class Many(EnsembleAgent):
    """Faction in all replications."""

    def __init__(self, model: "Together", name: str) -> None:
        super().__init__(model, name)  # type: ignore[arg-type]
        self.memory = self.fear = self.none()

    def step(self) -> None:
        """Attack, be struck, remember."""
        rate = (BASE + CONTAGION * self.memory) * np.exp(-self.fear)
        attacks = occurrences(rate, self.luck("attack"))
        self.memory = excited(self.memory, attacks, DECAY, 1.0)
        struck = happens(within(HAZARD * attacks, 1.0), self.luck("struck"))
        self.fear = fade(self.fear, 75.0, 1.0) + FEAR * struck


class Together(mesa.Model):
    """Ensemble model of all replications."""

    def __init__(self, replications: int) -> None:
        super().__init__(rng=0)
        self.axis, self.step_days = Axis.crossing(range(replications)), 1.0
        self.luck = Luck(1, self.axis)
        for number in range(FACTIONS):
            Many(self, f"faction {number}")

    def step(self) -> None:
        """Simulate one day."""
        self.luck.turn_to(self.steps)
        self.agents.do("step")


def duel(replications: int, days: int) -> tuple[float, float]:
    """Measure seconds of plain Mesa and of the ensemble for the same replications and days."""
    return _plain(replications, days), _together(replications, days)


def _plain(replications: int, days: int) -> float:
    began = time.perf_counter()
    for seed in range(replications):
        model = Plain(seed)
        for _ in range(days):
            model.step()
    return time.perf_counter() - began


def _together(replications: int, days: int) -> float:
    began = time.perf_counter()
    model = Together(replications)
    for _ in range(days):
        model.step()
    return time.perf_counter() - began
