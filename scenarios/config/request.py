"""The shape of every request: what may be asked, checked once at the door and frozen."""

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path as File
from typing import Any

from scenarios import resources
from scenarios.config import fields, options
from scenarios.config.choices import choices
from scenarios.config.fields import cited
from scenarios.config.policy import Policy, policy
from scenarios.config.shocks import Shock, shocks
from scenarios.config.trajectory import LONGEST
from scenarios.config.user_inputs import Own, check_claims, own_beliefs, own_file, own_start, own_values
from scenarios.config.world import WIDEST_INTENSITY, World, check_wars, level_path, regime_path
from scenarios.errors import RequestError, nearest
from scenarios.evidence.calendar import FIRST_KNOWN, LAST_KNOWN
from scenarios.evidence.cancelling import check_values
from scenarios.evidence.parameters import GRADES, Belief, Start, beliefs, start, starts
from scenarios.evidence.theories import Stratum, hypotheses, strata
from scenarios.outcomes import OUTCOMES, counted, periodic

MOST_REPLICATIONS = 10_000_000

STEPS = (0.25, 7.0)

PERIODS = {"day": 1, "week": 7}

BLOCK = 1_000  # replications that are computed and stored together, about

KEYS = (
    "scenario", "start", "world", "theory", "ensemble", "against", "loop", "parameters", "beliefs", "results",
    "record", "workers", "study",
)  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class Ensemble:
    """How many replications, with which seed, at what step, for how long."""

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
    """What is written in addition to totals."""

    period: str
    outcomes: tuple[str, ...]  # in the series; every outcome that has one if empty
    events: int  # draws

    @property
    def days(self) -> int:
        """Length of a period."""
        return PERIODS[self.period]


def _own(
    found: Mapping[str, Any], began: Start, believed: Mapping[str, Belief], given: Mapping[str, float]
) -> Iterator[Own]:
    """What the user brings of their own beside what ships."""
    if found["start"].get("file"):
        yield own_start(resources.given(str(found["start"]["file"])), began)
    if found.get("beliefs"):
        yield own_file("beliefs", resources.given(str(found["beliefs"])), "the priors that ship", believed, beliefs())
    if given:
        yield own_values(given, beliefs())


def _start(written: Any) -> Start:
    found = fields.mapping(written, "start", ["name", "file"], ["name"])
    if "???" in (found["name"], found.get("file")):
        raise RequestError("start.file is missing; give a file as start=PATH.yaml.")
    if found.get("file"):
        file = resources.given(str(found["file"]))
        if found["name"] in starts():
            raise RequestError(f"{file}: a start named {found['name']} ships; give yours a name of its own.")
        mine = start(str(found["name"]), file)
        for name, state in mine.states.items():
            check_claims(file, f"states.{name}", state)
        return mine
    return start(fields.one_of(str(found["name"]), "start", starts()))


def _as_of(began: Start, horizon: int) -> date:
    try:
        when = date.fromisoformat(began.date)
    except ValueError:
        raise RequestError(f"start.date is {began.date!r}; it must be a date as 2025-01-31.") from None
    if began.date != when.isoformat():
        raise RequestError(f"start.date is {began.date!r}; it must be a date as 2025-01-31. Did you mean {when}?")
    if when < FIRST_KNOWN or (LAST_KNOWN - when).days < horizon:
        raise RequestError(
            f"start.date is {when}, with {horizon:,} days from there; elections, US votes and Ramadan are known from "
            f"{FIRST_KNOWN} to {LAST_KNOWN}, and a run must lie within; move the date, or set ensemble.horizon."
        )
    return when


def _ensemble(written: Any) -> Ensemble:
    key = "ensemble"
    names = ("replications", "seed", "step_days", "horizon")
    found = fields.mapping(written, key, [*names, "name"], names)
    step = fields.number(found["step_days"], f"{key}.step_days", *STEPS, unit="days")
    horizon = fields.whole(found["horizon"], f"{key}.horizon", 7, LONGEST, "days")
    if abs(horizon / step - round(horizon / step)) > 1e-9:
        raise RequestError(
            f"{key}.horizon of {horizon} days is not a whole number of steps of {step:g} days; change one."
        )
    return Ensemble(
        replications=fields.whole(found["replications"], f"{key}.replications", 1, MOST_REPLICATIONS),
        seed=fields.whole(found["seed"], f"{key}.seed", 0, 2**63 - 1),
        step_days=step,
        horizon=horizon,
    )


def _check_needs(name: str, needs: Mapping[str, Any], began: Start) -> None:
    """A scenario says what a start must have for it to make sense."""
    from scenarios.evidence.parameters import troops_at_start

    least = fields.number(needs.get("troops_at_least", 0), "scenario.needs.troops_at_least", 0.0)
    troops = float(troops_at_start(began).sum())
    if troops < least:
        raise RequestError(
            f"scenario {name} needs at least {least:,.0f} US troops at the start; {began.name} has about "
            f"{troops:,.0f}. Take another start or another scenario."
        )


def _world(written: Any, when: date, horizon: int) -> World:
    key = "world"
    names = ["name", "story", "claims", "regime", "intensity", "detente", "shocks"]
    found = fields.mapping(written, key, names, ["name", "story", "regime"])
    return World(
        name=fields.text(found["name"], f"{key}.name"),
        story=fields.text(found["story"], f"{key}.story"),
        claims=cited(found.get("claims"), f"{key}.claims"),
        regime=regime_path(found["regime"], f"{key}.regime", when, horizon),
        intensity=level_path(found.get("intensity", 1), f"{key}.intensity", when, 0.0, WIDEST_INTENSITY),
        detente=level_path(found.get("detente", 0), f"{key}.detente", when, 0.0, 1.0),
        shocks=shocks(found.get("shocks") or [], f"{key}.shocks", when, horizon, counted()),
    )


def values_given(written: Any, known: Mapping[str, Belief]) -> Mapping[str, float]:
    """Parameters that the user fixes at values of their own."""
    if not isinstance(written, Mapping):
        raise RequestError(f"parameters is {written!r}; it must be a mapping of names to values.")
    found = {}
    for name, value in written.items():
        if name not in known:
            raise RequestError(f"parameters.{name} is unknown.{nearest(name, known)}")
        if known[name].labels:
            raise RequestError(
                f"parameters.{name} has {', '.join(known[name].labels)}; give it in a beliefs file instead."
            )
        found[name] = fields.number(value, f"parameters.{name}", *known[name].bounds, unit=known[name].unit)
    return found


def _record(written: Any) -> Record:
    found = fields.mapping(written, "record", ["period", "outcomes", "events"])
    names = fields.sequence(found.get("outcomes") or [], "record.outcomes")
    return Record(
        period=fields.one_of(found.get("period", "week"), "record.period", PERIODS),
        outcomes=tuple(fields.one_of(name, "record.outcomes", periodic()) for name in names),
        events=fields.whole(found.get("events", 0), "record.events", 0, MOST_REPLICATIONS, "draws"),
    )


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


@dataclass(frozen=True, kw_only=True)
class Scenario:
    """A storyline: a policy over time, and the shocks that come with it."""

    name: str
    code: str
    story: str
    claims: tuple[str, ...]
    policy: Policy
    shocks: tuple[Shock, ...]
    expects: tuple[Expectation, ...]
    needs: Mapping[str, Any]


@dataclass(frozen=True, kw_only=True)
class Request:
    """One experiment: one scenario run as one ensemble."""

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
        """The as-of date."""
        return date.fromisoformat(self.start.date)

    @property
    def draws(self) -> int:
        """Draws of luck and parameters; each is lived under every theory."""
        return -(-self.ensemble.replications // len(self.strata))

    @property
    def period_days(self) -> float:
        """Length of a period of the series: a whole number of steps, as near to what is asked as they allow."""
        step = self.ensemble.step_days
        return max(1, round(self.record.days / step)) * step

    @property
    def draws_per_block(self) -> int:
        """Draws that are computed and stored together; fixed by the request, never by the machine."""
        return max(1, BLOCK // len(self.strata))


@dataclass(frozen=True, kw_only=True)
class Asked:
    """What a command was asked: an experiment, what to set it against, where results go."""

    request: Request
    against: Request | None
    results: File
    workers: int | None

    @property
    def requests(self) -> list[Request]:
        """The experiment, and its baseline if there is one."""
        return [each for each in (self.request, self.against) if each]


def request(config: Mapping[str, Any], extra: File | None = None) -> Request:
    """The experiment that a composed configuration asks for; RequestError says what is wrong with it, and where."""
    if not config.get("scenario"):
        raise RequestError("scenario is missing; give one as +scenario=full_withdrawal (`python -m scenarios list`).")
    found = fields.mapping(config, "", KEYS, ("scenario", "start", "world", "theory", "ensemble"))
    believed = own_beliefs(found["beliefs"]) if found.get("beliefs") else beliefs()
    began = _start(found["start"])
    given = values_given({} if found.get("parameters") is None else found["parameters"], believed)
    with options.named("ensemble", found["ensemble"], extra):
        ensemble = _ensemble(found["ensemble"])
    when, horizon = _as_of(began, ensemble.horizon), ensemble.horizon
    with options.named("scenario", found["scenario"], extra):
        scenario = _scenario(found["scenario"], when, horizon, believed, began)
    with options.named("world", found["world"], extra):
        world = _world(found["world"], when, horizon)
    check_wars([*scenario.shocks, *world.shocks], world)
    theories = strata(fields.mapping(found["theory"], "theory", hypotheses()))
    check_values(given, theories)
    return Request(
        scenario=scenario,
        start=began,
        world=world,
        strata=theories,
        beliefs=believed,
        given=given,
        ensemble=ensemble,
        closed_loop=fields.one_of(found.get("loop", "open"), "loop", ("open", "closed")) == "closed",
        record=_record({} if found.get("record") is None else found["record"]),
        own=(*_own(found, began, believed, given), *choices(found["scenario"], found["world"], when, believed)),
    )


def under(asked: Request, scenario: Any) -> Request:
    """The same experiment under another scenario, as written."""
    found = _scenario(scenario, asked.date, asked.ensemble.horizon, asked.beliefs, asked.start)
    return replace(asked, scenario=found)


def _scenario(written: Any, when: date, horizon: int, known: Mapping[str, Any], began: Start) -> Scenario:
    key = "scenario"
    names = ["name", "code", "story", "claims", "levers", "shocks", "expects", "needs"]
    found = fields.mapping(written, key, names, ["name", "story", "levers"])
    needs = fields.mapping(found.get("needs") or {}, f"{key}.needs", ["troops_at_least"])
    _check_needs(found["name"], needs, began)
    return Scenario(
        name=fields.word(found["name"], f"{key}.name"),
        code=str(found.get("code", "")),
        story=fields.text(found["story"], f"{key}.story"),
        claims=cited(found.get("claims"), f"{key}.claims"),
        policy=policy(found["levers"], when, known),
        shocks=shocks(found.get("shocks") or [], f"{key}.shocks", when, horizon, counted()),
        expects=expectations(found.get("expects") or [], f"{key}.expects"),
        needs=needs,
    )


def expectations(written: Any, key: str) -> tuple[Expectation, ...]:
    """Expectations as written, checked."""
    entries = fields.sequence(written, key)
    return tuple(_expectation(each, f"{key}[{number}]") for number, each in enumerate(entries))


def _expectation(written: Any, key: str) -> Expectation:
    required = ("outcome", "direction", "claims")
    found = fields.mapping(written, key, (*required, "against", "within"), required)
    within = found.get("within")
    return Expectation(
        outcome=fields.one_of(found["outcome"], f"{key}.outcome", OUTCOMES),
        direction=fields.one_of(found["direction"], f"{key}.direction", DIRECTIONS),
        claims=cited(found["claims"], f"{key}.claims"),
        against=fields.one_of(found.get("against", BASELINE), f"{key}.against", options.options("scenario")),
        within=None if within is None else fields.whole(within, f"{key}.within", 1, LONGEST, "days"),
    )


def counts(request: Request) -> Mapping[str, int]:
    """Parameters and initial states in use, by grade."""
    found = Counter(belief.grade for belief in in_use(request).values())
    return {grade: found.get(grade, 0) for grade in GRADES}


def in_use(request: Request) -> Mapping[str, Belief]:
    """Every parameter and initial state of an experiment."""
    return {**request.beliefs, **request.start.states}


def line(request: Request) -> str:
    """The grades in one line."""
    found = counts(request)
    uncertain = sum(not each.prior.is_fixed for each in in_use(request).values())
    parts = ", ".join(f"{number} {grade}" for grade, number in found.items())
    return f"{sum(found.values())} quantities, {uncertain} of them uncertain; by grade {parts}"
