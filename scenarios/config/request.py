"""Request: one experiment as composed, checked once and immutable afterwards."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path as File
from typing import Any

from scenarios import resources
from scenarios.config import fields, options
from scenarios.config.choices import choices
from scenarios.config.scenario import Scenario, checked_scenario
from scenarios.config.trajectory import LONGEST
from scenarios.config.user_inputs import Own, check_claims, own_beliefs, own_file, own_start, own_values
from scenarios.config.world import World, check_wars, checked_world
from scenarios.errors import RequestError, nearest
from scenarios.evidence.calendar import FIRST_KNOWN, LAST_KNOWN
from scenarios.evidence.cancelling import check_values
from scenarios.evidence.parameters import GRADES, Belief, Start, beliefs, start, starts
from scenarios.evidence.theories import Stratum, hypotheses, strata
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
    """Experiment that a composed configuration requests; RequestError for whatever is wrong with it."""
    if not config.get("scenario"):
        raise RequestError("scenario is missing; give one as +scenario=full_withdrawal (`python -m scenarios list`).")
    keys = fields.mapping(config, "", KEYS, ("scenario", "start", "world", "theory", "ensemble"))
    priors = own_beliefs(keys["beliefs"]) if keys.get("beliefs") else beliefs()
    initial = _start(keys["start"])
    given = values_given({} if keys.get("parameters") is None else keys["parameters"], priors)
    with options.named("ensemble", keys["ensemble"], extra):
        ensemble = _ensemble(keys["ensemble"])
    as_of, horizon = _as_of(initial, ensemble.horizon), ensemble.horizon
    with options.named("scenario", keys["scenario"], extra):
        scenario = checked_scenario(keys["scenario"], as_of, horizon, priors, initial)
    with options.named("world", keys["world"], extra):
        world = checked_world(keys["world"], as_of, horizon)
    check_wars([*scenario.shocks, *world.shocks], world)
    theories = strata(fields.mapping(keys["theory"], "theory", hypotheses()))
    check_values(given, theories)
    return Request(
        scenario=scenario,
        start=initial,
        world=world,
        strata=theories,
        beliefs=priors,
        given=given,
        ensemble=ensemble,
        closed_loop=fields.one_of(keys.get("loop", "open"), "loop", ("open", "closed")) == "closed",
        record=_record({} if keys.get("record") is None else keys["record"]),
        own=(*_own(keys, initial, priors, given), *choices(keys["scenario"], keys["world"], as_of, priors)),
    )


def under(original: Request, scenario: Any) -> Request:
    """Same experiment under another scenario, as written."""
    other = checked_scenario(scenario, original.date, original.ensemble.horizon, original.beliefs, original.start)
    return replace(original, scenario=other)


def _start(written: Any) -> Start:
    content = fields.mapping(written, "start", ["name", "file"], ["name"])
    if "???" in (content["name"], content.get("file")):
        raise RequestError("start.file is missing; give a file as start=PATH.yaml.")
    if content.get("file"):
        file = resources.given(str(content["file"]))
        if content["name"] in starts():
            raise RequestError(f"{file}: a start named {content['name']} ships; give yours a name of its own.")
        own = start(str(content["name"]), file)
        for name, state in own.states.items():
            check_claims(file, f"states.{name}", state)
        return own
    return start(fields.one_of(str(content["name"]), "start", starts()))


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


def _ensemble(written: Any) -> Ensemble:
    key = "ensemble"
    names = ("replications", "seed", "step_days", "horizon")
    content = fields.mapping(written, key, [*names, "name"], names)
    if content.get("name") is not None:
        fields.text(content["name"], f"{key}.name")
    step = fields.number(content["step_days"], f"{key}.step_days", *STEPS, unit="days")
    horizon = fields.whole(content["horizon"], f"{key}.horizon", 7, LONGEST, "days")
    if abs(horizon / step - round(horizon / step)) > 1e-9:
        raise RequestError(
            f"{key}.horizon of {horizon} days is not a whole number of steps of {step:g} days; change one."
        )
    return Ensemble(
        replications=fields.whole(content["replications"], f"{key}.replications", 1, MOST_REPLICATIONS),
        seed=fields.whole(content["seed"], f"{key}.seed", 0, 2**63 - 1),
        step_days=step,
        horizon=horizon,
    )


def _record(written: Any) -> Record:
    content = fields.mapping(written, "record", ["period", "outcomes", "events"])
    names = fields.sequence(content.get("outcomes") or [], "record.outcomes")
    return Record(
        period=fields.one_of(content.get("period", "week"), "record.period", PERIODS),
        outcomes=tuple(fields.one_of(name, "record.outcomes", periodic()) for name in names),
        events=fields.whole(content.get("events", 0), "record.events", 0, MOST_REPLICATIONS, "draws"),
    )


def values_given(written: Any, known: Mapping[str, Belief]) -> Mapping[str, float]:
    """Parameters that the user fixes at values of their own."""
    if not isinstance(written, Mapping):
        raise RequestError(f"parameters is {written!r}; it must be a mapping of names to values.")
    values = {}
    for name, value in written.items():
        if name not in known:
            raise RequestError(f"parameters.{name} is unknown.{nearest(name, known)}")
        if known[name].labels:
            raise RequestError(
                f"parameters.{name} has {', '.join(known[name].labels)}; give it in a beliefs file instead."
            )
        values[name] = fields.number(value, f"parameters.{name}", *known[name].bounds, unit=known[name].unit)
    return values


def _own(
    config: Mapping[str, Any], start_used: Start, used: Mapping[str, Belief], given: Mapping[str, float]
) -> Iterator[Own]:
    """Input of the user's own that differs from the shipped one."""
    if config["start"].get("file"):
        yield own_start(resources.given(str(config["start"]["file"])), start_used)
    if config.get("beliefs"):
        yield own_file("beliefs", resources.given(str(config["beliefs"])), "the priors that ship", used, beliefs())
    if given:
        yield own_values(given, beliefs())


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
