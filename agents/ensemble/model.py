"""The model of an ensemble, as far as its agents need it: replications, luck, and length of a step."""

import mesa

from agents.ensemble.axis import Axis
from agents.ensemble.luck import Luck


class EnsembleModel(mesa.Model):
    """A model that steps every replication of an ensemble at once.

    axis        the replications, in order
    luck        uniform random numbers, by decision, step and draw
    step_days   length of a step [days]
    """

    def __init__(self, axis: Axis, seed: int, step_days: float) -> None:
        super().__init__(rng=0)  # Mesa's own generator is never drawn from
        self.axis, self.luck, self.step_days = axis, Luck(seed, axis), step_days

    @property
    def day(self) -> float:
        """Days between the start and the step that is being simulated."""
        return (self.steps - 1) * self.step_days
