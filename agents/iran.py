"""Iran: its directive to the factions, its own strikes, its grievances and costs."""

from collections.abc import Mapping

import numpy as np

from agents.ensemble.axis import Quantity
from agents.ensemble.state import EnsembleAgent
from agents.ensemble.verbs import choose, fade, occurrences, toward
from agents.mechanisms import sponsorship
from agents.seen import IranSeen, Seen
from agents.settled import Settled
from agents.stage import Stage


class Iran(EnsembleAgent):
    """The Iranian state as sponsor of the factions and neighbour of Iraq.

    directive           [-1, 1]     to the factions: -1 restrain, 0 tolerate, 1 push
    intended            [-1, 1]     the same as Iran intends it, which the directive follows
    cost_felt           [-]         cost of US strikes that Iran feels, fading
    fresh_grievance     [-]         over recently killed commanders, fading in weeks
    lasting_grievance   [killings]  over commanders killed, fading in years
    broker_loss         [0-1]       share of control that is missing with the chief broker
    understanding       [0/1]       one until a regional war ends any understanding with Washington
    influence           [0-1]       index of Iranian influence in Baghdad
    visits              [visits]    of the envoy that become known today
    strikes_on_us       [strikes]   from Iranian soil on US sites today
    strikes_on_kurds    [strikes]   from Iranian soil on Kurdish opposition groups today
    """

    def __init__(self, stage: Stage) -> None:
        super().__init__(stage, "iran")
        self.assumed = stage.assumed.iran
        start = stage.start
        self.directive = self.full(start.iranian_directive)
        self.intended = self.directive
        self.cost_felt = self.full(start.iranian_cost_felt)
        self.fresh_grievance = self.full(start.fresh_commander_grievance)
        self.lasting_grievance = self.full(start.lasting_commander_grievance)
        self.broker_loss = self.full(start.broker_control_loss)
        self.understanding = self.full(1.0)
        self.influence = self.none()
        self.motives: Mapping[str, Quantity] = {}
        self.visits = self.strikes_on_us = self.strikes_on_kurds = self.none()

    def decide(self, seen: Seen) -> None:
        """Form an intention, send the envoy, strike from Iranian soil."""
        self.intended = self.intention(seen)
        visiting = sponsorship.visit_rate(
            self.intended,
            highest=self.assumed.envoy_visit_rate,
            slope=self.assumed.envoy_visit_signal_slope,
            offset=self.assumed.envoy_visit_signal_offset,
        )
        self.visits = occurrences(visiting * self.days, self.luck("visit"))
        on_us = self.direct_strikes(seen, self.assumed.iranian_direct_strike_rate) * seen.us.based
        on_kurds = self.direct_strikes(seen, self.assumed.iranian_strike_rate_on_kurdish_opposition)
        self.strikes_on_us = occurrences(on_us * self.days, self.luck("strike_on_us"))
        self.strikes_on_kurds = occurrences(on_kurds * self.days, self.luck("strike_on_kurds"))

    def intention(self, seen: Seen) -> Quantity:
        """Directive that Iran intends to give to the factions."""
        self.motives = self.motives_today(seen)
        return sponsorship.intention(list(self.motives.values()))

    def motives_today(self, seen: Seen) -> Mapping[str, Quantity]:
        """Iran's aims, its grievances, its costs and its friends in Baghdad, each as a shift of its push [logit]."""
        assumed, region, levers = self.assumed, seen.region, seen.levers
        return {
            "aims": self.full(assumed.iranian_baseline_push),
            "presence": assumed.presence_effect_on_iranian_push * (seen.us.presence - 1.0),
            "proxy_war": assumed.proxy_war_push * region.proxy_war,
            "direct_war": assumed.direct_war_push * region.direct_war + region.push_deviation,
            "fresh_grievance": assumed.commander_grievance_push * self.fresh_grievance,
            "lasting_grievance": assumed.lasting_grievance_effect * self.lasting_grievance,
            "cost": -assumed.iranian_cost_sensitivity * self.cost_felt,
            "detente": -assumed.detente_restraint * levers.detente * self.understanding,
            "friends": -sponsorship.restraint(
                seen.government.warmth,
                region.war,
                seen.government.credibility,
                effect=assumed.iranian_restraint_under_aligned_government,
                timetable_weight=assumed.timetable_weight_in_iranian_restraint,
            ),
        }

    def direct_strikes(self, seen: Seen, base: Quantity) -> Quantity:
        """Daily rate of Iran's own strikes on one kind of target."""
        return sponsorship.direct_strike_rate(
            base,
            self.fresh_grievance,
            seen.region.direct_war,
            np.minimum(np.maximum(seen.us.presence, seen.us.enablers), 1.0),
            grievance_effect=self.assumed.grievance_effect_on_direct_strike,
            war_effect=self.assumed.direct_war_effect_on_direct_strike,
            deterrence=self.assumed.presence_deterrence_of_direct_strikes,
        )

    def adapt(self, seen: Seen, settled: Settled) -> None:
        """The directive follows the intention in weeks; grievance and cost add up and fade; a war ends detente."""
        assumed, killed = self.assumed, settled.commanders_killed
        adjusting = assumed.iranian_directive_adjustment_time
        self.directive = toward(self.directive, self.intended, adjusting, self.days)
        severe = settled.major_strikes + killed
        self.cost_felt = (
            fade(self.cost_felt, assumed.cost_felt_decay_time, self.days) + assumed.cost_felt_per_severe_strike * severe
        )
        aggrieved = (
            fade(self.fresh_grievance, assumed.fresh_grievance_decay_time, self.days)
            + assumed.fresh_grievance_per_commander_killed * killed
        )
        self.fresh_grievance = np.minimum(aggrieved, assumed.fresh_grievance_ceiling)
        self.lasting_grievance = fade(self.lasting_grievance, assumed.lasting_grievance_decay_time, self.days) + killed
        missed = fade(self.broker_loss, assumed.broker_loss_recovery_time, self.days)
        lost = assumed.broker_loss_of_sponsor_control * self.full(seen.today.shock("broker_killed"))
        self.broker_loss = missed + lost * (1.0 - missed)
        self.understanding = choose(seen.region.war > 0, 0.0, self.understanding)
        self.influence = self.index(seen)

    def index(self, seen: Seen) -> Quantity:
        """Iranian influence in Baghdad, [0, 1]: a state since compliance depends on it, reported as contrasts only."""
        weights = self.assumed.iranian_influence_weights * self.assumed.iranian_influence_weight_multipliers
        terms = (
            seen.government.alignment,
            seen.government.warmth * seen.camp.in_office,
            seen.iran.directive,
            seen.us.presence,
            seen.sadrists.mobilised,
            seen.government.caretaker,
        )
        return sponsorship.influence([weights[..., term] * value for term, value in enumerate(terms)])

    def shows(self) -> IranSeen:
        """Public state of Iran."""
        return IranSeen(
            directive=self.directive,
            broker_loss=self.broker_loss,
            lasting_pressure=self.assumed.lasting_grievance_effect * self.lasting_grievance,
            influence=self.influence,
        )
