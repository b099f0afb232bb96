"""Outcomes: every measured quantity with name, unit and meaning, true and as observed (docs/odd.md, 9)."""

from collections.abc import Mapping

from agents.ensemble.axis import Quantity
from agents.iraq import Iraq
from scenarios.outcomes import escalation, observed, politics, tally, violence
from scenarios.outcomes.declaration import COUNT, LEVEL, OUTCOMES, TOTAL, Outcome
from scenarios.outcomes.observer import Observer
from scenarios.outcomes.tally import Tally

__all__ = [
    "COUNT", "HEADLINES", "LEVEL", "OUTCOMES", "TOTAL", "Outcome", "Tally", "countable_outcomes", "measured",
    "periodic",
]  # fmt: skip

DECLARE = (escalation, observed, politics, tally, violence)  # imported for their declarations

HEADLINES = (
    "attacks_on_us_sites",
    "attacks_per_1000_troop_years",
    "us_deaths",
    "us_strikes",
    "ladder_max",
    "deaths",
    "deaths_of_others",
    "attacks_on_others",
    "isis_attacks",
    "isis_resurgence",
    "kurdish_clashes",
    "intra_shia_clashes",
    "expulsion_votes",
)


def countable_outcomes() -> Mapping[str, Outcome]:
    """Outcomes that count something and are known from the day alone, to which conditions may refer."""
    return {name: outcome for name, outcome in OUTCOMES.items() if outcome.kind == COUNT and outcome.plain}


def periodic() -> list[str]:
    """Names of the outcomes that are known by period."""
    return [name for name, outcome in OUTCOMES.items() if outcome.kind != TOTAL]


def measured(name: str, iraq: Iraq) -> Quantity:
    """Counted outcome of the day just simulated, (replications,)."""
    return iraq.axis.full(OUTCOMES[name].measure(PlainObserver(iraq)))


class PlainObserver(Observer):
    """Observer without a memory."""

    def __init__(self, iraq: Iraq) -> None:
        self.iraq = iraq
