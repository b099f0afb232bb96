"""Assumptions about ISIS: priors and evidence in seeds/parameters/isis.yaml."""

from dataclasses import dataclass

from agents.ensemble.axis import Quantity
from agents.ensemble.parameters import Parameters, parameter
from agents.roster import CELLS


@dataclass(frozen=True, kw_only=True)
class IsisParameters(Parameters):
    """Assumptions about ISIS."""

    isis_net_growth_rate: Quantity = parameter(
        "Yearly growth of ISIS activity in the long run, with full US enablers and average ground.",
        unit="1/year",
        bounds=(-1.4, 1.1),
    )
    isis_growth_spread_between_years: Quantity = parameter(
        "Stationary spread of the common yearly growth of ISIS activity.", unit="1/year", bounds=(0.1, 1.4)
    )
    isis_growth_persistence: Quantity = parameter(
        "Time over which a good or bad spell of ISIS growth lasts.", unit="day", bounds=(120, 1000)
    )
    isis_growth_from_lost_enablers: Quantity = parameter(
        "Rise of the yearly growth of ISIS activity when US enablers are gone and Iraqi capability with them.",
        unit="1/year",
        bounds=(0, 3.1),
    )
    ungoverned_space_effect: Quantity = parameter(
        "Rise of the yearly growth of ISIS activity with ungoverned space (doubled under the seam theory of H1).",
        unit="1/year",
        bounds=(0.1, 5.8),
    )
    caretaker_effect_on_isis: Quantity = parameter(
        "Rise of the yearly growth of ISIS activity under a caretaker cabinet.", unit="1/year", bounds=(0, 0.99)
    )
    isis_carrying_capacity: Quantity = parameter(
        "Level of ISIS activity in all of Iraq above which growth stops.", unit="attacks/day", bounds=(1, 77)
    )
    isis_crowding_rate: Quantity = parameter(
        "Fall of the yearly growth of ISIS activity at its carrying capacity.", unit="1/year", bounds=(0.2, 2)
    )
    isis_cell_volatility: Quantity = parameter(
        "Yearly volatility of the log activity of one ISIS cell.", unit="1/sqrt(year)", bounds=(0.1, 0.6)
    )
    isis_inflow_from_syria: Quantity = parameter(
        "Growth of ISIS activity from outside Iraq (negative means that ISIS looks abroad).",
        unit="attacks/day/year",
        bounds=(-0.2, 0.2),
    )
    prison_break_surge: Quantity = parameter(
        "Jump of ISIS activity after a mass prison break.", unit="attacks/day", bounds=(0, 2)
    )
    isis_activity_floor: Quantity = parameter(
        "Lowest activity of an ISIS cell.", unit="attacks/day", bounds=(0.0001, 0.01)
    )
    ramadan_offensive_effect: Quantity = parameter(
        "Growth of log ISIS activity during Ramadan.", unit="log rate", bounds=(0.2, 4.7)
    )
    isis_attack_count_dispersion: Quantity = parameter(
        "Dispersion of daily ISIS attack counts (large is close to Poisson).", unit="1", bounds=(0.8, 11)
    )
    deaths_per_isis_attack: Quantity = parameter(
        "Mean number of people killed by an ISIS attack.", unit="deaths/attack", bounds=(0.2, 1)
    )
    dispersion_of_deaths_per_isis_attack: Quantity = parameter(
        "Dispersion of deaths per ISIS attack.", unit="1", bounds=(0.2, 2)
    )
    wounded_per_isis_attack: Quantity = parameter(
        "Mean number of people wounded by an ISIS attack.", unit="wounded/attack", bounds=(0.25, 1.2)
    )
    mass_casualty_probability_per_isis_attack: Quantity = parameter(
        "Probability that an ISIS attack is a mass-casualty attack.", unit="1", bounds=(0.0003, 0.006)
    )
    mass_casualty_tail_exponent: Quantity = parameter(
        "Exponent of the tail of deaths in a mass-casualty attack.", unit="1", bounds=(2, 3.5)
    )
    mass_casualty_death_range: Quantity = parameter(
        "Least and most deaths in a mass-casualty attack.", unit="deaths", bounds=(5, 500), labels=("low", "high")
    )
    fiscal_stress_effect_on_isis: Quantity = parameter(
        "Rise of the yearly growth of ISIS activity at full fiscal stress.", unit="1/year", bounds=(0, 0.6)
    )
    isis_cell_shares: Quantity = parameter(
        "Share of each cell in ISIS activity at the start.", unit="1", bounds=(0, 1), labels=CELLS
    )
    isis_growth_from_exit_and_feuds: Quantity = parameter(
        "Rise of the yearly growth of ISIS activity when enablers are lost and Iraqi groups are at odds, both at once.",
        unit="1/year",
        bounds=(0, 5),
    )
    isis_members_killed_per_isis_attack: Quantity = parameter(
        "Mean number of ISIS members killed, by whomever, for each ISIS attack.",
        unit="deaths/attack",
        bounds=(0.1, 1.3),
    )
