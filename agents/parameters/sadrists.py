"""Assumptions about the Sadrists: priors and evidence in seeds/parameters/sadrists.yaml."""

from dataclasses import dataclass

from agents.ensemble.axis import Quantity
from agents.ensemble.parameters import Parameters, parameter


@dataclass(frozen=True, kw_only=True)
class SadristsParameters(Parameters):
    """Assumptions about the Sadrists."""

    intra_shia_clash_rate: Quantity = parameter(
        "Base rate of armed clashes between Sadrists and Iran-aligned groups with ten or more dead.",
        unit="1/year",
        bounds=(0.02, 2.2),
    )
    clash_multiplier_under_full_cabinet: Quantity = parameter(
        "Multiplier of the intra-Shia clash rate under a full cabinet.", unit="1", bounds=(0, 1)
    )
    caretaker_addition_to_clash_multiplier: Quantity = parameter(
        "Addition to the multiplier of the intra-Shia clash rate under a caretaker cabinet.", unit="1", bounds=(0, 5)
    )
    clash_multiplier_without_mobilisation: Quantity = parameter(
        "Multiplier of the intra-Shia clash rate when the Sadrists are not mobilised.", unit="1", bounds=(0.1, 1)
    )
    mobilisation_intercept: Quantity = parameter(
        "Log odds of Sadrist mobilisation when nothing drives it.", unit="logit", bounds=(-3, 0)
    )
    exclusion_effect_on_mobilisation: Quantity = parameter(
        "Rise of the log odds of Sadrist mobilisation when the movement is outside parliament.",
        unit="logit",
        bounds=(0, 2.7),
    )
    economic_distress_effect_on_mobilisation: Quantity = parameter(
        "Rise of the log odds of mobilisation with economic distress.", unit="logit", bounds=(0, 2)
    )
    sadrist_exclusion_probability: Quantity = parameter(
        "Probability that the Sadrists stay outside a newly formed cabinet.", unit="1", bounds=(0.1, 0.9)
    )
    deaths_per_intra_shia_clash: Quantity = parameter(
        "Mean number of people killed in an intra-Shia clash that counts (ten or more).",
        unit="deaths/clash",
        bounds=(10, 80),
    )
    sadrist_brake_on_attacks: Quantity = parameter(
        "Fall of the log attack rate of parochial factions and facade cells while the Sadrists stay inside politics.",
        unit="log rate",
        bounds=(0, 0.9),
    )
    sadrist_weight_in_veto: Quantity = parameter(
        "Weight of the Sadrists against an instant expulsion while they stay inside politics.", unit="1", bounds=(0, 1)
    )
    least_deaths_in_intra_shia_clash: Quantity = parameter(
        "Deaths from which an intra-Shia clash counts.", unit="deaths/clash", bounds=(10, 10)
    )
