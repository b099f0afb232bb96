"""What the texts expect of a scenario, in a form that a run can be checked against."""

from dataclasses import dataclass
from typing import Any

from scenarios import catalog, checking
from scenarios.evidence.claims import cited
from scenarios.outcomes import OUTCOMES
from scenarios.paths import LONGEST

DIRECTIONS = ("up", "down", "same")
BASELINE = "status_quo"


@dataclass(frozen=True)
class Expectation:
    """The direction in which a scenario is expected to move an outcome, against another scenario, within some days."""

    outcome: str
    direction: str
    claims: tuple[str, ...]
    against: str
    within: int | None

    def __str__(self) -> str:
        span = f" within {self.within} days" if self.within else ""
        other = "" if self.against == BASELINE else f" than under {self.against}"
        words = {"up": f"more{other}", "down": f"less{other}", "same": "about the same"}[self.direction]
        return f"{self.outcome.replace('_', ' ')}: {words}{span} ({', '.join(self.claims)})"


def expectations(written: Any, key: str) -> tuple[Expectation, ...]:
    """Expectations as written, checked."""
    entries = checking.sequence(written, key)
    return tuple(_expectation(each, f"{key}[{number}]") for number, each in enumerate(entries))


def _expectation(written: Any, key: str) -> Expectation:
    required = ("outcome", "direction", "claims")
    found = checking.mapping(written, key, (*required, "against", "within"), required)
    within = found.get("within")
    return Expectation(
        outcome=checking.one_of(found["outcome"], f"{key}.outcome", OUTCOMES),
        direction=checking.one_of(found["direction"], f"{key}.direction", DIRECTIONS),
        claims=cited(found["claims"], f"{key}.claims"),
        against=checking.one_of(found.get("against", BASELINE), f"{key}.against", catalog.options("scenario")),
        within=None if within is None else checking.whole(within, f"{key}.within", 1, LONGEST, "days"),
    )
