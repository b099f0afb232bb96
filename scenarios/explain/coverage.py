"""What uses a claim: every belief, theory, question, scenario and fact that rests on it."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, fields
from functools import cache
from pathlib import Path
from typing import Any

from scenarios import resources
from scenarios.evidence.actors import actors
from scenarios.evidence.claims import claims, mentioned, unused
from scenarios.evidence.disagreements import disagreements, readings
from scenarios.evidence.mechanisms import mechanisms, other_rules
from scenarios.evidence.parameters import GRADES, ORIGINS, Belief, beliefs, start, starts
from scenarios.evidence.seed_files import SeedError, expect, listed, yaml_mapping
from scenarios.evidence.stylised_facts import facts, patterns
from scenarios.evidence.theories import hypotheses

CONFIGURED = ("scenario", "world")


@dataclass(frozen=True, order=True)
class Use:
    """One thing that uses a claim."""

    kind: str
    name: str
    how: str = ""


@cache
def uses() -> Mapping[str, tuple[Use, ...]]:
    """The uses of every claim that has any."""
    found: dict[str, dict[Use, None]] = {}
    for claim, use in _all():
        found.setdefault(claim, {})[use] = None
    return {claim: tuple(each) for claim, each in sorted(found.items())}


def _all() -> Iterator[tuple[str, Use]]:
    yield from _of_beliefs("parameter", beliefs())
    for name in starts():
        yield from _of_beliefs("start", {f"{name}.{state}": each for state, each in start(name).states.items()})
    yield from _of_questions()
    for number, mechanism in mechanisms().items():
        yield from _each(mechanism.claims, Use("mechanism", number))
    for name, pattern in patterns().items():
        yield from _each(pattern.claims, Use("pattern", name))
    for name, actor in actors().items():
        yield from _each(actor.claims, Use("actor", name))
    for table, rows in facts().items():
        for fact in rows:
            yield from _each(fact.claims, Use("fact", table))
    yield from _of_files()


def _of_beliefs(kind: str, found: Mapping[str, Belief]) -> Iterator[tuple[str, Use]]:
    for name, each in found.items():
        yield from _each(each.claims_for, Use(kind, name, "for"))
        yield from _each(each.claims_against, Use(kind, name, "against"))
        spoken = set(each.claims_for) | set(each.claims_against)
        yield from _each((c for c in mentioned(each.because) if c not in spoken), Use(kind, name, "mentioned"))


def _of_questions() -> Iterator[tuple[str, Use]]:
    for name, hypothesis in hypotheses().items():
        for pole in hypothesis.poles.values():
            yield from _each(mentioned(pole.because), Use("theory", f"{name}.{pole.name}"))
    for number, disagreement in disagreements().items():
        for position in disagreement.positions.values():
            yield from _each(position.claims, Use("disagreement", number, position.name))
    for number, poles in readings().items():
        for reading in poles.values() if number.startswith("H") else ():
            yield from _each(reading.claims, Use("hypothesis", number, reading.pole))


def _of_files() -> Iterator[tuple[str, Use]]:
    for group in CONFIGURED:
        for file in sorted((resources.configs() / group).glob("*.yaml")):
            yield from _each(mentioned(file.read_text(encoding="utf-8")), Use(group, file.stem))
    calendars = resources.seeds() / "calendars.yaml"
    yield from _each(mentioned(calendars.read_text(encoding="utf-8")), Use("calendar", "calendars"))


def _each(claims: Iterable[str], use: Use) -> Iterator[tuple[str, Use]]:
    return ((claim, use) for claim in claims)


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
    """What is known of the coding, and what is not."""

    sample: Sample
    fields: Mapping[str, Agreement]
    untested: tuple[str, ...]

    @property
    def weakest(self) -> Agreement:
        """The field on which the codings agree least."""
        return min(self.fields.values(), key=lambda each: each.kappa)


@cache
def reliability() -> Reliability:
    """The figures of seeds/reliability.yaml, checked."""
    file = resources.seeds() / "reliability.yaml"
    found = yaml_mapping(file)
    expect(file, "", found, {"sample", "fields", "untested"}, set())
    expect(file, "sample", found["sample"], {each.name for each in fields(Sample)}, set())
    for name, count in found["sample"].items():
        if not isinstance(count, int) or count < 0:
            raise SeedError(file, f"sample.{name}", f"is {count!r}; it must be a count")
    sample = Sample(**found["sample"])
    agreements = {name: _agreement(file, name, entry, sample) for name, entry in found["fields"].items()}
    return Reliability(sample=sample, fields=agreements, untested=listed(file, "", found, "untested"))


def _agreement(file: Path, name: str, entry: Mapping[str, Any], sample: Sample) -> Agreement:
    key = f"fields.{name}"
    expect(file, key, entry, {"agree", "kappa", "low", "high"}, {"note"})
    found = Agreement(field=name, **entry)
    if not 0 <= found.agree <= sample.rows:
        raise SeedError(file, f"{key}.agree", f"is {found.agree}, not from 0 to the {sample.rows} rows coded twice")
    if not -1 <= found.low <= found.kappa <= found.high <= 1:
        raise SeedError(
            file, key, f"has a kappa of {found.kappa:g} outside its interval {found.low:g} to {found.high:g}"
        )
    return found


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
