"""Priors: distributions of parameters as quantile functions of one uniform number."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.special import betainc, betaincinv, gammaincinv, ndtr, ndtri

Numbers = NDArray[np.float64]


@dataclass(frozen=True)
class Family:
    """Kind of prior: its numbers, its distribution function and the inverse of that."""

    takes: tuple[str, ...]
    below: Callable[..., Any]
    quantile: Callable[..., Any]


FAMILIES: Mapping[str, Family] = {
    "lognormal": Family(
        ("median", "sigma"),
        lambda x, median, sigma: ndtr(np.log(np.maximum(x, 1e-300) / median) / sigma),
        lambda u, median, sigma: median * np.exp(sigma * ndtri(u)),
    ),
    "normal": Family(
        ("mean", "sd"), lambda x, mean, sd: ndtr((x - mean) / sd), lambda u, mean, sd: mean + sd * ndtri(u)
    ),
    "positive_normal": Family(
        ("mean", "sd"),
        lambda x, mean, sd: np.maximum(ndtr((x - mean) / sd) - ndtr(-mean / sd), 0.0) / ndtr(mean / sd),
        lambda u, mean, sd: mean + sd * ndtri(ndtr(-mean / sd) + u * ndtr(mean / sd)),
    ),
    "half_normal": Family(
        ("scale",),
        lambda x, scale: np.maximum(2.0 * ndtr(x / scale) - 1.0, 0.0),
        lambda u, scale: scale * ndtri(0.5 + 0.5 * u),
    ),
    "mirrored_half_normal": Family(
        ("scale",), lambda x, scale: np.minimum(2.0 * ndtr(x / scale), 1.0), lambda u, scale: scale * ndtri(0.5 * u)
    ),
    "beta": Family(("a", "b"), lambda x, a, b: betainc(a, b, np.clip(x, 0, 1)), lambda u, a, b: betaincinv(a, b, u)),
    "scaled_beta": Family(
        ("a", "b", "low", "high"),
        lambda x, a, b, low, high: betainc(a, b, np.clip((x - low) / (high - low), 0, 1)),
        lambda u, a, b, low, high: low + (high - low) * betaincinv(a, b, u),
    ),
    "uniform": Family(
        ("low", "high"),
        lambda x, low, high: np.clip((x - low) / (high - low), 0, 1),
        lambda u, low, high: low + (high - low) * u,
    ),
}

FIXED, CATEGORICAL, DIRICHLET = "fixed", "categorical", "dirichlet"

KINDS = (*FAMILIES, FIXED, CATEGORICAL, DIRICHLET)


@dataclass(frozen=True)
class Prior:
    """Prior of one kind; `numbers` are its own, or a value or weight for each label."""

    kind: str
    numbers: Mapping[str, float]

    @property
    def is_fixed(self) -> bool:
        """True for a constant."""
        return self.kind == FIXED

    def mass_outside(self, bounds: tuple[float, float]) -> float:
        """Probability mass of the prior that lies outside the bounds and is truncated."""
        if self.kind not in FAMILIES:
            return 0.0
        below, above = self._below(bounds[0]), 1.0 - self._below(bounds[1])
        return float(max(below, 0.0) + max(above, 0.0))

    def quantile(self, luck: Numbers, bounds: tuple[float, float]) -> Numbers:
        """Value at each uniform number, of the prior truncated at the bounds."""
        if self.kind == CATEGORICAL:
            edges = np.cumsum(list(self.numbers.values()))[:-1]
            return np.searchsorted(edges, luck, side="right").astype(float)
        low, high = self._below(bounds[0]), self._below(bounds[1])
        inside = low + (high - low) * np.maximum(luck, 2.0**-54)
        value = FAMILIES[self.kind].quantile(inside, **self.numbers)
        return np.clip(value, *bounds)

    def simplex(self, luck: Numbers) -> Numbers:
        """Shares of each label from one uniform number per label, (draws, labels), by the gamma construction."""
        weights = gammaincinv(np.array(list(self.numbers.values())), luck)
        return weights / weights.sum(axis=1, keepdims=True)

    def _below(self, value: float) -> float:
        with np.errstate(divide="ignore"):  # no mass lies below a bound far below it
            return float(FAMILIES[self.kind].below(value, **self.numbers))

    def __str__(self) -> str:
        if self.is_fixed and list(self.numbers) == ["value"]:
            return f"fixed at {self.numbers['value']:g}"
        inside = ", ".join(f"{name} {number:g}" for name, number in self.numbers.items())
        return f"{self.kind.replace('_', ' ')} ({inside})"


def prior(written: Any) -> Prior:
    """Prior as written in a seed file, `{kind: numbers}`; ValueError if it is invalid."""
    if not isinstance(written, Mapping) or len(written) != 1 or next(iter(written)) not in KINDS:
        raise ValueError(
            f"{written!r} is not one of {', '.join(KINDS)}, as {{fixed: 2}} or {{normal: {{mean: 1, sd: 2}}}}"
        )
    kind, numbers = next(iter(written.items()))
    if not isinstance(numbers, Mapping):
        if kind != FIXED:
            raise ValueError(f"prior {kind} takes {_taken(kind)}, not {numbers!r}")
        numbers = {"value": numbers}
    numbers = {str(name): _number(kind, name, number) for name, number in numbers.items()}
    if not numbers or (kind in FAMILIES and set(numbers) != set(FAMILIES[kind].takes)):
        raise ValueError(f"prior {kind} takes {_taken(kind)}, not {', '.join(numbers) or 'nothing'}")
    if not all(np.isfinite(list(numbers.values()))):
        raise ValueError(f"prior {kind} has a number that is not finite: {numbers}")
    _check_sizes(kind, numbers)
    return Prior(kind, numbers)


def _taken(kind: str) -> str:
    """Numbers that a kind of prior takes, as they are written."""
    names = FAMILIES[kind].takes if kind in FAMILIES else ("LABEL", "OTHER")
    return f"{{{', '.join(f'{name}: ...' for name in names)}}}"


def _number(kind: str, name: object, written: Any) -> float:
    if isinstance(written, bool) or not isinstance(written, int | float):
        raise ValueError(f"prior {kind} has {written!r} as its {name}; it must be a number")
    return float(written)


def _check_sizes(kind: str, numbers: Mapping[str, float]) -> None:
    positive = {"sigma", "sd", "scale", "median", "a", "b"} & set(numbers) if kind in FAMILIES else set()
    wrong = [name for name in positive if numbers[name] <= 0]
    if wrong:
        raise ValueError(f"prior {kind} needs {wrong[0]} above zero, not {numbers[wrong[0]]:g}")
    if "low" in numbers and kind in FAMILIES and numbers["low"] >= numbers["high"]:
        raise ValueError(f"prior {kind} needs low below high, not {numbers['low']:g} and {numbers['high']:g}")
    if kind == CATEGORICAL and abs(sum(numbers.values()) - 1) > 1e-6:
        raise ValueError(f"prior {kind} has shares that add up to {sum(numbers.values()):g}, not one")
    if kind == CATEGORICAL and min(numbers.values()) < 0:
        raise ValueError(f"prior {kind} has a share below zero: {min(numbers.values()):g}")
    if kind == DIRICHLET and min(numbers.values()) <= 0:
        raise ValueError(f"prior {kind} needs weights above zero")
