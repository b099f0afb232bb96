"""Classes of the manifests of runs and studies: every key that is read, with its type."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from scenarios.config.policy import Policy
from scenarios.config.shocks import Shock
from scenarios.config.world import World
from scenarios.store.typed import Complete


@dataclass(frozen=True, kw_only=True)
class Stamped(Complete):
    """Size and digest of a file."""

    bytes: int
    sha256: str


@dataclass(frozen=True, kw_only=True)
class Failure(Complete):
    """A draw that failed."""

    draw: int
    error: str


@dataclass(frozen=True, kw_only=True)
class LostPoint(Complete):
    """A point that failed or is missing."""

    point: str
    status: str
    reason: str
    replay: str


@dataclass(frozen=True, kw_only=True)
class OwnInput(Complete):
    """A file or values of the user."""

    kind: str
    file: str
    beside: str
    changed: Mapping[str, tuple[str, str]]


@dataclass(frozen=True, kw_only=True)
class Provenance(Complete):
    """Versions and processor, on which the bits of a result depend besides the request."""

    python: str
    packages: Mapping[str, str | None]
    commit: str | None
    processor: str
    features: tuple[str, ...]
    code: str


@dataclass(frozen=True, kw_only=True)
class Common(Complete):
    """Keys that the manifests of runs and studies share."""

    id: str
    schema: int
    caveat: str
    replications: int
    finished: str
    provenance: Provenance
    files: Mapping[str, Stamped]
    own: tuple[OwnInput, ...] = ()


@dataclass(frozen=True, kw_only=True)
class OfRun(Common):
    """The manifest of a run."""

    scenario: str
    as_of: date
    start: str
    world: str
    theories: tuple[str, ...]
    draws: int
    seed: int
    rejected_draws: int
    failures: tuple[Failure, ...]
    seconds: float
    grades: str
    request: Mapping[str, Any]


@dataclass(frozen=True, kw_only=True)
class OfStudy(Common):
    """The manifest of a study."""

    kind: str
    study: Mapping[str, Any]
    as_of: tuple[date, ...]
    points: int
    whole: bool
    seeds: tuple[int, ...]
    dataset: str
    failures: tuple[LostPoint, ...]
    failed_points: int
    cpu: float
    worlds: tuple[str, ...] = ()
    grades: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class RunScenario(Complete):
    """The scenario of a request."""

    name: str
    policy: Policy
    shocks: tuple[Shock, ...]


@dataclass(frozen=True, kw_only=True)
class RunStart:
    """The start of a request."""

    date: date
    states: Mapping[str, Mapping[str, Any]]


@dataclass(frozen=True, kw_only=True)
class RunTheory:
    """One theory of a request."""

    poles: tuple[tuple[str, str], ...]
    changes: tuple[Mapping[str, Any], ...]


@dataclass(frozen=True, kw_only=True)
class RunRequest:
    """The request of a run, as far as it is read."""

    scenario: RunScenario
    start: RunStart
    world: World
    theories: tuple[RunTheory, ...]
    beliefs: Mapping[str, Mapping[str, Any]]
    given: Mapping[str, float]
    calendar: Any
    seed: int
    step_days: float
    horizon: float
    closed_loop: bool
    period: str
    series: tuple[str, ...]
