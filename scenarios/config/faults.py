"""Faults of what a user writes: collected, so that all are reported at once, and found in the file that has them."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple

from scenarios.errors import RequestError
from scenarios.evidence import plain_yaml
from scenarios.evidence.seed_files import SeedError

Place = Sequence[str | int]  # keys of mappings and numbers of entries, from the top


class Fault(NamedTuple):
    """Refused value: its place in full, as steps and as a text, and the reason."""

    place: Place
    key: str
    reason: str

    def __str__(self) -> str:
        return f"{self.key} {self.reason}{'' if self.reason.endswith(('.', '?')) else '.'}".lstrip()


class FaultsError(RequestError):
    """Every fault of a mapping."""

    def __init__(self, faults: Sequence[Fault]) -> None:
        self.faults = faults
        super().__init__("\n".join(map(str, faults)))


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
        raise errors[0] if len(errors) == 1 else RequestError("\n".join(map(str, errors)))


def fault_in_file(file: Path, place: Place, key: str, reason: str) -> SeedError:
    """Error of a fault in a YAML file, with line and column."""
    line, column = plain_yaml.position(file.read_text(encoding="utf-8-sig"), place)
    return SeedError(file, "", f"{key} {reason} (line {line}, column {column})")


def value_at(node: Any, place: Place) -> Any:
    """Value at a place in plain data; LookupError if there is none."""
    for step in place:
        node = dict(enumerate(node)) if isinstance(node, list) else node
        if not isinstance(node, Mapping):
            raise LookupError(step)
        node = node[step]
    return node
