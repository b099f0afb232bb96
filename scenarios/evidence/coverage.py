"""What the chain from texts to code leaves out: claims without a rule, rules and parameters without a claim."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from scenarios.evidence.claims import claims, unused
from scenarios.evidence.mechanisms import mechanisms, other_rules
from scenarios.evidence.parameters import GRADES, ORIGINS, beliefs
from scenarios.evidence.uses import uses

GROUNDS = ("mechanism", "parameter", "hypothesis", "disagreement", "theory")


@dataclass(frozen=True, kw_only=True)
class Coverage:
    """Names of what is covered and of what is not."""

    claims_with_a_rule: tuple[str, ...]  # a mechanism carries them
    claims_used_otherwise: Mapping[str, tuple[str, ...]]  # without a rule: by the kinds of what uses them
    claims_unused: tuple[str, ...]
    rules_with_a_claim: tuple[str, ...]
    rules_without: Mapping[str, tuple[str, ...]]  # by origin
    mechanisms_without_parameters: tuple[str, ...]
    parameters: Mapping[tuple[str, str], int]  # by origin and grade
    parameters_without_claims: tuple[str, ...]


@cache
def coverage() -> Coverage:
    """The coverage of seeds/ as it stands."""
    kinds = {name: {use.kind for use in found} for name, found in uses().items()}
    named = {number for each in beliefs().values() for number in each.mechanisms}
    return Coverage(
        claims_with_a_rule=tuple(name for name in claims() if "mechanism" in kinds.get(name, ())),
        claims_used_otherwise=_otherwise(kinds),
        claims_unused=tuple(unused()),
        rules_with_a_claim=tuple(dict.fromkeys(rule for each in mechanisms().values() for rule in each.rules)),
        rules_without={
            origin: tuple(path for path, rule in other_rules().items() if rule.origin == origin) for origin in ORIGINS
        },
        mechanisms_without_parameters=tuple(number for number in mechanisms() if number not in named),
        parameters=Counter((each.origin, each.grade) for each in beliefs().values()),
        parameters_without_claims=tuple(
            name for name, each in beliefs().items() if not each.claims_for and not each.claims_against
        ),
    )


def _otherwise(kinds: Mapping[str, set[str]]) -> dict[str, tuple[str, ...]]:
    """Claims that no mechanism carries, under the nearest to a rule of what uses them."""
    found: dict[str, list[str]] = {}
    for name in claims():
        if name in kinds and "mechanism" not in kinds[name]:
            first = next((ground for ground in GROUNDS if ground in kinds[name]), min(kinds[name]))
            found.setdefault(first, []).append(name)
    return {kind: tuple(names) for kind, names in found.items()}


def grades_of(origin: str) -> dict[str, int]:
    """Parameters of one origin by grade."""
    return {grade: coverage().parameters.get((origin, grade), 0) for grade in GRADES}
