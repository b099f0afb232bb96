"""Declaration of outcomes: name, unit, meaning, the direction that is worse, and the value that counts as an event."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from scenarios.errors import RequestError, nearest
from scenarios.resources import docstring
from scenarios.text import name_of

if TYPE_CHECKING:
    from scenarios.outcomes.observer import Observer


FIRST = "days_to_first_"

COUNT, LEVEL, TOTAL = "count", "level", "total"

GOOD = frozenset({"coordination", "days_at_level_0", "iraqi_capability", "pause_days"})

NEITHER = frozenset(
    {
        "cabinet_alignment", "coalition_troops", "election_lost", "envoy_visits", "exit_belief", "expulsion_votes",
        "expulsions_complied", "iranian_directive", "iranian_influence", "kurdish_opposition", "negotiation_rounds",
        "overridden_days", "round_ahead_days", "sunni_opposition", "timetables_agreed", "troop_years", "troops",
    }
)  # fmt: skip

EVENTS = {
    "us_deaths": 1.0, "isis_resurgence": 1.0, "kurdish_clashes": 1.0, "kurdish_campaigns": 1.0,
    "intra_shia_clashes": 1.0, "expulsion_votes": 1.0, "commanders_killed": 1.0, "iranian_strikes_on_us": 1.0,
    "army_collapses": 1.0, "civil_war_days": 1.0, "cabinet_falls": 1.0,
    "ladder_max": 5.0,  # a commander killed or three US strikes in two weeks
}  # fmt: skip

RARE = 0.05  # approximate share of the baseline beyond a threshold taken from it

SIGNS = {"higher": 1.0, "lower": -1.0}

NAMES = {
    "deaths": "deaths in all", "us_deaths": "US and coalition deaths", "deaths_of_others": "deaths of everyone else",
    "us_strikes": "US strikes", "attacks_on_us_sites": "attacks on US sites",
    "attacks_per_1000_troop_years": "attacks per 1,000 troop-years", "isis_attacks": "attacks by ISIS",
    "isis_resurgence": "resurgence of ISIS", "ladder_max": "highest rung of escalation",
    "kurdish_clashes": "clashes of Kurdish with federal forces", "intra_shia_clashes": "clashes among Shia groups",
    "attacks_on_others": "attacks of factions on others", "expulsion_votes": "votes to expel US troops",
}  # fmt: skip


@dataclass(frozen=True)
class Outcome:
    """Measured quantity.

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

Measure = Callable[["Observer"], Any]


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


def known_outcomes(names: Iterable[str]) -> list[str]:
    """Names of outcomes, all known; RequestError with the nearest name where one is not."""
    outcomes = list(names)
    for name in outcomes:
        if name not in OUTCOMES:
            raise RequestError(f"{name!r} is not an outcome.{nearest(name, OUTCOMES)}")
    return outcomes


def worse_if(outcome: str) -> str:
    """Direction in which an outcome is worse: lower for times to an event and for good outcomes, else higher."""
    return "lower" if outcome.startswith(FIRST) or outcome in GOOD else "higher"


def is_judged(outcome: str) -> bool:
    """False for outcomes without a better direction; for those, `worse` means no more than higher."""
    return outcome not in NEITHER


def sign(outcome: str) -> float:
    """Sign of worse: 1 where more is worse, -1 where less is."""
    return SIGNS[worse_if(outcome)]


def describe_worse(outcome: str) -> str:
    """Direction that is worse in words, for a heading."""
    if not is_judged(outcome):
        return "neither way worse"
    return "less is worse" if worse_if(outcome) == "lower" else "more is worse"


def threshold(outcome: str, baseline: np.ndarray, given: float | None = None) -> float:
    """Value from which an outcome counts as an event: as given, as declared, or the baseline's worst 5 % point."""
    if given is not None:
        return given
    if outcome in EVENTS:
        return EVENTS[outcome]
    if not baseline.size:
        return float("nan")
    return float(sign(outcome) * np.quantile(sign(outcome) * baseline, 1.0 - RARE, method="inverted_cdf"))


def reaches(outcome: str, values: np.ndarray, bound: float) -> np.ndarray:
    """Flags of the replications in which an outcome is at a threshold or beyond it, on the bad side."""
    return sign(outcome) * values >= sign(outcome) * bound


def unit(outcome: str) -> str:
    """Unit of an outcome."""
    return OUTCOMES[outcome].unit


def outcome_name(name: str) -> str:
    """Outcome as a noun."""
    return NAMES.get(name, name_of(name))


def with_unit(outcome: str, span: str = "") -> str:
    """Outcome with its unit, and the time over which it is counted."""
    return f"{name_of(outcome)}{f', {span}' if span else ''} [{OUTCOMES[outcome].unit}]"


def in_unit(name: str) -> str:
    """Outcome with its unit where the name does not contain it."""
    unit = OUTCOMES[name].unit
    noun = outcome_name(name)
    return noun if unit == "1" or unit in noun else f"{noun} ({unit})"
