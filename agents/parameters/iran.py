"""Assumptions about Iran: priors and evidence in seeds/parameters/iran.yaml."""

from dataclasses import dataclass

from agents.ensemble.axis import Quantity
from agents.ensemble.parameters import Parameters, parameter
from agents.roster import INFLUENCE_TERMS


@dataclass(frozen=True, kw_only=True)
class IranParameters(Parameters):
    """Assumptions about Iran."""

    iranian_baseline_push: Quantity = parameter(
        "Iran's inclination to unleash the factions when nothing else moves it (zero is indifference).",
        unit="logit",
        bounds=(-1.6, 1.6),
    )
    presence_effect_on_iranian_push: Quantity = parameter(
        "Change of Iran's inclination to unleash the factions as the US presence departs from its reference level.",
        unit="logit",
        bounds=(-1.7, 1.7),
    )
    iranian_directive_adjustment_time: Quantity = parameter(
        "Time over which Iran's directive to the factions follows its inclination.", unit="day", bounds=(3, 45)
    )
    proxy_war_push: Quantity = parameter(
        "Rise of Iran's inclination to unleash the factions during a regional proxy war.",
        unit="logit",
        bounds=(-0.88, 4.1),
    )
    direct_war_push: Quantity = parameter(
        "Rise of Iran's inclination to unleash the factions during a direct war.", unit="logit", bounds=(-3.7, 5.7)
    )
    direct_war_episode_spread_in_push: Quantity = parameter(
        "Spread between one direct war and the next in Iran's push.", unit="logit", bounds=(0.3, 2)
    )
    commander_grievance_push: Quantity = parameter(
        "Rise of Iran's inclination to unleash the factions with fresh grievance over killed commanders.",
        unit="logit",
        bounds=(0, 1.5),
    )
    fresh_grievance_per_commander_killed: Quantity = parameter(
        "Fresh grievance that Iran takes from one killed commander.", unit="1", bounds=(0.2, 1)
    )
    fresh_grievance_decay_time: Quantity = parameter(
        "Time over which fresh grievance over killed commanders fades.", unit="day", bounds=(14, 180)
    )
    lasting_grievance_effect: Quantity = parameter(
        "Effect of long grievance over killed commanders on Iran's push and on the pressure to expel US troops.",
        unit="logit",
        bounds=(0, 1.4),
    )
    lasting_grievance_decay_time: Quantity = parameter(
        "Time over which long grievance over killed commanders fades.", unit="day", bounds=(700, 3000)
    )
    iranian_cost_sensitivity: Quantity = parameter(
        "Fall of Iran's inclination to unleash the factions with the cost it has felt from US strikes.",
        unit="logit",
        bounds=(0, 2),
    )
    cost_felt_per_severe_strike: Quantity = parameter(
        "Cost that Iran feels from a major strike or a killed commander.", unit="1", bounds=(0.1, 1)
    )
    cost_felt_decay_time: Quantity = parameter(
        "Time over which Iran forgets the cost of US strikes.", unit="day", bounds=(30, 365)
    )
    iranian_restraint_under_aligned_government: Quantity = parameter(
        "Fall of Iran's inclination to unleash the factions when the cabinet is aligned with them or an exit timetable is credible.",
        unit="logit",
        bounds=(0, 4),
    )
    timetable_weight_in_iranian_restraint: Quantity = parameter(
        "Weight of a credible exit timetable, relative to an aligned cabinet, in restraining Iran.",
        unit="1",
        bounds=(-1, 1),
    )
    detente_restraint: Quantity = parameter(
        "Fall of Iran's inclination to unleash the factions at full US-Iran detente.", unit="logit", bounds=(0, 4)
    )
    iranian_direct_strike_rate: Quantity = parameter(
        "Base rate of Iranian strikes from its own soil on US sites in Iraq.", unit="1/year", bounds=(0.01, 1.4)
    )
    grievance_effect_on_direct_strike: Quantity = parameter(
        "Growth of the log rate of Iranian direct strikes with fresh grievance.", unit="log rate", bounds=(0, 5)
    )
    direct_war_effect_on_direct_strike: Quantity = parameter(
        "Growth of the log rate of Iranian direct strikes in a direct war.", unit="log rate", bounds=(1, 5)
    )
    presence_deterrence_of_direct_strikes: Quantity = parameter(
        "Rise of the log rate of Iranian direct strikes as US troops and air power leave.",
        unit="log rate",
        bounds=(0, 1.7),
    )
    broker_loss_of_sponsor_control: Quantity = parameter(
        "Share of Iran's control over the factions that is lost with its chief broker.", unit="1", bounds=(0, 0.6)
    )
    broker_loss_recovery_time: Quantity = parameter(
        "Time over which control lost with a broker is rebuilt.", unit="day", bounds=(90, 1000)
    )
    envoy_visit_rate: Quantity = parameter(
        "Highest rate at which visits of Iran's envoy become known, reached under a full push.",
        unit="1/year",
        bounds=(0.7, 32),
    )
    envoy_visit_signal_slope: Quantity = parameter(
        "Steepness with which visits of the envoy become likelier with Iran's directive.", unit="logit", bounds=(1, 8)
    )
    envoy_visit_signal_offset: Quantity = parameter(
        "Offset of the logistic curve that turns Iran's directive into visits.", unit="logit", bounds=(-3, 1)
    )
    deaths_per_iranian_direct_strike: Quantity = parameter(
        "Mean number of people killed by an Iranian direct strike in Iraq.", unit="deaths/strike", bounds=(0.1, 33)
    )
    iranian_influence_weights: Quantity = parameter(
        "Weights of the index of Iranian influence: cabinet alignment, factions in office, directive, US presence, Sadrist mobilisation, caretaker days.",
        unit="logit",
        bounds=(-1.5, 1.5),
        labels=INFLUENCE_TERMS,
    )
    iranian_influence_weight_multipliers: Quantity = parameter(
        "Multipliers, one drawn for each weight, that state doubt about the influence weights.",
        unit="1",
        bounds=(0.4, 2.2),
        labels=INFLUENCE_TERMS,
    )
    iranian_strike_rate_on_kurdish_opposition: Quantity = parameter(
        "Base rate of Iranian strikes on Kurdish opposition groups in Iraq.", unit="1/year", bounds=(0.02, 2)
    )
    fresh_grievance_ceiling: Quantity = parameter(
        "Fresh grievance beyond which it moves Iran no further.", unit="1", bounds=(1, 4)
    )
    neutrality_bargain_acceptance: Quantity = parameter(
        "How far Iran and the factions accept a bargain of neutrality, as the understanding that it brings.",
        unit="1",
        bounds=(0, 1),
    )
