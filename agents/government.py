"""The Iraqi government and parliament: cabinets, votes, talks, and their cost."""

import numpy as np
from scipy.special import gammaincc, gammainccinv

from agents.ensemble.axis import Quantity
from agents.ensemble.chance import gamma, normal
from agents.ensemble.state import EnsembleAgent
from agents.ensemble.verbs import DAYS_PER_MONTH, bounded, choose, column, fade, happens, toward, within
from agents.mechanisms import bargaining, politics
from agents.seen import CABINETS, GovernmentSeen, Seen
from agents.settled import Settled
from agents.stage import Stage

ROUNDS = 48  # negotiation rounds with luck of their own; more than fit into any horizon


class Government(EnsembleAgent):
    """The prime minister, the cabinet and the parliament that can bring it down.

    alignment              [-1, 1]      of the cabinet with the factions' camp
    seats                  [-1, 1]      alignment that the seats of the last election imply
    caretaker_days         [day]        until a cabinet is formed; none under a full cabinet
    cabinets               [cabinets]   formed since the start
    elections              [elections]  held since the start
    formed                 [0/1]        a cabinet was formed today
    news_pressure          [-]          pressure to expel US troops from recent events
    pressure               [-]          pressure to expel US troops, in all
    credibility            [0-1]        of a timetable that both governments agreed
    promised_credibility   [0-1]        the same, or that of the announced policy if it is higher
    stress                 [-]          fiscal stress; negative where energy deals relieve it
    sanctioned             [0-1]        one once US sanctions are in force
    voted                  [0/1]        parliament has voted to expel under this cabinet
    cover_days             [day]        for which an announcement still shields the cabinet
    hopes_days             [day]        for which dashed hopes of an exit stay fresh
    hopes_gap              [0-1]        exit hoped for less exit delivered, when hopes were last dashed
    loss_days              [day]        for which a lost election is still resented
    loss                   [-]          size of the camp's last electoral loss
    recent_attacks         [attacks]    on US targets, fading over a month
    round_gaps             [day]        between negotiation rounds, by round
    rounds                 [rounds]     of talks held since the start
    next_round             [day]        of the next round, counted from the start
    falls                  [0/1]        the cabinet ends today, by fall or by election
    votes                  [0/1]        parliament votes to expel today
    complies               [0/1]        the cabinet carries that vote out
    agrees                 [0/1]        an exit timetable is agreed today
    held                   [0/1]        a negotiation round is held today
    """

    model: Stage

    def __init__(self, stage: Stage) -> None:
        super().__init__(stage, "government")
        self.assumed = stage.assumed.government
        start = stage.start
        self.alignment = self.full(start.cabinet_alignment)
        self.seats = self.full(start.seats_alignment)
        self.caretaker_days = self.full(start.caretaker_days)
        self.cabinets = self.elections = np.zeros(len(stage.axis), dtype=int)
        self.formed = self.none()
        inherited = stage.assumed.iran.lasting_grievance_effect * start.lasting_commander_grievance
        self.news_pressure = np.maximum(self.full(start.expulsion_pressure) - inherited, 0.0)
        self.pressure = bounded(self.news_pressure + inherited, 0.0, self.assumed.expulsion_pressure_ceiling)
        self.credibility = self.promised_credibility = self.full(start.timetable_credibility)
        self.stress = self.sanctioned = self.none()
        self.voted = self.none() > 0
        self.cover_days = self.hopes_days = self.hopes_gap = self.none()
        self.loss_days = self.loss = self.none()
        self.recent_attacks = self.full(start.attack_rate) * DAYS_PER_MONTH
        self.round_gaps = self._round_gaps()
        self.rounds = np.zeros(len(stage.axis), dtype=int)
        self.next_round = self.round_gaps[:, 0]
        self.falls = self.votes = self.complies = self.agrees = self.held = self.none() > 0

    def _round_gaps(self) -> Quantity:
        """Days between negotiation rounds, (replications, rounds); the first is the rest of the current gap."""
        shape = column(self.full(self.assumed.negotiation_round_regularity))
        scale = column(self.assumed.negotiation_round_gap) / shape
        luck = self.model.luck.series("government.round_gap", ROUNDS)
        yet_to_pass = gammaincc(shape, column(self.full(self.model.start.days_since_round)) / scale)
        first = gammainccinv(shape, yet_to_pass * (1.0 - luck[:, :1]))
        gaps = np.column_stack([first, gamma(shape, luck[:, 1:])]) * scale
        gaps[:, 0] = np.maximum(gaps[:, 0] - self.model.start.days_since_round, self.days)
        return gaps

    def decide(self, seen: Seen) -> None:
        """A cabinet may fall, parliament vote to expel, the prime minister comply, both sides agree a timetable."""
        full = self.caretaker_days <= 0
        falling = politics.cabinet_fall_rate(
            seen.government.pressure,
            self.stress,
            1.0 * (self.cover_days > 0),
            base=self.assumed.cabinet_fall_rate,
            pressure_effect=self.assumed.expulsion_pressure_effect_on_cabinet_fall,
            stress_effect=self.assumed.fiscal_stress_effect_on_cabinet_fall,
            cover_effect=self.assumed.announcement_cover,
        )
        by_chance = happens(within(falling, self.days), self.luck("fall"))
        self.falls = full & (by_chance | (self.full(seen.today.shock("cabinet_falls")) > 0))
        self.votes = happens(within(self.vote_rate(seen), self.days), self.luck("vote")) & ~self.voted
        self.complies = self.votes & happens(self.compliance(seen), self.luck("comply"))
        agreeing = politics.timetable_rate(
            seen.government.pressure,
            base=self.assumed.timetable_agreement_rate,
            pressure_effect=self.assumed.expulsion_pressure_effect_on_timetable,
        )
        self.agrees = happens(within(agreeing, self.days), self.luck("timetable")) & ~self.complies

    def vote_rate(self, seen: Seen) -> Quantity:
        """Daily rate of an expulsion vote, at most one for each cabinet."""
        return politics.expulsion_vote_rate(
            seen.government.pressure,
            self.veto(seen),
            base=self.assumed.expulsion_vote_rate,
            pressure_effect=self.assumed.expulsion_pressure_effect_on_vote,
            veto_effect=self.assumed.minority_veto_effect_on_vote,
        )

    def veto(self, seen: Seen) -> Quantity:
        """Opposition in parliament to an instant expulsion."""
        inside = 1.0 - seen.sadrists.excluded
        weight = self.model.assumed.sadrists.sadrist_weight_in_veto
        return politics.veto(seen.kurdistan.opposition, seen.sunnis.opposition, inside, weight)

    def compliance(self, seen: Seen) -> Quantity:
        """Probability that the cabinet carries out an expulsion vote (M13, M14)."""
        assumed = self.assumed
        threat = np.minimum(seen.isis.activity / assumed.isis_threat_threshold, 1.0)
        return politics.compliance_probability(
            [
                self.full(assumed.expulsion_compliance_intercept),
                assumed.expulsion_pressure_weight_in_compliance * seen.government.pressure,
                assumed.iranian_influence_weight_in_compliance * seen.iran.influence,
                -assumed.isis_threat_weight_in_compliance * threat,
                -assumed.minority_veto_weight_in_compliance * self.veto(seen),
                -assumed.private_wish_weight_in_compliance * assumed.prime_minister_private_wish_to_keep_troops,
                -assumed.sanctions_weight_in_compliance * assumed.sanctions_size_after_expulsion,
            ]
        )

    def adapt(self, seen: Seen, settled: Settled) -> None:
        """Cabinets come and go; pressure, promises, hopes and money move on."""
        self.hold_elections(seen)
        self.form_cabinets(settled)
        self.feel_pressure(seen, settled)
        self.negotiate(seen)
        self.keep_accounts(seen, settled)

    def hold_elections(self, seen: Seen) -> None:
        """An election shifts the alignment that seats imply and leaves a caretaker; a loss is resented for a while."""
        votes_today = self.full(seen.today.election + seen.today.shock("early_election")) > 0
        swing = self.assumed.electoral_swing_spread * normal(self.nth("swing", self.elections, CABINETS))
        before = self.seats
        self.seats = choose(votes_today, np.clip(before + swing, -1.0, 1.0), before)
        lost = self.seats < before
        self.loss = choose(lost, before - self.seats, self.loss)
        rankles = self.model.assumed.factions.lost_election_coercion_duration
        self.loss_days = choose(lost, rankles, np.maximum(self.loss_days - self.days, 0.0))
        self.elections = self.elections + votes_today
        self.falls = self.falls | votes_today

    def form_cabinets(self, settled: Settled) -> None:
        """Forming a cabinet takes months; the new cabinet's alignment follows the seats loosely."""
        takes = self.assumed.cabinet_formation_time * np.exp(
            self.assumed.cabinet_formation_spread * normal(self.nth("formation", self.cabinets, CABINETS))
        )
        waited = np.maximum(self.caretaker_days - self.days, 0.0)
        formed = (self.caretaker_days > 0) & (waited <= 0) & ~self.falls
        self.caretaker_days = choose(self.falls, np.maximum(takes, self.days), waited)
        loosely = self.assumed.alignment_spread_at_formation * normal(self.nth("alignment", self.cabinets, CABINETS))
        soured = self.model.assumed.security_forces.alignment_loss_in_confrontation * settled.confrontations
        kept = np.clip(self.alignment - soured, -1.0, 1.0)
        self.alignment = choose(formed, np.clip(self.seats + loosely, -1.0, 1.0), kept)
        self.cabinets = self.cabinets + formed
        self.formed = 1.0 * formed
        self.voted = (self.voted | self.votes) & ~formed

    def feel_pressure(self, seen: Seen, settled: Settled) -> None:
        """Strikes, killed commanders and war add to the pressure to expel US troops, which fades without them."""
        assumed = self.assumed
        news = (
            assumed.expulsion_pressure_per_strike * settled.strikes
            + assumed.expulsion_pressure_per_commander_killed * settled.commanders_killed
            + assumed.expulsion_pressure_per_war_day * seen.region.war * self.days
        )
        self.news_pressure = fade(self.news_pressure, assumed.expulsion_pressure_decay_time, self.days) + news
        felt = np.maximum(self.news_pressure + seen.iran.lasting_pressure, seen.levers.pressure)
        self.pressure = bounded(felt, 0.0, assumed.expulsion_pressure_ceiling)

    def negotiate(self, seen: Seen) -> None:
        """Rounds dash hopes, as does a vote that is not carried out; an agreed timetable slowly loses credibility."""
        assumed = self.assumed
        self.held = (seen.day + self.days) >= self.next_round
        dashed = self.held | (self.votes & ~self.complies)
        gap = bargaining.hopes_gap(seen.government.credibility)
        self.hopes_gap = choose(dashed, gap, self.hopes_gap)
        fresh = self.model.assumed.factions.frustrated_exit_hopes_duration
        self.hopes_days = choose(dashed, fresh, np.maximum(self.hopes_days - self.days, 0.0))
        self.rounds = self.rounds + self.held
        following = np.minimum(self.rounds, ROUNDS - 1)[:, np.newaxis]
        coming = self.next_round + np.take_along_axis(self.round_gaps, following, axis=1)[:, 0]
        self.next_round = choose(self.held, coming, self.next_round)
        faded = fade(self.credibility, assumed.timetable_credibility_decay_time, self.days)
        agreed = np.maximum(faded, assumed.initial_timetable_credibility)
        self.credibility = choose(self.agrees, agreed, faded)
        self.promised_credibility = np.maximum(self.credibility, seen.levers.credibility)
        announced = (self.full(seen.levers.announced) > 0) | self.agrees
        self.cover_days = choose(
            announced, assumed.announcement_cover_duration, np.maximum(self.cover_days - self.days, 0.0)
        )

    def keep_accounts(self, seen: Seen, settled: Settled) -> None:
        """Sanctions after an expulsion strain the budget; energy deals ease it while attacks are few (M29)."""
        assumed = self.assumed
        expelled = settled.complied & self.model.closed_loop
        self.sanctioned = np.maximum(np.maximum(self.sanctioned, 1.0 * expelled), seen.levers.sanctions)
        self.recent_attacks = fade(self.recent_attacks, DAYS_PER_MONTH, self.days) + settled.attacks_on_us
        calm = 1.0 * (self.recent_attacks < assumed.attack_threshold_for_investment)
        target = politics.fiscal_target(
            self.sanctioned, assumed.sanctions_size_after_expulsion, calm, assumed.investment_relief_of_fiscal_stress
        )
        self.stress = toward(self.stress, target, assumed.fiscal_stress_adjustment_time, self.days)

    def shows(self) -> GovernmentSeen:
        """Public state of Baghdad."""
        window = self.model.assumed.factions.negotiation_spoiling_window
        return GovernmentSeen(
            alignment=self.alignment,
            warmth=np.maximum(self.alignment, 0.0),
            caretaker=1.0 * (self.caretaker_days > 0),
            formed=self.formed,
            cabinets=self.cabinets,
            pressure=self.pressure,
            credibility=self.promised_credibility,
            stress=self.stress,
            round_ahead=1.0 * (self.next_round - self.model.day <= window),
            hopes_dashed=self.hopes_gap * (self.hopes_days > 0),
            election_lost=self.loss * (self.loss_days > 0),
        )
