"""Folder of a study: shared with other sweeps, finished once its data are complete."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, ClassVar, Self

from scenarios.config.request import line
from scenarios.store import journal, locks, regular
from scenarios.store.folder import ResultFolder, shared_facts
from scenarios.store.identity import plain
from scenarios.store.manifest import MANIFEST, read_manifest
from scenarios.store.shape import OF_STUDY, STUDY
from scenarios.store.tables import about
from scenarios.studies.index import Store, check_readable
from scenarios.studies.request import StudyRequest
from scenarios.studies.stored_request import DESIGN, INPUTS, LARGEST, REQUEST, files_of, store_request
from scenarios.studies.trusting import sound
from scenarios.studies.writer import Writer, point_columns, write_points

WORKING = ".working"  # file locked while a sweep is at work

MOST_LISTED = 1_000  # failures in a manifest; points.parquet has all


@dataclass(frozen=True)
class StudyFolder(ResultFolder[Writer]):
    """Folder `results/<study>/<id>/`."""

    kind: ClassVar[str] = STUDY
    files: ClassVar[tuple[str, ...]] = (*OF_STUDY, REQUEST, DESIGN)

    study: StudyRequest
    path: Path
    others: tuple[Path, ...] = ()  # other folders that may contain results

    def open(self) -> Self:
        """Open the folder; RequestError also for points that no table can store."""
        point_columns(self.study.layout.points)
        return super().open()

    def store_request(self) -> None:
        """Write the request, with the user's own files that it needs."""
        store_request(self.study, self.path)

    def is_intact(self) -> bool:
        """True if the files of the request are there as they would be written."""
        files = ((self.path / name, content) for name, content in files_of(self.study).items())
        return all(
            regular.name_exists(file) and regular.read_stored(file, LARGEST) == content for file, content in files
        )

    def leftovers(self) -> list[Path]:
        """Partly written files, copies of the user's own included."""
        return [*super().leftovers(), *(self.path / INPUTS).glob(".*.part")]

    def discard(self, manifest: Mapping[str, Any], writer: Writer | None) -> None:
        """Remove journals whose blocks a writer has stored; without one, journals without a whole block."""
        if writer is not None:
            draws = {point.id: row["draws"] for point, row in writer.by_point()}
            journal.discard(self.journals, lambda frame: _is_stored(about(frame), draws))
        elif not journal.frames(self.journals, about):
            journal.discard(self.journals, lambda frame: False)

    def store(self) -> Store:
        """Index of the results there now, in this folder and in those beside it."""
        return Store(self.path, self.other_folders).refresh()

    @property
    def other_folders(self) -> list[Path]:
        """Other folders that may contain results: sound folders of the same study, and those given."""
        return [*siblings(self.path), *self.others]

    def missing(self, store: Store) -> int:
        """Number of replications that are missing."""
        layout, draws = self.study.layout, self.study.draws
        gaps = ((point, gap) for point in layout.distinct for gap in store.missing(point.id, draws[point.kind]))
        return sum(len(gap) * len(layout.request(point).strata) for point, gap in gaps)

    def is_finished(self) -> bool:
        """True if the finished data contain all that is requested, with nothing to add."""
        if not regular.name_exists(self.path / MANIFEST):
            return False
        manifest, store = read_manifest(self.path), self.store()
        can_be_mended = manifest["failed_points"] and self.others
        return bool(manifest["whole"]) and not store.notes and not can_be_mended and not self.missing(store)

    def writer(self) -> Writer:
        """Writer of the three tables."""
        return Writer(self.path, self.study.layout)

    def write(self, writer: Writer, lost: Mapping[str, str]) -> None:
        """Add every point; earlier finished data are kept, even beyond the request."""
        write_points(writer, self.store(), self.study.draws, lost)

    def facts(self, writer: Writer) -> dict[str, Any]:
        """Entries of the manifest other than files."""
        layout, rows = self.study.layout, {point.id: row for point, row in writer.by_point()}
        requests = layout.requests.values()
        unfinished = [
            {"point": name, "status": row["status"], "reason": row["reason"], "replay": replay_words(self.path, name)}
            for name, row in rows.items()
            if row["status"] != "done"
        ]
        return {
            **shared_facts(self.study.id, sum(row["rows"] for row in rows.values()), layout.own),
            "kind": STUDY,
            "study": plain(self.study.written),
            "as_of": sorted({request.start.date for request in requests}),
            "worlds": sorted({request.world.name for request in requests}),
            "grades": sorted({line(request) for request in requests}),
            "points": len(layout.points),
            "whole": all(row["status"] != "missing" for row in writer.rows),
            "seeds": sorted({request.ensemble.seed for request in requests}),
            "dataset": writer.hash(),
            "failures": unfinished[:MOST_LISTED],
            "failed_points": len(unfinished),
            "cpu": round(sum(row["cpu"] for row in rows.values()), 3),
        }


def _is_stored(note: Mapping[str, Any], draws: Mapping[str, int]) -> bool:
    """True if finished data contain all of a block."""
    return all(draws.get(point, 0) >= note["draws"][1] for point in note["points"])


def replay_words(path: Path, point: str) -> str:
    """Command that simulates a point again."""
    return f"python -m scenarios replay {path} {point}"


def siblings(folder: Path) -> list[Path]:
    """Other folders of the same study, larger or smaller, that may share points; damaged ones are left out."""
    if not folder.parent.is_dir():
        return []
    others = sorted(file.parent for file in folder.parent.glob(f"*/{REQUEST}") if file.parent != folder)
    return sound(others, check_readable)


@contextmanager
def at_work(path: Path) -> Iterator[None]:
    """Mark a folder as in use by a sweep, with a lock that ends with this process."""
    with regular.opened(path / WORKING, "ab") as file:
        locks.lock_shared(file)
        yield
