"""Assumptions about the Sunni bloc: priors and evidence in seeds/parameters/sunni_bloc.yaml."""

from dataclasses import dataclass

from agents.ensemble.axis import Quantity
from agents.ensemble.parameters import Parameters, parameter


@dataclass(frozen=True, kw_only=True)
class SunniBlocParameters(Parameters):
    """Assumptions about the Sunni bloc."""

    sunni_alienation_intercept: Quantity = parameter(
        "Log odds of Sunni alienation when nothing drives it.", unit="logit", bounds=(-3, 1)
    )
    alignment_effect_on_sunni_alienation: Quantity = parameter(
        "Rise of the log odds of Sunni alienation with a cabinet aligned with the factions' camp.",
        unit="logit",
        bounds=(0, 2.5),
    )
    coalition_membership_effect_on_alienation: Quantity = parameter(
        "Fall of the log odds of Sunni alienation while the bloc sits in the coalition.", unit="logit", bounds=(0, 2.5)
    )
    caretaker_effect_on_sunni_alienation: Quantity = parameter(
        "Rise of the log odds of Sunni alienation under a caretaker cabinet.", unit="logit", bounds=(0, 1.5)
    )
    sunni_alienation_adjustment_time: Quantity = parameter(
        "Time over which Sunni alienation changes.", unit="day", bounds=(60, 720)
    )
    sunni_coalition_membership_probability: Quantity = parameter(
        "Probability that the Sunni bloc joins a newly formed coalition.", unit="1", bounds=(0.5, 1)
    )
    militia_capability_feared: Quantity = parameter(
        "Capability of the militias as Sunnis and Kurds judge it.", unit="1", bounds=(0, 1)
    )
    fear_share_while_troops_stay: Quantity = parameter(
        "Share of the fear of militias that is felt while US troops are still there.", unit="1", bounds=(0, 1)
    )
