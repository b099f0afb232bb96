"""Uses of claims: every belief, theory, question, scenario and fact that rests on it."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from scenarios import resources
from scenarios.evidence.actors import actors
from scenarios.evidence.claims import mentioned
from scenarios.evidence.disagreements import disagreements, weighed_poles
from scenarios.evidence.mechanisms import mechanisms
from scenarios.evidence.parameters import Belief, beliefs, start, starts
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
    by_claim: dict[str, dict[Use, None]] = {}
    for claims, use in _uses():
        for claim in claims:
            by_claim.setdefault(claim, {})[use] = None
    return {claim: tuple(using) for claim, using in sorted(by_claim.items())}


def _uses() -> Iterator[tuple[Iterable[str], Use]]:
    yield from _by_beliefs("parameter", beliefs())
    for name in starts():
        yield from _by_beliefs("start", {f"{name}.{state}": belief for state, belief in start(name).states.items()})
    yield from _by_questions()
    yield from ((each.claims, Use("mechanism", number)) for number, each in mechanisms().items())
    yield from ((each.claims, Use("pattern", name)) for name, each in patterns().items())
    yield from ((each.claims, Use("actor", name)) for name, each in actors().items())
    yield from ((fact.claims, Use("fact", table)) for table, rows in facts().items() for fact in rows)
    yield from _by_files()


def _by_beliefs(kind: str, of: Mapping[str, Belief]) -> Iterator[tuple[Iterable[str], Use]]:
    for name, belief in of.items():
        yield belief.claims_for, Use(kind, name, "for")
        yield belief.claims_against, Use(kind, name, "against")
        cited = {*belief.claims_for, *belief.claims_against}
        yield [claim for claim in mentioned(belief.because) if claim not in cited], Use(kind, name, "mentioned")


def _by_questions() -> Iterator[tuple[Iterable[str], Use]]:
    for name, hypothesis in hypotheses().items():
        for pole in hypothesis.poles.values():
            yield mentioned(pole.because), Use("theory", f"{name}.{pole.name}")
    for number, disagreement in disagreements().items():
        for position in disagreement.positions.values():
            yield position.claims, Use("disagreement", number, position.name)
    for number in (number for number in weighed_poles() if number.startswith("H")):
        for weighed in weighed_poles()[number].values():
            yield weighed.claims, Use("hypothesis", number, weighed.pole)


def _by_files() -> Iterator[tuple[Iterable[str], Use]]:
    for group in CONFIGURED:
        for file in sorted((resources.configs() / group).glob("*.yaml")):
            yield mentioned(file.read_text(encoding="utf-8")), Use(group, file.stem)
    calendars = resources.seeds() / "calendars.yaml"
    yield mentioned(calendars.read_text(encoding="utf-8")), Use("calendar", "calendars")
