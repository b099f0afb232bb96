"""Identifiers of results: a hash of everything that determines the numbers of a replication."""

import hashlib
import json
import platform
import subprocess
import threading
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from functools import cache
from importlib import metadata
from typing import Any

from scenarios import resources
from scenarios.config.request import Request
from scenarios.config.scenario import Scenario
from scenarios.evidence.calendar import calendar
from scenarios.evidence.parameters import Belief
from scenarios.store.syntax import digest_of_files

SCHEMA_VERSION = 1

PARSING = threading.Lock()  # Python 3.11 cannot parse in two threads at once

LENGTH = 12  # hex digits of an id

COMPUTES = (
    "agents/**/*.py",
    "scenarios/outcomes/*.py",
    "scenarios/simulation/**/*.py",
    *(f"scenarios/config/{name}.py" for name in ("policy", "shocks", "trajectory", "world")),
    *(f"scenarios/evidence/{name}.py" for name in ("calendar", "parameters", "priors")),
)  # modules that run while a replication is simulated

WORDS = {"story", "claims", "code", "expects", "needs", "title", "because", "statement", "meaning", "file", "name"}


def identify(request: Request) -> str:
    """Identifier of an experiment; independent of the number of replications, so that more may be added."""
    return join_digests(parts(request))


def parts(request: Request) -> dict[str, str]:
    """Digest of each part of what determines the numbers of a replication."""
    return {name: digest_of(part) for name, part in {**determinants(request), "code": code_digest()}.items()}


def part_of_scenario(scenario: Scenario) -> dict[str, Any]:
    """The part of a scenario that determines numbers, as plain data."""
    return {"name": scenario.name, **plain(scenario)}


def join_digests(digests: Mapping[str, str]) -> str:
    """Identifier of an experiment from the digests of its parts."""
    return digest_of(digests)[:LENGTH]


def determinants(request: Request) -> dict[str, Any]:
    """Everything except code that determines the numbers of a replication, as plain data."""
    ensemble = request.ensemble
    return {
        "schema": SCHEMA_VERSION,
        "scenario": part_of_scenario(request.scenario),
        "start": {"date": request.start.date, "states": plain(request.start.states)},
        "world": plain(request.world),
        "theories": [{"poles": plain(stratum.poles), "changes": plain(stratum.changes)} for stratum in request.strata],
        "beliefs": plain(request.beliefs),
        "given": dict(request.given),
        "calendar": plain(calendar(request.date)),
        "seed": ensemble.seed,
        "step_days": ensemble.step_days,
        "horizon": ensemble.horizon,
        "closed_loop": request.closed_loop,
        "period": request.record.period,
        "series": list(request.record.outcomes),
    }


def plain(value: Any) -> Any:
    """Numbers and structure of a frozen object as plain data, without its texts."""
    if isinstance(value, Belief):
        return {"kind": value.prior.kind, **value.prior.numbers, "bounds": list(value.bounds)}
    if is_dataclass(value) and not isinstance(value, type):
        names = [field.name for field in fields(value) if field.name not in WORDS or field.name == "kind"]
        return {name: plain(getattr(value, name)) for name in names}
    if isinstance(value, Mapping):
        return {str(name): plain(each) for name, each in value.items()}
    if isinstance(value, tuple | list):
        return [plain(each) for each in value]
    return value if isinstance(value, str | int | float | bool | type(None)) else str(value)


def digest_of(value: Any) -> str:
    """Digest of plain data, independent of the order of its keys."""
    return hashlib.blake2b(json.dumps(value, sort_keys=True).encode(), digest_size=16).hexdigest()


@cache
def code_digest() -> str:
    """Digest of the code that computes numbers: its syntax trees without docstrings and comments."""
    roots = {name: folder.parent for name, folder in resources.packages().items()}
    with PARSING:
        digests = [digest_of_files(roots[pattern.split("/")[0]], [pattern]) for pattern in COMPUTES]
    return hashlib.blake2b("".join(digests).encode(), digest_size=16).hexdigest()


@cache
def provenance() -> dict[str, Any]:
    """Versions, commit and processor features, on which the bits of a result depend besides the request."""
    names = ("iraq-scenarios", "mesa", "numpy", "scipy", "pandas", "pyarrow", "hydra-core", "omegaconf")
    return {
        "python": platform.python_version(),
        "packages": {name: _version(name) for name in names},
        "commit": _commit(),
        "processor": platform.machine(),
        "features": _features(),
        "code": code_digest(),
    }


def _version(name: str) -> str | None:
    try:
        return metadata.version(name)
    except metadata.PackageNotFoundError:
        return None


def _commit() -> str | None:
    """Commit of the clone that the code runs from, marked if it has changes; None for an installed package."""
    root = resources.packages()["scenarios"].parent
    if not (root / ".git").exists():
        return None
    command = ["git", "describe", "--always", "--dirty", "--abbrev=40"]
    try:
        ended = subprocess.run(command, cwd=root, capture_output=True, text=True, check=False)
    except OSError:  # git is not installed
        return None
    return ended.stdout.strip() or None


def _features() -> list[str]:
    """Processor features that NumPy dispatches on: they decide the last bit of transcendental functions."""
    from numpy._core._multiarray_umath import __cpu_features__ as features

    return sorted(name for name, is_present in features.items() if is_present)
