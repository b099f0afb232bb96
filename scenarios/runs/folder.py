"""The folder of a run: blocks collected in journals, then written as tables and committed with a manifest."""

import time
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
from scenarios.store import derived, journal, leftovers, regular
from scenarios.store.blocks import block_note, tables_of
from scenarios.store.files import exclusive, stamp_synced
from scenarios.store.identity import SCHEMA_VERSION, code_digest, determinants, identify, plain, provenance
from scenarios.store.manifest import MANIFEST, PENDING, commit, read_manifest, roll_forward, temporary, verify
from scenarios.store.search import JOURNALS
from scenarios.store.shape import DERIVED, OF_RUN
from scenarios.store.tables import TABLES
from scenarios.text import CAVEAT

SUMMARY, PICTURE = DERIVED


class RunFolder:
    """The folder `results/<scenario>/<id>/` of a request: its finished tables, its blocks and what is missing."""

    def __init__(self, request: Request, results: Path) -> None:
        self.request, self.id = request, identify(request)
        self.path = results / request.scenario.name / self.id
        self.journals = self.path / JOURNALS

    def open(self) -> None:
        """Make the folder, finish an interrupted commit, and verify its content.

        A finished folder without leftovers is not changed and need not be writable.
        """
        if self._is_at_rest():
            self._check()
            return
        try:
            self.path.mkdir(parents=True, exist_ok=True)
            leftovers.check_writable(self.path)
            with exclusive(self.path):
                roll_forward(self.path)
                self._check()
                self._tidy()
        except OSError as error:
            if not self.is_finished():
                raise self._unwritable(error) from error
            self._check()

    def _unwritable(self, error: OSError) -> RequestError:
        return RequestError(
            f"results: {self.path} cannot be written ({error.strerror}); give a folder of your own by results=PATH."
        )

    def _is_at_rest(self) -> bool:
        """True if the folder is finished and contains no leftovers."""
        try:
            is_unfinished = regular.name_exists(self.path / PENDING) or regular.name_exists(self.journals)
            if is_unfinished or not self.is_finished() or leftovers.leftovers(self.path, OF_RUN + DERIVED):
                return False
            return not derived.altered(self.path, self.manifest or {})
        except OSError as error:
            raise self._unwritable(error) from error

    def _check(self) -> None:
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

    def _tidy(self) -> None:
        """Remove leftovers of killed processes; journals that are being written stay."""
        leftovers.remove(self.path, OF_RUN + DERIVED)
        manifest = self.manifest
        if manifest is not None:
            if outdated := derived.altered(self.path, manifest):
                derived.remove_derived(self.path, outdated)
            journal.discard(self.journals, lambda frame: block_note(frame)["draws"][1] <= manifest["draws"])

    @property
    def manifest(self) -> dict[str, Any] | None:
        """The manifest; None before the folder is finished."""
        return read_manifest(self.path) if regular.name_exists(self.path / MANIFEST) else None

    def done(self) -> set[int]:
        """Draws in finished tables or whole blocks."""
        manifest = self.manifest
        draws = set(range(manifest["draws"])) if manifest else set()
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
        manifest = self.manifest
        return manifest is not None and manifest["draws"] >= self.request.draws

    def finish(self) -> None:
        """Write blocks as tables, commit them and remove the journals, unless another process has."""
        with exclusive(self.path):
            if not self.is_finished():
                self._finish()

    def _finish(self) -> None:
        writer = _Writer(self.path)
        notes = []
        try:
            for note, tables in self._in_order():
                writer.add(tables)
                notes.append(note)
            digests = writer.close()
        except BaseException:
            writer.abandon()
            raise
        commit(self.path, {**self._facts(notes), "files": digests})
        self._tidy()

    def _facts(self, notes: list[Mapping[str, Any]]) -> dict[str, Any]:
        """Entries of the manifest other than files: request, provenance, time taken."""
        before = self.manifest or {}
        draws = max([before.get("draws", 0), *(note["draws"][1] for note in notes)], default=0)
        theories = len(self.request.strata)
        return {
            "id": self.id,
            "schema": SCHEMA_VERSION,
            "caveat": CAVEAT,
            "scenario": self.request.scenario.name,
            "as_of": self.request.start.date,
            "start": self.request.start.name,
            "world": self.request.world.name,
            "theories": list(labels(self.request.strata)),
            "draws": draws,
            "replications": draws * theories,
            "seed": self.request.ensemble.seed,
            "rejected_draws": before.get("rejected_draws", 0) + sum(note["rejected"] for note in notes),
            "failures": [*before.get("failures", []), *(each for note in notes for each in note["failures"])],
            "seconds": round(before.get("seconds", 0.0) + sum(note["seconds"] for note in notes), 3),
            "grades": config_request.line(self.request),
            "finished": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime()),
            "own": [asdict(each) for each in self.request.own if each.changed],
            "request": determinants(self.request),
            "provenance": provenance(),
        }

    def _in_order(self) -> Iterator[tuple[Mapping[str, Any], Mapping[str, pa.Table]]]:
        """Finished tables, then new blocks in the order of draws, each draw once."""
        manifest = self.manifest
        reached = 0
        if manifest:
            yield from _old(self.path)
            reached = manifest["draws"]
        for frame in sorted(journal.frames(self.journals, block_note), key=lambda each: each.about["draws"]):
            first, stop = frame.about["draws"]
            if first <= reached < stop:
                yield frame.about, _from(tables_of(frame, self.request), reached * len(self.request.strata))
                reached = stop


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


def _old(path: Path) -> Iterator[tuple[Mapping[str, Any], Mapping[str, pa.Table]]]:
    """Finished tables, one row group at a time."""
    files = {name: pq.ParquetFile(path / f"{name}.parquet") for name in TABLES}
    groups = files["outcomes"].num_row_groups
    for group in range(groups):
        note = {"draws": [0, 0], "rejected": 0, "failures": [], "seconds": 0.0}
        yield note, {name: file.read_row_group(group) for name, file in files.items()}


class _Writer:
    """Writer of the tables of a folder under temporary names: one row group per block, in constant memory."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.writers: dict[str, pq.ParquetWriter] = {}

    def add(self, tables: Mapping[str, pa.Table]) -> None:
        """Append one block to every table."""
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
