"""What uses a claim: every belief, theory, question, scenario and fact that rests on it."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from scenarios import places
from scenarios.evidence.cast import actors
from scenarios.evidence.claims import mentioned
from scenarios.evidence.disagreements import disagreements, readings
from scenarios.evidence.mechanisms import mechanisms
from scenarios.evidence.parameters import Belief, beliefs, start, starts
from scenarios.evidence.patterns import facts, patterns
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
        for file in sorted((places.configs() / group).glob("*.yaml")):
            yield from _each(mentioned(file.read_text(encoding="utf-8")), Use(group, file.stem))
    calendars = places.seeds() / "calendars.yaml"
    yield from _each(mentioned(calendars.read_text(encoding="utf-8")), Use("calendar", "calendars"))


def _each(claims: Iterable[str], use: Use) -> Iterator[tuple[str, Use]]:
    return ((claim, use) for claim in claims)
