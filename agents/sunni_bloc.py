"""The Sunni bloc: in office or out, alienated or not, afraid of an exit."""

from agents.ensemble.axis import Quantity
from agents.ensemble.state import EnsembleAgent
from agents.ensemble.verbs import choose, happens, toward
from agents.mechanisms.communities import alienation_target, fear_of_vacuum
from agents.seen import CABINETS, Seen, SunniSeen
from agents.settled import Settled
from agents.stage import Stage


class SunniBloc(EnsembleAgent):
    """The Sunni parties; all but their fear is assumed, since only one claim speaks of them.

    member       [0/1]  one while the bloc sits in the coalition
    alienation   [0-1]  from the state
    fear         [0-1]  of the militias after an exit
    """

    def __init__(self, stage: Stage) -> None:
        super().__init__(stage, "sunni_bloc")
        self.assumed = stage.assumed.sunni_bloc
        self.member = self.full(stage.start.sunni_member)
        warmth = self.full(stage.start.cabinet_alignment).clip(min=0.0)
        self.alienation = self.drawn_to(warmth, 1.0 * (self.full(stage.start.caretaker_days) > 0))
        self.fear = self.none()

    def decide(self, seen: Seen) -> None:
        """Fear an exit as far as the militias could fill the vacuum that it leaves (S001-46)."""
        self.fear = fear_of_vacuum(
            self.assumed.militia_capability_feared, seen.us.presence, self.assumed.fear_share_while_troops_stay
        )

    def adapt(self, seen: Seen, settled: Settled) -> None:
        """A new cabinet includes or excludes the bloc; alienation follows in months."""
        taken_in = happens(
            self.assumed.sunni_coalition_membership_probability,
            self.nth("member", seen.government.cabinets, CABINETS),
        )
        self.member = choose(seen.government.formed > 0, 1.0 * taken_in, self.member)
        target = self.drawn_to(seen.government.warmth, seen.government.caretaker)
        self.alienation = toward(self.alienation, target, self.assumed.sunni_alienation_adjustment_time, self.days)

    def drawn_to(self, warmth: Quantity, caretaker: Quantity) -> Quantity:
        """Alienation toward which the bloc moves."""
        return alienation_target(
            warmth,
            self.member,
            caretaker,
            intercept=self.assumed.sunni_alienation_intercept,
            warmth_effect=self.assumed.alignment_effect_on_sunni_alienation,
            member_effect=self.assumed.coalition_membership_effect_on_alienation,
            caretaker_effect=self.assumed.caretaker_effect_on_sunni_alienation,
        )

    def shows(self) -> SunniSeen:
        """Public state of the bloc."""
        return SunniSeen(alienation=self.alienation, opposition=self.fear)
