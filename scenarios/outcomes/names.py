"""Names of outcomes, checked."""

from collections.abc import Iterable

from scenarios.errors import RequestError, nearest
from scenarios.outcomes import OUTCOMES


def known(names: Iterable[str]) -> list[str]:
    """Names of outcomes, all known; RequestError names the nearest where one is not."""
    wanted = list(names)
    for name in wanted:
        if name not in OUTCOMES:
            raise RequestError(f"{name!r} is no outcome.{nearest(name, OUTCOMES)}")
    return wanted
