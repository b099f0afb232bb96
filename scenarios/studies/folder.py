"""Folder of a study: opened, shared with other sweeps, finished once its data are complete."""

import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from scenarios.config.request import line
from scenarios.errors import RequestError
from scenarios.execution import failure_of
from scenarios.store import journal, leftovers, locks, regular
from scenarios.store.files import exclusive
from scenarios.store.identity import SCHEMA_VERSION, plain, provenance
from scenarios.store.manifest import MANIFEST, PENDING, commit, read_manifest, roll_forward, settled
from scenarios.store.shape import OF_STUDY
from scenarios.store.shape import STUDY as KIND
from scenarios.store.tables import about
from scenarios.studies.index import BLOCKS, Store, check_readable
from scenarios.studies.request import StudyRequest
from scenarios.studies.stored_request import DESIGN, INPUTS, LARGEST, REQUEST, files_of, store_request
from scenarios.studies.trusting import sound
from scenarios.studies.writer import Writer, point_columns, write_points
from scenarios.text import CAVEAT

WORKING = ".working"  # file locked while a sweep is at work

OWN = (*OF_STUDY, REQUEST, DESIGN)  # files of a study beside its manifest

MOST_LISTED = 1_000  # failures in a manifest; points.parquet has all


@dataclass(frozen=True)
class StudyFolder:
    """Folder `results/<study>/<id>/`."""

    study: StudyRequest
    path: Path
    others: tuple[Path, ...] = ()  # other folders that may contain results

    def open(self) -> "StudyFolder":
        """Create the folder and write the request; RequestError if it, or the data later on, cannot be written.

        A complete folder without leftovers is not changed and need not be writable.
        """
        if self.is_at_rest():
            return self
        point_columns(self.study.layout.points)
        try:
            self.path.mkdir(parents=True, exist_ok=True)
            leftovers.check_writable(self.path)
            with exclusive(self.path):
                roll_forward(self.path)
                self._tidy()
                store_request(self.study, self.path)
        except OSError as error:
            raise RequestError(
                f"results: {self.path} cannot be written ({error.strerror}); give a folder of your own by results=PATH."
            ) from error
        return self

    def is_at_rest(self) -> bool:
        """Whether the folder holds the request and all its data, and no leftovers."""
        begun = any(regular.name_exists(self.path / name) for name in (PENDING, BLOCKS))
        if begun or self._leftovers() or not regular.name_exists(self.path / MANIFEST):
            return False
        return self._is_as_requested() and self._is_finished(self.store())

    def _is_as_requested(self) -> bool:
        """Whether the files of the request are there as they would be written."""
        files = ((self.path / name, content) for name, content in files_of(self.study).items())
        return all(
            regular.name_exists(file) and regular.read_plain(file, LARGEST) == content for file, content in files
        )

    def _leftovers(self) -> list[Path]:
        return [*leftovers.leftovers(self.path, OWN), *(self.path / INPUTS).glob(".*.part")]

    def _tidy(self) -> None:
        """Remove the leftovers of killed processes; files that others are writing stay."""
        for file in self._leftovers():
            file.unlink()
        if regular.name_exists(self.path / MANIFEST) and not self._work():
            journal.discard(self.path / BLOCKS, lambda frame: False)

    def _work(self) -> bool:
        """Whether some journal contains a whole block."""
        return bool(journal.frames(self.path / BLOCKS, about))

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

    def finish(self, lost: Mapping[str, str]) -> dict[str, Any]:
        """Write the results as finished data, unless that has been done; return the manifest.

        Earlier finished data are kept, even beyond the request. RequestError if they cannot be written.
        """
        if self.is_at_rest():
            return settled(self.path, KIND)
        try:
            with exclusive(self.path):
                roll_forward(self.path)
                store = self.store()
                if not self._is_finished(store):
                    self._write(store, lost)
                self._tidy()
                return read_manifest(self.path)
        except OSError as error:
            raise RequestError(
                f"{self.path}: the data could not be finished: {failure_of(error)}. What was simulated is kept; mend "
                "this and run the same command."
            ) from error

    def _is_finished(self, store: Store) -> bool:
        """Whether the finished data contain all that is requested, with nothing to add."""
        if store.notes or not regular.name_exists(self.path / MANIFEST):
            return False
        manifest = read_manifest(self.path)
        can_be_mended = manifest["failed_points"] and self.others
        return manifest["whole"] and not can_be_mended and not self.missing(store)

    def _write(self, store: Store, lost: Mapping[str, str]) -> None:
        writer = Writer(self.path, self.study.layout)
        try:
            write_points(writer, store, self.study.draws, lost)
            files = writer.close()
        except BaseException:
            writer.abandon()
            raise
        commit(self.path, {**self._facts(writer), "files": files})
        draws = {name: row["draws"] for name, row in self._rows(writer)}
        journal.discard(self.path / BLOCKS, lambda frame: _is_stored(about(frame), draws))

    def _rows(self, writer: Writer) -> Iterator[tuple[str, Mapping[str, Any]]]:
        return zip((point.id for point in self.study.layout.points), writer.rows, strict=True)

    def _facts(self, writer: Writer) -> dict[str, Any]:
        """Manifest without the files."""
        layout, rows = self.study.layout, dict(self._rows(writer))
        unfinished = [
            {"point": name, "status": row["status"], "reason": row["reason"], "replay": replay_words(self.path, name)}
            for name, row in rows.items()
            if row["status"] != "done"
        ]
        return {
            "kind": KIND,
            "id": self.study.id,
            "schema": SCHEMA_VERSION,
            "caveat": CAVEAT,
            "study": plain(self.study.written),
            "as_of": sorted({request.start.date for request in layout.requests.values()}),
            "worlds": sorted({request.world.name for request in layout.requests.values()}),
            "own": layout.own,
            "grades": sorted({line(request) for request in layout.requests.values()}),
            "points": len(layout.points),
            "replications": sum(row["rows"] for row in rows.values()),
            "whole": all(row["status"] != "missing" for row in writer.rows),
            "seeds": sorted({request.ensemble.seed for request in layout.requests.values()}),
            "dataset": writer.hash(),
            "failures": unfinished[:MOST_LISTED],
            "failed_points": len(unfinished),
            "cpu": round(sum(row["cpu"] for row in rows.values()), 3),
            "finished": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime()),
            "provenance": provenance(),
        }


def _is_stored(note: Mapping[str, Any], draws: Mapping[str, int]) -> bool:
    """Whether finished data contain all of a block."""
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
