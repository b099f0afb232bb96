"""Results read from folders: a run, several runs, or a study."""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from scenarios import resources
from scenarios.errors import RequestError
from scenarios.runs.result import Result, Results
from scenarios.store import search
from scenarios.store.manifest import MANIFEST
from scenarios.studies.dataset import Dataset

KINDS: Mapping[str, Callable[[Path], Any]] = {"study.yaml": Dataset, MANIFEST: Result}


def load(where: str | Path | Sequence[str | Path]) -> Any:
    """Load the results in a folder, in a folder of folders, in those that a glob matches, or in several of these.

    One finished run is a `Result`, several are `Results`; a finished study is a `Dataset` and is loaded by itself.
    Folders beside them that are unfinished or altered are listed in `troubles`, which is shown first. RequestError if
    nothing can be read.
    """
    where = _expanded(where)
    loaded, troubles = [], search.unfinished(where)
    for folder in search.finished(where, KINDS):
        try:
            loaded.append(next(kind(folder) for mark, kind in KINDS.items() if search.holds(folder, mark)))
        except RequestError as error:
            troubles.append(str(error))
    if not loaded:
        raise RequestError(" ".join(troubles) or search.describe_absence(where, KINDS))
    if len(loaded) > 1:
        return _several(loaded, troubles)
    loaded[0].troubles = troubles
    return loaded[0]


def _expanded(where: str | Path | Sequence[str | Path]) -> Path | list[Path]:
    """Paths as given, with `~` for the home folder."""
    return resources.given(where) if isinstance(where, str | Path) else [resources.given(place) for place in where]


def _several(loaded: Sequence[Any], troubles: Sequence[str]) -> Results:
    """Several runs; studies among them are reported, to be loaded by themselves."""
    runs = [item for item in loaded if isinstance(item, Result)]
    studies = [f"{item.path} is a study; load it by itself." for item in loaded if isinstance(item, Dataset)]
    if not runs:
        raise RequestError(" ".join(studies))
    return Results(runs, [*troubles, *studies])
