"""Assumptions about counts and of the ensemble itself: priors and evidence in seeds/parameters/measurement.yaml."""

from dataclasses import dataclass

from agents.ensemble.axis import Quantity
from agents.ensemble.parameters import Parameters, parameter


@dataclass(frozen=True, kw_only=True)
class MeasurementParameters(Parameters):
    """Assumptions about counting and of the ensemble itself."""

    media_detection_share: Quantity = parameter(
        "Share of true incidents that press counts catch.", unit="1", bounds=(0, 1)
    )
    claim_inflation_factor: Quantity = parameter(
        "Factor by which factions' own claims exceed true attacks.", unit="1", bounds=(0.4, 5.2)
    )
    iraqi_share_of_two_theatre_attacks: Quantity = parameter(
        "Share of attacks in Iraq in counts that put Iraq and Syria together.", unit="1", bounds=(0, 1)
    )
    turkey_pkk_deaths: Quantity = parameter(
        "Mean monthly deaths in the outside stream of Turkish operations against the PKK in Iraq.",
        unit="deaths/month",
        bounds=(10, 180),
    )
    turkey_pkk_dispersion: Quantity = parameter(
        "Dispersion of monthly deaths in the outside stream of Turkish operations.", unit="1", bounds=(0.2, 4.7)
    )
    escalation_number_limit: Quantity = parameter(
        "Escalation number above which a draw is rejected.", unit="1", bounds=(0.85, 1)
    )
    heavy_campaign_recent_attacks: Quantity = parameter(
        "Recent attacks on bases at which the escalation number is taken.", unit="attacks", bounds=(3, 30)
    )
