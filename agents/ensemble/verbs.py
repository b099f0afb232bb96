"""The vocabulary in which behaviour is written; each verb acts on every replication at once."""

from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np
from scipy.special import expit

from agents.ensemble import chance
from agents.ensemble.axis import Count, Flag, Quantity

DAYS_PER_YEAR = 365.25
DAYS_PER_MONTH = DAYS_PER_YEAR / 12


def choose(condition: Flag, then: Any, otherwise: Any) -> Any:
    """The value of `then` in replications where the condition holds, and of `otherwise` elsewhere."""
    return np.where(condition, then, otherwise)


def first_of(cases: Sequence[tuple[Flag, Any]], otherwise: Any) -> Any:
    """The value, in each replication, of the first case whose condition holds, else `otherwise`."""
    result = otherwise
    for condition, value in reversed(cases):
        result = choose(condition, value, result)
    return result


def happens(probability: Quantity | float, luck: Quantity) -> Flag:
    """True where an event of this probability occurs, given uniform luck in [0, 1)."""
    return luck < probability


def occurrences(mean: Quantity, luck: Quantity) -> Count:
    """Number of events, Poisson with this mean, by inversion of uniform luck in [0, 1)."""
    return chance.poisson(mean, luck)


def bounded(value: Any, low: Any = 0.0, high: Any = 1.0) -> Any:
    """The value, limited to [low, high]."""
    return np.minimum(np.maximum(value, low), high)


def share(part: Quantity, whole: Quantity) -> Quantity:
    """Part over whole, broadcast together; zero where the whole is zero."""
    return np.divide(part, whole, out=np.zeros(np.broadcast_shapes(part.shape, whole.shape)), where=whole > 0)


def toward(current: Any, target: Any, time: Any, days: float) -> Any:
    """A stock that closes the gap to its target with the given time constant [days], exactly over the step."""
    return target + (current - target) * np.exp(-days / time)


def fade(stock: Any, time: Any, days: float) -> Any:
    """A stock that decays with the given time constant [days], exactly over the step."""
    return stock * np.exp(-days / time)


def within(rate: Any, days: float) -> Any:
    """Probability that an event of this constant rate [1/day] happens within so many days."""
    return -np.expm1(-rate * days)


def a_day(yearly: Any) -> Any:
    """A rate or growth per year [1/year] as one per day [1/day]."""
    return yearly / DAYS_PER_YEAR


def logistic(log_odds: Any) -> Any:
    """Probability of the given log odds."""
    return expit(log_odds)


def column(quantity: Any) -> Any:
    """A quantity with one more axis, (replications, 1), to be combined with a (replications, units) array."""
    return np.asarray(quantity)[..., None]


def gathered(quantities: Iterable[Any]) -> Any:
    """Sum over agents, term by term from the left, so that the bits of a replication do not depend on its company."""
    total, *rest = quantities
    for quantity in rest:
        total = total + quantity
    return total


def across(by_unit: Any) -> Any:
    """Sum over the units of a (replications, units) array, term by term from the left."""
    return gathered(by_unit[:, unit] for unit in range(by_unit.shape[1]))
