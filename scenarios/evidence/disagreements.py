"""Where the texts disagree, with each other or with themselves, and how firmly each side is asserted."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from scenarios import resources
from scenarios.evidence import seed_files
from scenarios.evidence.claims import claims, known
from scenarios.evidence.mechanisms import said
from scenarios.evidence.seed_files import SeedError, expect, listed, yaml_mapping

COLUMNS = ("id", "pole", "statement", "claims_for", "by_source", "weight", "note")

PRIOR = 0.5  # of each pole, in units of strength

CARRIERS = ("theories", "parameters", "levers")

HOLDERS = ("poles", "high", "low", "levers")


@dataclass(frozen=True, kw_only=True)
class Held:
    """What in the model stands for a position."""

    poles: tuple[str, ...]  # theory.pole
    high: tuple[str, ...]  # parameters high within their priors
    low: tuple[str, ...]
    levers: tuple[str, ...]  # lever=value


@dataclass(frozen=True, kw_only=True)
class Position:
    """One side of a disagreement."""

    name: str
    statement: str
    claims: tuple[str, ...]
    held_by: Held


@dataclass(frozen=True, kw_only=True)
class Disagreement:
    """A question on which the texts differ."""

    number: str
    question: str
    positions: Mapping[str, Position]
    carried: str
    theories: tuple[str, ...]
    parameters: tuple[str, ...]
    levers: tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class Reading:
    """One pole of a question, with the claims for it and the weight that follows from their strength."""

    question: str
    pole: str
    statement: str
    claims: tuple[str, ...]
    by_source: Mapping[str, int]
    weight: float
    note: str


@cache
def disagreements() -> Mapping[str, Disagreement]:
    """Every disagreement of seeds/disagreements.yaml, checked as far as the file itself tells."""
    file = resources.seeds() / "disagreements.yaml"
    return {number: _disagreement(file, number, entry) for number, entry in yaml_mapping(file).items()}


def _disagreement(file: Path, number: str, entry: Mapping[str, Any]) -> Disagreement:
    expect(file, number, entry, {"question", "positions", "carried"}, set(CARRIERS))
    carriers = {key: listed(file, number, entry, key) for key in CARRIERS}
    if not any(carriers.values()):
        raise SeedError(file, number, "names no theory, parameter or lever that carries it")
    if not isinstance(entry["positions"], Mapping) or len(entry["positions"]) < 2:
        raise SeedError(file, f"{number}.positions", "needs two positions or more; a disagreement has two sides")
    positions = {name: _position(file, number, name, each) for name, each in entry["positions"].items()}
    return Disagreement(
        number=number, positions=positions, question=said(file, number, entry, "question"),
        carried=said(file, number, entry, "carried"), theories=carriers["theories"],
        parameters=carriers["parameters"], levers=carriers["levers"],
    )  # fmt: skip


def _position(file: Path, number: str, name: str, entry: Mapping[str, Any]) -> Position:
    key = f"{number}.positions.{name}"
    expect(file, key, entry, {"statement", "claims", "held_by"}, set())
    cited = known(file, f"{key}.claims", listed(file, key, entry, "claims"))
    if not cited:
        raise SeedError(
            file, f"{key}.claims", "is empty; a position that no text holds is a theory, not a disagreement"
        )
    held = _held(file, f"{key}.held_by", entry["held_by"])
    return Position(name=name, statement=said(file, key, entry, "statement"), claims=cited, held_by=held)


def _held(file: Path, key: str, entry: Mapping[str, Any]) -> Held:
    expect(file, key, entry, set(), set(HOLDERS))
    if not any(entry.values()):
        raise SeedError(
            file, key, "names no pole, parameter or lever; a position that nothing stands for is not carried"
        )
    return Held(**{holder: listed(file, key, entry, holder) for holder in HOLDERS})


@cache
def readings() -> Mapping[str, Mapping[str, Reading]]:
    """The rows of seeds/hypotheses.csv, by question and pole; their weights are those of the claims."""
    file = resources.seeds() / "hypotheses.csv"
    found: dict[str, dict[str, Reading]] = {}
    for row in seed_files.rows(file, COLUMNS):
        if row["pole"] in found.setdefault(row["id"], {}):
            raise SeedError(file, f"{row['id']}.{row['pole']}", "stands twice; keep one row")
        found[row["id"]][row["pole"]] = _reading(file, row)
    for poles in found.values():
        _check_weights(file, poles)
    return found


def _reading(file: Path, row: seed_files.Row) -> Reading:
    key = f"{row['id']}.{row['pole']}"
    cited = known(file, f"{key}.claims_for", row["claims_for"].split())
    by_source: dict[str, int] = {}
    for name in cited:
        source = claims()[name].source.name
        by_source[source] = by_source.get(source, 0) + claims()[name].strength
    counted = " ".join(f"{source}:{strength}" for source, strength in sorted(by_source.items()))
    if row["by_source"] != counted:
        raise SeedError(file, f"{key}.by_source", f"is {row['by_source']!r}, but its claims add up to {counted!r}")
    return Reading(
        question=row["id"], pole=row["pole"], statement=seed_files.text(file, f"{key}.statement", row["statement"]),
        claims=cited, by_source=by_source, weight=seed_files.number(file, f"{key}.weight", row["weight"]) or 0.0,
        note=row["note"],
    )  # fmt: skip


def weights(strengths: Mapping[str, int]) -> dict[str, float]:
    """The weight of each pole from the strength of the claims for it, to three decimals that add up to one."""
    whole = PRIOR * len(strengths) + sum(strengths.values())
    exact = {pole: 1_000 * (PRIOR + strength) / whole for pole, strength in strengths.items()}
    rounded = {pole: int(value) for pole, value in exact.items()}
    largest = sorted(exact, key=lambda pole: rounded[pole] - exact[pole])
    for pole in largest[: 1_000 - sum(rounded.values())]:
        rounded[pole] += 1
    return {pole: value / 1_000 for pole, value in rounded.items()}


def _check_weights(file: Path, poles: Mapping[str, Reading]) -> None:
    due = weights({name: sum(each.by_source.values()) for name, each in poles.items()})
    for name, each in poles.items():
        if abs(each.weight - due[name]) > 1e-9:
            reason = f"is {each.weight:g}, but the strengths of the claims give {due[name]:.3f}"
            raise SeedError(file, f"{each.question}.{name}.weight", reason)
