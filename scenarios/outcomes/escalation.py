"""Ladder of escalation: its level, and the days at each."""

from typing import Any

from scenarios.outcomes.declaration import COUNT, LEVEL, Outcome, add, outcome
from scenarios.outcomes.observer import TOP, Observer

RUNGS = (
    "quiet for 30 days",
    "an attack on a base in 30 days",
    "two attacks on bases in 7 days",
    "a US strike or five wounded Americans in 14 days",
    "a US death or eight militants killed in 14 days",
    "a commander killed or three US strikes in 14 days",
    "an Iranian strike on US sites in 14 days",
    "direct war and fifty attacks in a week",
)


@outcome("level", LEVEL, plain=False)
def ladder(watch: Observer) -> Any:
    """Level of escalation, 0-7, observed from events; it drives nothing."""
    return watch.level


def _days_at(rung: int) -> None:
    def measure(watch: Observer) -> Any:
        return (watch.level == rung) * watch.days

    meaning = f"Days at level {rung} of the ladder: {RUNGS[rung]}."
    add(Outcome(f"days_at_level_{rung}", "days", meaning, COUNT, measure, plain=False))


for _rung in range(TOP + 1):
    _days_at(_rung)
