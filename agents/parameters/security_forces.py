"""Assumptions about the Iraqi security forces: priors and evidence in seeds/parameters/security_forces.yaml."""

from dataclasses import dataclass

from agents.ensemble.axis import Quantity
from agents.ensemble.parameters import Parameters, parameter
from agents.roster import CELLS


@dataclass(frozen=True, kw_only=True)
class SecurityForcesParameters(Parameters):
    """Assumptions about the Iraqi security forces."""

    baseline_interdiction_share: Quantity = parameter(
        "Share of launched attacks that Iraqi forces stop in ordinary times.", unit="1", bounds=(0, 0.1)
    )
    interdiction_share_under_disarmament: Quantity = parameter(
        "Further share of attacks stopped under a full disarmament drive.", unit="1", bounds=(0, 1)
    )
    crackdown_confrontation_rate: Quantity = parameter(
        "Rate of armed confrontations under a full disarmament drive.", unit="1/year", bounds=(0.05, 4.4)
    )
    added_deaths_in_confrontation: Quantity = parameter(
        "Mean number of people killed in a confrontation beyond the first.", unit="deaths/clash", bounds=(3, 50)
    )
    alignment_loss_in_confrontation: Quantity = parameter(
        "Fall of the cabinet's alignment with the factions' camp after a confrontation.", unit="1", bounds=(0, 0.5)
    )
    confrontation_effect_on_other_targets: Quantity = parameter(
        "Added multiple of attacks on other targets after a confrontation.", unit="1", bounds=(0, 5)
    )
    confrontation_backlash_duration: Quantity = parameter(
        "Time for which a confrontation raises attacks on other targets.", unit="day", bounds=(20, 180)
    )
    civil_war_probability_per_confrontation: Quantity = parameter(
        "Probability that a confrontation opens the civil war branch, where the ceiling allows it.",
        unit="1",
        bounds=(0, 0.1),
    )
    capability_adjustment_time: Quantity = parameter(
        "Time over which Iraqi capability follows the loss of US enablers.", unit="day", bounds=(70, 1800)
    )
    army_collapse_rate: Quantity = parameter(
        "Base rate of a collapse of army units like that of 2014.", unit="1/year", bounds=(0.001, 0.06)
    )
    politicisation_effect_on_collapse: Quantity = parameter(
        "Growth of the log rate of an army collapse with politicisation.", unit="log rate", bounds=(0, 4)
    )
    army_politicisation: Quantity = parameter(
        "Degree to which the army is politicised or infiltrated.", unit="1", bounds=(0, 1)
    )
    isis_surge_after_collapse: Quantity = parameter(
        "Factor by which ISIS activity grows in two governorates after an army collapse.", unit="1", bounds=(2, 20)
    )
    capability_loss_in_collapse: Quantity = parameter(
        "Fall of Iraqi capability in an army collapse.", unit="1", bounds=(0.1, 0.7)
    )
    baseline_coordination_with_peshmerga: Quantity = parameter(
        "Coordination of Iraqi forces with the Peshmerga without US mediation.", unit="1", bounds=(0, 1)
    )
    us_uplift_of_coordination: Quantity = parameter(
        "Coordination with the Peshmerga that US troops in Erbil add (under H7).", unit="1", bounds=(0, 0.7)
    )
    coordination_adjustment_time: Quantity = parameter(
        "Time over which coordination with the Peshmerga changes.", unit="day", bounds=(30, 365)
    )
    civil_war_deaths_per_day: Quantity = parameter(
        "Mean number of people killed in a day of civil war between the state and the militias.",
        unit="deaths/day",
        bounds=(1, 100),
    )
    civil_war_duration: Quantity = parameter("Mean length of such a civil war.", unit="day", bounds=(30, 1100))
    army_collapse_places: Quantity = parameter(
        "Cells of ISIS that surge when army units collapse (one) and those that do not (zero).",
        unit="1",
        bounds=(0, 1),
        labels=CELLS,
    )
