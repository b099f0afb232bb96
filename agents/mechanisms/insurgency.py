"""ISIS: net growth of latent activity, and the ground and discord that it grows on."""

import numpy as np

from agents.ensemble.axis import Quantity


def ungoverned(
    base: float, disputed: float, coordination: Quantity, alienation: Quantity, *, gap_effect: Quantity,
    alienation_effect: Quantity,
) -> Quantity:  # fmt: skip
    """Index of ungoverned space in a governorate [-]: more where forces do not coordinate and Sunnis are alienated.

    base           [-]    index at the start
    disputed       [0-1]  share of the governorate that is disputed between Baghdad and Erbil
    coordination   [0-1]  of Iraqi forces with the Peshmerga; matters where land is disputed
    alienation     [0-1]  of the Sunni bloc

    Claims S001-28, S004-38.
    """
    return base + gap_effect * (1.0 - coordination) * disputed + alienation_effect * alienation


def discord(caretaker: Quantity, coordination: Quantity, alienation: Quantity) -> Quantity:
    """Discord among Iraqi groups, in [0, 1]; one under a caretaker.

    caretaker      [0/1]  no full cabinet
    coordination   [0-1]  of Iraqi forces with the Peshmerga
    alienation     [0-1]  of the Sunni bloc

    Claim S004-38: an exit *and* feuds let ISIS back.
    """
    return 1.0 - (1.0 - caretaker) * coordination * (1.0 - alienation)


def yearly_growth(
    trend: Quantity, lost_capability: Quantity, ungoverned_excess: Quantity, crowding: Quantity, caretaker: Quantity,
    at_odds: Quantity, stress: Quantity, *, enabler_effect: Quantity, exit_and_feuds: Quantity, ground_effect: Quantity,
    caretaker_effect: Quantity, stress_effect: Quantity, crowding_effect: Quantity,
) -> Quantity:  # fmt: skip
    """Net growth of the log activity of one cell [1/year].

    trend               [1/year]  net growth with full US enablers and average ground, good and bad spells included
    lost_capability     [0-1]     Iraqi capability that went with US enablers
    ungoverned_excess   [-]       ungoverned index of the governorate less the average at the start
    crowding            [-]       activity over what the ground can carry
    caretaker           [0/1]     no full cabinet
    at_odds             [0-1]     discord among Iraqi groups
    stress              [-]       fiscal stress of the state

    Counts identify only the net growth and its rise when enablers go, so recruitment and attrition are not separated.
    Hypothesis H1: enabler_effect is large, near zero, or gives way to exit_and_feuds.
    Claims S001-10, S001-48, S001-50, S001-51 against S001-20, S001-26; S004-38 for both at once.
    """
    return (
        trend
        + lost_capability * (enabler_effect + exit_and_feuds * at_odds)
        + ground_effect * ungoverned_excess
        + caretaker_effect * caretaker
        + stress_effect * stress
        - crowding_effect * crowding
    )


def grown(
    activity: Quantity, yearly: Quantity, shock: Quantity, inflow: Quantity, years: float, *, volatility: Quantity,
    floor: Quantity,
) -> Quantity:  # fmt: skip
    """Latent activity of a cell after a step [attacks/day].

    activity     [attacks/day]
    yearly       [1/year]            growth of its log
    shock        [-]                 standard normal
    inflow       [attacks/day/year]  from outside Iraq, negative if ISIS turns abroad
    years        [year]              length of the step
    volatility   [1/sqrt(year)]
    floor        [attacks/day]       so that the logarithm exists
    """
    wandered = np.exp(yearly * years + volatility * np.sqrt(years) * shock)
    return np.maximum(activity * wandered + inflow * years, floor)


def spell(deviation: Quantity, shock: Quantity, persistence: Quantity, spread: Quantity, days: float) -> Quantity:
    """Common deviation of growth of all cells, one step on: a stationary Ornstein-Uhlenbeck process, stepped exactly.

    deviation     [1/year]  before the step
    shock         [-]       standard normal
    persistence   [day]     time constant
    spread        [1/year]  stationary standard deviation
    days          [day]     length of the step
    returns       [1/year]
    """
    kept = np.exp(-days / persistence)
    return deviation * kept + spread * np.sqrt(1.0 - kept**2) * shock
