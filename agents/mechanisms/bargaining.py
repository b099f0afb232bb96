"""Promises of exit: whether they are believed, spoiled, broken or kept (commitment problems)."""

from agents.ensemble.axis import Quantity


def office_restraint(
    warmth: Quantity, stake: float, war: Quantity, *, effect: Quantity, war_override: Quantity
) -> Quantity:
    """Fall of a faction's log attack rate with its stake in an aligned cabinet (Staniland 2012).

    warmth    [0-1]       alignment of the cabinet with the factions' camp, zero if hostile
    stake     [0-1]       weight of the faction's interest in such a cabinet
    war       [0/1]       a regional war sets most of the restraint aside
    returns   [log rate]

    Claims S004-22, S004-23; the override S004-26, S004-27.
    """
    return effect * stake**0.5 * warmth * (1.0 - war_override * war)


def exit_restraint(belief: Quantity, war: Quantity, *, effect: Quantity, war_discount: Quantity) -> Quantity:
    """Fall of the log attack rate with a believed exit (a negative effect emboldens), hypothesis H5.

    belief    [0-1]       share of the announced cut that the factions have come to believe
    war       [0/1]       a regional war sets part of the restraint aside
    returns   [log rate]

    Sources: Fetzer et al. 2021 (restraint) against Iyengar and Monten 2008 (emboldening); S003-34 against S000-37.
    """
    return effect * belief * (1.0 - war_discount * war)


def slippage(unmet_share: Quantity, lately_due: Quantity, size: Quantity) -> Quantity:
    """Index of a promised date that passed unmet; zero where the whole cut was carried out in time.

    unmet_share   [0-1]  share of the announced cut not carried out
    lately_due    [0/1]  a promised date has passed so recently that it is still a grievance
    size          [-]    index of a promise of which nothing was kept
    """
    return size * unmet_share * lately_due


def announced_cut_carried_out(level: Quantity, promised: Quantity) -> Quantity:
    """Share of an announced cut that is visible on the ground; zero where no cut was announced.

    level      [share of starting troops]  now
    promised   [share of starting troops]  where the announced path ends
    """
    cut = 1.0 - promised
    return (cut > 0) * (1.0 - level) / (cut + (cut <= 0))


def hopes_gap(credibility: Quantity) -> Quantity:
    """Exit hoped for less exit delivered when a negotiation round ends, in [0, 1].

    credibility   [0-1]  of an exit timetable: all that a round delivers

    Claims S002-26, S003-01, S003-34.
    """
    return 1.0 - credibility
