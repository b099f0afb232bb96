"""The guard of agent state: replaced, checked, frozen."""

from itertools import count
from typing import Any
from weakref import WeakKeyDictionary

import mesa
import numpy as np

from agents.ensemble.axis import Count, Quantity
from agents.ensemble.model import EnsembleModel


class Numbering:
    """Counters of the agents of each model, dropped with it; those of Mesa 3.3 keep every model alive."""

    def __init__(self) -> None:
        self._counters: WeakKeyDictionary[mesa.Model, count[int]] = WeakKeyDictionary()

    def __getitem__(self, model: mesa.Model) -> "count[int]":
        """The counter of a model."""
        return self._counters.setdefault(model, count(1))


class EnsembleAgent(mesa.Agent):
    """An agent that acts in every replication of an ensemble at once.

    Its arrays are (replications,) or (replications, units), where a unit is a site or a target. State is replaced,
    never mutated: on assignment an array is checked, copied and made read-only. ValueError for any other shape,
    FloatingPointError for a value that is not finite.
    """

    model: EnsembleModel
    _ids = Numbering()

    def __init__(self, model: EnsembleModel, name: str) -> None:
        super().__init__(model)
        self.name = name

    def __setattr__(self, name: str, value: Any) -> None:
        if isinstance(value, np.ndarray):
            value = self._frozen(name, value)
        super().__setattr__(name, value)

    def _frozen(self, name: str, value: np.ndarray) -> np.ndarray:
        size = len(self.model.axis)
        if value.ndim not in (1, 2) or value.shape[0] != size:
            raise ValueError(
                f"{type(self).__name__}.{name} has shape {value.shape}; agent state has one element "
                f"or one row per replication, ({size},) or ({size}, units)."
            )
        if not np.isfinite(value).all():
            lost = np.flatnonzero(~np.isfinite(value).reshape(size, -1).all(axis=1))
            raise FloatingPointError(
                f"{type(self).__name__} {self.name}: {name} is not finite in replication {lost[0]} "
                f"(as in {lost.size} of {size}) at step {self.model.steps}; a parameter or lever is too extreme."
            )
        value = value.copy(order="K")
        value.setflags(write=False)
        return value

    @property
    def days(self) -> float:
        """Length of a step [days]."""
        return self.model.step_days

    def luck(self, decision: str) -> Quantity:
        """Luck of one of this agent's decisions in this step, (replications,)."""
        return self.model.luck(f"{self.name}.{decision}")

    def nth(self, decision: str, occurrence: Count, length: int) -> Quantity:
        """Luck of the n-th time that something happens to this agent, (replications,), whichever day that is."""
        return self.model.luck.nth(f"{self.name}.{decision}", occurrence, length)

    def full(self, value: Quantity | float) -> Quantity:
        """A value for every replication, (replications,), from one for all or one each."""
        return self.model.axis.full(value)

    def none(self) -> Quantity:
        """Zero in every replication, (replications,)."""
        return self.full(0.0)
