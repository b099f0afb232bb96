"""Results read from folders: a run, several runs, or a study; the newest runs of some scenarios; what is superseded."""

import shutil
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from scenarios import resources
from scenarios.analysis.estimates import check_comparable
from scenarios.errors import RequestError
from scenarios.runs.result import Result, Results
from scenarios.store import regular, search
from scenarios.store.files import LOCK
from scenarios.store.identity import code_digest
from scenarios.store.locks import is_locked
from scenarios.store.manifest import MANIFEST, read_manifest
from scenarios.studies.dataset import Dataset
from scenarios.studies.folder import WORKING

STUDY = "study.yaml"

KINDS: Mapping[str, Callable[[Path], Any]] = {STUDY: Dataset, MANIFEST: Result}

FINISHED, OLDER, UNFINISHED, DAMAGED = "finished", "older code", "unfinished", "damaged"

SUPERSEDED = (OLDER, UNFINISHED)

MOST_OTHERS = 5  # sets of runs that would do as well

SHARED = ("start", "world", "replications", "seed")  # of a manifest, by which runs of one scenario are distinguished

REQUESTED = ("horizon", "step_days", "closed_loop", "theories", "given", "beliefs", "scenario", "period", "series")


def load(where: str | Path | Sequence[str | Path]) -> Any:
    """Load the results in a folder, in a folder of folders, in those that a glob matches, or in several of these.

    One finished run is a `Result`, several are `Results`; a finished study is a `Dataset` and is loaded by itself.
    Folders beside them that are unfinished or altered are listed in `troubles`, which is shown first. RequestError if
    nothing can be read.

        result = scenarios.load("results/full_withdrawal")
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


@dataclass(frozen=True)
class StoredFolder:
    """A run or study as its files describe it, without its tables."""

    path: Path
    state: str
    manifest: Mapping[str, Any]  # empty unless it is finished
    size: int  # bytes
    is_at_work: bool

    @property
    def scenario(self) -> str:
        """Name of the scenario or study."""
        return str(self.manifest.get("scenario", self.path.parent.name))

    @property
    def as_of(self) -> str:
        """As-of date, or those of a study."""
        dates = self.manifest.get("as_of", "-")
        return dates if isinstance(dates, str) else ", ".join(dates)

    @property
    def finished(self) -> str:
        """Time at which it was finished; empty if it was not."""
        return str(self.manifest.get("finished", ""))


def stored_folders(place: Path) -> list[StoredFolder]:
    """Runs and studies in a folder of results, finished or not, by name and from old to new."""
    folders = list[Path]()
    for folder, names in search.Walk(place).folders():
        is_ours = names & {MANIFEST, STUDY} or {search.JOURNALS, LOCK} <= names
        if is_ours and not folder.is_symlink() and not set(folder.parents) & set(folders):
            folders.append(folder)
    return sorted(map(_stored, folders), key=lambda stored: (stored.scenario, stored.finished, stored.path))


def _stored(folder: Path) -> StoredFolder:
    files = [file for file in folder.rglob("*") if file.is_file() and not file.is_symlink()]
    manifest: Mapping[str, Any] = {}
    state = UNFINISHED
    if regular.name_exists(folder / MANIFEST):
        try:
            manifest = read_manifest(folder)
            state = FINISHED if manifest["provenance"]["code"] == code_digest() else OLDER
        except RequestError:
            state = DAMAGED
    return StoredFolder(folder, state, manifest, sum(file.stat().st_size for file in files), _is_at_work(files))


def _is_at_work(files: Iterable[Path]) -> bool:
    """True if a process of this machine has a journal or the folder locked."""
    for file in files:
        if file.suffix == ".journal" or file.name in (LOCK, WORKING):
            with (
                suppress(OSError),
                regular.opened(file) as opened,
            ):  # of a file system without locks, or of another user
                if not is_locked(opened):
                    return True
    return False


def newest_runs(names: Sequence[str], place: Path) -> tuple[dict[str, Path], list[str]]:
    """The newest runs of some scenarios that are comparable, and sentences on older ones that are, too."""
    runs = {name: _finished_runs(name, place) for name in names}
    sets = [chosen for first in runs[names[0]] if (chosen := _comparable_set(first, runs))]
    if not sets:
        for name in names[1:]:
            check_comparable(runs[name][0], runs[names[0]][0])
        raise RequestError(f"{', '.join(names)} have no runs in {place} that are all comparable; give folders.")
    newest, *others = sets
    notes = [f"{_paths(other)} would do as well: {_describe_difference(newest[0], other[0])}"
             for other in others[:MOST_OTHERS]]  # fmt: skip
    more = [f"and {len(others) - MOST_OTHERS} more"] if len(others) > MOST_OTHERS else []
    taken = f"{_paths(newest)} {'is' if len(newest) == 1 else 'are'} the newest"
    return {run.scenario: run.path for run in newest}, [taken, *notes, *more] if notes else []


def _paths(runs: Iterable[StoredFolder]) -> str:
    return ", ".join(str(run.path) for run in runs)


def _finished_runs(name: str, place: Path) -> list[StoredFolder]:
    """Finished runs of a scenario, the newest first."""
    runs = [run for run in stored_folders(place / name) if run.manifest and run.manifest.get("scenario") == name]
    if not runs:
        raise RequestError(
            f"there is no finished run of {name} in {place}; run it first: python -m scenarios run {name}"
        )
    return sorted(runs, key=lambda run: run.finished, reverse=True)


def _comparable_set(first: StoredFolder, runs: Mapping[str, Sequence[StoredFolder]]) -> list[StoredFolder]:
    """A run with the newest comparable one of every other scenario; empty if one has none."""
    others = [next((run for run in runs[name] if _are_comparable(run, first)), None) for name in runs
              if name != first.scenario]  # fmt: skip
    return [] if None in others else [first, *(run for run in others if run is not None)]


def _are_comparable(run: StoredFolder, other: StoredFolder) -> bool:
    try:
        check_comparable(run, other)
    except RequestError:
        return False
    return True


def _describe_difference(newest: StoredFolder, other: StoredFolder) -> str:
    """In what an older run differs from the newest."""
    parts = []
    for name in (*SHARED, *REQUESTED):
        new, old = (run.manifest.get(name, run.manifest["request"].get(name)) for run in (newest, other))
        if new != old:
            is_short = isinstance(old, str | int | float)
            parts.append(f"{name} {old} in place of {new}" if is_short else f"another {name}")
    code = ["older code"] if other.state == OLDER else []
    return f"{'; '.join([*parts, *code]) or 'the same request'}, finished {other.finished[:10]}"


def remove(folders: Iterable[StoredFolder]) -> int:
    """Remove folders of results for good, except those at work; the number of those removed."""
    idle = [stored.path for stored in folders if not _is_at_work(stored.path.rglob("*"))]
    for path in idle:
        shutil.rmtree(path)
    return len(idle)
