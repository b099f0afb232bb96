"""What a study asks for: crossed factors, sampled factors or a table of points, and constraints on points."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from scenarios import checking, places
from scenarios.errors import RequestError, nearest

DESIGNS = ("sobol", "latin_hypercube", "morris", "saltelli")
WHOLE = ("scenario", "start", "world", "theory", "loop")  # factors that take a name
WITHIN = ("theory.", "parameters.", "levers.", "world.", "ensemble.")  # factors that set one key
FIXED = ("ensemble.replications", "ensemble.name", "world.name", "world.story", "world.claims")  # at every point
MOST_POINTS = 1_000_000
KEYS = ("name", "story", "claims", "cross", "sample", "table", "constraints")


@dataclass(frozen=True, kw_only=True)
class Factor:
    """What a sampled factor may be: a range, part of a parameter's prior, or some values."""

    low: float = 0.0
    high: float = 1.0
    log: bool = False
    prior: bool = False  # low and high are then quantiles of the parameter's prior
    values: tuple[Any, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Sample:
    """Points drawn together over several factors."""

    design: str
    points: int  # of sobol and latin_hypercube; trajectories of morris; base points of saltelli
    seed: int
    factors: Mapping[str, Factor]


@dataclass(frozen=True, kw_only=True)
class Study:
    """A design: every combination of the crossed factors with every row of the sample or table."""

    name: str
    story: str
    cross: Mapping[str, tuple[Any, ...]]
    sample: Sample | None
    table: Path | None
    constraints: tuple[str, ...]


def study(written: Any) -> Study:
    """A study as written, checked; RequestError says what is wrong with it."""
    found = checking.mapping(written, "study", KEYS, ["name"])
    ways = [name for name in ("sample", "table") if found.get(name)]
    if len(ways) > 1:
        raise RequestError("study has both sample and table; give one, and cross it with what you like.")
    if not ways and not found.get("cross"):
        raise RequestError("study has no points; give cross, sample or table (see configs/study/).")
    cross = checking.mapping(found.get("cross") or {}, "study.cross", _keys(found.get("cross")))
    return Study(
        name=checking.word(found["name"], "study.name"),
        story=str(found.get("story") or ""),
        cross={name: _levels(each, f"study.cross.{name}") for name, each in cross.items()},
        sample=_sample(found["sample"]) if found.get("sample") else None,
        table=_table(found["table"]) if found.get("table") else None,
        constraints=checking.texts(found.get("constraints") or [], "study.constraints"),
    )


def check_key(name: str, where: str) -> None:
    """Refuse a factor that names nothing which may differ between points."""
    if name in WHOLE or (name.startswith(WITHIN) and name not in FIXED and not name.endswith(".")):
        return
    raise RequestError(
        f"{where}: {name!r} is no factor.{nearest(name, WHOLE)} A factor is one of {', '.join(WHOLE)}, or a key as "
        "parameters.NAME, levers.NAME, theory.QUESTION, world.KEY, ensemble.seed, .horizon or .step_days."
    )


def _keys(written: Any) -> list[str]:
    names = [str(name) for name in written] if isinstance(written, Mapping) else []
    for name in names:
        check_key(name, "study.cross")
    return names


def _levels(written: Any, key: str) -> tuple[Any, ...]:
    values = checking.sequence(written, key)
    if not values or any(each in values[:place] for place, each in enumerate(values)):
        raise RequestError(f"{key} is {written}; it must be a list of different values.")
    return tuple(values)


def _sample(written: Any) -> Sample:
    key = "study.sample"
    found = checking.mapping(written, key, ["design", "points", "seed", "factors"], ["design", "points", "factors"])
    design = checking.one_of(found["design"], f"{key}.design", DESIGNS)
    points = checking.whole(found["points"], f"{key}.points", 1, MOST_POINTS)
    if design in ("sobol", "saltelli") and points & (points - 1):
        below = 1 << points.bit_length() - 1
        raise RequestError(
            f"{key}.points is {points:,}; a {design} design is balanced at powers of two alone: take {below:,} or "
            f"{2 * below:,}."
        )
    if not isinstance(found["factors"], Mapping) or not found["factors"]:
        raise RequestError(f"{key}.factors is {found['factors']!r}; it must be a mapping of factors to ranges.")
    factors = {str(name): _factor(str(name), each, f"{key}.factors.{name}") for name, each in found["factors"].items()}
    return Sample(
        design=design,
        points=points,
        seed=checking.whole(found.get("seed", 0), f"{key}.seed", 0, 2**32 - 1),
        factors=factors,
    )


def _factor(name: str, written: Any, key: str) -> Factor:
    """`prior`, `[low, high]`, `{low:, high:, scale: log}`, `{prior: [.05, .95]}` or `{values: [...]}`."""
    check_key(name, key)
    if written == "prior":
        written = {"prior": [0.0, 1.0]}
    if isinstance(written, list | tuple) and len(written) == 2:
        written = {"low": written[0], "high": written[1]}
    found = checking.mapping(written, key, ["low", "high", "scale", "prior", "values"])
    if found.get("values"):
        return Factor(values=_levels(found["values"], f"{key}.values"))
    if found.get("prior"):
        return _part_of_prior(name, found["prior"], key)
    scale = checking.one_of(found.get("scale", "linear"), f"{key}.scale", ("linear", "log"))
    low, high = (checking.number(found.get(end), f"{key}.{end}") for end in ("low", "high"))
    if not low < high or (scale == "log" and low <= 0):
        raise RequestError(f"{key} is [{low:g}, {high:g}]; low must be below high, and above 0 on a log scale.")
    return Factor(low=low, high=high, log=scale == "log")


def _part_of_prior(name: str, written: Any, key: str) -> Factor:
    if not name.startswith("parameters."):
        raise RequestError(f"{key}: only parameters have a prior; give [low, high] or values.")
    ends = checking.sequence(written, f"{key}.prior")
    low, high = (checking.number(end, f"{key}.prior", 0.0, 1.0) for end in (*ends, None, None)[:2])
    if not low < high:
        raise RequestError(f"{key}.prior is [{low:g}, {high:g}]; the first quantile must be below the second.")
    return Factor(low=low, high=high, prior=True)


def _table(written: Any) -> Path:
    file = places.given(checking.text(written, "study.table"))
    if not file.is_file():
        raise RequestError(f"study.table: there is no file {file}.")
    return file
