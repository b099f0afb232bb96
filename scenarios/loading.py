"""What lies in folders, read back as what it is: runs and studies."""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from scenarios import places
from scenarios.archive.manifest import MANIFEST
from scenarios.datasets import Dataset
from scenarios.errors import RequestError
from scenarios.reading import lying
from scenarios.results import Result, Results

# What a folder is, by the file that lies in it.
KINDS: Mapping[str, Callable[[Path], Any]] = {"study.yaml": Dataset, MANIFEST: Result}


def load(where: str | Path | Sequence[str | Path]) -> Any:
    """What lies in a folder, in a folder of folders, in those that a glob matches, or in several of these.

    One finished run is a `Result`, several are `Results`; a finished study is a `Dataset`, and is loaded by itself.
    What could not be read beside them, as folders that are unfinished or altered, stands in `troubles` and comes first
    when they are shown; RequestError where nothing can be.
    """
    where = _at_home(where)
    found, troubles = [], lying.unfinished(where)
    for folder in lying.finished(where, KINDS):
        try:
            found.append(next(kind(folder) for mark, kind in KINDS.items() if lying.holds(folder, mark)))
        except RequestError as error:
            troubles.append(str(error))
    if not found:
        raise RequestError(" ".join(troubles) or lying.nothing(where, KINDS))
    if len(found) > 1:
        return _several(found, troubles)
    found[0].troubles = troubles
    return found[0]


def _at_home(where: str | Path | Sequence[str | Path]) -> Path | list[Path]:
    """Places as they are given, `~` standing for the home folder."""
    return places.given(where) if isinstance(where, str | Path) else [places.given(each) for each in where]


def _several(found: Sequence[Any], troubles: Sequence[str]) -> Results:
    """Several runs; studies among them are named, each to be loaded by itself."""
    runs = [each for each in found if isinstance(each, Result)]
    studies = [f"{each.path} is a study; load it by itself." for each in found if isinstance(each, Dataset)]
    if not runs:
        raise RequestError(" ".join(studies))
    return Results(runs, [*troubles, *studies])
