"""Iran and its clients: intention, control, strikes of its own (principal and agent)."""

import numpy as np

from agents.ensemble.axis import Quantity
from agents.ensemble.verbs import a_day, gathered, logistic


def intention(motives: list[Quantity]) -> Quantity:
    """Directive that Iran intends, from the sum of its motives [logit]: -1 restrain, 0 tolerate, 1 push.

    A quantal response (McKelvey and Palfrey 1995): no motive is decisive, all shift the odds.
    """
    return 2.0 * logistic(gathered(motives)) - 1.0


def restraint(
    warmth: Quantity, war: Quantity, timetable: Quantity, *, effect: Quantity, timetable_weight: Quantity
) -> Quantity:
    """Fall of Iran's push [logit] under a friendly cabinet and with a credible exit.

    warmth      [0-1]  alignment of the cabinet with the factions' camp, zero if hostile
    war         [0/1]  a regional war sets the first part aside
    timetable   [0-1]  credibility of an exit

    Claims S004-22, S004-23; S000-37 and S000-38 deny the second part.
    """
    return effect * (warmth * (1.0 - war) + timetable_weight * timetable)


def push(directive: Quantity, control: Quantity, effect: Quantity) -> Quantity:
    """Change of a faction's log attack rate under Iran's directive.

    directive   [-1, 1]     of Iran
    control     [0-1]       share of it that the faction follows
    effect      [log rate]  at full control and full push

    Sources: Salehyan 2010; Byman and Kreps 2010. Claims S000-33, S000-36, S000-43, S004-24.
    """
    return effect * control * directive


def control(vanguard: float, over_vanguard: Quantity, deficit: Quantity, broker_loss: Quantity) -> Quantity:
    """Share of Iran's directive that a faction follows: less if parochial, less while its chief broker is missing.

    vanguard        [0-1]  one for a faction of the vanguard, zero for a parochial one
    over_vanguard   [0-1]  control over the vanguard
    deficit         [0-1]  by which control over parochial factions is lower
    broker_loss     [0-1]  share of control missing with the broker

    Source: Knights, Malik and Smith 2021 for the typology and for weaker control after early 2020.
    """
    return np.maximum(over_vanguard - deficit * (1.0 - vanguard), 0.0) * (1.0 - broker_loss)


def direct_strike_rate(
    base: Quantity, grievance: Quantity, direct_war: Quantity, shield: Quantity, *, grievance_effect: Quantity,
    war_effect: Quantity, deterrence: Quantity,
) -> Quantity:  # fmt: skip
    """Daily rate [1/day] of Iran's own strikes on one kind of target in Iraq.

    base         [1/year]  with nothing to avenge, no war and full presence
    grievance    [-]       fresh grievance over killed commanders
    direct_war   [0/1]
    shield       [0-1]     US presence on the ground or in the air, whichever is more

    Claims: S004-48 (threats against Kurdish opposition), S001-44, S001-49, S002-14, S004-37 (presence deters).
    """
    exponent = grievance_effect * grievance + war_effect * direct_war + deterrence * (1.0 - shield)
    return a_day(base) * np.exp(exponent)


def visit_rate(intended: Quantity, *, highest: Quantity, slope: Quantity, offset: Quantity) -> Quantity:
    """Daily rate [1/day] at which visits of Iran's envoy become known, given what Iran intends.

    intended   [-1, 1]

    A sign of the push that follows, never its cause. Claims S000-42 to S000-44, S002-04, S003-11.
    """
    return a_day(highest) * logistic(slope * intended + offset)


def influence(terms: list[Quantity]) -> Quantity:
    """Index of Iranian influence in Baghdad, in [0, 1], from its weighted terms [logit], which add up.

    Only contrasts of it are reported.

    Claims for the signs: S000-26, S000-27, S000-48, S001-22, S001-24, S003-33, S004-39.
    """
    return logistic(gathered(terms))
