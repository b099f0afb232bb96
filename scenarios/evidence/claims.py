"""Claims of the five documents: one coded claim per row, each with its file and line."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from functools import cache
from pathlib import Path

from scenarios import resources
from scenarios.errors import nearest
from scenarios.evidence import seed_files
from scenarios.evidence.seed_files import SeedError, expect, yaml_mapping

CITED = re.compile(r"\bS\d{3}-\d{2}\b")

COLUMNS = (
    "claim_id", "source", "source_date", "line", "actor", "target", "topic", "kind", "claim_en", "value", "unit",
    "period_start", "period_end", "polarity", "strength",
)  # fmt: skip

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


@dataclass(frozen=True, kw_only=True)
class Source:
    """Document from which claims are taken."""

    name: str
    file: str
    lines: int
    title: str
    date: str
    dated: str
    kind: str
    author: str
    outlet: str
    language: str
    leaning: str


@dataclass(frozen=True, kw_only=True)
class Claim:
    """Assertion of one document, in our own words."""

    name: str
    source: Source
    line: int
    actor: str
    target: str
    topic: str
    kind: str
    says: str
    value: float | None
    unit: str
    start: str
    end: str
    polarity: str
    strength: int

    @property
    def place(self) -> str:
        """File and line of the claim."""
        return f"seeds article {self.source.file} line {self.line} ({self.source.name}, {self.source.date})"


@cache
def sources() -> Mapping[str, Source]:
    """Documents of seeds/sources.yaml."""
    file = resources.seeds() / "sources.yaml"
    keys = {field.name for field in fields(Source)} - {"name"}
    documents = {}
    for name, entry in yaml_mapping(file).items():
        expect(file, name, entry, keys, set())
        if not isinstance(entry["lines"], int) or entry["lines"] < 1:
            raise SeedError(file, f"{name}.lines", f"is {entry['lines']!r}; it must be a count of lines")
        texts = {key: " ".join(str(entry[key]).split()) for key in keys - {"lines"}}
        documents[name] = Source(name=name, lines=entry["lines"], **texts)
    return documents


@cache
def claims() -> Mapping[str, Claim]:
    """Claims of seeds/claims.csv, checked."""
    file = resources.seeds() / "claims.csv"
    by_file = {source.file: source for source in sources().values()}
    return {name: _claim(file, row, by_file) for name, row in seed_files.entries(file, COLUMNS, "claim_id").items()}


def _claim(file: Path, row: seed_files.Row, by_file: Mapping[str, Source]) -> Claim:
    name = row["claim_id"]
    source = by_file[seed_files.name_in_cell(file, f"{name}.source", row["source"], by_file)]
    if not CITED.fullmatch(name) or not name.startswith(f"{source.name}-"):
        raise SeedError(file, f"{name}.claim_id", f"must be {source.name}-01, {source.name}-02, ...")
    seed_files.name_in_cell(file, f"{name}.source_date", row["source_date"], (source.date,))
    start, end = seed_files.period(file, name, row, "period_start", "period_end")
    return Claim(
        name=name, source=source, start=start, end=end, unit=row["unit"],
        line=seed_files.whole_in_cell(file, f"{name}.line", row["line"], 1, source.lines),
        actor=seed_files.name_in_cell(file, f"{name}.actor", row["actor"], ACTORS),
        target=seed_files.name_in_cell(file, f"{name}.target", row["target"], (*ACTORS, "")),
        topic=seed_files.name_in_cell(file, f"{name}.topic", row["topic"], TOPICS),
        kind=seed_files.name_in_cell(file, f"{name}.kind", row["kind"], KINDS),
        says=seed_files.text_in_cell(file, f"{name}.claim_en", row["claim_en"]),
        value=_value(file, name, row),
        polarity=seed_files.name_in_cell(file, f"{name}.polarity", row["polarity"], POLARITIES),
        strength=seed_files.whole_in_cell(file, f"{name}.strength", row["strength"], min(STRENGTHS), max(STRENGTHS)),
    )  # fmt: skip


def _value(file: Path, name: str, row: seed_files.Row) -> float | None:
    value = seed_files.number_in_cell(file, f"{name}.value", row["value"])
    if value is not None and not row["unit"]:
        raise SeedError(file, f"{name}.unit", f"is empty beside the value {value:g}; a number has a unit")
    return value


@cache
def unused() -> Mapping[str, str]:
    """Claims that nothing uses, with the reason."""
    file = resources.seeds() / "unused_claims.yaml"
    reasons = yaml_mapping(file)
    known_claims(file, "", reasons)
    return {name: seed_files.text_in_cell(file, name, str(reason or "")) for name, reason in reasons.items()}


def known_claims(file: Path, key: str, cited: Iterable[str]) -> tuple[str, ...]:
    """Cited claims, all of which must exist."""
    names = tuple(cited)
    for name in names:
        if name not in claims():
            raise SeedError(file, key or str(name), f"cites {name}, which is not a claim.{nearest(name, claims())}")
    return names


def mentioned(words: str) -> tuple[str, ...]:
    """Claims that a text mentions, each once, in order."""
    return tuple(dict.fromkeys(CITED.findall(words)))
