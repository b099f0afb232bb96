"""Claims of the five documents: one coded claim per row, each with its file and line."""

import re
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Annotated

from pydantic import AfterValidator, Field, ValidationInfo, field_validator

from scenarios import resources
from scenarios.errors import nearest
from scenarios.evidence.field_types import Day, Line, Names, NumberInCell, Text, WholeInCell, not_before_start
from scenarios.evidence.seed_files import SeedError, read_csv, read_entries, read_yaml
from scenarios.evidence.validation_errors import NAME, Bounds, Checked, OneOf

CITED = re.compile(r"\bS\d{3}-\d{2}\b")

ACTORS = (
    "us_government", "us_forces", "coalition", "iraqi_government", "iraqi_security_forces", "iran",
    "iran_aligned_factions", "sadrists", "krg_peshmerga", "sunni_bloc", "isis", "public", "region",
)  # fmt: skip

TOPICS = (
    "alignment", "attack_cost", "attack_count", "attack_mode", "capability", "cohesion", "constraint", "dependence",
    "deterrence", "economy", "election", "external_shock", "intent", "negotiation", "other", "restraint", "resurgence",
    "retaliation", "scenario", "troop_level", "withdrawal_timeline",
)  # fmt: skip

KINDS = ("event", "figure", "quoted_judgement", "author_judgement", "forecast")

POLARITIES = {"+": "raises the risk", "-": "lowers the risk", "0": "neither raises nor lowers the risk"}

STRENGTHS = {1: "only possible, or left open", 2: "likely, inferred or feared", 3: "stated without a hedge"}

MOST_LINES = 10_000  # of a document


class Source(Checked):
    """Document from which claims are taken."""

    name: str = Field(alias=NAME)
    file: Line
    lines: Annotated[int, Bounds(1, MOST_LINES)]
    title: Line
    date: Line
    dated: Line
    kind: Line
    author: Line
    outlet: Line
    language: Line
    leaning: Line


class Claim(Checked):
    """Assertion of one document, in our own words; the fields are the columns of claims.csv."""

    name: str = Field(alias="claim_id")
    source: Source
    source_date: str
    line: Annotated[int, Bounds(1, MOST_LINES), WholeInCell]
    actor: Annotated[str, OneOf(ACTORS)]
    target: Annotated[str, OneOf((*ACTORS, ""))]
    topic: Annotated[str, OneOf(TOPICS)]
    kind: Annotated[str, OneOf(KINDS)]
    text: Text = Field(alias="claim_en")
    value: NumberInCell
    unit: str
    start: Day = Field(alias="period_start")
    end: Day = Field(alias="period_end")
    polarity: Annotated[str, OneOf(POLARITIES)]
    strength: Annotated[int, Bounds(min(STRENGTHS), max(STRENGTHS)), WholeInCell]

    @field_validator("name")
    @classmethod
    def _check_name(cls, name: str) -> str:
        if not CITED.fullmatch(name):
            raise ValueError(f"is {name!r}; it must be as S000-01, the source and a number")
        return name

    @field_validator("source", mode="before")
    @classmethod
    def _find_source(cls, file: str, info: ValidationInfo) -> Source:
        by_file = {source.file: source for source in sources().values()}
        source = by_file[OneOf(by_file).check(file)]
        number = info.data.get("name", source.name)
        if not number.startswith(source.name):
            raise ValueError(f"is {file}, but the claim is numbered {number}; {source.name}-01 would belong to it")
        return source

    @field_validator("source_date")
    @classmethod
    def _check_date(cls, when: str, info: ValidationInfo) -> str:
        source = info.data.get("source")
        return OneOf([source.date]).check(when) if source else when

    @field_validator("line")
    @classmethod
    def _check_line(cls, line: int, info: ValidationInfo) -> int:
        source = info.data.get("source")
        return Bounds(1, source.lines).whole(line) if source else line

    @field_validator("unit")
    @classmethod
    def _check_unit(cls, unit: str, info: ValidationInfo) -> str:
        value = info.data.get("value")
        if value is not None and not unit:
            raise ValueError(f"is empty beside the value {value:g}; a number has a unit")
        return unit

    _check_end = field_validator("end")(not_before_start)

    @property
    def place(self) -> str:
        """File and line of the claim."""
        return f"seeds article {self.source.file} line {self.line} ({self.source.name}, {self.source.date})"


@cache
def sources() -> Mapping[str, Source]:
    """Documents of seeds/sources.yaml."""
    return read_entries(resources.seeds() / "sources.yaml", Source)


@cache
def claims() -> Mapping[str, Claim]:
    """Claims of seeds/claims.csv."""
    return read_csv(resources.seeds() / "claims.csv", Claim, ["claim_id"])


@cache
def unused() -> Mapping[str, str]:
    """Claims that nothing uses, with the reason."""
    return read_yaml(resources.seeds() / "unused_claims.yaml", dict[Annotated[str, AfterValidator(_existing)], Text])


def _existing(name: str) -> str:
    if name not in claims():
        raise ValueError(f"cites {name}, which is not a claim.{nearest(name, claims())}")
    return name


def existing_claims(names: tuple[str, ...]) -> tuple[str, ...]:
    """Numbers of claims; ValueError names one that does not exist, with the nearest."""
    return tuple(map(_existing, names))


Cited = Annotated[Names, AfterValidator(existing_claims)]  # numbers of claims that exist


def known_claims(file: Path, key: str, cited: Iterable[str]) -> tuple[str, ...]:
    """Cited claims, all of which must exist."""
    try:
        return existing_claims(tuple(cited))
    except ValueError as error:
        raise SeedError(file, key, str(error)) from error


def sum_points(names: Iterable[str], *, by_count: bool = False) -> dict[str, int]:
    """Sum of claims by article, of their strength or their number; articles without any are left out."""
    by_article = dict.fromkeys(sources(), 0)
    for name in names:
        by_article[claims()[name].source.name] += 1 if by_count else claims()[name].strength
    return {article: number for article, number in by_article.items() if number}


def mentioned(words: str) -> tuple[str, ...]:
    """Claims that a text mentions, each once, in order."""
    return tuple(dict.fromkeys(CITED.findall(words)))
