"""Baghdad: pressure to expel, votes, compliance, cabinets, timetables, fiscal stress (two-level games)."""

import numpy as np

from agents.ensemble.axis import Quantity
from agents.ensemble.verbs import a_day, bounded, gathered, logistic


def cabinet_fall_rate(
    pressure: Quantity, stress: Quantity, cover: Quantity, *, base: Quantity, pressure_effect: Quantity,
    stress_effect: Quantity, cover_effect: Quantity,
) -> Quantity:  # fmt: skip
    """Daily rate [1/day] at which a full cabinet falls between elections.

    pressure   [-]    pressure to expel US troops, within its ceiling
    stress     [-]    fiscal stress
    cover      [0/1]  an announced cut or change of role shields the prime minister (S000-12, S000-14)

    Sources: King, Alt, Burns and Laver 1990; Diermeier and Stevenson 1999. Claims S004-43, S004-44, S003-31.
    """
    return a_day(base) * np.exp(pressure_effect * pressure + stress_effect * stress - cover_effect * cover)


def veto(kurdish: Quantity, sunni: Quantity, sadrist: Quantity, sadrist_weight: Quantity) -> Quantity:
    """Opposition in parliament to an instant expulsion, in [0, 1] (Tsebelis 2002).

    kurdish, sunni   [0-1]  opposition of each community; they block only together
    sadrist          [0/1]  the movement is inside politics and fears that an exit favours its rivals
    sadrist_weight   [0-1]

    Claims S001-46, S001-47, S004-46; S000-46, S000-48.
    """
    return bounded(kurdish * sunni + sadrist_weight * sadrist)


def expulsion_vote_rate(
    pressure: Quantity, opposition: Quantity, *, base: Quantity, pressure_effect: Quantity, veto_effect: Quantity
) -> Quantity:
    """Daily rate [1/day] at which parliament votes to expel US troops.

    pressure     [-]    pressure to expel US troops, within its ceiling
    opposition   [0-1]  from `veto`

    Claims S004-08, S004-21; only one such vote is known.
    """
    return a_day(base) * np.exp(pressure_effect * pressure) * (1.0 - veto_effect * opposition)


def compliance_probability(terms: list[Quantity]) -> Quantity:
    """Probability that a cabinet carries out an expulsion vote, from its weighted reasons [logit], which add up.

    Two-level game (Putnam 1988) with a private wish that may differ from the public line (Kuran 1995).
    Claims S003-02, S003-51, S004-18, S004-20: two prime ministers passed over the one vote.
    """
    return logistic(gathered(terms))


def timetable_rate(pressure: Quantity, *, base: Quantity, pressure_effect: Quantity) -> Quantity:
    """Daily rate [1/day] at which an exit timetable is agreed.

    pressure   [-]  pressure to expel US troops, within its ceiling

    Claims S000-09, S002-16, S004-02, S004-11; S004-08, S004-43.
    """
    return a_day(base) * np.exp(pressure_effect * pressure)


def fiscal_target(sanctioned: Quantity, size: Quantity, calm: Quantity, relief: Quantity) -> Quantity:
    """Fiscal stress [-] toward which the state moves: sanctions raise it, energy deals lower it while attacks are few.

    sanctioned   [0/1]  US sanctions are in force
    size         [-]    stress that they cause
    calm         [0/1]  recent attacks are too few to deter investment
    relief       [-]    fall of stress in calm

    Claims S003-31, S003-37 (sanctions), S002-23 to S002-25 (deals that hinge on security).
    """
    return sanctioned * size - relief * calm


def confrontation_rate(disarmament: Quantity, base: Quantity) -> Quantity:
    """Daily rate [1/day] of armed confrontations under a disarmament drive.

    disarmament   [0-1]     effort to disarm militias
    base          [1/year]  at full effort

    Claims S003-30, S003-40, S003-41.
    """
    return a_day(base) * disarmament


def collapse_rate(
    politicisation: Quantity, threat: Quantity, *, base: Quantity, politicisation_effect: Quantity
) -> Quantity:
    """Daily rate [1/day] of a collapse of army units like that of 2014.

    politicisation   [0-1]  of the army; a half leaves the rate as it is
    threat           [-]    ISIS activity over its level at the start, at least one

    Source: Talmadge 2015. Claims S001-17 to S001-20.
    """
    return a_day(base) * np.exp(politicisation_effect * (politicisation - 0.5)) * np.maximum(threat, 1.0)
