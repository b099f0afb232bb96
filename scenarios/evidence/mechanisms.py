"""Mechanisms: causes and effects that the texts assert, and the rules of the code that implement them."""

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

SIGNS = {"+": "raises the risk", "-": "lowers the risk", "+/-": "either way"}

WORDS = ("name", "statement", "who", "whom", "sign", "condition", "field")


@dataclass(frozen=True, kw_only=True)
class Mechanism:
    """Cause and effect that at least one text asserts."""

    number: str
    name: str
    statement: str
    who: str
    whom: str
    sign: str
    condition: str
    field: str
    open: str
    claims: tuple[str, ...]
    rules: tuple[str, ...]
    levers: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class OtherRule:
    """Rule of the code that no text asserts."""

    path: str
    origin: str
    because: str


@cache
def mechanisms() -> Mapping[str, Mechanism]:
    """Mechanisms of seeds/mechanisms.yaml, checked within the file."""
    file = resources.seeds() / "mechanisms.yaml"
    return {number: _mechanism(file, number, entry) for number, entry in yaml_mapping(file).items()}


def _mechanism(file: Path, number: str, entry: Mapping[str, Any]) -> Mechanism:
    expect(file, number, entry, {*WORDS, "claims", "rules"}, {"open", "levers"})
    words = {key: line_of_text(file, number, entry, key) for key in WORDS}
    seed_files.name_in_cell(file, f"{number}.sign", words["sign"], SIGNS)
    asserted, carried = (split_cell(file, number, entry, key) for key in ("claims", "rules"))
    if not asserted or not carried:
        raise SeedError(file, number, "needs at least one claim and one rule; a mechanism is asserted and carried")
    return Mechanism(
        number=number, open=" ".join(str(entry.get("open", "")).split()), rules=carried,
        claims=known_claims(file, f"{number}.claims", asserted), levers=split_cell(file, number, entry, "levers"),
        name=words["name"], statement=words["statement"], who=words["who"], whom=words["whom"], sign=words["sign"],
        condition=words["condition"], field=words["field"],
    )  # fmt: skip


@cache
def other_rules() -> Mapping[str, OtherRule]:
    """Rules of seeds/rules.yaml, which no text asserts."""
    file = resources.seeds() / "rules.yaml"
    return {path: _other_rule(file, path, entry) for path, entry in yaml_mapping(file).items()}


def _other_rule(file: Path, path: str, entry: Mapping[str, Any]) -> OtherRule:
    expect(file, path, entry, {"origin", "because"}, set())
    origin = seed_files.name_in_cell(file, f"{path}.origin", str(entry["origin"]), ORIGINS)
    return OtherRule(path=path, origin=origin, because=line_of_text(file, path, entry, "because"))
