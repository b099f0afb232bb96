"""Stylised facts with which runs are compared, and small tables of dated facts."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Annotated

from pydantic import Field, ValidationInfo, field_validator

from agents.roster import GOVERNORATES
from scenarios import resources
from scenarios.evidence.claims import Cited, existing_claims, mentioned
from scenarios.evidence.field_types import Day, NumberInCell, Text, WordsInCell, not_before_start
from scenarios.evidence.seed_files import read_csv
from scenarios.evidence.validation_errors import NAME, Checked, OneOf

USES = {"cal": "to fit", "val": "held back, to test", "-": "context, neither fitted nor tested"}

BOUNDS = ("exact", "about", "at_least", "")

PLACES = (*GOVERNORATES, "Iraq", "Syria")

LAST_YEAR = 2022  # of facts from other sources than the five texts


class Pattern(Checked):
    """Regularity of the record to which the model is fitted or on which it is tested; a row of patterns.csv."""

    name: str = Field(alias="id")
    statement: Text
    number: Text
    start: Day
    end: Day
    counted: Text = Field(alias="set")  # exactly what the number counts
    claims: Annotated[Cited, WordsInCell]
    reference: str
    check: Text
    use: Annotated[str, OneOf(USES)]

    _check_end = field_validator("end")(not_before_start)

    @field_validator("reference")
    @classmethod
    def _check_origin(cls, reference: str, info: ValidationInfo) -> str:
        if not reference and info.data.get("claims") == ():
            raise ValueError("is empty, and so are its claims; a stylised fact has claims or a reference")
        return reference


class Fact(Checked):
    """Dated fact; a row of a table in facts/."""

    table: str = Field("", alias=NAME)
    start: Day
    end: Day
    place: str
    value: NumberInCell
    bound: Annotated[str, OneOf(BOUNDS)]
    unit: Text
    what: Text
    source: Text

    _check_end = field_validator("end")(not_before_start)

    @field_validator("place")
    @classmethod
    def _check_place(cls, place: str) -> str:
        for name in place.split(" and "):
            OneOf(PLACES).check(name)
        return place

    @field_validator("source")
    @classmethod
    def _check_source(cls, source: str, info: ValidationInfo) -> str:
        """Refuse unknown claims, and facts of other sources that are too late."""
        cited = existing_claims(mentioned(source))
        last = info.data.get("end") or info.data.get("start") or "0"
        if not cited and int(last[:4]) > LAST_YEAR:
            raise ValueError(f"is no claim, but the fact is dated {last}; after {LAST_YEAR} only claims are used")
        return source

    @property
    def claims(self) -> tuple[str, ...]:
        """Claims behind the fact; none where the source is an outside one."""
        return mentioned(self.source)


@cache
def patterns() -> Mapping[str, Pattern]:
    """Stylised facts of seeds/patterns.csv."""
    return read_csv(resources.seeds() / "patterns.csv", Pattern, ["id"])


@cache
def facts() -> Mapping[str, tuple[Fact, ...]]:
    """Tables of seeds/facts/, by name."""
    return {file.stem: _facts(file) for file in sorted((resources.seeds() / "facts").glob("*.csv"))}


def _facts(file: Path) -> tuple[Fact, ...]:
    return tuple(fact.model_copy(update={"table": file.stem}) for fact in read_csv(file, Fact).values())
