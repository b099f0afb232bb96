"""The stage on which actors act: luck, steps and assumptions, and never the other actors."""

from agents.ensemble.model import EnsembleModel
from agents.setting import Setting


class Stage(EnsembleModel):
    """A model as its actors know it; of one another they know only what is seen.

    assumed       every parameter, by actor
    start         initial states
    closed_loop   true if events may override the announced policy
    """

    def __init__(self, setting: Setting) -> None:
        super().__init__(setting.axis, setting.seed, setting.step_days)
        self.assumed, self.start, self.closed_loop = setting.assumed, setting.start, setting.closed_loop
