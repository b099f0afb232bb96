"""The US forces: troops by site, strikes, and changes of course by Washington."""

import numpy as np

from agents.ensemble.axis import Flag, Quantity
from agents.ensemble.state import EnsembleAgent
from agents.ensemble.verbs import (
    a_day,
    across,
    bounded,
    choose,
    column,
    fade,
    first_of,
    happens,
    occurrences,
    toward,
    within,
)  # fmt: skip
from agents.mechanisms.coercion import early_exit_rate, limited_strike_hazard, major_strike_hazard
from agents.mechanisms.contagion import remembered
from agents.mechanisms.exposure import diplomatic_share, pull
from agents.roster import FEDERAL_SITES, SITES, TROOP_SITES
from agents.seen import Seen, UsSeen
from agents.settled import Settled
from agents.stage import Stage

BAGHDAD = SITES.index("baghdad")
ERBIL = TROOP_SITES.index("erbil")
FEDERAL = len(FEDERAL_SITES)
NEVER = 1e9
TIME_CONSTANTS = 3.0  # in which a stock has covered 95 per cent of its way


class UsForces(EnsembleAgent):
    """The US military presence, its enablers and its posture.

    troops_at_start   [troops]   by troop site
    troops            [troops]   by troop site
    enablers          [share]    air power, intelligence and support, one at the start
    embassy           [0-1]      one while the embassy is open
    recent_attacks    [attacks]  on bases and diplomatic sites, fading over the retaliation memory
    recent_lethal     [attacks]  of these, the lethal ones
    cost              [attacks]  cost of staying: lethal attacks and, at their weight, all others, fading
    exit_progress     [0-1]      how far an exit that events have begun has gone
    exit_end          [share]    of the announced path at which that exit ends; one where there is none
    exit_days         [day]      time that exit takes in peace
    surge             [0-1]      how far reinforcements are built up
    surge_left        [day]      time for which a surge is still being built up or sustained
    limited_strikes   [strikes]  limited strikes of the day
    major_strikes     [strikes]  major strikes of the day
    leaves_early      [0/1]      the cost of staying brings the exit forward today
    reinforces        [0/1]      reinforcements are ordered today
    """

    model: Stage

    def __init__(self, stage: Stage) -> None:
        super().__init__(stage, "us_forces")
        self.assumed = stage.assumed.us_forces
        start = stage.start
        by_site = [getattr(start, f"troops_{site}") for site in TROOP_SITES]
        self.troops_at_start = np.array([self.full(troops) for troops in by_site]).T
        self.troops = self.troops_at_start
        self.enablers = self.full(1.0)
        self.embassy = self.full(1.0)
        self.recent_attacks = self.none()
        self.recent_lethal = self.none()
        self.cost = self.none()
        self.exit_progress = self.none()
        self.exit_end = self.full(1.0)
        self.exit_days = self.full(NEVER)
        self.surge = self.none()
        self.surge_left = self.none()
        self.limited_strikes = self.major_strikes = self.none()
        self.leaves_early = self.reinforces = self.none() > 0

    def remember(self, attacks: Quantity) -> None:
        """Start the memory of attacks on bases from their rate before the start [attacks/day]."""
        self.recent_attacks = attacks * self.assumed.retaliation_memory_time

    def decide(self, seen: Seen) -> None:
        """Strike back, in a limited or a major way; bring the exit forward, or reinforce."""
        limited, major = self.strike_hazards(seen)
        self.limited_strikes = occurrences(limited * self.days, self.luck("limited_strike"))
        self.major_strikes = occurrences(major * self.days, self.luck("major_strike"))
        self.leaves_early = happens(within(self.early_exit_rate(seen), self.days), self.luck("early_exit"))
        reinforcing = self.assumed.surge_rate_after_lethal_attack * self.recent_lethal * (self.exit_progress <= 0)
        self.reinforces = happens(within(reinforcing, self.days), self.luck("reinforcement"))

    def strike_hazards(self, seen: Seen) -> tuple[Quantity, Quantity]:
        """Daily hazards of limited and of major strikes; without troops in Iraq, only those from over the horizon."""
        hawkish = seen.levers.retaliation + self.assumed.us_administration_posture_shift * seen.today.administrations
        limited = limited_strike_hazard(
            self.recent_attacks,
            hawkish - self.assumed.host_politics_restraint_on_strikes * seen.government.warmth,
            scale=self.assumed.retaliation_hazard_scale,
            elasticity=self.assumed.retaliation_response_elasticity,
            ceiling=self.assumed.limited_strike_hazard_ceiling,
        )
        major = major_strike_hazard(
            self.recent_lethal,
            hawkish,
            response=self.assumed.retaliation_rate_after_lethal_attack,
            ceiling=self.assumed.lethal_attack_count_ceiling,
        )
        reach = choose(seen.us.based > 0, 1.0, self.assumed.over_the_horizon_strike_capacity)
        return limited * reach, major * reach

    def early_exit_rate(self, seen: Seen) -> Quantity:
        """Daily rate at which the cost of staying brings the exit forward; zero while a US presidential vote nears."""
        rate = early_exit_rate(
            self.cost,
            base=self.assumed.cost_driven_early_exit_rate,
            sensitivity=self.assumed.us_cost_sensitivity,
            ceiling=self.assumed.us_cost_ceiling,
        )
        return a_day(rate) * (1.0 - seen.today.us_vote_near)

    def adapt(self, seen: Seen, settled: Settled) -> None:
        """Remember the attacks suffered, then move troops and enablers as policy and events call for."""
        memory = self.assumed.retaliation_memory_time
        self.recent_attacks = remembered(self.recent_attacks, settled.base_attacks, memory, self.days)
        self.recent_lethal = remembered(self.recent_lethal, settled.lethal_attacks, memory, self.days)
        suffered = settled.lethal_attacks + self.assumed.cost_weight_of_nonlethal_attack * settled.attacks_on_us
        self.cost = fade(self.cost, self.assumed.us_cost_memory_time, self.days) + suffered
        if self.model.closed_loop:
            self.change_course(seen, settled)
        self.follow(seen)

    def change_course(self, seen: Seen, settled: Settled) -> None:
        """Override the announced path: an expulsion, a timetable or costs begin an exit; lethal attacks, a surge."""
        level = self.exit_level()
        ends = first_of(
            [
                (settled.complied, 0.0),
                (self.leaves_early, 0.0),
                (settled.timetable_agreed & (self.exit_progress <= 0), self.assumed.timetable_end_share),
            ],
            self.exit_end,
        )
        days = first_of(
            [
                (settled.complied, np.minimum(self.exit_days, self.assumed.expulsion_exit_duration)),
                (self.leaves_early, np.minimum(self.exit_days, self.assumed.cost_driven_exit_duration)),
                (settled.timetable_agreed & (self.exit_progress <= 0), self.timetable_days()),
            ],
            self.exit_days,
        )
        hurry = 1.0 + self.assumed.war_acceleration_of_exit * seen.region.war
        begun = choose(ends < 1.0, (1.0 - level) / np.maximum(1.0 - ends, 1e-12), 0.0)
        self.exit_progress = choose(ends < 1.0, bounded(begun + hurry * self.days / days), 0.0)
        self.exit_end, self.exit_days = ends, days
        self.reinforce()

    def timetable_days(self) -> Quantity:
        """Length of an agreed timetable, delays included."""
        return self.assumed.timetable_duration * self.assumed.timetable_delay_multiplier

    def reinforce(self) -> None:
        """A surge builds up, lasts and ends; a new lethal attack may renew it."""
        build_up = self.assumed.surge_build_up_time
        held = self.assumed.surge_duration + build_up
        self.surge_left = choose(self.reinforces, held, np.maximum(self.surge_left - self.days, 0.0))
        self.surge = toward(self.surge, 1.0 * (self.surge_left > 0), build_up / TIME_CONSTANTS, self.days)

    def exit_level(self) -> Quantity:
        """Share of the announced troops that an unplanned exit has left in place so far."""
        return 1.0 - (1.0 - self.exit_end) * self.exit_progress

    def follow(self, seen: Seen) -> None:
        """Set troops, enablers and embassy to the announced path and any change of course."""
        reinforced = 1.0 + (self.assumed.surge_size - 1.0) * self.surge
        self.troops = self.troops_at_start * seen.levers.troops * column(self.exit_level() * reinforced)
        kept = self.assumed.enabler_share_after_forced_exit
        self.enablers = self.full(seen.levers.enablers) * (kept + (1.0 - kept) * self.exit_level())
        self.embassy = self.full(seen.levers.embassy)

    @property
    def overridden(self) -> Flag:
        """True where events have taken the troops off the announced path."""
        return (self.exit_progress > 0) | (self.surge_left > 0)

    def shows(self) -> UsSeen:
        """Public state of the US presence."""
        reference = self.assumed.reference_troops_by_site
        total, federal = across(self.troops), across(self.troops[:, :FEDERAL])
        exposure = self.exposure(federal)
        embassy = self.assumed.embassy_exposure_floor * self.embassy
        at_baghdad = np.array([embassy, self.troops[:, BAGHDAD] / reference[BAGHDAD]]).T
        embassy_pull, troops_pull = pull(at_baghdad, self.assumed.exposure_elasticity).T
        return UsSeen(
            troops=self.troops,
            pulls=pull(exposure, self.assumed.exposure_elasticity),
            diplomatic=diplomatic_share(embassy_pull, troops_pull),
            presence=total / reference.sum(),
            erbil_presence=self.troops[:, ERBIL] / reference[ERBIL],
            level=total / np.maximum(across(self.troops_at_start), 1.0),
            enablers=self.enablers,
            based=1.0 * (total > 0),
        )

    def exposure(self, federal: Quantity) -> Quantity:
        """Exposure by site, (replications, sites), one at reference; an open embassy keeps a floor."""
        reference = self.assumed.reference_troops_by_site
        sites = [self.troops[:, site] / reference[site] for site in range(len(TROOP_SITES))]
        sites[BAGHDAD] = np.maximum(sites[BAGHDAD], self.assumed.embassy_exposure_floor * self.embassy)
        return np.array([*sites, federal / reference[:FEDERAL].sum()]).T
