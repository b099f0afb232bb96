"""Inputs that go with a paired change: rank correlation over draws, change in the outer quarters of an input."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray
from scipy.stats import false_discovery_control, spearmanr

Numbers = NDArray[np.float64]

LEAST_DRAWS = 60  # below which no association is estimated

RATE = 0.05  # of false discoveries among the associations that are reported

QUARTER = 0.25


@dataclass(frozen=True)
class Association:
    """Rank correlation of an input with a paired change, and the median change in either quarter of the input."""

    parameter: str
    correlation: float
    low: float  # median change in draws with the lowest quarter of values
    high: float  # and with the highest
    p_value: float  # adjusted by Benjamini and Hochberg


def associations(parameters: pd.DataFrame, changes: Mapping[int, float], names: Sequence[str]) -> list[Association]:
    """Associations beyond noise, strongest first.

    parameters    one row a draw, indexed by draw
    changes       paired change by draw, under one theory
    names         uncertain inputs to be tried
    """
    values = pd.Series(changes, dtype=float).dropna()
    inputs = parameters.loc[parameters.index.intersection(values.index)]
    target = values.loc[inputs.index].to_numpy(dtype=float)
    varied = [name for name in names if inputs[name].nunique() > 1]
    if len(target) < LEAST_DRAWS or not varied or np.ptp(target) == 0:
        return []
    tested = list(_tested(inputs, target, varied))
    adjusted = false_discovery_control([p_value for *_, p_value in tested])
    beyond_noise = [
        Association(name, rho, *_quarters(inputs[name].to_numpy(dtype=float), target), float(p_value))
        for (name, rho, _), p_value in zip(tested, adjusted, strict=True)
        if p_value < RATE
    ]
    return sorted(beyond_noise, key=lambda one: -abs(one.correlation))


def _tested(inputs: pd.DataFrame, target: Numbers, names: Sequence[str]) -> Iterator[tuple[str, float, float]]:
    for name in names:
        rho, p_value = spearmanr(inputs[name].to_numpy(dtype=float), target)
        yield name, float(rho), float(p_value)


def _quarters(values: Numbers, target: Numbers) -> tuple[float, float]:
    """Median change in the lowest and in the highest quarter of an input."""
    low, high = np.quantile(values, (QUARTER, 1.0 - QUARTER))
    return float(np.median(target[values <= low])), float(np.median(target[values >= high]))
