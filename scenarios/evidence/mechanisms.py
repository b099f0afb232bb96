"""Mechanisms: causes and effects that the texts assert, and the rules of the code that implement them."""

from collections.abc import Mapping
from functools import cache
from typing import Annotated

from pydantic import Field

from scenarios import resources
from scenarios.evidence.claims import Cited
from scenarios.evidence.field_types import Line, LineOrEmpty, Names, at_least
from scenarios.evidence.parameters import ORIGINS
from scenarios.evidence.seed_files import read_entries
from scenarios.evidence.validation_errors import NAME, Checked, OneOf

SIGNS = {"+": "raises the risk", "-": "lowers the risk", "+/-": "either way"}


class Mechanism(Checked):
    """Cause and effect that at least one text asserts."""

    number: str = Field(alias=NAME)
    name: Line
    statement: Line
    who: Line
    whom: Line
    sign: Annotated[str, OneOf(SIGNS)]
    condition: Line
    field: Line
    open: LineOrEmpty = ""
    claims: Annotated[Cited, at_least(1, "a mechanism is asserted by a claim")]
    rules: Annotated[Names, at_least(1, "a mechanism is carried by a rule of the code")]
    levers: Names = ()


class OtherRule(Checked):
    """Rule of the code that no text asserts."""

    path: str = Field(alias=NAME)
    origin: Annotated[str, OneOf(ORIGINS)]
    because: Line


@cache
def mechanisms() -> Mapping[str, Mechanism]:
    """Mechanisms of seeds/mechanisms.yaml."""
    return read_entries(resources.seeds() / "mechanisms.yaml", Mechanism)


@cache
def other_rules() -> Mapping[str, OtherRule]:
    """Rules of seeds/rules.yaml, which no text asserts."""
    return read_entries(resources.seeds() / "rules.yaml", OtherRule)
