"""Parameters and starts as seeds/ has them: prior, evidence and reason for each quantity, checked against the code."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from agents.ensemble.parameters import Declaration, declarations
from agents.parameters import Assumed
from agents.parameters.start import StartState
from agents.roster import TROOP_SITES
from scenarios import resources
from scenarios.errors import nearest
from scenarios.evidence.priors import CATEGORICAL, DIRICHLET, FIXED, Prior, prior
from scenarios.evidence.seed_files import SeedError, expect, split_cell, text_in_cell, yaml_mapping

Numbers = NDArray[np.float64]

HALF = np.array(0.5)

ORIGINS = ("articles", "literature", "assumption")

GRADES = {
    "A": "fitted to data and backtested",
    "B": "fitted or taken from a published estimate, not backtested",
    "C": "direction from the texts, size by analogy",
    "D": "assumption",
}

WHOLE = ("0/1", "level")  # units of quantities with whole values

KNOWN_FROM = ("texts", "literature", "data", "assumption")

REQUIRED = {"prior", "origin", "grade", "because"}

DESCRIBED = {"meaning", "unit", "bounds", "symbol", "direction_from", "size_from"}

OPTIONAL = {"labels", "mechanisms", "claims_for", "claims_against", "reference"}

CHOICES = {"origin": ORIGINS, "grade": GRADES, "direction_from": KNOWN_FROM, "size_from": KNOWN_FROM}

TEXTS = ("symbol", "direction_from", "size_from", "reference")  # that may be empty

LISTS = ("mechanisms", "claims_for", "claims_against")


@dataclass(frozen=True, kw_only=True)
class Belief:
    """Parameter or initial state with its prior, its evidence and the reason for both."""

    name: str
    actor: str
    file: Path
    meaning: str
    unit: str
    bounds: tuple[float, float]
    labels: tuple[str, ...]
    prior: Prior
    origin: str
    grade: str
    because: str
    symbol: str = ""
    direction_from: str = ""
    size_from: str = ""
    mechanisms: tuple[str, ...] = ()
    claims_for: tuple[str, ...] = ()
    claims_against: tuple[str, ...] = ()
    reference: str = ""


@dataclass(frozen=True, kw_only=True)
class Start:
    """State of the world at an as-of date."""

    name: str
    date: str
    title: str
    states: Mapping[str, Belief]
    based_on: str = ""  # of a user's own start: the shipped one with which it is compared


@cache
def declared() -> dict[str, tuple[str, Declaration]]:
    """Parameters that the code declares: name -> (actor, declaration)."""
    return {
        declaration.name: (actor.name, declaration)
        for actor in fields(Assumed)
        for declaration in declarations(actor.type)  # type: ignore[arg-type]
    }


@cache
def beliefs() -> Mapping[str, Belief]:
    """Parameters as seeds/ has them, checked against the code."""
    by_name: dict[str, Belief] = {}
    for actor in (field.name for field in fields(Assumed)):
        file = resources.seeds() / "parameters" / f"{actor}.yaml"
        for name, entry in yaml_mapping(file).items():
            by_name[name] = _parameter(file, actor, name, entry)
    for name, (actor, _) in declared().items():
        if name not in by_name or by_name[name].actor != actor:
            raise SeedError(f"seeds/parameters/{actor}.yaml", name, "is declared in the code and missing here")
    return by_name


def _parameter(file: Path, actor: str, name: str, entry: Mapping[str, Any]) -> Belief:
    expect(file, name, entry, REQUIRED | DESCRIBED, OPTIONAL)
    known = declared()
    if name not in known:
        raise SeedError(file, name, "is not a parameter of the code; remove it or declare it in agents/parameters/")
    declaration = known[name][1]
    _check_against(file, name, entry, declaration)
    return belief(file, actor, declaration, entry)


def _check_against(file: Path, name: str, entry: Mapping[str, Any], declaration: Declaration) -> None:
    stated = {"meaning": entry["meaning"].strip(), "unit": str(entry["unit"]), "bounds": tuple(entry["bounds"])}
    for key, value in stated.items():
        coded = getattr(declaration, key)
        if value != coded:
            raise SeedError(file, f"{name}.{key}", f"is {value!r}, but the code declares {coded!r}; make them agree")


def belief(file: Path, actor: str, declaration: Declaration, entry: Mapping[str, Any]) -> Belief:
    """Entry of a seed file, checked: prior within bounds, origin, grade, labels."""
    name = declaration.name
    texts = {key: text_in_cell(file, f"{name}.{key}", entry.get(key, ""), may_be_empty=True) for key in TEXTS}
    lists = {key: split_cell(file, name, entry, key) for key in LISTS}
    if "labels" in entry and split_cell(file, name, entry, "labels") != declaration.labels:
        raise SeedError(file, f"{name}.labels", f"are not those of the code, {', '.join(declaration.labels) or 'none'}")
    try:
        stated = prior(entry["prior"])
    except ValueError as error:
        raise SeedError(file, f"{name}.prior", str(error)) from error
    _check_choices(file, name, entry)
    _check_labels(file, declaration, stated)
    _check_bounds(file, declaration, stated)
    return Belief(
        name=name,
        actor=actor,
        file=file,
        meaning=declaration.meaning,
        unit=declaration.unit,
        bounds=declaration.bounds,
        labels=declaration.labels,
        prior=stated,
        origin=entry["origin"],
        grade=entry["grade"],
        because=text_in_cell(file, f"{name}.because", entry["because"]),
        symbol=texts["symbol"],
        direction_from=texts["direction_from"],
        size_from=texts["size_from"],
        mechanisms=lists["mechanisms"],
        claims_for=lists["claims_for"],
        claims_against=lists["claims_against"],
        reference=texts["reference"],
    )


def _check_choices(file: Path, name: str, entry: Mapping[str, Any]) -> None:
    """Refuse an origin, a grade or a source of evidence that is not valid."""
    for key, valid in CHOICES.items():
        if key in entry and (not isinstance(entry[key], str) or entry[key] not in valid):
            raise SeedError(file, f"{name}.{key}", f"is {entry[key]!r}, not one of {', '.join(valid)}")


def _check_labels(file: Path, declaration: Declaration, stated: Prior) -> None:
    by_label = stated.kind == DIRICHLET or (stated.kind == FIXED and list(stated.numbers) != ["value"])
    if by_label and tuple(stated.numbers) != declaration.labels:
        labels = ", ".join(declaration.labels) or "no labels"
        raise SeedError(file, f"{declaration.name}.prior", f"has {', '.join(stated.numbers)}, but needs {labels}")


def _check_bounds(file: Path, declaration: Declaration, stated: Prior) -> None:
    low, high = declaration.bounds
    if declaration.unit in WHOLE:
        _check_whole(file, declaration, stated)
    if stated.is_fixed and not all(low <= number <= high for number in stated.numbers.values()):
        raise SeedError(file, f"{declaration.name}.prior", f"{stated} lies outside its bounds [{low:g}, {high:g}]")
    outside = stated.mass_outside((low, high))
    if outside >= 0.01:
        reason = f"{stated} has {outside:.1%} of its mass outside [{low:g}, {high:g}]; at most 1 % may be cut off"
        raise SeedError(file, f"{declaration.name}.prior", reason)


def _check_whole(file: Path, declaration: Declaration, stated: Prior) -> None:
    """Refuse a state of whole values without a whole number, or shares of its values from zero on."""
    low, high = declaration.bounds
    if stated.kind == CATEGORICAL and low == 0 and len(stated.numbers) <= high + 1:
        return
    if not stated.is_fixed or any(number % 1 for number in stated.numbers.values()):
        raise SeedError(
            file,
            f"{declaration.name}.prior",
            f"{stated} gives values between {low:g} and {high:g} that have no meaning; fix a whole number, or give "
            f"shares of each value as {{categorical: {{...}}}}, at most {high + 1:g} of them",
        )


def starts() -> tuple[str, ...]:
    """Names of the shipped starts."""
    return tuple(sorted(file.stem for file in (resources.seeds() / "starts").glob("*.yaml")))


def start(name: str, file: Path | None = None) -> Start:
    """Shipped start, or a file of the user's own; read again only after a change."""
    file = file or resources.seeds() / "starts" / f"{name}.yaml"
    return _start_in(name, file, file.stat().st_mtime_ns if file.exists() else 0)


@lru_cache(maxsize=16)
def _start_in(name: str, file: Path, changed: int) -> Start:
    """Start in a file as of its last change."""
    content = yaml_mapping(file, ("based_on?",))
    expect(file, "start", content, {"date", "title", "states"}, {"based_on"})
    states = {state.name: state for state in declarations(StartState)}
    expect(file, "states", content["states"], set(states), set())
    if not isinstance(content["date"], str | date):
        raise SeedError(file, "date", f"is {content['date']!r}; it must be a date as 2025-01-31")
    initial = {}
    for state, entry in content["states"].items():
        expect(file, f"states.{state}", entry, REQUIRED, OPTIONAL)
        initial[state] = belief(file, "start", states[state], entry)
    based_on = text_in_cell(file, "based_on", content.get("based_on", ""), may_be_empty=True)
    if based_on and based_on not in starts():
        raise SeedError(file, "based_on", f"is {based_on!r}, which does not ship.{nearest(based_on, starts())}")
    title = text_in_cell(file, "title", content["title"])
    return Start(name=name, date=str(content["date"]), title=title, states=initial, based_on=based_on)


def troops_at_start(start: Start) -> Numbers:
    """Median of US troops by site at a start."""
    return np.array([median(start.states[f"troops_{site}"]) for site in TROOP_SITES])


def median(belief: Belief) -> float:
    """Median of a quantity."""
    return float(belief.prior.numbers["value"] if belief.prior.is_fixed else belief.prior.quantile(HALF, belief.bounds))


def _constant_of(stated: Prior) -> Any:
    values = list(stated.numbers.values())
    return values[0] if list(stated.numbers) == ["value"] else np.array(values)
