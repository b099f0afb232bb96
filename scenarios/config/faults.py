"""Faults of what a user writes: collected, so that all are reported at once, and found in the file that has them."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from scenarios.errors import RequestError
from scenarios.evidence import plain_yaml
from scenarios.evidence.seed_files import SeedError

if TYPE_CHECKING:
    from scenarios.evidence.validation_errors import Fault

MOST_LINES = 20  # faults that are listed

T = TypeVar("T")

Place = Sequence[str | int]  # keys of mappings and numbers of entries, from the top


class FaultsError(RequestError):
    """Every fault of a mapping, each with its sentence."""

    def __init__(self, faults: "Sequence[Fault]", sentences: Sequence[str]) -> None:
        self.faults, self.sentences = faults, sentences
        super().__init__(in_lines(sentences, str))

    def __reduce__(self) -> tuple[type[RequestError], tuple[str]]:
        """Between processes, the sentences alone."""
        return RequestError, (str(self),)


@contextmanager
def collecting(errors: list[RequestError]) -> Iterator[None]:
    """Context whose RequestError is collected, so that the faults of other parts are reported with it."""
    try:
        yield
    except RequestError as error:
        errors.append(error)


def raise_collected(errors: Sequence[RequestError]) -> None:
    """Raise the only error, or one with the lines of all; none if there is none."""
    if errors:
        raise errors[0] if len(errors) == 1 else RequestError(in_lines(errors, str))


def in_lines(faults: Sequence[T], describe: Callable[[T], str]) -> str:
    """Faults as lines, no more than a screen takes."""
    left = len(faults) - MOST_LINES
    return "\n".join([*map(describe, faults[:MOST_LINES]), *([f"... and {left} more"] if left > 0 else [])])


def fault_in_file(file: Path, fault: "Fault", place: Place) -> SeedError:
    """Error of a fault at a place of a YAML file, with line and column."""
    line, column = plain_yaml.position(file.read_text(encoding="utf-8-sig"), place)
    return SeedError(file, "", f"{fault.key} {fault.reason} (line {line}, column {column})")


def value_in(node: Any, place: Place) -> Any:
    """Value at a place in plain data; LookupError if there is none."""
    for step in place:
        node = dict(enumerate(node)) if isinstance(node, list) else node
        if not isinstance(node, Mapping):
            raise LookupError(step)
        node = node[step]
    return node
