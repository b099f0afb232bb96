"""What a page rests on: every quantity of its runs, as believed then and as seeds/ has it now."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from scenarios.archive.identity import plain
from scenarios.evidence import parameters
from scenarios.evidence.parameters import GRADES, Belief, beliefs, starts
from scenarios.narrating.again import request_of
from scenarios.results import Result


@dataclass(frozen=True)
class Quantity:
    """A parameter or initial state of a run."""

    belief: Belief
    as_shipped: bool  # whether the run took it as seeds/ has it, so that its grade and claims speak for it
    given: float | None  # a value that the analyst fixed


@cache
def _shipped(start: str) -> Mapping[str, Belief]:
    states = parameters.start(start).states if start in starts() else {}
    return {**beliefs(), **states}


def quantities(result: Result) -> dict[str, Quantity]:
    """Every parameter and initial state of a run by name."""
    request, shipped = request_of(result.manifest), _shipped(result.manifest["start"])
    return {
        name: Quantity(
            belief=shipped.get(name, lived),
            as_shipped=name in shipped and plain(shipped[name]) == plain(lived) and name not in request.given,
            given=request.given.get(name),
        )
        for name, lived in {**request.beliefs, **request.start.states}.items()
    }


def by_grade(found: Mapping[str, Quantity]) -> dict[str, int]:
    """Quantities of each grade; what the analyst set is of the lowest, since nothing here speaks for it."""
    lowest = list(GRADES)[-1]
    counted = Counter(each.belief.grade if each.as_shipped else lowest for each in found.values())
    return {grade: counted.get(grade, 0) for grade in GRADES}
