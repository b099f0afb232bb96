"""Description of a study, checked: crossed factors, sampled factors or a table of points, and constraints."""

import math
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Annotated, Any, Self

from pydantic import AfterValidator, BeforeValidator, Field, ValidationError, ValidationInfo, field_validator
from pydantic import model_validator as validator
from pydantic_core import InitErrorDetails

from scenarios import resources
from scenarios.config import fields
from scenarios.errors import RequestError, nearest
from scenarios.evidence.claims import claims
from scenarios.evidence.validation_errors import Bounds, Checked, Fault, OneOf, describe, faults, refusal, shown
from scenarios.studies.levels import WHOLE, are_different, level_faults, refused_text

DESIGNS = ("sobol", "latin_hypercube", "morris", "saltelli")

BALANCED = ("sobol", "saltelli")  # designs with as many points as a power of two

WITHIN = ("theory.", "parameters.", "levers.", "world.", "ensemble.")  # prefixes of factors that set one key

FIXED = ("ensemble.replications", "ensemble.name", "world.name", "world.story", "world.claims")  # at all points

MOST_POINTS = 1_000_000

MOST_FACTORS, MOST_CONSTRAINTS = 1_000, 100

KEY = "[key]"  # pydantic's last step of the place where a key itself is refused

Settings = dict[str, Any]  # of a point: level by factor


class StudyError(RequestError):
    """Faults in the description of a study, a line each."""

    def __init__(self, error: ValidationError) -> None:
        places = ([step for step in fault.place if step != KEY] for fault in faults(error))
        self.places = dict(zip(describe(error, "study"), places, strict=True))  # by line
        super().__init__("\n".join(self.places))


def refused_factor(name: str) -> str:
    """Reason why a name is no factor; empty if it is one."""
    if name in WHOLE or (name.startswith(WITHIN) and name not in FIXED and not name.endswith(".")):
        return ""
    return (
        f"is no factor.{nearest(name, WHOLE)} A factor is one of {', '.join(WHOLE)}, or a key as parameters.NAME, "
        "levers.NAME, theory.QUESTION, world.KEY, ensemble.seed, .horizon or .step_days."
    )


def _refuse(inner: Iterable[Fault]) -> None:
    """Refuse a value because of faults in its parts, if there are any."""
    details = [InitErrorDetails(type=refusal(fault.reason), loc=fault.place, input=None) for fault in inner]
    if details:
        raise ValidationError.from_exception_data("study", details)


def _by_factor(written: Any) -> Any:
    """Mapping of factors, not too many."""
    if isinstance(written, Mapping):
        if len(written) > MOST_FACTORS:
            raise ValueError(f"has {len(written):,} factors; at most {MOST_FACTORS:,} are taken")
        reasons = {str(name): refused_factor(str(name)) for name in written}
        _refuse(Fault((name, KEY), reason) for name, reason in reasons.items() if reason)
    return written


def _level(value: Any) -> Any:
    """Level that a table can store."""
    if fault := next(level_faults(value), None):
        _refuse([fault])
    return value


def _list(value: Any) -> Any:
    if not isinstance(value, list | tuple):
        raise ValueError(f"is {shown(value)}; it must be a list")
    return value


def _different(levels: tuple[Any, ...]) -> tuple[Any, ...]:
    if not levels or not are_different(levels):
        raise ValueError(f"is {shown([*levels])}; it must be a list of different values")
    return levels


def _text(value: Any) -> str:
    if not isinstance(value, str) or not value.strip():
        raise ValueError(f"is {shown(value)}; it must be a text")
    if reason := refused_text(" ".join(value.split())):
        raise ValueError(reason)
    return value.strip()


def _line(text: str) -> str:
    if reason := refused_text(text):
        raise ValueError(reason)
    return text


def _name(text: str) -> str:
    """Name of a folder."""
    try:
        return fields.word(text, "")
    except RequestError as error:
        raise ValueError(str(error).strip()) from error


def _known_claim(name: str) -> str:
    if name not in claims():
        raise ValueError(f"is {shown(name)}, which is not a claim.{nearest(name, claims())}")
    return name


def _file(written: str) -> Path:
    file = resources.given(written)
    if "\0" in str(file) or not file.is_file():
        raise ValueError(f"is {shown(written)}; there is no file {file}")
    return file


def _few(constraints: tuple[str, ...]) -> tuple[str, ...]:
    if len(constraints) > MOST_CONSTRAINTS:
        raise ValueError(f"has {len(constraints):,} entries; at most {MOST_CONSTRAINTS} are taken")
    return tuple(" ".join(constraint.split()) for constraint in constraints)


Number = Annotated[float, Bounds()]
Share = Annotated[float, Bounds(0.0, 1.0)]
Text = Annotated[str, BeforeValidator(_text)]
Line = Annotated[Text, AfterValidator(_line)]
Level = Annotated[Any, AfterValidator(_level)]
Levels = Annotated[tuple[Level, ...], BeforeValidator(_list), AfterValidator(_different)]


class Factor(Checked):
    """Levels of a sampled factor: a range, part of a parameter's prior, or some values."""

    low: Number | None = Field(None, description="Lowest value of a range, in the unit of the factor.")
    high: Number | None = Field(None, description="Highest value of a range, in the unit of the factor.")
    scale: Annotated[str, OneOf(("linear", "log"))] = Field("linear", description="Scale on which a range is even.")
    prior: tuple[Share, ...] = Field((), description="Quantiles of a parameter's prior, between which it is sampled.")
    values: Levels = Field((), description="Values, each taken equally often.")

    @validator(mode="before")
    @classmethod
    def _in_full(cls, written: Any) -> Any:
        """Mapping for the short forms `prior` and `[low, high]`."""
        if written == "prior":
            return {"prior": [0.0, 1.0]}
        if isinstance(written, list | tuple) and len(written) == 2:
            return {"low": written[0], "high": written[1]}
        return written

    @field_validator("prior")
    @classmethod
    def _two_quantiles(cls, prior: tuple[float, ...]) -> tuple[float, ...]:
        if len(prior) != 2 or not prior[0] < prior[1]:
            raise ValueError(f"is {shown([*prior])}; give two quantiles as [0.05, 0.95], the first below the second")
        return prior

    @validator(mode="after")
    def _of_one_kind(self) -> Self:
        given = [name for name in type(self).model_fields if name in self.model_fields_set]
        alone = [name for name in ("values", "prior") if name in given]
        if alone and len(given) > 1:
            raise ValueError(f"has {', '.join(given)}; {alone[0]} excludes the others; leave them out")
        return self if alone else self._a_range()

    @property
    def range(self) -> tuple[float, float]:
        """Ends of a range."""
        return self.low or 0.0, self.high or 0.0

    def _a_range(self) -> Self:
        low, high, log = self.low, self.high, self.scale == "log"
        if low is None or high is None:
            raise ValueError(f"lacks {'low' if low is None else 'high'}; give [low, high], prior or values")
        if not low < high or (log and low <= 0):
            raise ValueError(f"is [{low:g}, {high:g}]; low must be below high, and above 0 on a log scale")
        if not math.isfinite(high / low if log else high - low):
            raise ValueError(f"is [{low:g}, {high:g}], too wide to be sampled; narrow it")
        return self


def _with_short_forms(schema: dict[str, Any]) -> None:
    """JSON Schema of sampled factors with `prior` and `[low, high]`."""
    ends = {"type": "array", "items": {"type": "number"}, "minItems": 2, "maxItems": 2}
    schema["additionalProperties"] = {"anyOf": [schema["additionalProperties"], {"const": "prior"}, ends]}


class Sample(Checked):
    """Sample of points over several factors."""

    design: Annotated[str, OneOf(DESIGNS)] = Field(description="Kind of sample.")
    points: Annotated[int, Bounds(1, MOST_POINTS)] = Field(
        description="Number of points; of trajectories for morris, of base points for saltelli. "
        "A power of two for sobol and saltelli."
    )
    seed: Annotated[int, Bounds(0, 2**32 - 1)] = Field(0, description="Seed: the same seed gives the same points.")
    factors: Annotated[dict[str, Factor], BeforeValidator(_by_factor)] = Field(
        description="Levels by factor: [low, high], prior (of a parameter), or a mapping.",
        json_schema_extra=_with_short_forms,
    )

    @field_validator("points")
    @classmethod
    def _balanced(cls, points: int, info: ValidationInfo) -> int:
        design = info.data.get("design")
        if design in BALANCED and points & (points - 1):
            below = 1 << points.bit_length() - 1
            raise ValueError(
                f"is {points:,}; a {design} design is balanced at powers of two alone: take {below:,} or {2 * below:,}"
            )
        return points

    @field_validator("factors")
    @classmethod
    def _with_priors(cls, factors: dict[str, Factor]) -> dict[str, Factor]:
        if not factors:
            raise ValueError("is {}; it must be a mapping of factors to ranges")
        without = (name for name, factor in factors.items() if factor.prior and not name.startswith("parameters."))
        _refuse(
            Fault((name,), "has no prior: only parameters have a prior; give [low, high] or values") for name in without
        )
        return factors


class Study(Checked):
    """Design: every combination of the crossed factors with every row of the sample or table."""

    name: Annotated[Line, AfterValidator(_name)] = Field(description="Name of the study and of its folder.")
    story: Text = Field("", description="What the study is for, in any number of lines.")
    claims: tuple[Annotated[Line, AfterValidator(_known_claim)], ...] = Field(
        (), description="Claims of seeds/claims.csv that the study rests on."
    )
    cross: Annotated[dict[str, Levels], BeforeValidator(_by_factor)] = Field(
        {}, description="Levels by factor, of which every combination is a point."
    )
    sample: Sample | None = Field(None, description="Sample of points, each crossed with the other factors.")
    table: Annotated[Path, BeforeValidator(_file), BeforeValidator(_line), BeforeValidator(_text)] | None = Field(
        None, description="CSV file with one point per row and one factor per column."
    )
    constraints: Annotated[tuple[Text, ...], AfterValidator(_few)] = Field(
        (), description="Comparisons of factors; points that do not satisfy all of them are left out."
    )

    @validator(mode="before")
    @classmethod
    def _one_source(cls, written: Any) -> Any:
        """Keys that have a value; a sample and a table exclude each other."""
        if not isinstance(written, Mapping):
            return written
        given = {name: value for name, value in written.items() if value is not None}
        if {"sample", "table"} <= set(given):
            raise ValueError("has both sample and table; give one, and cross it with other factors")
        return given

    @validator(mode="after")
    def _has_points(self) -> Self:
        if not (self.cross or self.sample or self.table):
            raise ValueError("has no points; give cross, sample or table (see configs/study/)")
        return self


def study(written: Any) -> Study:
    """Check the description of a study; StudyError names all of its faults."""
    try:
        return Study.model_validate(fields.bare(written))
    except ValidationError as error:
        raise StudyError(error) from error
