"""What is missing of a study, cut into chunks of a good size."""

from collections.abc import Collection, Iterator, Sequence
from pathlib import Path

from scenarios.archive.identity import code_digest
from scenarios.schema import BLOCK
from scenarios.sweeping.asking import Asked
from scenarios.sweeping.chunk import Chunk
from scenarios.sweeping.layout import Point
from scenarios.sweeping.store import Store


def chunks(asked: Asked, folder: Path, points: Sequence[Point]) -> list[Chunk]:
    """All work of some points: points of a kind together, large ones cut by draws; the same on every machine."""
    kinds: dict[str, list[Point]] = {}
    for point in points:
        kinds.setdefault(point.kind, []).append(point)
    return [each for kind, alike in kinds.items() for each in _of_a_kind(asked, folder, alike)]


def _of_a_kind(asked: Asked, folder: Path, points: Sequence[Point]) -> Iterator[Chunk]:
    request, draws = asked.layout.request(points[0]), asked.draws[points[0].kind]
    most = max(1, BLOCK // len(request.strata))  # draws
    pieces = -(-len(points) // max(1, most // len(draws)))  # as even as can be: small ensembles are costly
    for some in (points[len(points) * k // pieces : len(points) * (k + 1) // pieces] for k in range(pieces)):
        for start in range(0, len(draws), most):
            yield Chunk(
                request=request,
                ids=tuple(each.id for each in some),
                variants=tuple(each.variant for each in some),
                draws=draws[start : start + most],
                folder=folder,
                code=code_digest(),
            )


def left(every: Sequence[Chunk], store: Store, given_up: Collection[str] = ()) -> list[Chunk]:
    """The parts of chunks that are not there, without points that are given up."""
    return [part for chunk in every for part in wanted(chunk, given_up).left(store)]


def wanted(chunk: Chunk, given_up: Collection[str]) -> Chunk:
    """A chunk without points that are given up."""
    places = [place for place, point in enumerate(chunk.ids) if point not in given_up]
    return chunk if len(places) == len(chunk.ids) else chunk.of(places)
