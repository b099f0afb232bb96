"""Kurds, Sunnis and Sadrists: fear, mobilisation, clashes (the ethnic security dilemma)."""

import numpy as np

from agents.ensemble.axis import Quantity
from agents.ensemble.verbs import a_day, logistic


def fear_of_vacuum(capability: Quantity, presence: Quantity, felt_ahead: Quantity) -> Quantity:
    """Fear of militias after an exit, in [0, 1]: their capability times the vacuum, part of it felt in advance.

    capability   [0-1]                 of the militias, as a community judges it
    presence     [share of reference]  US troops still there
    felt_ahead   [0-1]                 share of that fear felt while troops are at reference

    Source: Posen 1993. Claims S001-46, S001-47, S004-46, S004-47: fear, not contentment, drives opposition to an exit.
    """
    vacuum = 1.0 - np.minimum(presence, 1.0)
    return capability * (felt_ahead + (1.0 - felt_ahead) * vacuum)


def alienation_target(
    warmth: Quantity, member: Quantity, caretaker: Quantity, *, intercept: Quantity, warmth_effect: Quantity,
    member_effect: Quantity, caretaker_effect: Quantity,
) -> Quantity:  # fmt: skip
    """Sunni alienation toward which the bloc moves, in [0, 1]; assumed, since only one claim speaks of Sunnis.

    warmth      [0-1]  alignment of the cabinet with the factions' camp, zero if hostile
    member      [0/1]  the bloc sits in the coalition
    caretaker   [0/1]  no full cabinet
    """
    return logistic(intercept + warmth_effect * warmth - member_effect * member + caretaker_effect * caretaker)


def tension(
    erbil_presence: Quantity, coordination: Quantity, budget: Quantity, *, mediation: Quantity,
    coordination_effect: Quantity, budget_effect: Quantity,
) -> Quantity:  # fmt: skip
    """Tension between Baghdad and Erbil as a multiplier on clash rates.

    erbil_presence   [share of reference]  US troops in Erbil; reinforcements beyond reference do not calm further
    coordination     [0-1]                 of their forces
    budget           [sd]                  budget dispute

    Claims S001-47, S004-34, S004-45, S004-46 (hypothesis H7).
    """
    gone = 1.0 - np.minimum(erbil_presence, 1.0)
    return np.exp(mediation * gone + coordination_effect * (1.0 - coordination) + budget_effect * budget)


def mobilisation(
    excluded: Quantity,
    distress: Quantity,
    *,
    intercept: Quantity,
    exclusion_effect: Quantity,
    distress_effect: Quantity,
) -> Quantity:
    """Share of the Sadrist movement that is on the street, in [0, 1]: Epstein's civil violence as a mean field (2002).

    excluded   [0/1]  the movement is outside parliament
    distress   [sd]   economic distress, the fall of the oil price
    """
    return logistic(intercept + exclusion_effect * excluded + distress_effect * distress)


def intra_shia_rate(
    mobilised: Quantity, caretaker: Quantity, *, base: Quantity, full_cabinet: Quantity, caretaker_adds: Quantity,
    idle_share: Quantity,
) -> Quantity:  # fmt: skip
    """Daily rate [1/day] of armed clashes between Sadrists and Iran-aligned groups with ten or more dead.

    mobilised   [0-1]  share of the movement that is on the street
    caretaker   [0/1]  no full cabinet

    Claims S000-45, S000-48, S001-53, S001-54; the fighting of August 2022 came under a caretaker.
    """
    return a_day(base) * (full_cabinet + caretaker_adds * caretaker) * (idle_share + mobilised)
