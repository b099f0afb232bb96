"""Disagreements of the texts, with each other or with themselves, and the weight of the claims for each pole."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from scenarios import resources
from scenarios.evidence import seed_files
from scenarios.evidence.claims import claims, known_claims
from scenarios.evidence.seed_files import SeedError, expect, line_of_text, split_cell, yaml_mapping

COLUMNS = ("id", "pole", "statement", "claims_for", "by_source", "weight", "note")

PRIOR = 0.5  # of each pole, in units of strength

CARRIERS = ("theories", "parameters", "levers")

HOLDERS = ("poles", "high", "low", "levers")


@dataclass(frozen=True, kw_only=True)
class Carriers:
    """Elements of the model that carry a position."""

    poles: tuple[str, ...]  # theory.pole
    high: tuple[str, ...]  # parameters with high values within their priors
    low: tuple[str, ...]
    levers: tuple[str, ...]  # lever=value


@dataclass(frozen=True, kw_only=True)
class Position:
    """Side of a disagreement."""

    name: str
    statement: str
    claims: tuple[str, ...]
    held_by: Carriers


@dataclass(frozen=True, kw_only=True)
class Disagreement:
    """Question on which the texts differ."""

    number: str
    question: str
    positions: Mapping[str, Position]
    carried: str
    theories: tuple[str, ...]
    parameters: tuple[str, ...]
    levers: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class WeighedPole:
    """Pole of a question, with the claims for it and the weight that follows from their strength."""

    question: str
    pole: str
    statement: str
    claims: tuple[str, ...]
    by_source: Mapping[str, int]
    weight: float
    note: str


@cache
def disagreements() -> Mapping[str, Disagreement]:
    """Disagreements of seeds/disagreements.yaml, checked within the file."""
    file = resources.seeds() / "disagreements.yaml"
    return {number: _disagreement(file, number, entry) for number, entry in yaml_mapping(file).items()}


def _disagreement(file: Path, number: str, entry: Mapping[str, Any]) -> Disagreement:
    expect(file, number, entry, {"question", "positions", "carried"}, set(CARRIERS))
    carriers = {key: split_cell(file, number, entry, key) for key in CARRIERS}
    if not any(carriers.values()):
        raise SeedError(file, number, "names no theory, parameter or lever that carries it")
    if not isinstance(entry["positions"], Mapping) or len(entry["positions"]) < 2:
        raise SeedError(file, f"{number}.positions", "needs two positions or more; a disagreement has two sides")
    positions = {name: _position(file, number, name, position) for name, position in entry["positions"].items()}
    return Disagreement(
        number=number, positions=positions, question=line_of_text(file, number, entry, "question"),
        carried=line_of_text(file, number, entry, "carried"), theories=carriers["theories"],
        parameters=carriers["parameters"], levers=carriers["levers"],
    )  # fmt: skip


def _position(file: Path, number: str, name: str, entry: Mapping[str, Any]) -> Position:
    key = f"{number}.positions.{name}"
    expect(file, key, entry, {"statement", "claims", "held_by"}, set())
    claims = known_claims(file, f"{key}.claims", split_cell(file, key, entry, "claims"))
    if not claims:
        raise SeedError(
            file, f"{key}.claims", "is empty; a position that no text takes is a theory, not a disagreement"
        )
    carriers = _carriers(file, f"{key}.held_by", entry["held_by"])
    return Position(name=name, statement=line_of_text(file, key, entry, "statement"), claims=claims, held_by=carriers)


def _carriers(file: Path, key: str, entry: Mapping[str, Any]) -> Carriers:
    expect(file, key, entry, set(), set(HOLDERS))
    if not any(entry.values()):
        raise SeedError(file, key, "names no pole, parameter or lever; nothing in the model carries the position")
    return Carriers(**{holder: split_cell(file, key, entry, holder) for holder in HOLDERS})


@cache
def readings() -> Mapping[str, Mapping[str, WeighedPole]]:
    """Rows of seeds/hypotheses.csv, by question and pole; their weights are those of the claims."""
    file = resources.seeds() / "hypotheses.csv"
    by_question: dict[str, dict[str, WeighedPole]] = {}
    for row in seed_files.rows(file, COLUMNS):
        if row["pole"] in by_question.setdefault(row["id"], {}):
            raise SeedError(file, f"{row['id']}.{row['pole']}", "appears twice; keep one row")
        by_question[row["id"]][row["pole"]] = _reading(file, row)
    for poles in by_question.values():
        _check_weights(file, poles)
    return by_question


def _reading(file: Path, row: seed_files.Row) -> WeighedPole:
    key = f"{row['id']}.{row['pole']}"
    names = known_claims(file, f"{key}.claims_for", row["claims_for"].split())
    by_source: dict[str, int] = {}
    for name in names:
        source = claims()[name].source.name
        by_source[source] = by_source.get(source, 0) + claims()[name].strength
    total = " ".join(f"{source}:{strength}" for source, strength in sorted(by_source.items()))
    if row["by_source"] != total:
        raise SeedError(file, f"{key}.by_source", f"is {row['by_source']!r}, but its claims add up to {total!r}")
    return WeighedPole(
        question=row["id"], pole=row["pole"],
        statement=seed_files.text_in_cell(file, f"{key}.statement", row["statement"]),
        claims=names, by_source=by_source,
        weight=seed_files.number_in_cell(file, f"{key}.weight", row["weight"]) or 0.0,
        note=row["note"],
    )  # fmt: skip


def _check_weights(file: Path, poles: Mapping[str, WeighedPole]) -> None:
    due = weights({name: sum(reading.by_source.values()) for name, reading in poles.items()})
    for name, reading in poles.items():
        if abs(reading.weight - due[name]) > 1e-9:
            reason = f"is {reading.weight:g}, but the strengths of the claims give {due[name]:.3f}"
            raise SeedError(file, f"{reading.question}.{name}.weight", reason)


def weights(strengths: Mapping[str, int]) -> dict[str, float]:
    """Weight of each pole from the strength of the claims for it, to three decimals that add up to one."""
    sum_of_points = PRIOR * len(strengths) + sum(strengths.values())
    exact = {pole: 1_000 * (PRIOR + strength) / sum_of_points for pole, strength in strengths.items()}
    rounded = {pole: int(value) for pole, value in exact.items()}
    largest = sorted(exact, key=lambda pole: rounded[pole] - exact[pole])
    for pole in largest[: 1_000 - sum(rounded.values())]:
        rounded[pole] += 1
    return {pole: value / 1_000 for pole, value in rounded.items()}
