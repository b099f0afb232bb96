"""Request: one experiment as composed, checked once and immutable afterwards."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path as File
from typing import Annotated, Any

from pydantic import BeforeValidator, Field, ValidationInfo, field_validator

from scenarios import resources
from scenarios.config import fields, options
from scenarios.config.choices import choices
from scenarios.config.content import MISSING
from scenarios.config.dated import Context
from scenarios.config.faults import collecting, raise_collected
from scenarios.config.fields import Spec, Text, none_as_empty
from scenarios.config.scenario import Scenario
from scenarios.config.specs import ScenarioSpec, WorldSpec
from scenarios.config.trajectory import LONGEST
from scenarios.config.user_inputs import Own, own_beliefs, own_inputs, values_given
from scenarios.config.world import World, check_wars
from scenarios.errors import RequestError
from scenarios.evidence.calendar import FIRST_KNOWN, LAST_KNOWN
from scenarios.evidence.cancelling import check_values
from scenarios.evidence.parameters import GRADES, Belief, Start, beliefs, start, starts, troops_at_start
from scenarios.evidence.theories import Stratum, hypotheses, strata
from scenarios.evidence.validation_errors import Bounds, OneOf
from scenarios.outcomes import periodic

MOST_REPLICATIONS = 10_000_000

STEPS = (0.25, 7.0)

PERIODS = {"day": 1, "week": 7}

BLOCK = 1_000  # replications simulated and stored together, approximately

KEYS = (
    "scenario", "start", "world", "theory", "ensemble", "against", "loop", "parameters", "beliefs", "results",
    "record", "workers", "study",
)  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Ensemble:
    """Number of replications, seed, length of a step and horizon."""

    replications: int
    seed: int
    step_days: float
    horizon: int

    @property
    def steps(self) -> int:
        """Steps of a run."""
        return round(self.horizon / self.step_days)


@dataclass(frozen=True, kw_only=True)
class Record:
    """Data written in addition to totals."""

    period: str
    outcomes: tuple[str, ...]  # in the series; all outcomes if empty
    events: int  # draws

    @property
    def days(self) -> int:
        """Length of a period."""
        return PERIODS[self.period]


class EnsembleSpec(Spec):
    """Number of replications, seed, length of a step and horizon."""

    name: Text | None = Field(default=None, description="name of the ensemble")
    replications: Annotated[int, Bounds(1, MOST_REPLICATIONS)] = Field(
        description="replications, shared evenly among the theories and rounded up"
    )
    seed: Annotated[int, Bounds(0, 2**63 - 1)] = Field(description="seed of all random numbers")
    step_days: Annotated[float, Bounds(*STEPS, "days")] = Field(description="length of a step, in days")
    horizon: Annotated[int, Bounds(7, LONGEST, "days")] = Field(description="length of a run, in days")

    @field_validator("horizon")
    @classmethod
    def _of_whole_steps(cls, horizon: int, info: ValidationInfo) -> int:
        step = info.data.get("step_days")
        if step is not None and abs(horizon / step - round(horizon / step)) > 1e-9:
            raise ValueError(f"of {horizon} days is not a whole number of steps of {step:g} days; change one")
        return horizon

    def ensemble(self) -> Ensemble:
        """Ensemble of the request."""
        return Ensemble(**self.model_dump(exclude={"name"}))


class RecordSpec(Spec):
    """Data written in addition to totals."""

    period: Annotated[str, OneOf(PERIODS)] = Field(default="week", description="length of a period of the series")
    outcomes: Annotated[tuple[Annotated[str, OneOf(periodic())], ...], BeforeValidator(none_as_empty)] = Field(
        default=(), description="outcomes in the series; all if empty"
    )
    events: Annotated[int, Bounds(0, MOST_REPLICATIONS, "draws")] = Field(
        default=0, description="draws whose events are written, from the first on"
    )

    def record(self) -> Record:
        """Record of the request."""
        return Record(**self.model_dump())


class StartSpec(Spec):
    """Start by its name, or in a file of the user."""

    name: Text = Field(description="name of the start")
    file: Text | None = Field(default=None, description="file with the states of the start")


@dataclass(frozen=True, kw_only=True)
class Request:
    """One experiment: one scenario simulated as one ensemble."""

    scenario: Scenario
    start: Start
    world: World
    strata: tuple[Stratum, ...]
    beliefs: Mapping[str, Belief]
    given: Mapping[str, float]
    ensemble: Ensemble
    closed_loop: bool
    record: Record
    own: tuple[Own, ...] = ()  # files and values of the user's own

    @property
    def date(self) -> date:
        """As-of date."""
        return date.fromisoformat(self.start.date)

    @property
    def draws(self) -> int:
        """Draws of luck and parameters; each is simulated under every theory."""
        return -(-self.ensemble.replications // len(self.strata))

    @property
    def period_days(self) -> float:
        """Length of a period of the series: a whole number of steps, nearest to the one requested."""
        step = self.ensemble.step_days
        return max(1, round(self.record.days / step)) * step

    @property
    def draws_per_block(self) -> int:
        """Draws that are simulated and stored together; set by the request, never by the machine."""
        return max(1, BLOCK // len(self.strata))


@dataclass(frozen=True, kw_only=True)
class CommandRequest:
    """Request of a command: an experiment, its baseline, the folder of results, the number of processes."""

    request: Request
    against: Request | None
    results: File
    workers: int | None

    @property
    def requests(self) -> list[Request]:
        """Experiment, and its baseline if there is one."""
        return [request for request in (self.request, self.against) if request]


def request(config: Mapping[str, Any], extra: File | None = None) -> Request:
    """Experiment that a composed configuration requests; RequestError with all that is wrong with it."""
    if not config.get("scenario"):
        raise RequestError("scenario is missing; give one as +scenario=full_withdrawal (`python -m scenarios list`).")
    keys = fields.mapping(config, "", KEYS, ("scenario", "start", "world", "theory", "ensemble"))
    parts = _independent_parts(keys, extra)
    initial, priors, horizon = parts["start"], parts["beliefs"], parts["ensemble"].horizon
    context = Context(start=_as_of(initial, horizon), horizon=horizon, parameters=priors)
    faults: list[RequestError] = []
    with collecting(faults), options.named("scenario", keys["scenario"], extra):
        scenario = _scenario(keys["scenario"], initial, context)
    with collecting(faults), options.named("world", keys["world"], extra):
        world = fields.validated(WorldSpec, keys["world"], "world", context).world()
    with collecting(faults):
        theories = _theories(keys["theory"])
    raise_collected(faults)
    check_wars([*scenario.shocks, *world.shocks], world)
    check_values(parts["given"], theories)
    used = choices(keys["scenario"], keys["world"], context.start, priors)
    own = (*own_inputs(keys, initial, priors, parts["given"]), *used)
    return Request(scenario=scenario, world=world, strata=theories, own=own, **parts)


def _independent_parts(keys: Mapping[str, Any], extra: File | None) -> dict[str, Any]:
    """Parts of a request that are checked by themselves; scenario and world depend on some of them."""
    parts: dict[str, Any] = {}
    faults: list[RequestError] = []
    with collecting(faults):
        parts["beliefs"] = own_beliefs(keys["beliefs"]) if keys.get("beliefs") else beliefs()
        parts["given"] = values_given({} if keys.get("parameters") is None else keys["parameters"], parts["beliefs"])
    with collecting(faults):
        parts["start"] = _start(keys["start"])
    with collecting(faults), options.named("ensemble", keys["ensemble"], extra):
        parts["ensemble"] = fields.validated(EnsembleSpec, keys["ensemble"], "ensemble").ensemble()
    with collecting(faults):
        parts["closed_loop"] = fields.one_of(keys.get("loop", "open"), "loop", ("open", "closed")) == "closed"
    with collecting(faults):
        parts["record"] = fields.validated(
            RecordSpec, {} if keys.get("record") is None else keys["record"], "record"
        ).record()
    raise_collected(faults)
    return parts


def _theories(written: Any) -> tuple[Stratum, ...]:
    """Combinations of the poles of a request; the faults of every question are reported together."""
    faults: list[RequestError] = []
    chosen = fields.mapping(written, "theory", hypotheses())
    for name, poles in chosen.items():
        with collecting(faults):
            strata({name: poles})
    raise_collected(faults)
    return strata(chosen)


def _scenario(written: Any, initial: Start, context: Context) -> Scenario:
    """Scenario as written, checked; refused at a start without what it needs in order to make sense."""
    scenario = fields.validated(ScenarioSpec, written, "scenario", context).scenario()
    least, troops = scenario.needs.get("troops_at_least", 0.0), float(troops_at_start(initial).sum())
    if troops < least:
        raise RequestError(
            f"scenario {scenario.name} needs at least {least:,.0f} US troops at the start; {initial.name} has "
            f"about {troops:,.0f}. Take another start or another scenario."
        )
    return scenario


def under(original: Request, scenario: Any) -> Request:
    """Same experiment under another scenario, as written."""
    context = Context(start=original.date, horizon=original.ensemble.horizon, parameters=original.beliefs)
    return replace(original, scenario=_scenario(scenario, original.start, context))


def _start(written: Any) -> Start:
    spec = fields.validated(StartSpec, written, "start")
    if MISSING in (spec.name, spec.file):
        raise RequestError("start.file is missing; give a file as start=PATH.yaml.")
    if not spec.file:
        return start(fields.one_of(spec.name, "start", starts()))
    file = resources.given(spec.file)
    if spec.name in starts():
        raise RequestError(f"{file}: a start named {spec.name} ships; give yours a name of its own.")
    return start(spec.name, file)


def _as_of(initial: Start, horizon: int) -> date:
    try:
        day = date.fromisoformat(initial.date)
    except ValueError:
        raise RequestError(f"start.date is {initial.date!r}; it must be a date as 2025-01-31.") from None
    if initial.date != day.isoformat():
        raise RequestError(f"start.date is {initial.date!r}; it must be a date as 2025-01-31. Did you mean {day}?")
    if day < FIRST_KNOWN or (LAST_KNOWN - day).days < horizon:
        raise RequestError(
            f"start.date is {day}, with {horizon:,} days from there; elections, US votes and Ramadan are known from "
            f"{FIRST_KNOWN} to {LAST_KNOWN}, and a run must lie within; move the date, or set ensemble.horizon."
        )
    return day


def in_use(request: Request) -> Mapping[str, Belief]:
    """Every parameter and initial state of an experiment."""
    return {**request.beliefs, **request.start.states}


def count_grades(request: Request) -> Mapping[str, int]:
    """Number of parameters and initial states in use, by grade."""
    by_grade = Counter(belief.grade for belief in in_use(request).values())
    return {grade: by_grade.get(grade, 0) for grade in GRADES}


def line(request: Request) -> str:
    """Number of quantities by grade, in one line."""
    by_grade = count_grades(request)
    uncertain = sum(not belief.prior.is_fixed for belief in in_use(request).values())
    parts = ", ".join(f"{number} {grade}" for grade, number in by_grade.items())
    return f"{sum(by_grade.values())} quantities, {uncertain} of them uncertain; by grade {parts}"
