"""The Iran-aligned factions: attacks on US targets and on others, and a common pause of the vanguard."""

from collections.abc import Mapping

import numpy as np

from agents.ensemble.axis import Quantity
from agents.ensemble.chance import lognormal_frailty, normal
from agents.ensemble.state import EnsembleAgent
from agents.ensemble.verbs import (
    a_day,
    across,
    choose,
    column,
    fade,
    gathered,
    happens,
    occurrences,
    share,
    toward,
    within,
)  # fmt: skip
from agents.mechanisms import bargaining, coercion, contagion, exposure, sponsorship
from agents.roster import FACTIONS, OTHER_TARGETS, SITES
from agents.seen import CampSeen, Seen, UsSeen
from agents.settled import Settled
from agents.stage import Stage

FACADE = "facade_cells"


class Faction(EnsembleAgent):
    """An armed group of the Iran-aligned camp, beyond the chain of command.

    reach               [-]            weight of each site among its targets, by site
    memory              [attacks/day]  its own recent attacks, fading
    provocation         [attacks/day]  attacks that recent strikes on it add, fading
    fear                [log rate]     of US strikes, fading
    motive              [attacks/day]  launched today on its own account
    contagion           [attacks/day]  added today by its own recent attacks
    answered            [attacks/day]  added today by recent strikes on it, kept for the event log
    displaced           [attacks/day]  attacks that find no US target and turn on others
    quarrels            [attacks/day]  attacks on others for reasons of its own
    attacks             [attacks]      on US targets today, by site
    attacks_elsewhere   [attacks]      on others today, by target
    """

    model: Stage

    def __init__(self, stage: Stage, name: str) -> None:
        super().__init__(stage, name)
        self.assumed = assumed = stage.assumed.factions
        number = FACTIONS.index(name)
        self.vanguard = float(assumed.vanguard_flag[number])
        self.attack_share = float(assumed.faction_attack_share[number])
        self.stake = float(assumed.faction_stake_in_government[number])
        self.heeds_sadr = 1.0 if name == FACADE else 1.0 - self.vanguard
        self.reach = np.array(getattr(assumed, f"site_reach_of_{name}"))[np.newaxis].repeat(len(stage.axis), axis=0)
        self.memory = self.full(stage.start.attack_rate * self.attack_share)
        self.provocation = self.none()
        self.fear = self.full(stage.start.faction_fear)
        self.motive = self.contagion = self.answered = self.displaced = self.quarrels = self.none()
        self.reasons: Mapping[str, Quantity] = {}
        self.sadrists = stage.assumed.sadrists
        self.attacks = np.zeros((len(stage.axis), len(SITES)))
        self.attacks_elsewhere = np.zeros((len(stage.axis), len(OTHER_TARGETS)))

    def lately_on_bases(self, us: UsSeen) -> Quantity:
        """Recent attacks on bases and diplomatic sites [attacks/day], given the targets that there were."""
        on_bases = (us.pulls * self.reach)[:, : SITES.index("convoy")]
        return self.memory * share(across(on_bases), exposure.reachable(us.pulls, self.reach))

    def decide(self, seen: Seen) -> None:
        """Attack or hold, at every site and on every other target, judging what was seen yesterday."""
        targets = exposure.reachable(seen.us.pulls, self.reach)
        opportunity = exposure.opportunity(targets, self.assumed.target_substitution_share)
        self.take_stock(seen)
        launched = self.launched(seen, opportunity)
        burst = lognormal_frailty(self.assumed.daily_attack_frailty_variance / self.days, self.luck("burst"))
        let_through = 1.0 - seen.security.interdiction
        expected = exposure.by_site(launched, seen.us.pulls, self.reach, targets)
        expected = expected * column(burst * let_through * self.days)
        self.attacks = occurrences(expected, self.model.luck.over(f"{self.name}.attack", SITES))
        elsewhere = self.elsewhere(seen, forgone=self.launched(seen, 1.0) - launched)
        by_target = column(elsewhere * self.days) * self.assumed.target_shares_of_other_attacks
        self.attacks_elsewhere = occurrences(by_target, self.model.luck.over(f"{self.name}.other", OTHER_TARGETS))

    def take_stock(self, seen: Seen) -> None:
        """Weigh up today's drives to attack: a motive of its own, its own recent attacks, recent strikes on it."""
        assumed = self.assumed
        self.motive = self.share_of(assumed.baseline_attack_rate) * np.exp(self.urge(seen)) * self.campaigning(seen)
        self.contagion = assumed.self_excitation_branching_ratio * self.memory
        self.answered = self.provocation

    def launched(self, seen: Seen, opportunity: Quantity | float) -> Quantity:
        """Attacks per day that the faction launches at a given opportunity."""
        fear = coercion.deterrence(
            self.fear,
            seen.region.direct_war,
            ceiling=self.assumed.fear_ceiling,
            war_discount=self.assumed.direct_war_discount_of_fear,
        )
        capacity = self.assumed.daily_attack_capacity
        return contagion.attack_intensity(self.motive, self.contagion, self.provocation, fear, opportunity, capacity)

    def urge(self, seen: Seen) -> Quantity:
        """Log of the ratio of the faction's own motive to its baseline."""
        self.reasons = self.reasons_today(seen)
        return gathered(self.reasons.values())

    def reasons_today(self, seen: Seen) -> Mapping[str, Quantity]:
        """Reasons to attack more today, or less, each as a shift of its log rate."""
        assumed, region, government = self.assumed, seen.region, seen.government
        return {
            "push": sponsorship.push(seen.iran.directive, self.control(seen), assumed.sponsor_directive_effect),
            "solidarity": self.vanguard * self.solidarity(seen),
            "office": -bargaining.office_restraint(
                government.warmth,
                self.stake,
                region.war,
                effect=assumed.office_holding_restraint,
                war_override=assumed.war_override_of_office_restraint,
            ),
            "exit": -bargaining.exit_restraint(
                seen.camp.belief,
                region.war,
                effect=assumed.credible_timetable_restraint,
                war_discount=assumed.war_discount_of_timetable_effect,
            ),
            "slippage": assumed.commitment_slippage_backlash * self.slippage(seen),
            "spoiling": assumed.negotiation_spoiling_effect * government.round_ahead,
            "dashed_hopes": assumed.frustrated_exit_hopes_effect * government.hopes_dashed,
            "rivalry": contagion.rivalry(
                seen.factions.total_recent - seen.factions.recent[self.name],
                assumed.outbidding_effect,
                assumed.rivalry_ceiling,
            ),
            "sadrist_brake": -self.heeds_sadr * self.sadrists.sadrist_brake_on_attacks * (1.0 - seen.sadrists.excluded),
        }

    def solidarity(self, seen: Seen) -> Quantity:
        """Rise of the vanguard's log attack rate in a regional war (M07: S004-14, S004-26, S004-30)."""
        in_proxy_war = self.assumed.proxy_war_attack_effect * seen.region.proxy_war
        return (
            in_proxy_war + self.assumed.direct_war_attack_effect * seen.region.direct_war + seen.region.attack_deviation
        )

    def slippage(self, seen: Seen) -> Quantity:
        """Index of a promised date that has recently passed unmet."""
        carried_out = bargaining.announced_cut_carried_out(seen.us.level, seen.levers.promised)
        size = self.model.assumed.us_forces.slippage_index_after_missed_date
        return bargaining.slippage(1.0 - np.clip(carried_out, 0.0, 1.0), seen.levers.lately_due, size)

    def control(self, seen: Seen) -> Quantity:
        """Share of Iran's directive that the faction follows."""
        return sponsorship.control(
            self.vanguard,
            self.assumed.sponsor_control_over_vanguard,
            self.assumed.parochial_control_deficit,
            seen.iran.broker_loss,
        )

    def campaigning(self, seen: Seen) -> Quantity:
        """Multiplier on its motive: one in a campaign, the level of the pause while the vanguard pauses."""
        return choose(self.vanguard * seen.camp.paused > 0, self.assumed.attack_level_during_pause, 1.0)

    def elsewhere(self, seen: Seen, forgone: Quantity) -> Quantity:
        """Attacks per day on the Kurdistan Region, the state and rivals: quarrels, and attacks without a US target."""
        assumed = self.assumed
        moved = exposure.displaced_share(
            seen.us.presence, assumed.displaced_share_of_forgone_attacks, assumed.target_switching_share_after_exit
        )
        self.quarrels = self.share_of(assumed.baseline_attack_rate_on_other_targets) * self.anger_at_home(seen)
        self.displaced = moved * np.maximum(forgone, 0.0)
        return exposure.other_attacks(self.quarrels, self.displaced, self.fear, assumed.fear_share_on_other_targets)

    def anger_at_home(self, seen: Seen) -> Quantity:
        """Multiplier on its baseline quarrels, from Iran's push, a war, a lost election and a crackdown."""
        assumed, security = self.assumed, self.model.assumed.security_forces
        anger = (
            self.reasons["push"]
            + assumed.war_effect_share_on_other_targets * self.reasons["solidarity"]
            + assumed.lost_election_coercion * seen.government.election_lost
        )
        return np.exp(anger) * (1.0 + security.confrontation_effect_on_other_targets * seen.security.backlash)

    def share_of(self, rate: Quantity) -> Quantity:
        """The faction's part of a rate of the whole camp."""
        return self.attack_share * rate

    def adapt(self, seen: Seen, settled: Settled) -> None:
        """Attacks breed attacks for a while; a strike on the faction provokes it and frightens it."""
        assumed = self.assumed
        launched = across(self.attacks)
        self.memory = contagion.excited(self.memory, launched, assumed.self_excitation_decay_time, self.days)
        struck = settled.struck[self.name]
        hit = assumed.attacks_provoked_per_strike * settled.severity * struck
        self.provocation = contagion.excited(self.provocation, hit, assumed.provocation_decay_time, self.days)
        frightened = coercion.fear_added(
            settled.severity,
            struck,
            deterrence=assumed.strike_deterrence_effect,
            spillover=assumed.deterrence_spillover_to_other_factions,
        )
        self.fear = fade(self.fear, assumed.deterrence_decay_time, self.days) + frightened


class Camp(EnsembleAgent):
    """The coordination of the factions: a common pause of the vanguard, a common belief in an exit.

    paused       [0/1]  one while the vanguard pauses its campaign
    belief       [0-1]  share of an announced exit that is believed
    turns        [0/1]  a pause begins or ends today
    weapon_mix   [sd]   how far drones are more common than usual, drawn once
    """

    def __init__(self, stage: Stage) -> None:
        super().__init__(stage, "camp")
        self.assumed = stage.assumed.factions
        self.in_office = float(
            gathered(self.assumed.faction_share_of_camp_seats * self.assumed.faction_stake_in_government)
        )
        self.weapon_mix = normal(stage.luck("factions.weapon_mix"))
        self.paused = self.full(stage.start.vanguard_paused)
        self.belief = self.none()
        self.turns = self.none() > 0

    def decide(self, seen: Seen) -> None:
        """Pause the campaign, or resume it."""
        assumed = self.assumed
        pausing, resuming = contagion.pause_rates(
            assumed.truce_switching_rate,
            np.minimum(seen.factions.vanguard_fear, assumed.fear_ceiling),
            seen.government.credibility,
            seen.region.war,
            seen.iran.directive,
            fear_effect=assumed.fear_effect_on_pause,
            timetable_effect=assumed.timetable_effect_on_pause,
            war_against=assumed.war_effect_against_pause,
            war_for_ending=assumed.war_effect_on_ending_pause,
            directive_for_ending=assumed.directive_effect_on_ending_pause,
        )
        rate = a_day(choose(self.paused > 0, resuming, pausing))
        self.turns = happens(within(rate, self.days), self.luck("pause"))

    def adapt(self, seen: Seen, settled: Settled) -> None:
        """An exit is believed only as far as it is visible (M11: S000-40, S001-36, S001-37)."""
        self.paused = choose(self.turns, 1.0 - self.paused, self.paused)
        carried_out = bargaining.announced_cut_carried_out(seen.us.level, seen.levers.promised)
        shown = np.clip(carried_out, 0.0, 1.0)
        self.belief = toward(self.belief, shown, self.assumed.exit_belief_learning_time, self.days)

    def shows(self) -> CampSeen:
        """Public state of the camp."""
        return CampSeen(paused=self.paused, belief=self.belief, weapon_mix=self.weapon_mix, in_office=self.in_office)
