"""Folders of results: opened, locked, completed by whole commits; runs and studies differ in their writers."""

import time
from abc import ABC, abstractmethod
from collections.abc import Iterable, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any, ClassVar, Generic, Self, TypeVar

import pyarrow as pa
import pyarrow.parquet as pq

from scenarios.errors import RequestError
from scenarios.store import regular
from scenarios.store.files import exclusive, stamp_synced
from scenarios.store.identity import SCHEMA_VERSION, provenance
from scenarios.store.manifest import MANIFEST, PENDING, commit, read_manifest, roll_forward, settled, temporary
from scenarios.store.search import JOURNALS
from scenarios.text import CAVEAT

PROBE = ".writable"

NOTHING: Mapping[str, str] = MappingProxyType({})


class TableFiles:
    """Tables of a folder, written in constant memory under temporary names until they are committed."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._writers: dict[str, pq.ParquetWriter] = {}

    def start(self, name: str, schema: pa.Schema) -> None:
        """Begin a table, unless that has been done; whatever has its temporary name is removed."""
        if name not in self._writers:
            temporary(self.folder, name).unlink(missing_ok=True)
            self._writers[name] = pq.ParquetWriter(temporary(self.folder, name), schema, compression="zstd")

    def append(self, name: str, rows: pa.Table) -> None:
        """Append a row group to a table."""
        self.start(name, rows.schema)
        self._writers[name].write_table(rows, row_group_size=max(1, len(rows)))

    def close(self) -> dict[str, Any]:
        """Finish the files; returns size and digest of each by name."""
        for writer in self._writers.values():
            writer.close()
        return {name: stamp_synced(temporary(self.folder, name)) for name in self._writers}

    def abandon(self) -> None:
        """Remove the unfinished files."""
        for name in self._writers:
            temporary(self.folder, name).unlink(missing_ok=True)


W = TypeVar("W", bound=TableFiles)


class ResultFolder(ABC, Generic[W]):
    """Folder of a result: blocks collected in journals, then written as tables and committed with a manifest."""

    kind: ClassVar[str]  # of its manifest
    files: ClassVar[tuple[str, ...]]  # names that a killed process may have left partly written
    path: Path

    @property
    def journals(self) -> Path:
        """Folder of the journals."""
        return self.path / JOURNALS

    @property
    def manifest(self) -> dict[str, Any] | None:
        """The manifest; None before the folder is finished."""
        return read_manifest(self.path) if regular.name_exists(self.path / MANIFEST) else None

    def open(self) -> Self:
        """Make the folder, finish an interrupted commit, remove leftovers and verify the content.

        A finished folder without leftovers is not changed and need not be writable; RequestError for any other.
        """
        try:
            if self.is_at_rest():
                self.check()
                return self
            self.path.mkdir(parents=True, exist_ok=True)
            check_writable(self.path)
            with exclusive(self.path):
                roll_forward(self.path)
                self.check()
                self._tidy()
                self.store_request()
        except OSError as error:
            if not self._is_readable():
                raise RequestError(
                    f"results: {self.path} cannot be written ({error.strerror}); give a folder of your own by "
                    "results=PATH."
                ) from error
            self.check()
        return self

    def _is_readable(self) -> bool:
        """True if the folder is finished, as far as the system lets it be read."""
        try:
            return self.is_finished()
        except OSError:
            return False

    def is_at_rest(self) -> bool:
        """True if the folder contains all that is requested, and no leftovers."""
        if any(regular.name_exists(file) for file in (self.path / PENDING, self.journals)):
            return False
        return not self.leftovers() and self.is_finished() and self.is_intact()

    def finish(self, lost: Mapping[str, str] = NOTHING) -> dict[str, Any]:
        """Write blocks as tables and commit them, unless another process has; returns the manifest.

        `lost` has the reasons why parts are missing for good. RequestError if the tables cannot be written.
        """
        if self.is_at_rest():
            return settled(self.path, self.kind)
        try:
            with exclusive(self.path):
                roll_forward(self.path)
                self._tidy(None if self.is_finished() else self._committed(lost))
                return read_manifest(self.path)
        except OSError as error:
            reason = " ".join(str(error).split())
            raise RequestError(
                f"{self.path}: the data could not be finished: {reason}. What was simulated is kept; mend this and "
                "run the same command."
            ) from error

    def _committed(self, lost: Mapping[str, str]) -> W:
        """The writer of tables that are committed now."""
        writer = self.writer()
        try:
            self.write(writer, lost)
            files = writer.close()
        except BaseException:
            writer.abandon()
            raise
        commit(self.path, {**self.facts(writer), "files": files})
        return writer

    def _tidy(self, writer: W | None = None) -> None:
        """Remove what killed processes left behind and, after a commit, what its writer has stored."""
        for file in self.leftovers():
            file.unlink()
        if (manifest := self.manifest) is not None:
            self.discard(manifest, writer)

    def leftovers(self) -> list[Path]:
        """Partly written files; complete only while the caller has the lock of the folder."""
        return leftovers(self.path, self.files)

    def check(self) -> None:
        """Refuse finished tables that are altered or belong to another request."""

    def store_request(self) -> None:
        """Write the files of the request."""

    def is_intact(self) -> bool:
        """True if the files beside the tables are as they would be written."""
        return True

    @abstractmethod
    def is_finished(self) -> bool:
        """True if the finished tables contain all that is requested."""

    @abstractmethod
    def writer(self) -> W:
        """Writer of the tables."""

    @abstractmethod
    def write(self, writer: W, lost: Mapping[str, str]) -> None:
        """Add all blocks to a writer."""

    @abstractmethod
    def facts(self, writer: W) -> dict[str, Any]:
        """Entries of the manifest, files left out, after all is written."""

    @abstractmethod
    def discard(self, manifest: Mapping[str, Any], writer: W | None) -> None:
        """Remove journals that no process is writing and whose blocks are in the finished tables."""


def shared_facts(identifier: str, replications: int, own: list[dict[str, Any]]) -> dict[str, Any]:
    """Entries that the manifests of runs and studies share, files left out."""
    return {
        "id": identifier,
        "schema": SCHEMA_VERSION,
        "caveat": CAVEAT,
        "replications": replications,
        "own": own,
        "finished": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime()),
        "provenance": provenance(),
    }


def gaps(wanted: range, stored: Iterable[range]) -> list[range]:
    """Parts of a range of draws that are in no stored range."""
    parts, reached = [], wanted.start
    for draws in sorted(stored, key=lambda draws: draws.start):
        if draws.start > reached and reached < wanted.stop:
            parts.append(range(reached, min(draws.start, wanted.stop)))
        reached = max(reached, draws.stop)
    return [*parts, range(reached, wanted.stop)] if reached < wanted.stop else parts


def leftovers(folder: Path, names: Iterable[str]) -> list[Path]:
    """Partly written files of some names in a folder."""
    known = [*names, PENDING]
    parts = [file for name in known for file in folder.glob(f".{name}.*.part")]
    there = [*(temporary(folder, name) for name in known), folder / PROBE]
    return sorted([*parts, *(file for file in there if regular.name_exists(file))])


def check_writable(folder: Path) -> None:
    """Try to write in a folder; OSError if that fails."""
    probe = folder / PROBE
    probe.unlink(missing_ok=True)
    probe.write_bytes(b"")
    probe.unlink(missing_ok=True)
