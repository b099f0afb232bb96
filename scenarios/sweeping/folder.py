"""The folder of a study: opened, shared with others, finished once its data are whole."""

import fcntl
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from scenarios.archive import journal
from scenarios.archive.disk import alone
from scenarios.archive.identity import SCHEMA_VERSION, provenance
from scenarios.archive.manifest import MANIFEST, commit, read_manifest, roll_forward
from scenarios.archive.tables import about
from scenarios.errors import RequestError
from scenarios.sweeping.asking import ASKED, Asked, store_asked
from scenarios.sweeping.dataset import Writer, written
from scenarios.sweeping.store import BLOCKS, Store

STUDY, WORKING = "study", ".working"  # kind of a manifest; the file that is locked while a sweep is at work
MOST_TOLD = 1_000  # failures that a manifest lists; points.parquet has all


@dataclass(frozen=True)
class Folder:
    """`results/<study>/<id>/`."""

    asked: Asked
    path: Path
    others: tuple[Path, ...] = ()  # further folders in which work may be found

    def open(self) -> "Folder":
        """Make the folder and write what is asked; RequestError if it cannot be written."""
        try:
            (self.path / BLOCKS).mkdir(parents=True, exist_ok=True)
            with alone(self.path):
                roll_forward(self.path)
                store_asked(self.asked, self.path)
        except OSError as error:
            raise RequestError(
                f"results: {self.path} cannot be written ({error.strerror}); give a folder of your own by results=PATH."
            ) from error
        return self

    def store(self) -> Store:
        """What is there now, in this folder and beside it."""
        return Store(self.path, [*beside(self.path), *self.others]).refresh()

    def missing(self, store: Store) -> int:
        """Replications that are not there."""
        layout, draws = self.asked.layout, self.asked.draws
        gaps = ((point, gap) for point in layout.distinct for gap in store.missing(point.id, draws[point.kind]))
        return sum(len(gap) * len(layout.request(point).strata) for point, gap in gaps)

    def finish(self, lost: Mapping[str, str]) -> dict[str, Any]:
        """Turn what is there into finished data, unless that has been done; the manifest."""
        with alone(self.path):
            store = self.store()
            before = read_manifest(self.path) if (self.path / MANIFEST).exists() else None
            if before and not store.notes and before["whole"] and before["replications"] >= self.asked.replications:
                return before
            writer = written(self.path, self.asked.layout, store, self.asked.draws, lost)
            files = writer.close()
            commit(self.path, {**self._facts(writer, store, before or {}), "files": files})
            whole = {name for name, row in self._rows(writer) if row["status"] != "missing"}
            journal.discard(self.path / BLOCKS, lambda frame: set(about(frame)["points"]) <= whole)
            return read_manifest(self.path)

    def _rows(self, writer: Writer) -> Iterator[tuple[str, Mapping[str, Any]]]:
        return zip((point.id for point in self.asked.layout.points), writer.rows, strict=True)

    def _facts(self, writer: Writer, store: Store, before: Mapping[str, Any]) -> dict[str, Any]:
        """What the manifest says beside the files."""
        layout = self.asked.layout
        told = [
            {"point": name, **{each: row[each] for each in ("status", "reason")}, "replay": replay(self.path, name)}
            for name, row in dict(self._rows(writer)).items()
            if row["status"] != "done"
        ]
        spent = {each: before.get(each, 0.0) + sum(note[each] for note in store.notes) for each in ("seconds", "cpu")}
        return {
            "kind": STUDY,
            "id": self.asked.id,
            "schema": SCHEMA_VERSION,
            "caveat": "A conditional exploration, not a forecast.",
            "study": dict(self.asked.written),
            "as_of": sorted({each.start.date for each in layout.requests.values()}),
            "points": len(layout.points),
            "replications": sum(row["rows"] for row in dict(self._rows(writer)).values()),
            "whole": all(row["status"] != "missing" for row in writer.rows),
            "seeds": sorted({each.ensemble.seed for each in layout.requests.values()}),
            "dataset": writer.hash(),
            "failures": told[:MOST_TOLD],
            "failed_points": len(told),
            **{name: round(value, 3) for name, value in spent.items()},
            "finished": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime()),
            "provenance": provenance(),
        }


def replay(path: Path, point: str) -> str:
    """The command that lives a point again."""
    return f"python -m scenarios replay {path} {point}"


def beside(folder: Path) -> list[Path]:
    """Other folders of the same study, enlarged or cut down, whose points may be the same."""
    if not folder.parent.is_dir():
        return []
    return sorted(file.parent for file in folder.parent.glob(f"*/{ASKED}") if file.parent != folder)


@contextmanager
def at_work(path: Path) -> Iterator[None]:
    """Show to others, by a lock that dies with this process, that a sweep is at work in a folder."""
    with (path / WORKING).open("ab") as file:
        fcntl.flock(file, fcntl.LOCK_SH)
        yield
