"""Mappings that a user writes, as models: keys, types, bounds and meaning of each, checked and turned into objects.

The models are the one source of the checks and of the JSON Schemas of the files.
"""

import re
from typing import Annotated, Any, Self

from pydantic import (
    BeforeValidator,
    Field,
    PlainValidator,
    ValidationInfo,
    WithJsonSchema,
    create_model,
    field_validator,
    model_validator,
)

from agents.roster import TROOP_SITES
from scenarios.config import options
from scenarios.config.dated import Amount, Day, DayOfRun, Label, OverTime, Regimes, Trajectory
from scenarios.config.fields import Claims, Spec, Text, Word, none_as_empty
from scenarios.config.policy import LEGAL_BASES, LEVERS, MOST_TROOPS, ORDERS, ROLES, Lever, Policy, TroopPlan
from scenarios.config.scenario import BASELINE, DIRECTIONS, Expectation, Scenario
from scenarios.config.shocks import KINDS, Condition, Shock
from scenarios.config.trajectory import LONGEST, Path, Value
from scenarios.config.world import WIDEST_INTENSITY, World
from scenarios.errors import nearest
from scenarios.evidence.validation_errors import Bounds, OneOf, shown
from scenarios.outcomes import OUTCOMES, countable_outcomes

WAYS = ("at", "per_year", "when")  # in which a shock comes about

SIGNED = "oil_price"  # kind of shock whose size may be negative

SIZED = {name: kind for name, kind in KINDS.items() if kind.largest > 1}

MOST_DAYS = 3_650  # over which a condition sums

EXAMPLE = "us_deaths >= 3 within 14 days"

CONDITION = re.compile(r"^\s*(\w+)\s*(>=|<=|>|<)\s*(-?\d+(?:\.\d+)?)\s+within\s+(\d+)\s+days?\s*$")


SHARE = "share of the start"

Share = Annotated[Path, Trajectory(0.0, MOST_TROOPS)]


def read_site(name: str) -> str:
    """Site where troops may be."""
    if name not in TROOP_SITES:
        raise ValueError(f"is unknown.{nearest(name, TROOP_SITES)}")
    return name


class TroopsSpec(Spec):
    """Announced path of US troops, and the extent to which it is carried out."""

    announced: Share = Field(default=1, validate_default=True, description=f"announced troops ({SHARE})")
    sites: dict[Annotated[str, BeforeValidator(read_site)], Share] = Field(
        default={},
        description=f"announced troops at single sites ({SHARE}), in place of `announced`",
        json_schema_extra={"propertyNames": {"enum": list(TROOP_SITES)}},
    )
    order: Annotated[str, OneOf(ORDERS)] = Field(
        default="together", description="order in which sites empty; federal_first: Erbil last"
    )
    realised: Annotated[Value, Amount(0.0, 1.0)] = Field(
        default=1.0, description="share of the announced cut that is carried out, at the announced pace"
    )
    delay: Annotated[Value, Amount(0.1, 10.0)] = Field(
        default=1.0, description="factor by which the announced dates are postponed"
    )
    deadlines: tuple[Annotated[Value, Day(parameters=True)], ...] = Field(
        default=(), description="days by which the exit is due; by default the last day of `announced` if it changes"
    )
    announced_on: tuple[Annotated[float, Day(most=LONGEST)], ...] = Field(
        default=(), description="days on which the change is announced"
    )

    def plan(self) -> TroopPlan:
        """Plan that the simulation carries out."""
        last = () if self.announced.is_constant else (self.announced.anchors[-1][0],)
        return TroopPlan(
            announced=self.announced,
            by_site=self.sites,
            order=self.order,
            realised=self.realised,
            delay=self.delay,
            deadlines=self.deadlines if "deadlines" in self.model_fields_set else last,
            announced_on=self.announced_on,
        )


def _lever(lever: Lever) -> Any:
    """Type, usual value and meaning of a lever, as a field of a model."""
    meaning = f"{lever.words} ({lever.unit})"
    kind = Annotated[Path, Trajectory(lever.low, lever.high)]
    return kind, Field(default=lever.usual, validate_default=True, description=meaning)


_Levers: Any = create_model("_Levers", __base__=Spec, **{name: _lever(lever) for name, lever in LEVERS.items()})


class LeversSpec(_Levers):
    """Levers of policy over time: one value each, or pairs as [[0, 1], [2022-06-01, 0.5]]."""

    troops: TroopsSpec = Field(default={}, validate_default=True, description="US troops")
    role: Annotated[tuple[tuple[float, str], ...], OverTime(Label(ROLES), Day())] = Field(
        default="advise_train", validate_default=True, description="role of the troops, a label without effect"
    )
    legal_basis: Annotated[tuple[tuple[float, str], ...], OverTime(Label(LEGAL_BASES), Day())] = Field(
        default="invitation", validate_default=True, description="legal basis of the presence, a label without effect"
    )

    def policy(self) -> Policy:
        """Policy that the simulation carries out."""
        levers = {name: getattr(self, name) for name in LEVERS}
        return Policy(troops=self.troops.plan(), levers=levers, role=self.role, legal_basis=self.legal_basis)


def read_condition(written: Any) -> Condition:
    """Condition as written, such as `us_deaths >= 3 within 14 days`."""
    matched, counted = CONDITION.match(str(written)), countable_outcomes()
    if not matched:
        raise ValueError(f"is {shown(written)}; write it as '{EXAMPLE}'")
    outcome, relation, threshold, days = matched.groups()
    if outcome not in counted:
        raise ValueError(f"refers to {outcome!r}, which is not a counted outcome.{nearest(outcome, counted)}")
    if float(threshold) < 0 or (float(threshold) == 0 and relation in (">=", "<")):
        never = "never" if relation.startswith("<") else "always"
        raise ValueError(f"is {shown(written)}, which {never} holds: counts are never below 0; give another number")
    if not 1 <= int(days) <= MOST_DAYS:
        raise ValueError(f"is {shown(written)}, with a span outside [1, {MOST_DAYS:,}] days")
    return Condition(outcome, relation, float(threshold), int(days))


When = Annotated[Condition, PlainValidator(read_condition), WithJsonSchema({"type": "string", "examples": [EXAMPLE]})]


class ShockSpec(Spec):
    """Event that no agent decides: dated by `at`, random by `per_year`, or triggered by `when`."""

    shock: Annotated[str, OneOf(KINDS)] = Field(
        description="; ".join(f"{name}: {kind.meaning}" for name, kind in KINDS.items())
    )
    size: float = Field(default=1.0, description="; ".join(f"{name} in {kind.unit}" for name, kind in SIZED.items()))
    at: Annotated[float, DayOfRun()] | None = Field(default=None, description="day of the run, or date")
    per_year: Annotated[float, Bounds(0.0, 50.0)] | None = Field(default=None, description="mean number a year")
    when: When | None = Field(default=None, description="condition on the sum of an outcome over the last days")
    again_after: Annotated[float, Bounds(1.0, 10_000.0, "days")] | None = Field(
        default=None, description="days after which a conditional shock may occur again; without it, it occurs once"
    )
    because: Text = Field(default="", description="reason, in a sentence")
    claims: Claims = ()

    @field_validator("size", mode="before")
    @classmethod
    def _sized(cls, size: Any, info: ValidationInfo) -> float:
        kind = KINDS.get(info.data.get("shock", ""))
        bounds = (
            Bounds(-kind.largest if info.data["shock"] == SIGNED else 0.0, kind.largest, kind.unit)
            if kind
            else Bounds()
        )
        checked = bounds.number(size)
        if checked == 0:
            raise ValueError("is 0: nothing would happen; leave the shock out, or give it a size")
        return checked

    @model_validator(mode="after")
    def _timed_once(self) -> Self:
        ways = [name for name in WAYS if getattr(self, name) is not None]
        if len(ways) != 1:
            raise ValueError(f"has {' and '.join(ways) or 'no time'}; give one of at, per_year or when")
        if self.again_after is not None and ways != ["when"]:
            raise ValueError(f"has again_after, which has no effect beside {ways[0]}; it goes with when. Leave it out")
        return self

    def planned(self) -> Shock:
        """Shock that the simulation carries out."""
        times = {name: getattr(self, name) for name in (*WAYS, "again_after")}
        return Shock(kind=self.shock, size=self.size, **times)


Shocks = Annotated[
    tuple[ShockSpec, ...], BeforeValidator(none_as_empty), Field(description="events that no agent decides")
]


class WorldSpec(Spec):
    """Conditions that no agent decides: the regional war path, its intensity, an understanding, shocks."""

    name: Text = Field(description="name of the world, equal to that of its file")
    story: Text = Field(description="the world in a sentence or two")
    claims: Claims = ()
    regime: Annotated[tuple[tuple[float, int], ...], Regimes()] = Field(
        description="regional war path: one regime, or pairs of a day (or date) and a regime, calm before the first"
    )
    intensity: Annotated[Path, Trajectory(0.0, WIDEST_INTENSITY, parameters=False)] = Field(
        default=1, validate_default=True, description="intensity of a proxy war (1: as in the Gaza war)"
    )
    detente: Annotated[Path, Trajectory(0.0, 1.0, parameters=False)] = Field(
        default=0, validate_default=True, description="US-Iran understanding (0-1)"
    )
    shocks: Shocks = ()

    def world(self) -> World:
        """World that is simulated."""
        values = {name: getattr(self, name) for name in WorldSpec.model_fields if name != "shocks"}
        return World(**values, shocks=tuple(shock.planned() for shock in self.shocks))


class ExpectationSpec(Spec):
    """Direction in which a scenario is expected to move an outcome, compared with another."""

    outcome: Annotated[str, OneOf(OUTCOMES)] = Field(description="outcome that is expected to move")
    direction: Annotated[str, OneOf(DIRECTIONS)] = Field(description="up, down or same")
    claims: Claims
    against: Annotated[str, OneOf(lambda: options.options("scenario"))] = Field(
        default=BASELINE, description="scenario with which it is compared"
    )
    within: Annotated[int, Bounds(1, LONGEST, "days")] | None = Field(default=None, description="days from the start")

    def expectation(self) -> Expectation:
        """Expectation of the authors."""
        return Expectation(self.outcome, self.direction, self.claims, self.against, self.within)


class NeedsSpec(Spec):
    """What a start must have for a scenario to make sense."""

    troops_at_least: Annotated[float, Bounds(0.0)] = Field(default=0.0, description="US troops at the start")


class ScenarioSpec(Spec):
    """Storyline: a policy over time, and the shocks that belong to it."""

    name: Word = Field(description="name of the scenario, equal to that of its file")
    code: str = Field(default="", description="short code")
    group: Annotated[str, OneOf(options.COURSES)] = Field(
        default=options.COURSES[0], description="what happens to US troops, by which scenarios are listed"
    )
    story: Text = Field(description="the scenario in a sentence or two")
    claims: Claims = ()
    levers: LeversSpec = Field(description="levers of policy that differ from their usual values")
    shocks: Shocks = ()
    expects: Annotated[tuple[ExpectationSpec, ...], BeforeValidator(none_as_empty)] = Field(
        default=(), description="expectations of the authors, which are checked against results"
    )
    needs: NeedsSpec | None = Field(default=None, description="what a start must have")

    def scenario(self) -> Scenario:
        """Scenario that is simulated."""
        return Scenario(
            name=self.name,
            code=self.code,
            story=self.story,
            claims=self.claims,
            policy=self.levers.policy(),
            shocks=tuple(shock.planned() for shock in self.shocks),
            expects=tuple(entry.expectation() for entry in self.expects),
            needs=self.needs.model_dump(exclude_unset=True) if self.needs else {},
        )
