"""The folder of one experiment: blocks come in, whole files come out, the manifest last."""

import fcntl
import hashlib
import json
import os
import time
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

from scenarios import grades
from scenarios.archive import journal
from scenarios.archive.identity import SCHEMA_VERSION, determinants, digest_of, identify, provenance
from scenarios.archive.tables import TABLES, about, unpacked
from scenarios.errors import RequestError
from scenarios.evidence.theories import labels
from scenarios.schema import Request

MANIFEST, JOURNALS, PENDING, LOCK = "manifest.json", "blocks", "manifest.next.json", ".lock"
SUMMARY, SEAL = "summary.csv", "digest"  # of the manifest itself, but for this entry
FILES = tuple(f"{name}.parquet" for name in TABLES)


class Folder:
    """`results/<scenario>/<id>/`: what is asked, what is there, what is missing."""

    def __init__(self, request: Request, results: Path) -> None:
        self.request, self.id = request, identify(request)
        self.path = results / request.scenario.name / self.id
        self.journals = self.path / JOURNALS

    def open(self) -> None:
        """Make the folder, finish what a crash left half-committed, and check what is there."""
        try:
            self.path.mkdir(parents=True, exist_ok=True)
            probe = self.path / ".writable"
            probe.write_bytes(b"")
            probe.unlink(missing_ok=True)
        except OSError as error:
            raise RequestError(
                f"results: {self.path} cannot be written ({error.strerror}); give a folder of your own by results=PATH."
            ) from error
        with alone(self.path):
            roll_forward(self.path)
            if (self.path / MANIFEST).exists():
                verify(self.path)

    @property
    def manifest(self) -> dict[str, Any] | None:
        """The manifest, if the folder has been finished before."""
        file = self.path / MANIFEST
        return read_manifest(self.path) if file.exists() else None

    def done(self) -> set[int]:
        """Draws that are there, in finished files or in whole blocks."""
        manifest = self.manifest
        there = set(range(manifest["draws"])) if manifest else set()
        for frame in journal.frames(self.journals, about):
            there.update(range(*frame.about["draws"]))
        return there

    def missing(self) -> list[range]:
        """Blocks that are still to be computed, at the boundaries that the request fixes."""
        there, size = self.done(), self.request.draws_per_block
        blocks = (range(first, min(first + size, self.request.draws)) for first in range(0, self.request.draws, size))
        return [part for block in blocks for part in _gaps(block, there)]

    def is_finished(self) -> bool:
        """Whether everything that is asked stands in finished files."""
        manifest = self.manifest
        return manifest is not None and manifest["draws"] >= self.request.draws

    def finish(self, extra: Mapping[str, Any]) -> None:
        """Turn blocks into files, unless another process has: write them beside, commit at once, drop the blocks."""
        with alone(self.path):
            if not self.is_finished():
                self._finish(extra)

    def _finish(self, extra: Mapping[str, Any]) -> None:
        writer = _Writer(self.path)
        notes = []
        for note, found in self._in_order():
            writer.add(found)
            notes.append(note)
        digests = writer.close()
        manifest = {**self._facts(notes), **extra, "files": digests}
        _commit(self.path, {**manifest, SEAL: digest_of(manifest)})
        journal.discard(self.journals, lambda frame: about(frame)["draws"][1] <= manifest["draws"])

    def _facts(self, notes: list[Mapping[str, Any]]) -> dict[str, Any]:
        """What the manifest says beside the files: the request, provenance, what it took."""
        before = self.manifest or {}
        draws = max([before.get("draws", 0), *(note["draws"][1] for note in notes)], default=0)
        theories = len(self.request.strata)
        return {
            "id": self.id,
            "schema": SCHEMA_VERSION,
            "caveat": "A conditional exploration, not a forecast.",
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
            "grades": grades.line(self.request),
            "finished": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime()),
            "request": determinants(self.request),
            "provenance": provenance(),
        }

    def _in_order(self) -> Iterator[tuple[Mapping[str, Any], Mapping[str, pa.Table]]]:
        """Old files and new blocks by draw, each draw once."""
        manifest = self.manifest
        reached = 0
        if manifest:
            yield from _old(self.path)
            reached = manifest["draws"]
        for frame in sorted(journal.frames(self.journals, about), key=lambda each: each.about["draws"]):
            first, stop = frame.about["draws"]
            if first <= reached < stop:
                yield frame.about, _from(unpacked(frame.read()), reached * len(self.request.strata))
                reached = stop


@contextmanager
def alone(path: Path) -> Iterator[None]:
    """Hold a folder while it is changed; another process that wants to change it waits."""
    with (path / LOCK).open("ab") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def _from(found: Mapping[str, pa.Table], replication: int) -> Mapping[str, pa.Table]:
    """Tables without the replications before one, which another block has brought already."""
    return {name: table.filter(pc.field("replication") >= replication) for name, table in found.items()}


def _gaps(block: range, there: set[int]) -> list[range]:
    """The stretches of a block that are not there."""
    gaps: list[range] = []
    for draw in block:
        if draw in there:
            continue
        if gaps and gaps[-1].stop == draw:
            gaps[-1] = range(gaps[-1].start, draw + 1)
        else:
            gaps.append(range(draw, draw + 1))
    return gaps


def _old(path: Path) -> Iterator[tuple[Mapping[str, Any], Mapping[str, pa.Table]]]:
    """Finished files, a row group at a time."""
    files = {name: pq.ParquetFile(path / f"{name}.parquet") for name in TABLES}
    groups = files["outcomes"].num_row_groups
    for group in range(groups):
        note = {"draws": [0, 0], "rejected": 0, "failures": [], "seconds": 0.0}
        yield note, {name: file.read_row_group(group) for name, file in files.items()}


class _Writer:
    """Writes the tables of a folder under temporary names, a row group a block, with constant memory."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.writers: dict[str, pq.ParquetWriter] = {}

    def add(self, found: Mapping[str, pa.Table]) -> None:
        """Append one block to every table."""
        for name, table in found.items():
            if name not in self.writers:
                self.writers[name] = pq.ParquetWriter(
                    self.path / f".{name}.parquet.tmp", table.schema, compression="zstd"
                )
            self.writers[name].write_table(table, row_group_size=max(1, len(table)))

    def close(self) -> dict[str, Any]:
        """Finish the files; name, size and digest of each."""
        for writer in self.writers.values():
            writer.close()
        return {f"{name}.parquet": stamp(self.path / f".{name}.parquet.tmp") for name in self.writers}


def stamp(file: Path) -> dict[str, Any]:
    """Size and digest of a file that is synced to the disk."""
    with file.open("rb") as opened:
        digest = hashlib.file_digest(opened, "sha256").hexdigest()
        os.fsync(opened.fileno())
    return {"bytes": file.stat().st_size, "sha256": digest}


def _commit(path: Path, manifest: Mapping[str, Any]) -> None:
    """Make the temporary files the files: the next manifest is written first, so that a crash can be rolled forward."""
    write_whole(path / PENDING, json.dumps(manifest, indent=1).encode())
    roll_forward(path)


def roll_forward(path: Path) -> None:
    """Finish a commit that was begun."""
    pending = path / PENDING
    if not pending.exists():
        return
    for name in _parsed(pending)["files"]:
        temporary = path / f".{name}.tmp"
        if temporary.exists():
            temporary.replace(path / name)
    _sync(path)
    pending.replace(path / MANIFEST)
    _sync(path)


def write_whole(file: Path, content: bytes) -> None:
    """Write a file whole or not at all."""
    temporary = file.with_name(f".{file.name}.{os.getpid()}.part")
    with temporary.open("wb") as opened:
        opened.write(content)
        opened.flush()
        os.fsync(opened.fileno())
    temporary.replace(file)
    _sync(file.parent)


def _sync(folder: Path) -> None:
    """Make renames in a folder durable."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def read_manifest(path: Path) -> dict[str, Any]:
    """The manifest of a folder, of the schema that this version reads."""
    file = path / MANIFEST
    if not file.exists():
        there = sorted(each.name for each in path.iterdir())[:8] if path.is_dir() else []
        lies = f"there lie {', '.join(there)}" if there else "it is empty" if path.is_dir() else "it does not exist"
        raise RequestError(
            f"{path} is not a finished result: no {MANIFEST} was found and {lies}. Run the scenario again."
        )
    manifest = _parsed(file)
    if manifest.get("schema") != SCHEMA_VERSION:
        raise RequestError(
            f"{path} was written with schema {manifest.get('schema')}, this version reads {SCHEMA_VERSION}; "
            "move it away and run again, or read it with the version named in its manifest."
        )
    if manifest.pop(SEAL, None) != digest_of(manifest):
        raise RequestError(f"{file} was altered: its own digest does not match. Restore it, or move {path} away.")
    return manifest


def _parsed(file: Path) -> dict[str, Any]:
    """A manifest as written."""
    try:
        found = json.loads(file.read_text(encoding="utf-8"))
    except ValueError as error:
        raise RequestError(
            f"{file} is not valid JSON ({error}); it was truncated or altered. Move {file.parent} away and run again."
        ) from error
    if not isinstance(found, dict):
        raise RequestError(f"{file} holds no mapping; it was altered. Move {file.parent} away and run again.")
    return found


def settled(path: Path) -> dict[str, Any]:
    """The manifest of a folder once no other process changes it; a commit that was begun is finished if it may be."""
    if not os.access(path, os.W_OK):
        return verify(path)
    with alone(path):
        roll_forward(path)
        return verify(path)


def verify(path: Path) -> dict[str, Any]:
    """The manifest of a folder whose files are all there and unaltered."""
    manifest = read_manifest(path)
    wrong = [said for name, stamped in manifest["files"].items() if (said := _trouble(path / name, stamped))]
    if wrong:
        raise RequestError(f"{path}: {'; '.join(wrong)}. Restore the folder, or move it away and run again.")
    return manifest


def _trouble(file: Path, stamped: Mapping[str, Any]) -> str:
    if not file.exists():
        return f"{file.name} is missing"
    size = file.stat().st_size
    if size != stamped["bytes"]:
        return f"{file.name} has {size:,} bytes where its manifest says {stamped['bytes']:,} (truncated or altered)"
    return "" if stamp(file)["sha256"] == stamped["sha256"] else f"{file.name} was altered: its digest does not match"


def finished(paths: Iterable[Path]) -> list[Path]:
    """The folders among some that are finished results."""
    return [path for path in paths if (path / MANIFEST).exists()]
