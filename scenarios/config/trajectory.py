"""Levers over time: anchors joined by straight lines, whose days and values may be uncertain parameters."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import pairwise

LONGEST = 1_300  # days of a run; the patterns of the sources extend no further

FARTHEST = 10_000  # days of the last possible anchor; a path may be slower than any run

Value = float | str  # a number, or the name of a parameter


@dataclass(frozen=True)
class Path:
    """Quantity over time, constant before its first anchor and after its last; two anchors on a day are a step."""

    anchors: tuple[tuple[Value, Value], ...]

    @property
    def first(self) -> Value:
        """Value at the start."""
        return self.anchors[0][1]

    @property
    def last(self) -> Value:
        """Value at the end."""
        return self.anchors[-1][1]

    @property
    def is_constant(self) -> bool:
        """True if the value never changes."""
        return all(value == self.first for _, value in self.anchors)


def describe_path(quantity: str, path: Path, start: date, shown: Callable[[Value], str]) -> list[tuple[float, str]]:
    """Path as dated sentences, each change on the day on which it begins."""
    changes = [(earlier, later) for earlier, later in pairwise(path.anchors) if earlier[1] != later[1]]
    if not changes:
        return [(0.0, f"{quantity}: {shown(path.first)} throughout")]
    sentences = [
        (_or_zero(day), f"{quantity}: from {shown(value)} to {shown(following)}{_until(day, later, start)}")
        for (day, value), (later, following) in changes
    ]
    return sentences if changes[0][0][0] == 0.0 else [(0.0, f"{quantity}: {shown(path.first)}"), *sentences]


def _until(day: Value, later: Value, start: date) -> str:
    """Date by which a change is complete; empty for a step."""
    if later == day:
        return ""
    if isinstance(later, str):
        return f" within the {later.replace('_', ' ')}"
    return f" by {start + timedelta(days=int(later))}"


def _or_zero(day: Value) -> float:
    return 0.0 if isinstance(day, str) else day
