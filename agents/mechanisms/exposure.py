"""Targets: exposure of sites, substitution between them, displacement to others."""

import numpy as np

from agents.ensemble.axis import Quantity
from agents.ensemble.verbs import across, column, share


def pull(exposure: Quantity, elasticity: Quantity) -> Quantity:
    """Pull of each site on attacks [-]: one at reference exposure, zero without any.

    exposure     (replications, sites)  [-]
    elasticity   (replications,)        [-]
    returns      (replications, sites)  [-]
    """
    return np.where(exposure > 0, exposure ** column(elasticity), 0.0)


def reachable(pulls: Quantity, reach: Quantity) -> Quantity:
    """Targets within a faction's reach [-], one at reference: the sum over sites of reach times pull.

    pulls, reach   (replications, sites)
    """
    return across(pulls * reach)


def opportunity(targets: Quantity, substitution: Quantity) -> Quantity:
    """Opportunity to attack [-], one at reference: when sites close, part of their attacks move to those that remain.

    targets        [-]    sum over sites of reach times pull
    substitution   [0-1]  one: the total does not change while any site remains; zero: attacks vanish with the site

    Claims S002-08, S003-09 for substitution, S001-38, S003-34 against (hypothesis H6).
    """
    return np.where(targets > 0, targets ** (1.0 - substitution), 0.0)


def by_site(attacks: Quantity, pulls: Quantity, reach: Quantity, targets: Quantity) -> Quantity:
    """Attacks on each site, in proportion to reach times pull; none where nothing is within reach.

    attacks        (replications,)        [attacks/day]
    pulls, reach   (replications, sites)  [-]
    targets        (replications,)        [-]  from `reachable`
    returns        (replications, sites)  [attacks/day]
    """
    return share(pulls * reach, column(targets)) * column(attacks)


def displaced_share(presence: Quantity, while_present: Quantity, after_exit: Quantity) -> Quantity:
    """Share of the attacks forgone for want of US targets that turns on other targets; it changes as troops leave.

    presence        [share of reference]  US troops in Iraq
    while_present   [0-1]                 share with troops at reference or above
    after_exit      [0-1]                 share without troops

    Claims S001-35, S003-36, S004-47 for, S001-38, S003-34 against (D12).
    """
    gone = 1.0 - np.minimum(presence, 1.0)
    return while_present + (after_exit - while_present) * gone


def other_attacks(quarrels: Quantity, displaced: Quantity, fear: Quantity, fear_share: Quantity) -> Quantity:
    """A faction's attacks [attacks/day] on the Kurdistan Region, the state and rivals together.

    quarrels     [attacks/day]  its own, with all that raises them
    displaced    [attacks/day]  attacks that would fall on US targets at reference exposure and turn on others instead
    fear         [log rate]     of US strikes
    fear_share   [0-1]          of that fear that counts here
    """
    return (quarrels + displaced) * np.exp(-fear_share * fear)


def diplomatic_share(embassy: Quantity, troops: Quantity) -> Quantity:
    """Share of attacks on Baghdad that aim at diplomatic sites, from the pulls of the embassy and of the troops there.

    Claims S002-10, S003-15: the embassy is a target in its own right, all the more so once troops are gone.
    """
    return share(embassy, embassy + troops)


def drone_share(
    years: float, deviation: Quantity, *, initial: Quantity, growth: Quantity, spread: Quantity
) -> Quantity:
    """Share of drones among attacks on bases, so many years after mid-2019; the rest are rockets.

    deviation   [sd]  how far drones are more common than usual in a replication

    Claims S001-56 (rockets, 2019-21), S001-31, S001-41, S004-28 (drones after).
    """
    return 1.0 / (1.0 + np.exp(-(initial + growth * years + spread * deviation)))


def lethal_intent(
    directive: Quantity, direct_war: Quantity, *, directive_effect: Quantity, war_effect: Quantity, normaliser: Quantity
) -> Quantity:
    """Multiplier on the lethality of attacks on bases; one on average over the windows to which lethality is fitted.

    directive    [-1, 1]  of Iran
    direct_war   [0/1]
    """
    return np.exp(directive_effect * directive + war_effect * direct_war) / normaliser
