"""The evidence: every quantity with its grade, linked to its claims, and those to their documents."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from itertools import groupby

from scenarios.evidence import parameters
from scenarios.evidence.claims import Claim, Source, claims, sources
from scenarios.evidence.parameters import GRADES, Belief, beliefs, starts
from scenarios.runs.replay import request_of
from scenarios.runs.result import Result
from scenarios.store.identity import plain


@dataclass(frozen=True)
class Quantity:
    """A parameter or initial state of a run."""

    belief: Belief
    as_shipped: bool  # the run took it from seeds/, so that its grade and claims apply
    given: float | None  # a value that the user fixed


@dataclass(frozen=True)
class EvidenceSection:
    """Quantities, claims and documents."""

    actors: list[tuple[str, list[Quantity]]]
    claims: Mapping[str, Claim]
    documents: list[Source]
    changed: list[str]  # quantities that are not as they ship


def section(used: Mapping[str, Quantity], cited: Iterable[str]) -> EvidenceSection:
    """Collect the quantities in use and every claim that they or other parts of the page cite."""
    ordered = sorted(used.values(), key=lambda quantity: (quantity.belief.actor, quantity.belief.name))
    by_actor = groupby(ordered, key=lambda quantity: quantity.belief.actor)
    shown = {*cited, *(name for each in ordered for name in (*each.belief.claims_for, *each.belief.claims_against))}
    return EvidenceSection(
        actors=[(actor, list(group)) for actor, group in by_actor],
        claims={name: claim for name, claim in claims().items() if name in shown},
        documents=list(sources().values()),
        changed=[quantity.belief.name for quantity in ordered if not quantity.as_shipped],
    )


@cache
def _shipped(start: str) -> Mapping[str, Belief]:
    states = parameters.start(start).states if start in starts() else {}
    return {**beliefs(), **states}


def quantities(result: Result) -> dict[str, Quantity]:
    """Every parameter and initial state of a run by name."""
    request, shipped = request_of(result.manifest), _shipped(result.manifest["start"])
    return {
        name: Quantity(
            belief=shipped.get(name, used),
            as_shipped=name in shipped and plain(shipped[name]) == plain(used) and name not in request.given,
            given=request.given.get(name),
        )
        for name, used in {**request.beliefs, **request.start.states}.items()
    }


def count_by_grade(used: Mapping[str, Quantity]) -> dict[str, int]:
    """Count quantities by grade; what the user set counts as the lowest, since no shipped claim supports it."""
    lowest = list(GRADES)[-1]
    counts = Counter(each.belief.grade if each.as_shipped else lowest for each in used.values())
    return {grade: counts.get(grade, 0) for grade in GRADES}
