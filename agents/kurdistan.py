"""The Kurdistan Region: its parties' stance on a US exit, its quarrel with Baghdad."""

from typing import Any

import numpy as np

from agents.ensemble.axis import Quantity
from agents.ensemble.chance import normal
from agents.ensemble.state import EnsembleAgent
from agents.ensemble.verbs import a_day, choose, gathered, occurrences
from agents.mechanisms.communities import tension
from agents.seen import KurdistanSeen, Seen
from agents.settled import Settled
from agents.stage import Stage


class KurdishParty(EnsembleAgent):
    """A ruling party of the Region: it opposes an expulsion, unless the cabinet is so aligned that it abstains.

    opposes   [0/1]  one while it opposes an expulsion of US troops
    """

    def __init__(self, stage: Stage, name: str, weight: Any, abstention: Any) -> None:
        super().__init__(stage, name)
        self.weight, self.abstention = weight, abstention
        self.opposes = 1.0 * (self.full(stage.start.cabinet_alignment) <= abstention)

    def decide(self, seen: Seen) -> None:
        """Decide nothing: its stand on an expulsion vote follows the cabinet (M25: S001-47, S004-46)."""

    def adapt(self, seen: Seen, settled: Settled) -> None:
        """Oppose an expulsion, unless the cabinet's alignment is above its threshold of abstention."""
        self.opposes = choose(seen.government.alignment <= self.abstention, 1.0, 0.0)

    def opposition(self) -> Quantity:
        """Its part of Kurdish opposition to an expulsion."""
        return self.weight * self.opposes


class KurdistanRegion(EnsembleAgent):
    """The regional government and its forces.

    budget_dispute   [sd]         with Baghdad
    tension          [-]          with Baghdad, as a multiplier of clash rates
    clashes          [clashes]    with federal forces or militias today, lethal ones
    campaigns        [campaigns]  begun today, major ones
    """

    def __init__(self, stage: Stage) -> None:
        super().__init__(stage, "kurdistan")
        self.assumed = stage.assumed.kurdistan
        self.budget_dispute = normal(stage.luck("kurdistan.budget_at_start"))
        self.tension = self.full(1.0)
        self.clashes = self.campaigns = self.none()

    def decide(self, seen: Seen) -> None:
        """Clash with federal forces or militias, or fight a campaign, at rates that rise with tension."""
        clashing = a_day(self.assumed.lethal_kurdish_federal_clash_rate) * self.tension
        self.clashes = occurrences(clashing * self.days, self.luck("clash"))
        weak_centre = 1.0 + self.assumed.caretaker_effect_on_major_campaign * seen.government.caretaker
        campaigning = a_day(self.assumed.major_kurdish_federal_campaign_rate) * self.tension * weak_centre
        self.campaigns = occurrences(campaigning * self.days, self.luck("campaign"))

    def adapt(self, seen: Seen, settled: Settled) -> None:
        """The budget dispute wanders about its mean; tension follows it, coordination and the US troops in Erbil."""
        kept = np.exp(-self.days / self.assumed.budget_dispute_persistence)
        wandered = kept * self.budget_dispute + np.sqrt(1.0 - kept**2) * normal(self.luck("budget"))
        stopped = self.full(seen.today.shock("budget_stop")) > 0
        stop = self.assumed.budget_stop_shock
        self.budget_dispute = choose(stopped, np.maximum(wandered, stop), wandered)
        self.tension = tension(
            seen.us.erbil_presence,
            seen.security.coordination,
            self.budget_dispute,
            mediation=self.assumed.us_mediation_of_kurdish_federal_tension,
            coordination_effect=self.assumed.coordination_effect_on_tension,
            budget_effect=self.assumed.budget_dispute_effect_on_tension,
        )

    def shows(self, parties: list[KurdishParty]) -> KurdistanSeen:
        """Public state of the Region."""
        return KurdistanSeen(opposition=gathered(party.opposition() for party in parties), tension=self.tension)
