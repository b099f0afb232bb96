"""Scenario of a request: a storyline with its policy over time, its shocks, and the expectations of its authors."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from scenarios.config.policy import Policy
from scenarios.config.shocks import Shock

DIRECTIONS = ("up", "down", "same")

BASELINE = "status_quo"


@dataclass(frozen=True)
class Expectation:
    """Direction in which a scenario is expected to move an outcome, compared with another, within some days."""

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


@dataclass(frozen=True, kw_only=True)
class Scenario:
    """Storyline: a policy over time, and the shocks that belong to it."""

    name: str
    code: str
    story: str
    claims: tuple[str, ...]
    policy: Policy
    shocks: tuple[Shock, ...]
    expects: tuple[Expectation, ...]
    needs: Mapping[str, Any]
