"""Theories, of the design (H1-H9) and of the texts (D2, D3, ...): questions, poles, and their effects on parameters."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from itertools import product
from math import prod
from typing import Annotated, Any

from pydantic import AfterValidator, Field, PlainValidator, ValidationInfo, field_validator

from scenarios import resources
from scenarios.errors import RequestError, nearest
from scenarios.evidence.field_types import Names, Text, at_least
from scenarios.evidence.parameters import WrittenPrior, beliefs
from scenarios.evidence.priors import Prior
from scenarios.evidence.seed_files import read_entries
from scenarios.evidence.validation_errors import NAME, Bounds, ByName, Checked, OneOf

NUMBER = re.compile(r"[HD]\d+")

MOST_STRATA = 10_000

SIGNS = {"": 0, "positive": 1, "negative": -1}


def _share(written: Any) -> float:
    """Share as written, since identifiers of runs tell 1 from 1.0."""
    Bounds(0, 1).number(written)
    return written


Share = Annotated[float, PlainValidator(_share)]

LONGEST_NAME = 28  # characters of the short name of a pole


def _short_name(written: str) -> str:
    """Name of a pole in tables: short enough for a column."""
    if len(written) > LONGEST_NAME:
        raise ValueError(f"is {written!r}; it must be a text of at most {LONGEST_NAME} characters")
    return written


ShortName = Annotated[Text, AfterValidator(_short_name)]


@dataclass(frozen=True, kw_only=True)
class Change:
    """Effect of a pole on one parameter."""

    parameter: str
    prior: Prior | None = None
    times: float = 1.0
    absorbs: str = ""
    sign: int = 0
    quantiles: tuple[float, float] = (0.0, 1.0)


class ChangeEntry(Checked):
    """Effect of a pole on one parameter, as written."""

    parameter: str = Field(alias=NAME)
    prior: WrittenPrior | None = None
    times: Annotated[float, Bounds()] = 1.0
    absorbs: str = ""
    sign: Annotated[str, OneOf(SIGNS)] = ""
    quantiles: tuple[Share, Share] = (0.0, 1.0)

    @field_validator("parameter")
    @classmethod
    def _check_parameter(cls, name: str) -> str:
        if name not in beliefs():
            raise ValueError(f"is not a parameter.{nearest(name, beliefs())}")
        return name

    @field_validator("prior")
    @classmethod
    def _check_bounds(cls, replaced: Prior, info: ValidationInfo) -> Prior:
        """Refuse a constant outside the bounds of the parameter."""
        if replaced.is_fixed and "parameter" in info.data:
            low, high = beliefs()[info.data["parameter"]].bounds
            if not all(low <= number <= high for number in replaced.numbers.values()):
                raise ValueError(f"{replaced} is outside its bounds [{low:g}, {high:g}]")
        return replaced

    def change(self) -> Change:
        """The change that it describes."""
        return Change(**{**dict(self), "sign": SIGNS[self.sign]})


class Pole(Checked):
    """Answer to a question, with its effects on parameters."""

    name: str = Field(alias=NAME)
    statement: Text
    phrase: str = ""  # the answer in few words
    short: ShortName  # the answer as it follows `if`
    tag: ShortName  # the answer where there is little room
    because: Text
    sets: Annotated[Mapping[str, ChangeEntry], ByName]
    weight_of: str = ""

    @cached_property
    def changes(self) -> tuple[Change, ...]:
        """Effects on parameters."""
        return tuple(entry.change() for entry in self.sets.values())


class Hypothesis(Checked):
    """Question on which sources or scholars disagree, and its rival answers."""

    name: str = Field(alias=NAME)
    number: Text = Field(alias="hypothesis")
    question: Text
    topic: Text  # the question as a clause
    mechanisms: Names
    poles: Annotated[Mapping[str, Pole], ByName]
    default: Annotated[Names, at_least(1, "name a pole")]
    neutral: Annotated[Names, at_least(1, "name a pole")]  # the poles that prefer no answer

    @field_validator("number")
    @classmethod
    def _check_number(cls, number: str) -> str:
        if not NUMBER.fullmatch(number):
            raise ValueError(f"is {number!r}; it must be as H1 or D2")
        return number

    @field_validator("default", "neutral")
    @classmethod
    def _check_poles(cls, names: tuple[str, ...], info: ValidationInfo) -> tuple[str, ...]:
        poles = info.data.get("poles", names)
        for name in names:
            if name not in poles:
                raise ValueError(f"{name!r} is not a pole.{nearest(name, poles)}")
        return names


@dataclass(frozen=True)
class Stratum:
    """Theory: one combination of poles, assumed by a replication."""

    poles: tuple[tuple[str, str], ...]  # (hypothesis, pole), every hypothesis once

    @property
    def changes(self) -> tuple[Change, ...]:
        """Effects of its poles on parameters, in the order of the hypotheses."""
        known = hypotheses()
        return tuple(change for name, pole in self.poles for change in known[name].poles[pole].changes)


@cache
def hypotheses() -> Mapping[str, Hypothesis]:
    """Hypotheses of seeds/theories.yaml."""
    return read_entries(resources.seeds() / "theories.yaml", Hypothesis)


def changes_of(parameter: str) -> Iterator[tuple[Hypothesis, Pole, Change]]:
    """Changes of a parameter by poles, each with the pole and its question."""
    for hypothesis in hypotheses().values():
        for pole in hypothesis.poles.values():
            yield from ((hypothesis, pole, change) for change in pole.changes if change.parameter == parameter)


def strata(chosen: Mapping[str, Any]) -> tuple[Stratum, ...]:
    """Combinations of the chosen poles; `chosen` gives one pole or a list of poles for each hypothesis."""
    known = hypotheses()
    for name in chosen:
        if name not in known:
            raise RequestError(f"theory.{name} is unknown.{nearest(name, known)}")
    poles = {name: _poles_given(hypothesis, chosen.get(name, hypothesis.default)) for name, hypothesis in known.items()}
    if (number := prod(map(len, poles.values()))) > MOST_STRATA:
        raise RequestError(
            f"theory has {number:,} combinations of poles; at most {MOST_STRATA:,} are simulated. Give fewer poles "
            "of each question."
        )
    options = [[(name, pole) for pole in answers] for name, answers in poles.items()]
    return tuple(Stratum(combination) for combination in product(*options))


def _poles_given(theory: Hypothesis, given: Any) -> list[str]:
    """Poles that a request gives for a question: one by name, or a list of different ones."""
    poles = [given] if isinstance(given, str) else given
    if not isinstance(poles, list | tuple) or not poles or len({str(pole) for pole in poles}) < len(poles):
        raise RequestError(
            f"theory.{theory.name} is {given!r}; give one pole or a list of different ones: {', '.join(theory.poles)}."
        )
    for pole in poles:
        if not isinstance(pole, str) or pole not in theory.poles:
            raise RequestError(
                f"theory.{theory.name} is {pole!r}, which is not a pole of it.{nearest(pole, theory.poles)}"
            )
    return list(poles)


def strata_of(written: Sequence[Mapping[str, Any]]) -> tuple[Stratum, ...]:
    """Strata as a manifest has them."""
    return tuple(Stratum(tuple((name, pole) for name, pole in entry["poles"])) for entry in written)


def labels(theories: Sequence[Stratum]) -> tuple[str, ...]:
    """Short names of strata: the poles in which they differ; for a single one, those on questions usually crossed."""
    poles = [dict(stratum.poles) for stratum in theories]
    crossed = [hypothesis.name for hypothesis in hypotheses().values() if len(hypothesis.default) > 1]
    differing = [name for name in poles[0] if len({answers[name] for answers in poles}) > 1] or crossed
    names = [pole for name in differing for pole in {answers[name] for answers in poles}]
    clear = len(set(names)) == len(names)
    return tuple(
        " / ".join(answers[name] if clear else f"{name} {answers[name]}" for name in differing) for answers in poles
    )


def shared_poles(theories: Sequence[Stratum]) -> dict[str, str]:
    """Poles that all strata share, by question, where they are not the default."""
    known, shared = hypotheses(), set.intersection(*(set(stratum.poles) for stratum in theories))
    return {name: pole for name, pole in theories[0].poles if (name, pole) in shared and known[name].default != (pole,)}


def phrase(question: str, pole: str) -> str:
    """Pole in words; of one without a phrase its short name, of an unknown one its names."""
    poles = hypotheses()[question].poles if question in hypotheses() else {}
    if pole not in poles:
        return f"{question}: {pole.replace('_', ' ')}"
    return poles[pole].phrase or poles[pole].short
