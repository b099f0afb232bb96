"""ISIS: seven cells with latent activity, and the spells of growth and decline that they share."""

from collections.abc import Mapping

import numpy as np

from agents.ensemble.axis import Quantity
from agents.ensemble.chance import negative_binomial, normal
from agents.ensemble.state import EnsembleAgent
from agents.ensemble.verbs import DAYS_PER_YEAR, choose, gathered
from agents.mechanisms import insurgency
from agents.roster import CELLS
from agents.seen import IsisSeen, Seen
from agents.settled import Settled
from agents.stage import Stage


class IsisCell(EnsembleAgent):
    """The insurgents of one governorate, known by how often they attack.

    activity   [attacks/day]  latent rate of attacks, true count
    attacks    [attacks]      attacks of today
    """

    def __init__(self, stage: Stage, place: str) -> None:
        super().__init__(stage, f"isis.{place}")
        self.place = place
        self.assumed = stage.assumed.isis
        self.share = float(self.assumed.isis_cell_shares[CELLS.index(place)])
        self.army = stage.assumed.security_forces
        self.exposed_to_collapse = float(self.army.army_collapse_places[CELLS.index(place)])
        self.activity = self.full(self.share * stage.start.isis_activity)
        self.attacks = self.none()

    def decide(self, seen: Seen) -> None:
        """Attack at the rate of its latent activity, raised in Ramadan."""
        expected = self.activity * np.exp(self.assumed.ramadan_offensive_effect * seen.today.ramadan) * self.days
        dispersion = self.assumed.isis_attack_count_dispersion * self.days
        self.attacks = negative_binomial(expected, self.full(dispersion), self.luck("attack"))

    def adapt(self, seen: Seen, settled: Settled) -> None:
        """Grow or shrink with ungoverned space, Iraqi discord and the forces against it."""
        assumed = self.assumed
        inflow = self.full(assumed.isis_inflow_from_syria * self.share)
        grown = insurgency.grown(
            self.activity,
            self.growth(seen),
            normal(self.luck("wander")),
            inflow,
            self.days / DAYS_PER_YEAR,
            volatility=assumed.isis_cell_volatility,
            floor=assumed.isis_activity_floor,
        )
        surge = choose(settled.collapses & (self.exposed_to_collapse > 0), self.army.isis_surge_after_collapse, 1.0)
        escaped = self.full(seen.today.shock("prison_break")) > 0
        self.activity = grown * surge + choose(escaped, assumed.prison_break_surge * self.share, 0.0)

    def growth(self, seen: Seen) -> Quantity:
        """Net growth of its log activity [1/year]."""
        assumed, caretaker = self.assumed, seen.government.caretaker
        return insurgency.yearly_growth(
            assumed.isis_net_growth_rate + seen.isis.spell,
            1.0 - seen.security.capability,
            seen.ungoverned[self.place] - seen.isis.usual_ground,
            self.activity / (assumed.isis_carrying_capacity * self.share),
            caretaker,
            insurgency.discord(caretaker, seen.security.coordination, seen.sunnis.alienation),
            seen.government.stress,
            enabler_effect=assumed.isis_growth_from_lost_enablers,
            exit_and_feuds=assumed.isis_growth_from_exit_and_feuds,
            ground_effect=assumed.ungoverned_space_effect,
            caretaker_effect=assumed.caretaker_effect_on_isis,
            stress_effect=assumed.fiscal_stress_effect_on_isis,
            crowding_effect=assumed.isis_crowding_rate,
        )


class IsisOrganisation(EnsembleAgent):
    """Everything that the cells have in common.

    spell               [1/year]       growth of all cells in excess of the long run
    activity_at_start   [attacks/day]  of all cells together
    usual_ground        [-]            ungoverned space where the cells are, at the start
    """

    def __init__(self, stage: Stage) -> None:
        super().__init__(stage, "isis")
        self.assumed = stage.assumed.isis
        self.spell = self.full(stage.start.isis_growth_spell)
        self.activity_at_start = self.full(stage.start.isis_activity)
        self.usual_ground = self.none()

    def settle_in(self, ungoverned: Mapping[str, Quantity]) -> None:
        """Take as usual ground the ungoverned space of governorates at the start, weighed by the cells in each."""
        shares = zip(self.assumed.isis_cell_shares, CELLS, strict=True)
        self.usual_ground = gathered(part * ungoverned[place] for part, place in shares)

    def decide(self, seen: Seen) -> None:
        """The organisation decides nothing; its cells do."""

    def adapt(self, seen: Seen, settled: Settled) -> None:
        """Spells of growth and decline come and go over years."""
        self.spell = insurgency.spell(
            self.spell,
            normal(self.luck("spell")),
            self.assumed.isis_growth_persistence,
            self.assumed.isis_growth_spread_between_years,
            self.days,
        )

    def shows(self, activity: Quantity) -> IsisSeen:
        """Public state of ISIS, given the cells' joint activity [attacks/day]."""
        usual = np.maximum(self.activity_at_start, len(CELLS) * self.assumed.isis_activity_floor)
        return IsisSeen(activity=activity, threat=activity / usual, spell=self.spell, usual_ground=self.usual_ground)
