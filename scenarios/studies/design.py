"""Design of a study: crossed factors, sampled factors or a table of points, and constraints, checked."""

import math
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from scenarios import resources
from scenarios.config import fields
from scenarios.config.fields import claim_ids
from scenarios.errors import RequestError, nearest
from scenarios.studies.levels import WHOLE, are_different, check_level, check_text

DESIGNS = ("sobol", "latin_hypercube", "morris", "saltelli")

WITHIN = ("theory.", "parameters.", "levers.", "world.", "ensemble.")  # prefixes of factors that set one key

FIXED = ("ensemble.replications", "ensemble.name", "world.name", "world.story", "world.claims")  # at all points

MOST_POINTS = 1_000_000

MOST_FACTORS, MOST_CONSTRAINTS = 1_000, 100

Settings = dict[str, Any]  # of a point: level by factor

IN_LINES = ("story", "constraints")  # keys of texts that may have several lines

KEYS = ("name", "story", "claims", "cross", "sample", "table", "constraints")


@dataclass(frozen=True, kw_only=True)
class Factor:
    """Levels of a sampled factor: a range, part of a parameter's prior, or some values."""

    low: float = 0.0
    high: float = 1.0
    log: bool = False
    prior: bool = False  # low and high are then quantiles of the parameter's prior
    values: tuple[Any, ...] = ()


@dataclass(frozen=True, kw_only=True)
class Sample:
    """Sample of points over several factors."""

    design: str
    points: int  # of sobol and latin_hypercube; trajectories of morris; base points of saltelli
    seed: int
    factors: Mapping[str, Factor]


@dataclass(frozen=True, kw_only=True)
class Study:
    """Design: every combination of the crossed factors with every row of the sample or table."""

    name: str
    story: str
    cross: Mapping[str, tuple[Any, ...]]
    sample: Sample | None
    table: Path | None
    constraints: tuple[str, ...]


def study(written: Any) -> Study:
    """Check the design of a study as written; RequestError says what is wrong with it."""
    entries = fields.mapping(written, "study", KEYS, ["name"])
    given = {name: value for name, value in entries.items() if value is not None}
    for name in given:
        if name not in IN_LINES:
            check_level(given[name], f"study.{name}")
    if "sample" in given and "table" in given:
        raise RequestError("study has both sample and table; give one, and cross it with other factors.")
    cross = _cross(given.get("cross", {}))
    if not (cross or {"sample", "table"} & set(given)):
        raise RequestError("study has no points; give cross, sample or table (see configs/study/).")
    claim_ids(fields.sequence(given.get("claims", []), "study.claims"), "study.claims")
    return Study(
        name=fields.word(entries["name"], "study.name"),
        story=_story(given.get("story")),
        cross=cross,
        sample=_sample(given["sample"]) if "sample" in given else None,
        table=_table(given["table"]) if "table" in given else None,
        constraints=_constraints(given.get("constraints", [])),
    )


def _story(written: Any) -> str:
    """Description of the study, in any number of lines."""
    story = fields.text(written, "study.story") if written is not None else ""
    check_text(" ".join(story.split()), "study.story")
    return story


def _cross(written: Any) -> dict[str, tuple[Any, ...]]:
    """Levels by factor."""
    names = _keys(written, "study.cross")
    entries = fields.mapping(written, "study.cross", names)
    return {name: _levels(levels, f"study.cross.{name}") for name, levels in entries.items()}


def _constraints(written: Any) -> tuple[str, ...]:
    constraints = tuple(" ".join(text.split()) for text in fields.texts(written, "study.constraints"))
    if len(constraints) > MOST_CONSTRAINTS:
        raise RequestError(f"study.constraints has {len(constraints):,} entries; at most {MOST_CONSTRAINTS} are taken.")
    for number, constraint in enumerate(constraints):
        check_text(constraint, f"study.constraints[{number}]")
    return constraints


def check_key(name: str, where: str) -> None:
    """Refuse a name that is not a factor."""
    if name in WHOLE or (name.startswith(WITHIN) and name not in FIXED and not name.endswith(".")):
        return
    raise RequestError(
        f"{where}: {name!r} is no factor.{nearest(name, WHOLE)} A factor is one of {', '.join(WHOLE)}, or a key as "
        "parameters.NAME, levers.NAME, theory.QUESTION, world.KEY, ensemble.seed, .horizon or .step_days."
    )


def _keys(written: Any, key: str) -> list[str]:
    """Names of the factors of a mapping, checked."""
    names = [str(name) for name in written] if isinstance(written, Mapping) else []
    if len(names) > MOST_FACTORS:
        raise RequestError(f"{key} has {len(names):,} factors; at most {MOST_FACTORS:,} are taken.")
    for name in names:
        check_key(name, key)
    return names


def _levels(written: Any, key: str) -> tuple[Any, ...]:
    values = fields.sequence(written, key)
    for place, value in enumerate(values):
        check_level(value, f"{key}[{place}]")
    if not values or not are_different(values):
        raise RequestError(f"{key} is {_short(values)}; it must be a list of different values.")
    return tuple(values)


def _short(value: Any) -> str:
    text = str(value)
    return text if len(text) <= 80 else f"{text[:80]}..."


def _sample(written: Any) -> Sample:
    key = "study.sample"
    entries = fields.mapping(written, key, ["design", "points", "seed", "factors"], ["design", "points", "factors"])
    design = fields.one_of(entries["design"], f"{key}.design", DESIGNS)
    points = fields.whole(entries["points"], f"{key}.points", 1, MOST_POINTS)
    if design in ("sobol", "saltelli") and points & (points - 1):
        below = 1 << points.bit_length() - 1
        raise RequestError(
            f"{key}.points is {points:,}; a {design} design is balanced at powers of two alone: take {below:,} or "
            f"{2 * below:,}."
        )
    return Sample(
        design=design,
        points=points,
        seed=fields.whole(entries.get("seed", 0), f"{key}.seed", 0, 2**32 - 1),
        factors=_factors(entries["factors"], f"{key}.factors"),
    )


def _factors(written: Any, key: str) -> dict[str, Factor]:
    """Sampled factors by name."""
    if not isinstance(written, Mapping) or not written:
        raise RequestError(f"{key} is {_short(written)}; it must be a mapping of factors to ranges.")
    entries = fields.mapping(written, key, _keys(written, key))
    return {name: _factor(name, factor, f"{key}.{name}") for name, factor in entries.items()}


def _factor(name: str, written: Any, key: str) -> Factor:
    """Factor from `prior`, `[low, high]`, `{low:, high:, scale: log}`, `{prior: [.05, .95]}` or `{values: [...]}`."""
    if written == "prior":
        written = {"prior": [0.0, 1.0]}
    if isinstance(written, list | tuple) and len(written) == 2:
        written = {"low": written[0], "high": written[1]}
    entries = fields.mapping(written, key, ["low", "high", "scale", "prior", "values"])
    alone = [kind for kind in ("values", "prior") if kind in entries]
    if alone and len(entries) > 1:
        raise RequestError(f"{key} has {', '.join(entries)}; {alone[0]} excludes the others; leave them out.")
    if "values" in entries:
        return Factor(values=_levels(entries["values"], f"{key}.values"))
    if "prior" in entries:
        return _part_of_prior(name, entries["prior"], key)
    scale = fields.one_of(entries.get("scale", "linear"), f"{key}.scale", ("linear", "log"))
    low, high = (fields.number(entries.get(end), f"{key}.{end}") for end in ("low", "high"))
    if not low < high or (scale == "log" and low <= 0):
        raise RequestError(f"{key} is [{low:g}, {high:g}]; low must be below high, and above 0 on a log scale.")
    if not math.isfinite(high / low if scale == "log" else high - low):
        raise RequestError(f"{key} is [{low:g}, {high:g}], too wide to be sampled; narrow it.")
    return Factor(low=low, high=high, log=scale == "log")


def _part_of_prior(name: str, written: Any, key: str) -> Factor:
    if not name.startswith("parameters."):
        raise RequestError(f"{key}: only parameters have a prior; give [low, high] or values.")
    ends = fields.sequence(written, f"{key}.prior")
    if len(ends) > 2:
        raise RequestError(f"{key}.prior is {_short(ends)}; give two quantiles, as [0.05, 0.95].")
    low, high = (fields.number(end, f"{key}.prior", 0.0, 1.0) for end in (*ends, None, None)[:2])
    if not low < high:
        raise RequestError(f"{key}.prior is [{low:g}, {high:g}]; the first quantile must be below the second.")
    return Factor(low=low, high=high, prior=True)


def _table(written: Any) -> Path:
    file = resources.given(fields.text(written, "study.table"))
    if "\0" in str(file) or not file.is_file():
        raise RequestError(f"study.table: there is no file {file}.")
    return file
