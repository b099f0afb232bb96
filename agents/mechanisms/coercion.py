"""Strikes that answer attacks, and their effects: retaliation, deterrence, provocation, grievance."""

import numpy as np

from agents.ensemble.axis import Quantity


def limited_strike_hazard(
    recent_attacks: Quantity, posture: Quantity, *, scale: Quantity, elasticity: Quantity, ceiling: Quantity
) -> Quantity:
    """Daily hazard of a limited US strike in answer to attacks that killed nobody.

    recent_attacks   [attacks]   on bases and diplomatic sites, fading over the retaliation memory
    posture          [log rate]  hawkishness less what host politics forbid
    scale            [1/day]     per unit of (1 + attacks)**elasticity - 1
    ceiling          [1/day]     approached smoothly
    returns          [1/day]

    No attack, no hazard. Source: reply ratios of 2020-21, data/us_strikes_on_militias; claims S000-50, S004-05.
    """
    provoked = scale * ((1.0 + recent_attacks) ** elasticity - 1.0) * np.exp(posture)
    return ceiling * -np.expm1(-provoked / ceiling)


def major_strike_hazard(
    lethal_attacks: Quantity, hawkishness: Quantity, *, response: Quantity, ceiling: Quantity
) -> Quantity:
    """Daily hazard of a major US strike in answer to recent lethal attacks, counted up to a ceiling.

    lethal_attacks   [attacks]   on bases and diplomatic sites, fading over the retaliation memory
    hawkishness      [log rate]
    returns          [1/day]

    Every lethal attack in the tables was answered, after 1, 2 and 10 days; claim S004-42.
    """
    return response * np.minimum(lethal_attacks, ceiling) * np.exp(hawkishness)


def severity(
    limited: Quantity, major: Quantity, commanders: Quantity, *, major_adds: Quantity, commander_adds: Quantity
) -> Quantity:
    """Severity of a day's strikes [-]: one for each strike, more for major ones and for commanders killed.

    limited, major   [strikes]
    commanders       [killings]
    """
    return limited + major * (1.0 + major_adds) + commanders * commander_adds


def fear_added(severity: Quantity, struck: Quantity, *, deterrence: Quantity, spillover: Quantity) -> Quantity:
    """Fear [log rate] that a day's strikes add to a faction: in full if it was struck, in part if another was.

    severity   [-]    of the day's strikes
    struck     [0/1]  the faction itself was struck

    Deterrence is local and passing: Jaeger and Paserman 2008; Johnston 2012 and Price 2012 against Jordan 2009.
    Under the theory that strikes only provoke, deterrence is zero.
    """
    return deterrence * severity * (spillover + struck)


def deterrence(fear: Quantity, direct_war: Quantity, *, ceiling: Quantity, war_discount: Quantity) -> Quantity:
    """Fear in force [log rate]: bounded, and mostly set aside in a direct war, when stakes are existential.

    fear         [log rate]  accumulated over past strikes
    direct_war   [0/1]
    """
    return np.minimum(fear, ceiling) * (1.0 - war_discount * direct_war)


def early_exit_rate(cost: Quantity, *, base: Quantity, sensitivity: Quantity, ceiling: Quantity) -> Quantity:
    """Yearly rate [1/year] at which the cost of staying brings the US exit forward: compellence (Schelling 1966).

    cost   [attacks]  lethal attacks and, at their weight, all others, fading

    The texts agree that attacks aim at this (S000-37, S004-31) and mostly doubt that it works (S004-01, S004-09),
    so base and sensitivity may be near zero.
    """
    return base * np.exp(sensitivity * np.minimum(cost, ceiling))
