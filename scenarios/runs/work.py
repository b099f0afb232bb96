"""Work of runs and studies: rounds on an engine, and failing parts located by halving."""

from collections.abc import Callable, Iterator, Sequence
from typing import Any, TypeVar

from scenarios.execution import Done, Engine

W = TypeVar("W")


def rounds(
    engine: Callable[[int], Engine],
    simulate: Callable[[W], Any],
    work: Sequence[W],
    divide: Callable[[Done], Sequence[W]] = lambda lost: (),
) -> Iterator[Done]:
    """Yield work as it ends on an engine; the parts into which lost work is divided form another round."""
    while work:
        parts: list[W] = []
        for ended in engine(len(work)).results(simulate, work):
            parts += divide(ended) if ended.failure else ()
            yield ended
        work = parts


def halved(
    work: W,
    simulate: Callable[[W], Any],
    halves: Callable[[W, Exception], Sequence[W]],
    failures: tuple[type[Exception], ...] = (Exception,),
) -> Iterator[tuple[W, Any, Exception | None]]:
    """Yield work with its result or its failure; work that fails is replaced by its halves, if it has any."""
    try:
        result, failure = simulate(work), None
    except failures as error:
        result, failure = None, error
    parts = halves(work, failure) if failure else ()
    if not parts:
        yield work, result, failure
    for part in parts:
        yield from halved(part, simulate, halves, failures)
