"""How much of a result rests on which grade of evidence: parameters and initial states counted by grade."""

from collections import Counter
from collections.abc import Mapping

from scenarios.evidence.parameters import GRADES, Belief
from scenarios.schema import Request


def counts(request: Request) -> Mapping[str, int]:
    """Parameters and initial states in use, by grade."""
    found = Counter(belief.grade for belief in in_use(request).values())
    return {grade: found.get(grade, 0) for grade in GRADES}


def in_use(request: Request) -> Mapping[str, Belief]:
    """Every parameter and initial state of an experiment."""
    return {**request.beliefs, **request.start.states}


def line(request: Request) -> str:
    """The grades in one line."""
    found = counts(request)
    uncertain = sum(not each.prior.is_fixed for each in in_use(request).values())
    parts = ", ".join(f"{number} {grade}" for grade, number in found.items())
    return f"{sum(found.values())} quantities, {uncertain} of them uncertain; by grade {parts}"
