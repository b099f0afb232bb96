"""Geometry of the small intervals in the grid of the page, on a scale of ratios to the baseline."""

import math
from collections.abc import Mapping
from dataclasses import dataclass

from scenarios.analysis.verdicts import ALIKE, PairedVerdict

WIDTH, HEIGHT = 72.0, 27.0  # pixels

LEAST, MOST = 0.18, 2.6  # ratios at the ends of the scale

TICKS: Mapping[float, str] = {
    0.25: "\N{VULGAR FRACTION ONE QUARTER}", 0.5: "\N{VULGAR FRACTION ONE HALF}", 1.0: "1", 2.0: "2",
}  # fmt: skip


@dataclass(frozen=True)
class Dot:
    """Place of a typical change and of the ends of its interval [pixels]; None where it is undefined."""

    at: float | None
    low: float | None
    high: float | None


@dataclass(frozen=True)
class DotScale:
    """Places of the ticks, of the baseline and of the band around it [pixels]."""

    ticks: Mapping[float, str]
    same: float
    band: tuple[float, float]


def place(ratio: float) -> float | None:
    """Place of a ratio, cut at the ends of the scale; None where it is undefined."""
    if not math.isfinite(ratio) and ratio != math.inf:
        return None
    cut = min(max(ratio, LEAST), MOST)
    return round(WIDTH * math.log(cut / LEAST) / math.log(MOST / LEAST), 1)


def dot(verdict: PairedVerdict) -> Dot:
    """Places of the change of one theory."""
    return Dot(place(verdict.ratio), place(verdict.ratio_low), place(verdict.ratio_high))


def scale() -> DotScale:
    """Scale that all cells share."""
    ticks = {place(ratio) or 0.0: name for ratio, name in TICKS.items()}
    return DotScale(ticks, place(1.0) or 0.0, (place(1.0 / ALIKE) or 0.0, place(ALIKE) or 0.0))
