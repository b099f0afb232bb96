"""What the chain from the texts to the code leaves out, and how far the coding of the claims can be trusted."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, fields
from functools import cache
from pathlib import Path
from typing import Any

from scenarios import resources
from scenarios.evidence.claims import claims, unused
from scenarios.evidence.mechanisms import mechanisms, other_rules, split_cell
from scenarios.evidence.parameters import GRADES, ORIGINS, beliefs
from scenarios.evidence.seed_files import SeedError, expect, yaml_mapping
from scenarios.explain.coverage import uses

GROUNDS = ("mechanism", "parameter", "hypothesis", "disagreement", "theory")


@dataclass(frozen=True, kw_only=True)
class Coverage:
    """Claims, rules, mechanisms and parameters by what supports them."""

    claims_with_a_rule: tuple[str, ...]
    claims_used_otherwise: Mapping[str, tuple[str, ...]]  # without a rule: by the kinds of what uses them
    claims_unused: tuple[str, ...]
    rules_with_a_claim: tuple[str, ...]
    rules_without: Mapping[str, tuple[str, ...]]  # by origin
    mechanisms_without_parameters: tuple[str, ...]
    parameters: Mapping[tuple[str, str], int]  # by origin and grade
    parameters_without_claims: tuple[str, ...]


@cache
def coverage() -> Coverage:
    """The current coverage of seeds/."""
    kinds = {name: {use.kind for use in using} for name, using in uses().items()}
    named = {number for belief in beliefs().values() for number in belief.mechanisms}
    silent = (name for name, belief in beliefs().items() if not belief.claims_for and not belief.claims_against)
    return Coverage(
        claims_with_a_rule=tuple(name for name in claims() if "mechanism" in kinds.get(name, ())),
        claims_used_otherwise=_otherwise(kinds),
        claims_unused=tuple(unused()),
        rules_with_a_claim=tuple(dict.fromkeys(rule for each in mechanisms().values() for rule in each.rules)),
        rules_without={
            origin: tuple(path for path, rule in other_rules().items() if rule.origin == origin) for origin in ORIGINS
        },
        mechanisms_without_parameters=tuple(number for number in mechanisms() if number not in named),
        parameters=Counter((belief.origin, belief.grade) for belief in beliefs().values()),
        parameters_without_claims=tuple(silent),
    )


def _otherwise(kinds: Mapping[str, set[str]]) -> dict[str, tuple[str, ...]]:
    """Claims that no mechanism carries, under the nearest to a rule of what uses them."""
    by_kind: dict[str, list[str]] = {}
    for name in claims():
        if name in kinds and "mechanism" not in kinds[name]:
            first = next((ground for ground in GROUNDS if ground in kinds[name]), min(kinds[name]))
            by_kind.setdefault(first, []).append(name)
    return {kind: tuple(names) for kind, names in by_kind.items()}


def grades_of(origin: str) -> dict[str, int]:
    """Parameters of one origin by grade."""
    return {grade: coverage().parameters.get((origin, grade), 0) for grade in GRADES}


@dataclass(frozen=True, kw_only=True)
class Sample:
    """The claims that were coded twice."""

    rows: int
    of: int
    seed: int
    misphrased: int
    all_equal: int
    cells_corrected: int
    rows_corrected: int


@dataclass(frozen=True, kw_only=True)
class Agreement:
    """How far two codings of one field agree, beyond chance, with a 95 per cent interval."""

    field: str
    agree: int
    kappa: float
    low: float
    high: float
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class Reliability:
    """Agreement of two codings, and what was not tested."""

    sample: Sample
    fields: Mapping[str, Agreement]
    untested: tuple[str, ...]

    @property
    def weakest(self) -> Agreement:
        """The field on which the codings agree least."""
        return min(self.fields.values(), key=lambda agreement: agreement.kappa)


@cache
def reliability() -> Reliability:
    """The figures of seeds/reliability.yaml, checked."""
    file = resources.seeds() / "reliability.yaml"
    content = yaml_mapping(file)
    expect(file, "", content, {"sample", "fields", "untested"}, set())
    expect(file, "sample", content["sample"], {field.name for field in fields(Sample)}, set())
    for name, count in content["sample"].items():
        if not isinstance(count, int) or count < 0:
            raise SeedError(file, f"sample.{name}", f"is {count!r}; it must be a count")
    sample = Sample(**content["sample"])
    agreements = {name: _agreement(file, name, entry, sample) for name, entry in content["fields"].items()}
    return Reliability(sample=sample, fields=agreements, untested=split_cell(file, "", content, "untested"))


def _agreement(file: Path, name: str, entry: Mapping[str, Any], sample: Sample) -> Agreement:
    key = f"fields.{name}"
    expect(file, key, entry, {"agree", "kappa", "low", "high"}, {"note"})
    agreement = Agreement(field=name, **entry)
    if not 0 <= agreement.agree <= sample.rows:
        raise SeedError(file, f"{key}.agree", f"is {agreement.agree}, not from 0 to the {sample.rows} rows coded twice")
    if not -1 <= agreement.low <= agreement.kappa <= agreement.high <= 1:
        interval = f"{agreement.low:g} to {agreement.high:g}"
        raise SeedError(file, key, f"has a kappa of {agreement.kappa:g} outside its interval {interval}")
    return agreement
