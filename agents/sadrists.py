"""The Sadrists: a Shia movement that is neither Iran's nor Washington's."""

from agents.ensemble.axis import Quantity
from agents.ensemble.state import EnsembleAgent
from agents.ensemble.verbs import choose, happens, occurrences
from agents.mechanisms.communities import intra_shia_rate, mobilisation
from agents.seen import CABINETS, SadristsSeen, Seen
from agents.settled import Settled
from agents.stage import Stage


class Sadrists(EnsembleAgent):
    """The movement in parliament and on the street.

    excluded    [0/1]      one while the movement is outside parliament
    mobilised   [0-1]      share of it that is on the street
    clashes     [clashes]  with Iran-aligned groups today, ten or more dead each
    """

    def __init__(self, stage: Stage) -> None:
        super().__init__(stage, "sadrists")
        self.assumed = stage.assumed.sadrists
        self.excluded = self.full(stage.start.sadrists_excluded)
        self.mobilised = self.on_the_street(self.full(-stage.start.oil_price))
        self.clashes = self.none()

    def decide(self, seen: Seen) -> None:
        """Clash with the Iran-aligned groups, more often when mobilised and under a caretaker."""
        clashing = intra_shia_rate(
            self.mobilised,
            seen.government.caretaker,
            base=self.assumed.intra_shia_clash_rate,
            full_cabinet=self.assumed.clash_multiplier_under_full_cabinet,
            caretaker_adds=self.assumed.caretaker_addition_to_clash_multiplier,
            idle_share=self.assumed.clash_multiplier_without_mobilisation,
        )
        self.clashes = occurrences(clashing * self.days, self.luck("clash"))

    def adapt(self, seen: Seen, settled: Settled) -> None:
        """A new cabinet includes or excludes the movement; distress mobilises it."""
        left_out = happens(
            self.assumed.sadrist_exclusion_probability, self.nth("excluded", seen.government.cabinets, CABINETS)
        )
        self.excluded = choose(seen.government.formed > 0, 1.0 * left_out, self.excluded)
        self.mobilised = self.on_the_street(seen.region.distress)

    def on_the_street(self, distress: Quantity) -> Quantity:
        """Share of the movement that is mobilised."""
        return mobilisation(
            self.excluded,
            distress,
            intercept=self.assumed.mobilisation_intercept,
            exclusion_effect=self.assumed.exclusion_effect_on_mobilisation,
            distress_effect=self.assumed.economic_distress_effect_on_mobilisation,
        )

    def shows(self) -> SadristsSeen:
        """Public state of the movement."""
        return SadristsSeen(mobilised=self.mobilised, excluded=self.excluded)
