"""How an outcome is declared: once, where it is measured, with name, unit and meaning."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from scenarios.docstrings import docstring

if TYPE_CHECKING:
    from scenarios.outcomes.watch import Watch

COUNT, LEVEL, TOTAL = "count", "level", "total"


@dataclass(frozen=True)
class Outcome:
    """A quantity of interest.

    A count adds up over periods and the run, a level is averaged; a total is known only at the end of the run.
    """

    name: str
    unit: str
    meaning: str
    kind: str
    measure: Callable[[Any], Any]
    contrast_only: bool = False  # an index whose level means nothing
    plain: bool = True  # known from the day alone, so that a shock may be conditioned on it


OUTCOMES: dict[str, Outcome] = {}

Measure = Callable[["Watch"], Any]


def outcome(
    unit: str, kind: str = COUNT, *, contrast_only: bool = False, plain: bool = True
) -> Callable[[Measure], Measure]:
    """Declare an outcome: the function's name is its name, its docstring the meaning."""

    def declare(measure: Measure) -> Measure:
        meaning = " ".join(docstring(measure).split())
        add(Outcome(measure.__name__, unit, meaning, kind, measure, contrast_only, plain))
        return measure

    return declare


def add(declared: Outcome) -> None:
    """Register an outcome; ValueError if its name is taken or its meaning is empty."""
    if declared.name in OUTCOMES or not declared.meaning:
        raise ValueError(f"outcome {declared.name!r} is declared twice or has no meaning in its docstring")
    OUTCOMES[declared.name] = declared
