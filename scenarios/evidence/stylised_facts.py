"""Stylised facts with which runs are compared, and small tables of dated facts."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from agents.roster import GOVERNORATES
from scenarios import resources
from scenarios.evidence import seed_files
from scenarios.evidence.claims import known_claims, mentioned
from scenarios.evidence.seed_files import SeedError

PATTERN_COLUMNS = ("id", "statement", "number", "start", "end", "set", "claims", "reference", "check", "use")

FACT_COLUMNS = ("start", "end", "place", "value", "bound", "unit", "what", "source")

USES = {"cal": "to fit", "val": "held back, to test", "-": "context, neither fitted nor tested"}

BOUNDS = ("exact", "about", "at_least", "")

PLACES = (*GOVERNORATES, "Iraq", "Syria")

LAST_YEAR = 2022  # of facts from other sources than the five texts


@dataclass(frozen=True, kw_only=True)
class Pattern:
    """Regularity of the record to which the model is fitted or on which it is tested."""

    name: str
    statement: str
    number: str
    start: str
    end: str
    counted: str  # exactly what the number counts
    claims: tuple[str, ...]
    reference: str
    check: str
    use: str


@dataclass(frozen=True, kw_only=True)
class Fact:
    """Dated fact."""

    table: str
    start: str
    end: str
    place: str
    value: float | None
    bound: str
    unit: str
    what: str
    source: str

    @property
    def claims(self) -> tuple[str, ...]:
        """Claims behind the fact; none where the source is an outside one."""
        return mentioned(self.source)


@cache
def patterns() -> Mapping[str, Pattern]:
    """Stylised facts of seeds/patterns.csv."""
    file = resources.seeds() / "patterns.csv"
    return {name: _pattern(file, row) for name, row in seed_files.entries(file, PATTERN_COLUMNS, "id").items()}


def _pattern(file: Path, row: seed_files.Row) -> Pattern:
    name = row["id"]
    start, end = seed_files.period(file, name, row, "start", "end")
    cited = known_claims(file, f"{name}.claims", row["claims"].split())
    if not cited and not row["reference"]:
        raise SeedError(file, name, "has neither claims nor a reference; a stylised fact comes from somewhere")
    words = {key: seed_files.text_in_cell(file, f"{name}.{key}", row[key]) for key in ("statement", "number", "check")}
    return Pattern(
        name=name, start=start, end=end, claims=cited, reference=row["reference"],
        counted=seed_files.text_in_cell(file, f"{name}.set", row["set"]),
        use=seed_files.name_in_cell(file, f"{name}.use", row["use"], USES), **words,
    )  # fmt: skip


@cache
def facts() -> Mapping[str, tuple[Fact, ...]]:
    """Tables of seeds/facts/, by name."""
    files = sorted((resources.seeds() / "facts").glob("*.csv"))
    return {file.stem: tuple(_facts(file)) for file in files}


def _facts(file: Path) -> list[Fact]:
    return [_fact(file, f"line {line}", row) for line, row in enumerate(seed_files.rows(file, FACT_COLUMNS), start=2)]


def _fact(file: Path, key: str, row: seed_files.Row) -> Fact:
    start, end = seed_files.period(file, key, row, "start", "end")
    for place in row["place"].split(" and "):
        seed_files.name_in_cell(file, f"{key}.place", place, PLACES)
    words = {name: seed_files.text_in_cell(file, f"{key}.{name}", row[name]) for name in ("unit", "what", "source")}
    fact = Fact(
        table=file.stem, start=start, end=end, place=row["place"],
        value=seed_files.number_in_cell(file, f"{key}.value", row["value"]),
        bound=seed_files.name_in_cell(file, f"{key}.bound", row["bound"], BOUNDS), **words,
    )  # fmt: skip
    known_claims(file, f"{key}.source", fact.claims)
    if not fact.claims and int((end or start or "0")[:4]) > LAST_YEAR:
        raise SeedError(file, key, f"is dated {end or start}; after {LAST_YEAR} only facts of the five texts are used")
    return fact
