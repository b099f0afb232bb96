"""Ladder of escalation: its level, and the days at each."""

from typing import Any

from scenarios.outcomes.declaration import HIGHER, LEVEL, LOWER, Outcome, add, outcome
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


@outcome(unit="level", kind=LEVEL, worse="higher", title="Level of the ladder", plain=False)
def ladder(observer: Observer) -> Any:
    """Level of escalation, 0-7, observed from events; it drives nothing."""
    return observer.level


def _days_at(rung: int) -> None:
    def measure(observer: Observer) -> Any:
        return (observer.level == rung) * observer.days

    meaning = f"Days at level {rung} of the ladder: {RUNGS[rung]}."
    worse = HIGHER if rung else LOWER
    add(Outcome(name=f"days_at_level_{rung}", unit="days", meaning=meaning, worse=worse, measure=measure, plain=False))


for _rung in range(TOP + 1):
    _days_at(_rung)
