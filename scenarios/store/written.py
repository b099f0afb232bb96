"""Models of the manifests of runs and studies: every key that is read, with its type and bounds."""

import math
import re
from collections.abc import Iterator, Mapping
from datetime import date
from typing import Annotated, Any, Self

from pydantic import AfterValidator, Field, model_validator

from scenarios.config import fields
from scenarios.config.policy import LEVERS, Policy
from scenarios.config.request import MOST_REPLICATIONS
from scenarios.config.shocks import KINDS, Shock
from scenarios.config.trajectory import LONGEST, Path
from scenarios.config.user_inputs import NOUNS
from scenarios.config.world import World
from scenarios.errors import RequestError
from scenarios.evidence.priors import prior
from scenarios.evidence.theories import hypotheses
from scenarios.store.shape import STUDY, check_files, kind_of
from scenarios.store.typed import Stored, from_plain, join_key, refuse

UNPRINTABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")

LARGEST = 2**63 - 1

Count = Annotated[int, Field(ge=0, le=2**53)]

Seconds = Annotated[float, Field(allow_inf_nan=False)]

Day = Annotated[str, AfterValidator(date.fromisoformat)]


class Stamped(Stored):
    """Size and digest of a file."""

    bytes: Count
    sha256: str = Field(pattern="^[0-9a-f]{64}$")


class Failure(Stored):
    """A draw that failed."""

    draw: Count
    error: str


class LostPoint(Stored):
    """A point that failed or is missing."""

    point: str
    status: str
    reason: str
    replay: str


class OwnInput(Stored):
    """A file or values of the user."""

    kind: Annotated[str, AfterValidator(lambda kind: fields.one_of(kind, "own.kind", NOUNS))]
    file: str
    beside: str
    changed: Mapping[str, tuple[str, str]]


class Provenance(Stored):
    """Versions and processor, on which the bits of a result depend besides the request."""

    python: str
    packages: Mapping[str, str | None]
    commit: str | None
    processor: str
    features: tuple[str, ...]
    code: str


class StoredBelief(Stored, extra="allow"):
    """A prior with the bounds of its parameter; its numbers depend on its kind."""

    kind: str
    bounds: tuple[float, float]
    __pydantic_extra__: dict[str, float]

    @model_validator(mode="after")
    def _check(self) -> Self:
        prior({self.kind: self.__pydantic_extra__})
        return self


class StoredScenario(Stored):
    """The scenario of a request."""

    name: str
    policy: Policy
    shocks: tuple[Shock, ...]


class StoredStart(Stored):
    """The start of a request."""

    date: Day
    states: Mapping[str, StoredBelief]


class StoredWorld(Stored):
    """The world of a request, without its texts."""

    regime: tuple[tuple[float, int], ...]
    intensity: Path
    detente: Path
    shocks: tuple[Shock, ...]

    def named(self, name: str) -> World:
        """The world under a name."""
        content = {key: getattr(self, key) for key in type(self).model_fields}
        return World(name=name, story="", claims=(), **content)


class StoredTheory(Stored):
    """One theory of a request."""

    poles: tuple[tuple[str, str], ...]
    changes: tuple[Mapping[str, Any], ...]


class RunRequest(Stored):
    """The request of a run, as far as it is read."""

    scenario: StoredScenario
    start: StoredStart
    world: StoredWorld
    theories: tuple[StoredTheory, ...]
    beliefs: Mapping[str, StoredBelief]
    given: Mapping[str, float]
    calendar: Any
    seed: int
    step_days: float = Field(ge=1e-3, le=LONGEST)
    horizon: float = Field(ge=1, le=LONGEST)
    closed_loop: bool
    period: str
    series: tuple[str, ...]

    @model_validator(mode="after")
    def _check(self) -> Self:
        _check_theories(self)
        _check_scenario(self)
        return self


class Manifest(Stored):
    """Keys that the manifests of runs and studies share."""

    id: str = Field(pattern="^[0-9a-f]{6,64}$")
    schema_version: int = Field(alias="schema")
    caveat: str
    replications: Count
    finished: str
    provenance: Provenance
    files: Mapping[str, Stamped]
    own: tuple[OwnInput, ...] = ()


class RunManifest(Manifest):
    """The manifest of a run."""

    scenario: Annotated[str, AfterValidator(lambda name: fields.word(name, "scenario"))]
    as_of: Day
    start: str
    world: str
    theories: tuple[str, ...]
    draws: int = Field(ge=1, le=MOST_REPLICATIONS)
    seed: int
    rejected_draws: Count
    failures: tuple[Failure, ...]
    seconds: Seconds
    grades: str
    request: RunRequest
    derived: Mapping[str, Stamped] = Field(default_factory=dict)

    @model_validator(mode="after")
    def _check(self) -> Self:
        """Refuse facts that contradict the request."""
        request = self.request
        facts = {
            "scenario": (self.scenario, request.scenario.name),
            "as_of": (self.as_of, request.start.date),
            "seed": (self.seed, request.seed),
            "theories": (len(self.theories), len(request.theories)),
            "replications": (self.replications, self.draws * len(request.theories)),
        }
        for name, (stated, requested) in facts.items():
            if stated != requested:
                raise RequestError(f"{name} is {stated}, but its request says {requested}")
        return self


class StudyManifest(Manifest):
    """The manifest of a study."""

    kind: str
    study: Mapping[str, Any]
    as_of: tuple[Day, ...]
    points: int = Field(ge=1, le=2**53)
    whole: bool
    seeds: tuple[int, ...]
    dataset: str
    failures: tuple[LostPoint, ...]
    failed_points: int
    cpu: Seconds
    worlds: tuple[str, ...] = ()
    grades: tuple[str, ...] = ()

    @model_validator(mode="after")
    def _check(self) -> Self:
        fields.word(self.study.get("name"), "study.name")
        fields.text(self.study.get("story", "-") or "-", "study.story")
        return self


def check_shape(manifest: Mapping[str, Any]) -> None:
    """Refuse a manifest that this schema cannot contain; RequestError names the key."""
    _check_scalars("", manifest)
    check_files(manifest)
    from_plain(StudyManifest if kind_of(manifest) == STUDY else RunManifest, manifest)


def _check_scalars(key: str, value: Any) -> None:
    """Refuse characters that control a terminal or cannot be printed, and numbers that are none or too long."""
    if isinstance(value, str) and UNPRINTABLE.search(value):
        raise refuse(key, value, "a text without control characters")
    if (isinstance(value, int) and abs(value) > LARGEST) or (isinstance(value, float) and math.isnan(value)):
        raise refuse(key, value, "a number of less than 64 bits")
    if isinstance(value, Mapping):
        for name, entry in value.items():
            _check_scalars(join_key(key, "a name"), str(name))
            _check_scalars(join_key(key, name), entry)
    elif isinstance(value, list):
        for number, entry in enumerate(value):
            _check_scalars(join_key(key, number), entry)


def _check_theories(request: RunRequest) -> None:
    """Refuse theories that do not answer the same questions as the first."""
    first = [question for question, _ in request.theories[0].poles] if request.theories else []
    for number, theory in enumerate(request.theories):
        names = [question for question, _ in theory.poles]
        if names != first or not set(names) <= set(hypotheses()):
            raise refuse(f"request.theories[{number}].poles", names, f"answers to {', '.join(first) or 'a question'}")


def _check_scenario(request: RunRequest) -> None:
    """Refuse unknown levers and shocks, and paths without anchors."""
    policy, world = request.scenario.policy, request.world
    for name in policy.levers:
        fields.one_of(name, "request.scenario.policy.levers", LEVERS)
    for shock in (*request.scenario.shocks, *world.shocks):
        fields.one_of(shock.kind, "request.shocks.kind", KINDS)
        if (shock.at, shock.per_year, shock.when) == (None, None, None):
            raise RequestError(f"request.shocks: {shock.kind} never occurs; it must have at, per_year or when")
    paths = [*_paths(policy), world.intensity, world.detente]
    if not all(path.anchors for path in paths) or not all([policy.role, policy.legal_basis, world.regime]):
        raise RequestError("request.scenario.policy or request.world has a path without anchors")
    anchors = (value for path in paths for anchor in path.anchors for value in anchor)
    for value in (policy.troops.realised, policy.troops.delay, *policy.troops.deadlines, *anchors):
        if isinstance(value, str):
            fields.one_of(value, "request.scenario.policy", request.beliefs)


def _paths(policy: Policy) -> Iterator[Path]:
    yield from (policy.troops.announced, *policy.troops.by_site.values(), *policy.levers.values())
