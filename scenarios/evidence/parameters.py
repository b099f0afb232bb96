"""Parameters and starts as seeds/ has them: prior, evidence and reason for each quantity, checked against the code."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from functools import cache, lru_cache
from pathlib import Path
from typing import Annotated, Any

import numpy as np
from numpy.typing import NDArray
from pydantic import BeforeValidator, Field, PlainValidator, ValidationInfo, field_validator

from agents.ensemble.parameters import Declaration, declarations
from agents.parameters import Assumed
from agents.parameters.start import StartState
from agents.roster import TROOP_SITES
from scenarios import resources
from scenarios.errors import nearest
from scenarios.evidence.claims import Cited
from scenarios.evidence.field_types import Line, Names, Text, TextOrEmpty, at_least
from scenarios.evidence.priors import CATEGORICAL, DIRICHLET, FIXED, Prior, prior
from scenarios.evidence.seed_files import SeedError, read_entries, read_yaml
from scenarios.evidence.validation_errors import NAME, ByName, Checked, OneOf

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

WrittenPrior = Annotated[Prior, PlainValidator(prior)]  # as `{kind: numbers}`

MOST_NAMED = 3  # missing states in an error

MOST_OUTSIDE = 0.01  # of the mass of a prior, beyond its bounds


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


class PriorEntry(Checked):
    """Prior of a quantity with its evidence and reason, as written; the context is what the code declares."""

    declaration: Declaration = Field(alias=NAME)
    prior: WrittenPrior
    origin: Annotated[str, OneOf(ORIGINS)]
    grade: Annotated[str, OneOf(GRADES)]
    because: Text
    claims_for: Cited = ()
    claims_against: Cited = ()
    reference: TextOrEmpty = ""

    @field_validator("declaration", mode="before")
    @classmethod
    def _find_declaration(cls, name: str, info: ValidationInfo) -> Declaration:
        known: Mapping[str, Declaration] = info.context or {}
        if name not in known:
            raise ValueError(f"is unknown.{nearest(name, known)}")
        return known[name]

    @field_validator("prior")
    @classmethod
    def _check_prior(cls, stated: Prior, info: ValidationInfo) -> Prior:
        if declaration := info.data.get("declaration"):
            _check_labelled(declaration, stated)
            _check_bounds(declaration, stated)
        return stated


class ShippedEntry(PriorEntry):
    """Prior of a state, or of a shipped parameter."""

    labels: Names = ()
    mechanisms: Names = ()

    @field_validator("labels")
    @classmethod
    def _check_labels(cls, labels: tuple[str, ...], info: ValidationInfo) -> tuple[str, ...]:
        declaration = info.data.get("declaration")
        if declaration and labels != declaration.labels:
            raise ValueError(f"are not those of the code, {', '.join(declaration.labels) or 'none'}")
        return labels


class ParameterEntry(ShippedEntry):
    """Prior of a shipped parameter; meaning, unit and bounds are those of the code."""

    symbol: TextOrEmpty
    meaning: Text
    unit: Line
    bounds: tuple[float, float]
    direction_from: Annotated[str, OneOf(KNOWN_FROM)]
    size_from: Annotated[str, OneOf(KNOWN_FROM)]

    @field_validator("meaning", "unit", "bounds")
    @classmethod
    def _check_declared(cls, value: Any, info: ValidationInfo) -> Any:
        coded = getattr(info.data.get("declaration"), str(info.field_name), value)
        if value != coded:
            raise ValueError(f"is {value!r}, but the code declares {coded!r}; make them agree")
        return value


class ExpertEntry(PriorEntry):
    """Prior of an expert for a parameter."""

    origin: Annotated[str, OneOf(ORIGINS)] = "assumption"
    grade: Annotated[str, OneOf(GRADES)] = "D"


class BeliefsFile(Checked):
    """Beliefs of an expert: a prior for at least one parameter."""

    expert: Text
    priors: Annotated[dict[str, ExpertEntry], ByName, at_least(1, "name a parameter and its prior")]


class StartFile(Checked):
    """State of the world in a file: every state that the code declares, each with its prior."""

    date: Line
    title: Text
    states: Annotated[dict[str, ShippedEntry], ByName]
    based_on: Annotated[str, OneOf(lambda: ("", *starts())), BeforeValidator(lambda name: name or "")] = ""

    @field_validator("states")
    @classmethod
    def _check_states(cls, states: dict[str, ShippedEntry], info: ValidationInfo) -> dict[str, ShippedEntry]:
        missing = [name for name in info.context or () if name not in states]
        if missing:
            more = f" and {len(missing) - MOST_NAMED} more" if len(missing) > MOST_NAMED else ""
            raise ValueError(f"lacks {', '.join(missing[:MOST_NAMED])}{more}; give every state")
        return states


def _check_labelled(declaration: Declaration, stated: Prior) -> None:
    by_label = stated.kind == DIRICHLET or (stated.kind == FIXED and list(stated.numbers) != ["value"])
    if by_label and tuple(stated.numbers) != declaration.labels:
        raise ValueError(f"has {', '.join(stated.numbers)}, but needs {', '.join(declaration.labels) or 'no labels'}")


def _check_bounds(declaration: Declaration, stated: Prior) -> None:
    low, high = declaration.bounds
    if declaration.unit in WHOLE:
        _check_whole(declaration, stated)
    if stated.is_fixed and not all(low <= number <= high for number in stated.numbers.values()):
        raise ValueError(f"{stated} is outside its bounds [{low:g}, {high:g}]")
    outside = stated.mass_outside((low, high))
    if outside >= MOST_OUTSIDE:
        raise ValueError(
            f"{stated} has {outside:.1%} of its mass outside [{low:g}, {high:g}]; at most 1 % may be cut off"
        )


def _check_whole(declaration: Declaration, stated: Prior) -> None:
    """Refuse a state of whole values without a whole number, or shares of its values from zero on."""
    low, high = declaration.bounds
    if stated.kind == CATEGORICAL and low == 0 and len(stated.numbers) <= high + 1:
        return
    if not stated.is_fixed or any(number % 1 for number in stated.numbers.values()):
        raise ValueError(
            f"{stated} gives values between {low:g} and {high:g} that have no meaning; fix a whole number, or give "
            f"shares of each value as {{categorical: {{...}}}}, at most {high + 1:g} of them"
        )


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
        entries = read_entries(file, ParameterEntry, _declarations())
        by_name.update({name: _belief(file, actor, entry) for name, entry in entries.items()})
    for name, (actor, _) in declared().items():
        if name not in by_name or by_name[name].actor != actor:
            raise SeedError(f"seeds/parameters/{actor}.yaml", name, "is declared in the code and missing here")
    return by_name


def expert_beliefs(file: Path) -> dict[str, Belief]:
    """Parameters as a user's own file has them."""
    entries = read_yaml(file, BeliefsFile, context=_declarations()).priors
    return {name: _belief(file, declared()[name][0], entry) for name, entry in entries.items()}


def _declarations() -> dict[str, Declaration]:
    return {name: declaration for name, (_, declaration) in declared().items()}


def _belief(file: Path, actor: str, entry: PriorEntry) -> Belief:
    """Belief of an entry and its declaration."""
    of_code = {name: getattr(entry.declaration, name) for name in ("name", "meaning", "unit", "bounds", "labels")}
    stated = {name: value for name, value in entry if name != "declaration"}
    return Belief(actor=actor, file=file, **{**stated, **of_code})


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
    declared_states = {state.name: state for state in declarations(StartState)}
    content = read_yaml(file, StartFile, ("based_on?",), declared_states)
    states = {state: _belief(file, "start", entry) for state, entry in content.states.items()}
    return Start(name=name, date=content.date, title=content.title, states=states, based_on=content.based_on)


def troops_at_start(start: Start) -> Numbers:
    """Median of US troops by site at a start."""
    return np.array([median(start.states[f"troops_{site}"]) for site in TROOP_SITES])


def median(belief: Belief) -> float:
    """Median of a quantity."""
    return float(belief.prior.numbers["value"] if belief.prior.is_fixed else belief.prior.quantile(HALF, belief.bounds))


def constant_of(stated: Prior) -> Any:
    """Value of a fixed prior, or its values by label."""
    values = list(stated.numbers.values())
    return values[0] if list(stated.numbers) == ["value"] else np.array(values)
