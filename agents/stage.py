"""The stage on which actors act: luck and length of a step, and what is assumed; never the other actors."""

from agents.ensemble.model import EnsembleModel
from agents.setting import Setting


class Stage(EnsembleModel):
    """A model as its actors know it; the others of its cast they know by what is seen alone.

    assumed       every parameter, by actor
    start         initial states
    closed_loop   true if events may override the announced policy
    """

    def __init__(self, setting: Setting) -> None:
        super().__init__(setting.axis, setting.seed, setting.step_days)
        self.assumed, self.start, self.closed_loop = setting.assumed, setting.start, setting.closed_loop
