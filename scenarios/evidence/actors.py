"""Actors: the agents of the model, and the reason for each."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from scenarios import resources
from scenarios.evidence import seed_files
from scenarios.evidence.claims import known_claims
from scenarios.evidence.parameters import ORIGINS
from scenarios.evidence.seed_files import SeedError, expect, line_of_text, split_cell, yaml_mapping


@dataclass(frozen=True, kw_only=True)
class Actor:
    """Agent, or group of agents that differ in name only."""

    name: str
    kind: str  # dotted path of its class
    title: str
    origin: str
    claims: tuple[str, ...]
    because: str
    members: tuple[str, ...]

    @property
    def agents(self) -> tuple[str, ...]:
        """Names of its agents in the model."""
        return self.members or (self.name,)


@cache
def actors() -> Mapping[str, Actor]:
    """Entries of seeds/actors.yaml, checked."""
    file = resources.seeds() / "actors.yaml"
    return {name: _actor(file, name, entry) for name, entry in yaml_mapping(file).items()}


def _actor(file: Path, name: str, entry: Mapping[str, Any]) -> Actor:
    expect(file, name, entry, {"class", "title", "origin", "claims", "because"}, {"members"})
    cited = known_claims(file, f"{name}.claims", split_cell(file, name, entry, "claims"))
    origin = seed_files.name_in_cell(file, f"{name}.origin", str(entry["origin"]), ORIGINS)
    if origin == "articles" and not cited:
        raise SeedError(
            file, f"{name}.claims", "is empty, but its origin is articles; name the claims, or another origin"
        )
    return Actor(
        name=name, kind=line_of_text(file, name, entry, "class"), title=line_of_text(file, name, entry, "title"),
        because=line_of_text(file, name, entry, "because"), members=split_cell(file, name, entry, "members"),
        origin=origin, claims=cited,
    )  # fmt: skip
