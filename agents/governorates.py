"""The governorates: ungoverned ground, and the attacks that fall on it."""

from agents.ensemble.axis import Quantity
from agents.ensemble.state import EnsembleAgent
from agents.mechanisms.insurgency import ungoverned
from agents.roster import GOVERNORATES
from agents.seen import Seen
from agents.settled import Settled
from agents.stage import Stage


class Governorate(EnsembleAgent):
    """A place, without intentions; nothing in the model is finer.

    ungoverned   [-]        index of ungoverned space
    attacks      [attacks]  of all kinds that fall here today, for the map
    """

    def __init__(self, stage: Stage, name: str) -> None:
        super().__init__(stage, name)
        self.assumed = stage.assumed.governorates
        number = GOVERNORATES.index(name)
        self.ungoverned_at_start = float(self.assumed.ungoverned_space_index[number])
        self.disputed = float(self.assumed.disputed_share[number])
        self.ungoverned = self.full(self.ungoverned_at_start)
        self.attacks = self.none()

    def settle_in(self, coordination: Quantity, alienation: Quantity) -> None:
        """Ungoverned space starts at the level that coordination and alienation imply."""
        self.ungoverned = self.ground(coordination, alienation)

    def decide(self, seen: Seen) -> None:
        """A governorate decides nothing."""

    def adapt(self, seen: Seen, settled: Settled) -> None:
        """Forces that do not coordinate and people who are alienated leave ground ungoverned."""
        self.ungoverned = self.ground(seen.security.coordination, seen.sunnis.alienation)
        self.attacks = settled.attacks_in[self.name]

    def ground(self, coordination: Quantity, alienation: Quantity) -> Quantity:
        """Index of ungoverned space."""
        return ungoverned(
            self.ungoverned_at_start,
            self.disputed,
            coordination,
            alienation,
            gap_effect=self.assumed.coordination_gap_effect_on_ungoverned_space,
            alienation_effect=self.assumed.alienation_effect_on_ungoverned_space,
        )
