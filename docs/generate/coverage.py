"""What the chain from the texts to the code leaves out, and how far the coding of the claims can be trusted."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Annotated

from pydantic import Field, ValidationInfo, field_validator

from scenarios import resources
from scenarios.evidence.claims import claims, unused
from scenarios.evidence.field_types import Names
from scenarios.evidence.mechanisms import mechanisms, other_rules
from scenarios.evidence.parameters import GRADES, ORIGINS, beliefs
from scenarios.evidence.seed_files import read_yaml
from scenarios.evidence.validation_errors import NAME, Bounds, ByName, Checked
from scenarios.explain.coverage import uses

MOST = 1_000_000

Count = Annotated[int, Bounds(0, MOST)]

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


class Sample(Checked):
    """The claims that were coded twice."""

    rows: Count
    of: Count
    seed: Count
    misphrased: Count
    all_equal: Count
    cells_corrected: Count
    rows_corrected: Count


class Agreement(Checked):
    """How far two codings of one field agree, beyond chance, with a 95 per cent interval."""

    field: str = Field(alias=NAME)
    agree: Count
    low: Annotated[float, Bounds(-1, 1)]
    high: Annotated[float, Bounds(-1, 1)]
    kappa: Annotated[float, Bounds(-1, 1)]
    note: str = ""

    @field_validator("kappa")
    @classmethod
    def _check_interval(cls, kappa: float, info: ValidationInfo) -> float:
        low, high = info.data.get("low", kappa), info.data.get("high", kappa)
        if not low <= kappa <= high:
            raise ValueError(f"is {kappa:g}, outside its interval {low:g} to {high:g}")
        return kappa


class Reliability(Checked):
    """Agreement of two codings, and what was not tested."""

    sample: Sample
    fields: Annotated[Mapping[str, Agreement], ByName]
    untested: Names

    @field_validator("fields")
    @classmethod
    def _check_counts(cls, agreements: Mapping[str, Agreement], info: ValidationInfo) -> Mapping[str, Agreement]:
        rows = info.data["sample"].rows if "sample" in info.data else MOST
        for name, agreement in agreements.items():
            if agreement.agree > rows:
                raise ValueError(f"has {agreement.agree} rows that agree on {name}, of {rows} coded twice")
        return agreements

    @property
    def weakest(self) -> Agreement:
        """The field on which the codings agree least."""
        return min(self.fields.values(), key=lambda agreement: agreement.kappa)


@cache
def reliability() -> Reliability:
    """The figures of seeds/reliability.yaml."""
    return read_yaml(resources.seeds() / "reliability.yaml", Reliability)
