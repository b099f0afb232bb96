"""Declaration of outcomes: name, unit, meaning, the direction that is worse, and the value that counts as an event."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from scenarios.errors import RequestError, nearest
from scenarios.resources import docstring
from scenarios.text import PROPER, name_of, plain_name

if TYPE_CHECKING:
    from scenarios.outcomes.observer import Observer


FIRST = "days_to_first_"

COUNT, LEVEL, TOTAL = "count", "level", "total"

HIGHER, LOWER, NEITHER = "higher", "lower", "neither"

SIGNS = {HIGHER: 1.0, LOWER: -1.0, NEITHER: 1.0}

WORSE_IN_WORDS = {HIGHER: "more is worse", LOWER: "less is worse", NEITHER: "neither way worse"}


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """Measured quantity.

    A count adds up over periods and the run, a level is averaged; a total is known only at the end of the run.
    """

    name: str
    unit: str
    meaning: str
    worse: str  # direction: higher, lower or neither
    measure: Callable[[Any], Any] = lambda observer: None  # totals are not measured day by day
    kind: str = COUNT
    title: str = ""  # by default its name in words
    event: float | None = None  # value from which it counts as an event; by default a rare value of the baseline
    contrast_only: bool = False  # an index whose level means nothing
    plain: bool = True  # known from the day alone, so that a shock may be conditioned on it

    def __post_init__(self) -> None:
        object.__setattr__(self, "title", self.title or plain_name(self.name))


OUTCOMES: dict[str, Outcome] = {}

Measure = Callable[["Observer"], Any]


def outcome(**declared: Any) -> Callable[[Measure], Measure]:
    """Declare an outcome by the fields of `Outcome`: the function's name is its name, its docstring the meaning."""

    def declare(measure: Measure) -> Measure:
        meaning = " ".join(docstring(measure).split())
        add(Outcome(name=measure.__name__, meaning=meaning, measure=measure, **declared))
        return measure

    return declare


def add(declared: Outcome) -> None:
    """Register an outcome; ValueError if its name is taken, its meaning empty or its direction unknown."""
    if declared.name in OUTCOMES or not declared.meaning:
        raise ValueError(f"outcome {declared.name!r} is declared twice or has no meaning in its docstring")
    if declared.worse not in SIGNS:
        raise ValueError(
            f"outcome {declared.name!r} has worse={declared.worse!r}; it must be one of {', '.join(SIGNS)}"
        )
    OUTCOMES[declared.name] = declared


def known_outcomes(names: Iterable[str]) -> list[str]:
    """Names of outcomes, all known; RequestError with the nearest name where one is not."""
    outcomes = list(names)
    for name in outcomes:
        if name not in OUTCOMES:
            raise RequestError(f"{name!r} is not an outcome.{nearest(name, OUTCOMES)}")
    return outcomes


def worse_if(outcome: str) -> str:
    """Direction in which an outcome is worse; `higher` where neither is, so that `worse` means no more than higher."""
    return LOWER if OUTCOMES[outcome].worse == LOWER else HIGHER


def sign(outcome: str) -> float:
    """Sign of worse: 1 where more is worse, -1 where less is."""
    return SIGNS[OUTCOMES[outcome].worse]


def describe_worse(outcome: str) -> str:
    """Direction that is worse in words, for a heading."""
    return WORSE_IN_WORDS[OUTCOMES[outcome].worse]


def unit(outcome: str) -> str:
    """Unit of an outcome."""
    return OUTCOMES[outcome].unit


def outcome_name(name: str) -> str:
    """Outcome as a noun within a sentence: its title, without the capital of its first word unless that is a name."""
    title = OUTCOMES[name].title
    return title if re.split(r"\W", title)[0] in PROPER.values() else title[:1].lower() + title[1:]


def with_unit(outcome: str, span: str = "") -> str:
    """Outcome with its unit, and the time over which it is counted."""
    return f"{name_of(outcome)}{f', {span}' if span else ''} [{unit(outcome)}]"


def in_unit(name: str) -> str:
    """Outcome with its unit where the name does not contain it."""
    noun = outcome_name(name)
    return noun if unit(name) == "1" or unit(name) in noun else f"{noun} ({unit(name)})"
