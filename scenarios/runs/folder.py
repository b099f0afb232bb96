"""The folder of a run: blocks collected in journals, then written as tables and committed with a manifest."""

from collections.abc import Iterator, Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from scenarios.config import request as config_request
from scenarios.config.request import Request
from scenarios.errors import RequestError
from scenarios.evidence.theories import labels
from scenarios.store import derived, journal, regular
from scenarios.store.blocks import block_note, tables_of
from scenarios.store.files import stamp_synced
from scenarios.store.folder import ResultFolder, shared_facts
from scenarios.store.identity import code_digest, determinants, identify, plain
from scenarios.store.manifest import MANIFEST, temporary, verify
from scenarios.store.shape import DERIVED, OF_RUN, RUN
from scenarios.store.tables import TABLES

SUMMARY, PICTURE = DERIVED


class RunFolder(ResultFolder["_Writer"]):
    """The folder `results/<scenario>/<id>/` of a request: its finished tables, its blocks and what is missing."""

    kind, files = RUN, OF_RUN + DERIVED

    def __init__(self, request: Request, results: Path) -> None:
        self.request, self.id = request, identify(request)
        self.path = results / request.scenario.name / self.id

    def check(self) -> None:
        """Refuse finished tables that are altered or belong to another request."""
        if not regular.name_exists(self.path / MANIFEST):
            return
        manifest = verify(self.path, tables_alone=True)
        expected = {"id": self.id, "request": plain(determinants(self.request)), "code": code_digest()}
        for name, stored in {**manifest, "code": manifest["provenance"]["code"]}.items():
            if name in expected and stored != expected[name]:
                raise RequestError(
                    f"{self.path} contains the run {manifest['id']} of {manifest['scenario']}, whose {name} is not "
                    f"that of {self.id}; it was moved there under another name. Move it away and run again."
                )

    def done(self) -> set[int]:
        """Draws in finished tables or whole blocks."""
        draws = set(range(_draws(self.manifest)))
        for frame in journal.frames(self.journals, block_note):
            draws.update(range(*frame.about["draws"]))
        return draws

    def missing(self) -> list[range]:
        """Blocks that are still to be simulated, within the boundaries that the request fixes."""
        present, size = self.done(), self.request.draws_per_block
        blocks = (range(first, min(first + size, self.request.draws)) for first in range(0, self.request.draws, size))
        return [part for block in blocks for part in _gaps(block, present)]

    def is_finished(self) -> bool:
        """True if the finished tables contain every requested draw."""
        return _draws(self.manifest) >= self.request.draws

    def is_intact(self) -> bool:
        """True if the files computed from the tables are those of the manifest."""
        return not derived.altered(self.path, self.manifest or {})

    def discard(self, manifest: Mapping[str, Any], writer: "_Writer | None") -> None:
        """Remove journals whose draws are all in the tables, and computed files that are altered."""
        if outdated := derived.altered(self.path, manifest):
            derived.remove_derived(self.path, outdated)
        journal.discard(self.journals, lambda frame: block_note(frame)["draws"][1] <= manifest["draws"])

    def writer(self) -> "_Writer":
        """Writer of the tables."""
        return _Writer(self.path)

    def write(self, writer: "_Writer", lost: Mapping[str, str]) -> None:
        """Add finished tables, then new blocks in the order of draws, each draw once."""
        reached = _draws(self.manifest)
        for tables in _finished_groups(self.path) if reached else ():
            writer.add(tables)
        for frame in sorted(journal.frames(self.journals, block_note), key=lambda each: each.about["draws"]):
            first, stop = frame.about["draws"]
            if first <= reached < stop:
                writer.add(_from(tables_of(frame, self.request), reached * len(self.request.strata)), frame.about)
                reached = stop

    def facts(self, writer: "_Writer") -> dict[str, Any]:
        """Entries of the manifest other than files: request, provenance, time taken."""
        before, notes, request = self.manifest or {}, writer.notes, self.request
        draws = max([before.get("draws", 0), *(note["draws"][1] for note in notes)], default=0)
        own = [asdict(each) for each in request.own if each.changed]
        return {
            **shared_facts(self.id, draws * len(request.strata), own),
            "scenario": request.scenario.name,
            "as_of": request.start.date,
            "start": request.start.name,
            "world": request.world.name,
            "theories": list(labels(request.strata)),
            "draws": draws,
            "seed": request.ensemble.seed,
            "rejected_draws": before.get("rejected_draws", 0) + sum(note["rejected"] for note in notes),
            "failures": [*before.get("failures", []), *(each for note in notes for each in note["failures"])],
            "seconds": round(before.get("seconds", 0.0) + sum(note["seconds"] for note in notes), 3),
            "grades": config_request.line(request),
            "request": determinants(request),
        }


def _draws(manifest: Mapping[str, Any] | None) -> int:
    """Number of draws in finished tables."""
    return int(manifest["draws"]) if manifest else 0


def _from(tables: Mapping[str, pa.Table], replication: int) -> Mapping[str, pa.Table]:
    """Tables from one replication on; earlier ones are in another block."""
    return {name: table.filter(pc.field("replication") >= replication) for name, table in tables.items()}


def _gaps(block: range, present: set[int]) -> list[range]:
    """Ranges of missing draws in a block."""
    gaps: list[range] = []
    for draw in block:
        if draw in present:
            continue
        if gaps and gaps[-1].stop == draw:
            gaps[-1] = range(gaps[-1].start, draw + 1)
        else:
            gaps.append(range(draw, draw + 1))
    return gaps


def _finished_groups(path: Path) -> Iterator[Mapping[str, pa.Table]]:
    """Finished tables, one row group at a time."""
    files = {name: pq.ParquetFile(path / f"{name}.parquet") for name in TABLES}
    for group in range(files["outcomes"].num_row_groups):
        yield {name: file.read_row_group(group) for name, file in files.items()}


class _Writer:
    """Writer of the tables of a folder under temporary names: one row group per block, in constant memory."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.writers: dict[str, pq.ParquetWriter] = {}
        self.notes: list[Mapping[str, Any]] = []  # of new blocks

    def add(self, tables: Mapping[str, pa.Table], note: Mapping[str, Any] | None = None) -> None:
        """Append one block to every table, with the note of a new one."""
        self.notes += [note] if note else []
        for name, table in tables.items():
            if name not in self.writers:
                file = self._temporary(name)
                file.unlink(missing_ok=True)
                self.writers[name] = pq.ParquetWriter(file, table.schema, compression="zstd")
            self.writers[name].write_table(table, row_group_size=max(1, len(table)))

    def close(self) -> dict[str, Any]:
        """Finish the files; returns size and digest of each."""
        for writer in self.writers.values():
            writer.close()
        return {f"{name}.parquet": stamp_synced(self._temporary(name)) for name in self.writers}

    def abandon(self) -> None:
        """Remove the unfinished files."""
        for name in self.writers:
            self._temporary(name).unlink(missing_ok=True)

    def _temporary(self, name: str) -> Path:
        return temporary(self.path, f"{name}.parquet")
