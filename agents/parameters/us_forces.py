"""Assumptions about the US forces: priors and evidence in seeds/parameters/us_forces.yaml."""

from dataclasses import dataclass

from agents.ensemble.axis import Quantity
from agents.ensemble.parameters import Parameters, parameter
from agents.roster import TROOP_SITES


@dataclass(frozen=True, kw_only=True)
class UsForcesParameters(Parameters):
    """Assumptions about the US forces."""

    reference_troops_by_site: Quantity = parameter(
        "Troop numbers by site at which exposure equals one; together the 2,500 of 2021 and 2024.",
        unit="troops",
        bounds=(50, 2500),
        labels=TROOP_SITES,
    )
    us_share_of_coalition: Quantity = parameter(
        "Share of US troops in the troops of the coalition in Iraq.", unit="1", bounds=(0.5, 1)
    )
    retaliation_hazard_scale: Quantity = parameter(
        "Scale of the daily hazard of a limited US strike in answer to recent attacks that killed nobody.",
        unit="1/day",
        bounds=(5e-05, 0.0024),
    )
    retaliation_response_elasticity: Quantity = parameter(
        "Exponent with which the hazard of a limited US strike grows with the number of recent attacks.",
        unit="1",
        bounds=(1, 2.9),
    )
    limited_strike_hazard_ceiling: Quantity = parameter(
        "Ceiling of the daily hazard of limited US strikes.", unit="1/day", bounds=(0.1, 1)
    )
    retaliation_rate_after_lethal_attack: Quantity = parameter(
        "Daily hazard of a major US strike for each recent attack that killed Americans or coalition troops.",
        unit="1/day",
        bounds=(0.05, 1.2),
    )
    lethal_attack_count_ceiling: Quantity = parameter(
        "Number of recent lethal attacks beyond which the hazard of a major strike no longer rises.",
        unit="attacks",
        bounds=(1, 5),
    )
    retaliation_memory_time: Quantity = parameter(
        "Time over which attacks stay a reason for a US strike.", unit="day", bounds=(2, 15)
    )
    host_politics_restraint_on_strikes: Quantity = parameter(
        "Fall of the log hazard of limited US strikes when the Iraqi cabinet is aligned with the factions' camp.",
        unit="log rate",
        bounds=(0, 1),
    )
    over_the_horizon_strike_capacity: Quantity = parameter(
        "Share of the strike hazard that remains when no US troops are based in Iraq.", unit="1", bounds=(0, 1)
    )
    commander_killed_share_of_limited_strikes: Quantity = parameter(
        "Probability that a limited US strike kills a commander.", unit="1", bounds=(0.02, 0.4)
    )
    commander_killed_share_of_major_strikes: Quantity = parameter(
        "Probability that a major US strike kills a commander.", unit="1", bounds=(0.1, 0.7)
    )
    major_strike_added_severity: Quantity = parameter(
        "Severity that a major strike adds to the unit severity of a limited one.", unit="1", bounds=(0.5, 3)
    )
    commander_killing_added_severity: Quantity = parameter(
        "Severity that the killing of a commander adds to a strike.", unit="1", bounds=(0.5, 3)
    )
    militants_killed_per_limited_strike: Quantity = parameter(
        "Mean number of militants killed in a limited strike beyond the first.", unit="deaths/strike", bounds=(1, 8)
    )
    major_strike_militant_deaths_multiplier: Quantity = parameter(
        "Added multiple of militants killed when the strike is major.", unit="1", bounds=(1, 8)
    )
    civilians_killed_per_us_strike: Quantity = parameter(
        "Mean number of civilians killed by a US strike in Iraq.", unit="deaths/strike", bounds=(0.02, 3.6)
    )
    cost_driven_early_exit_rate: Quantity = parameter(
        "Base rate at which Washington brings its exit forward because of the cost of staying.",
        unit="1/year",
        bounds=(0.002, 0.36),
    )
    us_cost_sensitivity: Quantity = parameter(
        "Growth of the log rate of an early exit with the accumulated cost of staying.",
        unit="log rate",
        bounds=(0, 1.7),
    )
    us_cost_memory_time: Quantity = parameter(
        "Time over which losses and attacks count as a cost of staying.", unit="day", bounds=(60, 365)
    )
    cost_weight_of_nonlethal_attack: Quantity = parameter(
        "Cost of an attack that kills nobody, relative to one that does.", unit="1", bounds=(0, 0.1)
    )
    us_cost_ceiling: Quantity = parameter(
        "Accumulated cost beyond which the rate of an early exit no longer rises.", unit="1", bounds=(2, 6)
    )
    realised_fraction_of_announced_cut: Quantity = parameter(
        "Share of an announced troop cut that is carried out.", unit="1", bounds=(0, 1)
    )
    timetable_delay_multiplier: Quantity = parameter(
        "Factor by which the dates of an agreed timetable move out.", unit="1", bounds=(0.5, 2.8)
    )
    slippage_index_after_missed_date: Quantity = parameter(
        "Value that the slippage index takes when a promised date passes unmet.", unit="1", bounds=(0.2, 1)
    )
    slippage_index_duration: Quantity = parameter(
        "Time for which a missed date stays a grievance.", unit="day", bounds=(90, 500)
    )
    us_election_decision_freeze: Quantity = parameter(
        "Time before a US presidential vote in which no exit decision is taken.", unit="day", bounds=(30, 180)
    )
    us_administration_posture_shift: Quantity = parameter(
        "Shift of the log rate of US strikes when a new administration takes over (sign open).",
        unit="log rate",
        bounds=(-1.3, 1.3),
    )
    exposure_elasticity: Quantity = parameter(
        "Exponent with which attacks on a site rise with the troops there.", unit="1", bounds=(0, 1)
    )
    embassy_exposure_floor: Quantity = parameter(
        "Exposure of Baghdad that remains while the embassy is open, whatever the troops.", unit="1", bounds=(0, 0.5)
    )
    timetable_duration: Quantity = parameter(
        "Length of an agreed timetable, from its start to its last cut.", unit="day", bounds=(180, 1460)
    )
    timetable_end_share: Quantity = parameter(
        "Share of the starting troops that an agreed timetable leaves in Iraq.", unit="1", bounds=(0.2, 0.8)
    )
    expulsion_exit_duration: Quantity = parameter(
        "Time in which troops leave after an expulsion that is carried out.", unit="day", bounds=(60, 180)
    )
    cost_driven_exit_duration: Quantity = parameter(
        "Time in which troops leave once Washington decides that staying costs too much.", unit="day", bounds=(60, 365)
    )
    war_acceleration_of_exit: Quantity = parameter(
        "Added speed of an exit under way during a regional war, relative to its speed in peace.",
        unit="1",
        bounds=(0, 2),
    )
    surge_rate_after_lethal_attack: Quantity = parameter(
        "Daily hazard that Washington reinforces for each recent attack that killed Americans or coalition troops.",
        unit="1/day",
        bounds=(0.001, 0.1),
    )
    surge_size: Quantity = parameter(
        "Troop level of a surge relative to the level before it.", unit="1", bounds=(1.2, 3)
    )
    surge_build_up_time: Quantity = parameter(
        "Time in which a surge builds up, and in which it ends.", unit="day", bounds=(20, 120)
    )
    surge_duration: Quantity = parameter(
        "Time for which a surge lasts after its build-up.", unit="day", bounds=(60, 365)
    )
    enabler_share_after_forced_exit: Quantity = parameter(
        "Share of US enablers that remains when an exit that nobody planned has taken all troops.",
        unit="1",
        bounds=(0, 0.6),
    )
