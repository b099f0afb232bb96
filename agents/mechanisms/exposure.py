"""What there is to hit: exposure of sites, substitution between them, displacement to others."""

import numpy as np

from agents.ensemble.axis import Quantity
from agents.ensemble.verbs import across, column, share


def pull(exposure: Quantity, elasticity: Quantity) -> Quantity:
    """How strongly each site draws attacks, (replications, sites), from exposure: one at reference, none at none."""
    return np.where(exposure > 0, exposure ** column(elasticity), 0.0)


def reachable(pulls: Quantity, reach: Quantity) -> Quantity:
    """Targets within a faction's reach, one at reference: the sum over sites of reach times pull."""
    return across(pulls * reach)


def opportunity(targets: Quantity, substitution: Quantity) -> Quantity:
    """What there is to hit, one at reference: in part attacks move to the sites that remain when others close.

    targets        [-]    sum over sites of reach times pull
    substitution   [0-1]  one: the total does not change while any site remains; zero: attacks vanish with the site

    Claims S002-08, S003-09 for substitution, S001-38, S003-34 against (hypothesis H6).
    """
    return np.where(targets > 0, targets ** (1.0 - substitution), 0.0)


def by_site(attacks: Quantity, pulls: Quantity, reach: Quantity, targets: Quantity) -> Quantity:
    """Attacks a day on each site, (replications, sites): as strongly as each draws them; none without a target."""
    return share(pulls * reach, column(targets)) * column(attacks)


def displaced_share(presence: Quantity, while_present: Quantity, after_exit: Quantity) -> Quantity:
    """Share of attacks forgone for want of US targets that turns on others: it changes as troops go.

    presence   [share of reference]   US troops in Iraq

    Claims S001-35, S003-36, S004-47 for, S001-38, S003-34 against (D12).
    """
    gone = 1.0 - np.minimum(presence, 1.0)
    return while_present + (after_exit - while_present) * gone


def other_attacks(quarrels: Quantity, displaced: Quantity, fear: Quantity, fear_share: Quantity) -> Quantity:
    """A faction's attacks a day on the Kurdistan Region, the state and rivals together.

    quarrels    [attacks/day]  its own, with all that raises them
    displaced   [attacks/day]  attacks that it would launch on US targets at reference exposure, does not, and moves
    fear        [log rate]     of US strikes, of which only a share counts here
    """
    return (quarrels + displaced) * np.exp(-fear_share * fear)


def diplomatic_share(embassy: Quantity, troops: Quantity) -> Quantity:
    """Share of attacks on Baghdad that aim at diplomatic sites: the embassy's pull beside that of the troops there.

    Claims S002-10, S003-15: the embassy is a target in its own right, all the more so once troops are gone.
    """
    return share(embassy, embassy + troops)


def drone_share(
    years: float, deviation: Quantity, *, initial: Quantity, growth: Quantity, spread: Quantity
) -> Quantity:
    """Share of drones among attacks on bases, so many years after mid-2019; rockets are the rest.

    Claims S001-56 (rockets, 2019-21), S001-31, S001-41, S004-28 (drones after).
    """
    return 1.0 / (1.0 + np.exp(-(initial + growth * years + spread * deviation)))


def lethal_intent(
    directive: Quantity, direct_war: Quantity, *, directive_effect: Quantity, war_effect: Quantity, normaliser: Quantity
) -> Quantity:
    """Multiplier on the lethality of attacks on bases; one on average over the windows to which lethality is fitted."""
    return np.exp(directive_effect * directive + war_effect * direct_war) / normaliser
