"""Assumptions about the Kurdistan Region: priors and evidence in seeds/parameters/kurdistan.yaml."""

from dataclasses import dataclass

from agents.ensemble.axis import Quantity
from agents.ensemble.parameters import Parameters, parameter


@dataclass(frozen=True, kw_only=True)
class KurdistanParameters(Parameters):
    """Assumptions about the Kurdistan Region."""

    lethal_kurdish_federal_clash_rate: Quantity = parameter(
        "Base rate of lethal clashes between Kurdish and federal or militia forces.", unit="1/year", bounds=(0.02, 1.8)
    )
    major_kurdish_federal_campaign_rate: Quantity = parameter(
        "Base rate of a major campaign between federal and Kurdish forces.", unit="1/year", bounds=(0.005, 0.83)
    )
    caretaker_effect_on_major_campaign: Quantity = parameter(
        "Addition to the multiplier of the rate of a major Kurdish-federal campaign under a caretaker cabinet.",
        unit="1",
        bounds=(0, 3),
    )
    us_mediation_of_kurdish_federal_tension: Quantity = parameter(
        "Growth of the log tension between Baghdad and Erbil as US troops leave Erbil.",
        unit="log rate",
        bounds=(0, 2.7),
    )
    coordination_effect_on_tension: Quantity = parameter(
        "Fall of the log tension between Baghdad and Erbil with coordination of their forces.",
        unit="log rate",
        bounds=(0, 1.5),
    )
    budget_dispute_effect_on_tension: Quantity = parameter(
        "Growth of the log tension between Baghdad and Erbil with a budget dispute.", unit="log rate", bounds=(0, 1)
    )
    budget_dispute_persistence: Quantity = parameter(
        "Time over which a budget dispute fades.", unit="day", bounds=(60, 720)
    )
    budget_stop_shock: Quantity = parameter(
        "Size of a stop of budget transfers, in standard deviations of the budget dispute.", unit="1", bounds=(1, 4)
    )
    patriotic_union_abstention_threshold: Quantity = parameter(
        "Cabinet alignment above which the Patriotic Union no longer opposes an expulsion vote.",
        unit="1",
        bounds=(-0.5, 1),
    )
    democratic_party_weight_among_kurds: Quantity = parameter(
        "Weight of the Democratic Party in Kurdish opposition and among Kurdish targets; the Patriotic Union carries the rest.",
        unit="1",
        bounds=(0.5, 1),
    )
    deaths_per_kurdish_federal_clash: Quantity = parameter(
        "Mean number of people killed in a lethal Kurdish-federal clash.", unit="deaths/clash", bounds=(0.6, 53)
    )
    deaths_per_major_kurdish_campaign: Quantity = parameter(
        "Mean number of people killed in a major Kurdish-federal campaign (25 or more).",
        unit="deaths/campaign",
        bounds=(25, 350),
    )
    least_deaths_in_kurdish_campaign: Quantity = parameter(
        "Deaths from which fighting between federal and Kurdish forces counts as a major campaign.",
        unit="deaths/campaign",
        bounds=(25, 25),
    )
