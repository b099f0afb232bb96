"""Actors: the agents of the model, and the reason for each."""

from collections.abc import Mapping
from functools import cache
from typing import Annotated

from pydantic import Field, ValidationInfo, field_validator

from scenarios import resources
from scenarios.evidence.claims import Cited
from scenarios.evidence.field_types import Line, Names
from scenarios.evidence.parameters import ORIGINS
from scenarios.evidence.seed_files import read_entries
from scenarios.evidence.validation_errors import NAME, Checked, OneOf


class Actor(Checked):
    """Agent, or group of agents that differ in name only."""

    name: str = Field(alias=NAME)
    kind: Line = Field(alias="class")  # dotted path of its class
    title: Line
    origin: Annotated[str, OneOf(ORIGINS)]
    claims: Cited
    because: Line
    members: Names = ()

    @field_validator("claims")
    @classmethod
    def _check_claims(cls, cited: tuple[str, ...], info: ValidationInfo) -> tuple[str, ...]:
        if info.data.get("origin") == "articles" and not cited:
            raise ValueError("is empty, but its origin is articles; name the claims, or another origin")
        return cited

    @property
    def agents(self) -> tuple[str, ...]:
        """Names of its agents in the model."""
        return self.members or (self.name,)


@cache
def actors() -> Mapping[str, Actor]:
    """Entries of seeds/actors.yaml."""
    return read_entries(resources.seeds() / "actors.yaml", Actor)
