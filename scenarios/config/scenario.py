"""Scenario of a request: a storyline with its policy over time, its shocks, and the expectations of its authors."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from scenarios.config import fields, options
from scenarios.config.fields import claim_ids
from scenarios.config.policy import Policy, policy
from scenarios.config.shocks import Shock, shocks
from scenarios.config.trajectory import LONGEST
from scenarios.errors import RequestError
from scenarios.evidence.parameters import Start, troops_at_start
from scenarios.outcomes import OUTCOMES, countable_outcomes

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


def checked_scenario(written: Any, as_of: date, horizon: int, known: Mapping[str, Any], start: Start) -> Scenario:
    """Scenario as written, checked."""
    key = "scenario"
    names = ["name", "code", "group", "story", "claims", "levers", "shocks", "expects", "needs"]
    content = fields.mapping(written, key, names, ["name", "story", "levers"])
    needs = fields.mapping(content.get("needs") or {}, f"{key}.needs", ["troops_at_least"])
    fields.one_of(content.get("group", options.COURSES[0]), f"{key}.group", options.COURSES)
    _check_needs(content["name"], needs, start)
    return Scenario(
        name=fields.word(content["name"], f"{key}.name"),
        code=str(content.get("code", "")),
        story=fields.text(content["story"], f"{key}.story"),
        claims=claim_ids(content.get("claims"), f"{key}.claims"),
        policy=policy(content["levers"], as_of, known),
        shocks=shocks(content.get("shocks") or [], f"{key}.shocks", as_of, horizon, countable_outcomes()),
        expects=expectations(content.get("expects") or [], f"{key}.expects"),
        needs=needs,
    )


def _check_needs(name: str, needs: Mapping[str, Any], start: Start) -> None:
    """Refuse a start without what the scenario needs in order to make sense."""
    least = fields.number(needs.get("troops_at_least", 0), "scenario.needs.troops_at_least", 0.0)
    troops = float(troops_at_start(start).sum())
    if troops < least:
        raise RequestError(
            f"scenario {name} needs at least {least:,.0f} US troops at the start; {start.name} has about "
            f"{troops:,.0f}. Take another start or another scenario."
        )


def expectations(written: Any, key: str) -> tuple[Expectation, ...]:
    """Expectations as written, checked."""
    entries = fields.sequence(written, key)
    return tuple(_expectation(entry, f"{key}[{number}]") for number, entry in enumerate(entries))


def _expectation(written: Any, key: str) -> Expectation:
    required = ("outcome", "direction", "claims")
    content = fields.mapping(written, key, (*required, "against", "within"), required)
    within = content.get("within")
    return Expectation(
        outcome=fields.one_of(content["outcome"], f"{key}.outcome", OUTCOMES),
        direction=fields.one_of(content["direction"], f"{key}.direction", DIRECTIONS),
        claims=claim_ids(content["claims"], f"{key}.claims"),
        against=fields.one_of(content.get("against", BASELINE), f"{key}.against", options.options("scenario")),
        within=None if within is None else fields.whole(within, f"{key}.within", 1, LONGEST, "days"),
    )
