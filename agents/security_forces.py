"""The Iraqi security forces: capability with and without US enablers, confrontations, collapse."""

import numpy as np

from agents.ensemble.axis import Quantity
from agents.ensemble.state import EnsembleAgent
from agents.ensemble.verbs import bounded, choose, happens, occurrences, toward, within
from agents.mechanisms import politics
from agents.seen import SecuritySeen, Seen
from agents.setting import Today
from agents.settled import Settled
from agents.stage import Stage

MOST_CAPABLE = 1.05  # times the start: a surge of enablers adds little
CIVIL_WAR_RUNG = 2  # of the ceiling of militia violence: harassment, killings, civil war


class SecurityForces(EnsembleAgent):
    """Army, police and counter-terrorism service under the federal government.

    capability         [0-1.05]   one at the start
    coordination       [0-1]      with the Peshmerga
    backlash_days      [day]      for which the last confrontation is fresh
    civil_war_days     [day]      of civil war still to come; none in peace
    confrontations     [clashes]  with militias today
    collapses          [0/1]      army units collapse today
    civil_war_begins   [0/1]      a civil war begins today
    """

    model: Stage

    def __init__(self, stage: Stage) -> None:
        super().__init__(stage, "security_forces")
        self.assumed = stage.assumed.security_forces
        self.capability = self.full(1.0)
        self.coordination = self.full(self.assumed.baseline_coordination_with_peshmerga)
        self.backlash_days = self.civil_war_days = self.none()
        self.confrontations = self.none()
        self.collapses = self.civil_war_begins = self.none() > 0

    def settle_in(self, erbil_presence: Quantity) -> None:
        """Start coordination at the level that the US presence in Erbil sustains."""
        self.coordination = self.sustained_coordination(erbil_presence)

    def decide(self, seen: Seen) -> None:
        """Confront the militias where the government tries to disarm them; units may, rarely, collapse."""
        assumed = self.assumed
        confronting = politics.confrontation_rate(
            self.full(seen.levers.disarmament), assumed.crackdown_confrontation_rate
        )
        self.confrontations = occurrences(confronting * self.days, self.luck("confrontation"))
        opened = 1.0 - (1.0 - assumed.civil_war_probability_per_confrontation) ** self.confrontations
        allowed = self.model.assumed.factions.militia_violence_ceiling >= CIVIL_WAR_RUNG
        self.civil_war_begins = happens(opened * allowed, self.luck("civil_war")) & (self.civil_war_days <= 0)
        collapsing = politics.collapse_rate(
            self.full(assumed.army_politicisation),
            seen.isis.threat,
            base=assumed.army_collapse_rate,
            politicisation_effect=assumed.politicisation_effect_on_collapse,
        )
        by_chance = happens(within(collapsing, self.days), self.luck("collapse"))
        self.collapses = by_chance | (self.full(seen.today.shock("army_collapse")) > 0)

    def adapt(self, seen: Seen, settled: Settled) -> None:
        """Capability follows the enablers, slowly; coordination follows the troops in Erbil."""
        assumed = self.assumed
        followed = toward(self.capability, seen.us.enablers, assumed.capability_adjustment_time, self.days)
        self.capability = bounded(followed - assumed.capability_loss_in_collapse * self.collapses, 0.0, MOST_CAPABLE)
        sustained = self.sustained_coordination(seen.us.erbil_presence)
        self.coordination = toward(self.coordination, sustained, assumed.coordination_adjustment_time, self.days)
        lasts = assumed.confrontation_backlash_duration
        waited = np.maximum(self.backlash_days - self.days, 0.0)
        self.backlash_days = choose(self.confrontations > 0, lasts, waited)
        fought = np.maximum(self.civil_war_days - self.days, 0.0)
        self.civil_war_days = choose(self.civil_war_begins, assumed.civil_war_duration, fought)

    def sustained_coordination(self, erbil_presence: Quantity) -> Quantity:
        """Coordination with the Peshmerga that lasts at a given US presence in Erbil (M25, hypothesis H7)."""
        uplift = self.assumed.us_uplift_of_coordination * np.minimum(erbil_presence, 1.0)
        return self.assumed.baseline_coordination_with_peshmerga + uplift

    def shows(self, today: Today) -> SecuritySeen:
        """Public state of the security forces, given the effort to disarm militias today."""
        disarming = self.full(today.levers.disarmament)
        stopped = self.assumed.interdiction_share_under_disarmament * disarming
        return SecuritySeen(
            capability=self.capability,
            coordination=self.coordination,
            interdiction=bounded(self.assumed.baseline_interdiction_share + stopped),
            backlash=1.0 * (self.backlash_days > 0),
            civil_war=1.0 * (self.civil_war_days > 0),
        )
