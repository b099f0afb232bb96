"""Assumptions about the Iraqi government: priors and evidence in seeds/parameters/government.yaml."""

from dataclasses import dataclass

from agents.ensemble.axis import Quantity
from agents.ensemble.parameters import Parameters, parameter


@dataclass(frozen=True, kw_only=True)
class GovernmentParameters(Parameters):
    """Assumptions about the Iraqi government."""

    cabinet_fall_rate: Quantity = parameter(
        "Base rate at which a cabinet falls between elections.", unit="1/year", bounds=(0.003, 0.81)
    )
    expulsion_pressure_effect_on_cabinet_fall: Quantity = parameter(
        "Growth of the log rate of cabinet fall with pressure to expel US troops.", unit="log rate", bounds=(0, 2)
    )
    expulsion_pressure_per_strike: Quantity = parameter(
        "Pressure to expel US troops that one US strike in Iraq adds.", unit="1", bounds=(0.05, 1.2)
    )
    expulsion_pressure_per_commander_killed: Quantity = parameter(
        "Pressure to expel US troops that the killing of a commander adds.", unit="1", bounds=(0.1, 1.5)
    )
    expulsion_pressure_per_war_day: Quantity = parameter(
        "Pressure to expel US troops that one day of regional war adds.", unit="1/day", bounds=(0, 0.06)
    )
    expulsion_pressure_decay_time: Quantity = parameter(
        "Time over which pressure to expel US troops fades.", unit="day", bounds=(14, 180)
    )
    expulsion_pressure_ceiling: Quantity = parameter(
        "Pressure beyond which political hazards no longer rise.", unit="1", bounds=(2, 6)
    )
    cabinet_formation_time: Quantity = parameter(
        "Median time that it takes to form a cabinet.", unit="day", bounds=(90, 400)
    )
    alignment_spread_at_formation: Quantity = parameter(
        "Spread of a new cabinet's alignment around what the seats imply.", unit="1", bounds=(0.1, 0.8)
    )
    expulsion_vote_rate: Quantity = parameter(
        "Base rate at which parliament votes to expel US troops.", unit="1/year", bounds=(0.008, 1.2)
    )
    expulsion_pressure_effect_on_vote: Quantity = parameter(
        "Growth of the log rate of an expulsion vote with expulsion pressure.", unit="log rate", bounds=(0, 4)
    )
    minority_veto_effect_on_vote: Quantity = parameter(
        "Share by which joint Kurdish and Sunni opposition lowers the rate of an expulsion vote.",
        unit="1",
        bounds=(0, 1),
    )
    expulsion_compliance_intercept: Quantity = parameter(
        "Log odds that a cabinet carries out an expulsion vote when nothing else weighs.",
        unit="logit",
        bounds=(-5.6, 0.6),
    )
    expulsion_pressure_weight_in_compliance: Quantity = parameter(
        "Weight of expulsion pressure in the log odds of compliance.", unit="logit", bounds=(0, 2)
    )
    minority_veto_weight_in_compliance: Quantity = parameter(
        "Weight of joint Kurdish and Sunni opposition against compliance.", unit="logit", bounds=(0, 2)
    )
    iranian_influence_weight_in_compliance: Quantity = parameter(
        "Weight of Iranian influence in the log odds of compliance.", unit="logit", bounds=(0, 2)
    )
    isis_threat_weight_in_compliance: Quantity = parameter(
        "Weight of the ISIS threat against compliance with an expulsion vote.", unit="logit", bounds=(0, 3)
    )
    prime_minister_private_wish_to_keep_troops: Quantity = parameter(
        "Prime minister's private wish that US troops stay.", unit="1", bounds=(0, 1)
    )
    private_wish_weight_in_compliance: Quantity = parameter(
        "Weight of the prime minister's private wish against compliance.", unit="logit", bounds=(0, 4)
    )
    sanctions_weight_in_compliance: Quantity = parameter(
        "Weight of expected sanctions against compliance with an expulsion vote.", unit="logit", bounds=(0, 3.3)
    )
    sanctions_size_after_expulsion: Quantity = parameter(
        "Size of US sanctions after an expulsion, as a share of the strongest that the cabinet could face.",
        unit="1",
        bounds=(0, 1),
    )
    fiscal_stress_adjustment_time: Quantity = parameter(
        "Time over which fiscal stress follows sanctions.", unit="day", bounds=(30, 365)
    )
    fiscal_stress_effect_on_cabinet_fall: Quantity = parameter(
        "Growth of the log rate of cabinet fall with fiscal stress.", unit="log rate", bounds=(0, 2)
    )
    investment_relief_of_fiscal_stress: Quantity = parameter(
        "Fall of fiscal stress while US energy deals run.", unit="1", bounds=(0, 0.5)
    )
    attack_threshold_for_investment: Quantity = parameter(
        "Monthly number of attacks above which US energy deals stop.", unit="attacks/month", bounds=(2, 30)
    )
    announcement_cover: Quantity = parameter(
        "Fall of the log rate of cabinet fall after an announced cut or change of role.",
        unit="log rate",
        bounds=(0, 0.99),
    )
    announcement_cover_duration: Quantity = parameter(
        "Time for which an announcement shields the cabinet.", unit="day", bounds=(60, 365)
    )
    timetable_agreement_rate: Quantity = parameter(
        "Base rate at which an exit timetable is agreed.", unit="1/year", bounds=(0.01, 1.4)
    )
    expulsion_pressure_effect_on_timetable: Quantity = parameter(
        "Growth of the log rate of a timetable with expulsion pressure.", unit="log rate", bounds=(0, 1.5)
    )
    initial_timetable_credibility: Quantity = parameter(
        "Credibility of an exit timetable when it is agreed.", unit="1", bounds=(0.3, 1)
    )
    timetable_credibility_decay_time: Quantity = parameter(
        "Time over which a timetable loses credibility if nothing confirms it.", unit="day", bounds=(150, 1000)
    )
    negotiation_round_gap: Quantity = parameter("Mean time between negotiation rounds.", unit="day", bounds=(60, 270))
    negotiation_round_regularity: Quantity = parameter(
        "Shape of the gaps between negotiation rounds (one is purely random, more is more regular).",
        unit="1",
        bounds=(1, 8),
    )
    electoral_swing_spread: Quantity = parameter(
        "Spread of the change that an election brings to the alignment implied by seats.", unit="1", bounds=(0.1, 0.8)
    )
    isis_threat_threshold: Quantity = parameter(
        "ISIS activity at which its threat weighs fully against compliance with an expulsion vote.",
        unit="attacks/day",
        bounds=(0.75, 3),
    )
    cabinet_formation_spread: Quantity = parameter(
        "Spread of the log time that it takes to form a cabinet, from one formation to the next.",
        unit="1",
        bounds=(0.2, 1),
    )
