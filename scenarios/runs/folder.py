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
from scenarios.store.folder import ResultFolder, TableFiles, gaps, shared_facts
from scenarios.store.identity import code_digest, determinants, identify, plain
from scenarios.store.manifest import MANIFEST, verify
from scenarios.store.shape import DERIVED, OF_RUN, RUN
from scenarios.store.tables import TABLES

SUMMARY, PICTURE = DERIVED


class RunFolder(ResultFolder["BlockWriter"]):
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

    def stored(self) -> list[range]:
        """Ranges of draws in finished tables and whole blocks."""
        blocks = journal.frames(self.journals, block_note)
        return [range(_draws(self.manifest)), *(range(*block.about["draws"]) for block in blocks)]

    def missing(self) -> list[range]:
        """Blocks that are still to be simulated, within the boundaries that the request fixes."""
        draws, size, stored = self.request.draws, self.request.draws_per_block, self.stored()
        blocks = (range(first, min(first + size, draws)) for first in range(0, draws, size))
        return [part for block in blocks for part in gaps(block, stored)]

    def is_finished(self) -> bool:
        """True if the finished tables contain every requested draw."""
        return _draws(self.manifest) >= self.request.draws

    def is_intact(self) -> bool:
        """True if the files computed from the tables are those of the manifest."""
        return not derived.altered(self.path, self.manifest or {})

    def discard(self, manifest: Mapping[str, Any], writer: "BlockWriter | None") -> None:
        """Remove journals whose draws are all in the tables, and computed files that are altered."""
        if outdated := derived.altered(self.path, manifest):
            derived.remove_derived(self.path, outdated)
        journal.discard(self.journals, lambda frame: block_note(frame)["draws"][1] <= manifest["draws"])

    def writer(self) -> "BlockWriter":
        """Writer of the tables."""
        return BlockWriter(self.path)

    def write(self, writer: "BlockWriter", lost: Mapping[str, str]) -> None:
        """Add finished tables, then new blocks in the order of draws, each draw once."""
        reached = _draws(self.manifest)
        for tables in _finished_groups(self.path) if reached else ():
            writer.add(tables)
        for frame in sorted(journal.frames(self.journals, block_note), key=lambda each: each.about["draws"]):
            first, stop = frame.about["draws"]
            if first <= reached < stop:
                writer.add(_from(tables_of(frame, self.request), reached * len(self.request.strata)), frame.about)
                reached = stop

    def facts(self, writer: "BlockWriter") -> dict[str, Any]:
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


def _finished_groups(path: Path) -> Iterator[Mapping[str, pa.Table]]:
    """Finished tables, one row group at a time."""
    files = {name: pq.ParquetFile(path / f"{name}.parquet") for name in TABLES}
    for group in range(files["outcomes"].num_row_groups):
        yield {name: file.read_row_group(group) for name, file in files.items()}


class BlockWriter(TableFiles):
    """Writer of the tables of a run, one row group per block."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self.notes: list[Mapping[str, Any]] = []  # of new blocks

    def add(self, tables: Mapping[str, pa.Table], note: Mapping[str, Any] | None = None) -> None:
        """Append one block to every table, with the note of a new one."""
        self.notes += [note] if note else []
        for name, table in tables.items():
            self.append(f"{name}.parquet", table)
