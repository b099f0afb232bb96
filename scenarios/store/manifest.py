"""Manifests of folders: committed atomically, sealed by a digest, verified with the files that they name."""

import json
from collections.abc import Callable, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

from scenarios.errors import RequestError
from scenarios.store import regular
from scenarios.store.files import LOCK, exclusive, file_version, sync, time_stamp, write_whole
from scenarios.store.identity import SCHEMA_VERSION, digest_of
from scenarios.store.shape import DERIVED, STUDY, kind_of, stamped
from scenarios.store.sound import check_tables
from scenarios.store.written import check_shape

MANIFEST, PENDING = "manifest.json", "manifest.next.json"

TABLE = ".parquet"  # suffix

SEAL = "digest"  # of the manifest itself, without this entry

LONGEST = 200_000_000  # bytes of a manifest

Versions = tuple[tuple[str, tuple[int, int, int]], ...]  # of files, by name


def commit(path: Path, manifest: Mapping[str, Any]) -> None:
    """Put temporary files in place; the new manifest is written first, so that a crash can be rolled forward."""
    write_whole(path / PENDING, json.dumps({**manifest, SEAL: digest_of(manifest)}, indent=1).encode())
    roll_forward(path)


def temporary(path: Path, name: str) -> Path:
    """Path of a file of a folder until it is committed."""
    return path / f".{name}.tmp"


def roll_forward(path: Path) -> None:
    """Finish an interrupted commit after verifying its files; RequestError if one is missing or altered."""
    names = _committed(path)
    if names is None:
        return
    for name in names:
        if regular.name_exists(temporary(path, name)):
            temporary(path, name).replace(path / name)
    sync(path)
    (path / PENDING).replace(path / MANIFEST)
    sync(path)


def _committed(path: Path) -> list[str] | None:
    """Verified files of an interrupted commit; None if there is none."""
    pending = path / PENDING
    if not regular.name_exists(pending):
        return None
    manifest = _checked(pending)
    sources = {name: temporary(path, name) for name in stamped(manifest)}
    there = {name: file if regular.name_exists(file) else path / name for name, file in sources.items()}
    _check_whole(path, {there[name]: about for name, about in stamped(manifest).items()})
    return list(there)


def read_manifest(path: Path) -> dict[str, Any]:
    """The manifest of a folder; RequestError if it is missing, altered, or of another version."""
    file = path / MANIFEST
    if not _is_there(file):
        raise RequestError(
            f"{path} is not a finished result: it has no {MANIFEST}, and {_contents(path)}. Run the scenario again."
        )
    return _checked(file)


def check_kind(path: Path, wanted: str) -> None:
    """Refuse the folder of a study where a run is expected, and vice versa."""
    file = path / MANIFEST
    kind = kind_of(_sealed(file)) if _is_there(file) else wanted
    if kind != wanted:
        raise RequestError(
            f"{path} is not a run; a study is read by scenarios.load or by summarise."
            if kind == STUDY
            else f"{path} is not a study; a run is read by scenarios.load or by report."
        )


def _is_there(file: Path) -> bool:
    try:
        return regular.name_exists(file)
    except OSError as error:
        raise regular.unreadable_result(file, error) from error


def _checked(file: Path) -> dict[str, Any]:
    """A manifest of this schema, sealed and in shape."""
    manifest = _sealed(file)
    try:
        check_shape(manifest)
    except (RequestError, RecursionError) as error:
        fault = str(error).removesuffix(".")
        raise RequestError(f"{file}: {fault}. It was not written by this version; move {file.parent} away.") from error
    return manifest


def _contents(path: Path) -> str:
    """Contents of a folder as a clause."""
    if not path.is_dir():
        return "it is a file, not a folder" if path.exists() else "it does not exist"
    try:
        there = sorted(each.name for each in path.iterdir())[:8]
    except OSError as error:
        raise regular.unreadable_result(path, error) from error
    return f"it contains {', '.join(there)}" if there else "it is empty"


def _sealed(file: Path) -> dict[str, Any]:
    """A manifest without its seal; RequestError if the schema is another or the seal does not match."""
    manifest = _parsed(file)
    if manifest.get("schema") != SCHEMA_VERSION:
        raise RequestError(
            f"{file.parent} was written with schema {manifest.get('schema')!r:.60}, this version reads "
            f"{SCHEMA_VERSION}; move it away and run again, or read it with the version named in its manifest."
        )
    if manifest.pop(SEAL, None) != digest_of(manifest):
        raise RequestError(
            f"{file} was altered: its own digest does not match. Restore it, or move {file.parent} away."
        )
    return manifest


def _parsed(file: Path) -> dict[str, Any]:
    """A manifest as written."""
    try:
        manifest = json.loads(regular.read_stored(file, LONGEST))
    except RequestError:
        raise
    except (ValueError, RecursionError) as error:
        raise RequestError(
            f"{file} is not valid JSON ({error}); it was truncated or altered. Move {file.parent} away and run again."
        ) from error
    if not isinstance(manifest, dict):
        raise RequestError(f"{file} contains no mapping; it was altered. Move {file.parent} away and run again.")
    return manifest


def settled(path: Path, kind: str = "") -> dict[str, Any]:
    """The verified manifest of a folder; RequestError as in `verify`, or if it is of another kind.

    Nothing is written or locked unless a commit was interrupted; that is finished first if the folder is writable.
    """
    if _is_there(path / PENDING):
        _finish(path)
    if kind:
        check_kind(path, kind)
    return _steady(path, lambda versions: verify(path))


def trusted(path: Path) -> dict[str, Any]:
    """The manifest of a folder to which others may commit meanwhile, verified once per version of its files.

    RequestError as in `verify`. No lock is awaited unless a commit is in progress or was interrupted.
    """
    return _steady(path, lambda versions: _verified(path, versions))


def _steady(path: Path, read: Callable[[Versions], dict[str, Any]]) -> dict[str, Any]:
    """Result of reading a folder, repeated if a commit changed it meanwhile."""
    before = _versions(path)
    try:
        return read(before)
    except RequestError:
        if _is_there(path / PENDING):
            _finish(path)
        if _versions(path) == before:
            raise
        return _steady(path, read)


def _finish(path: Path) -> None:
    """Finish an interrupted commit, or wait for the process that is committing, if the folder is writable."""
    _committed(path)
    try:
        with exclusive(path):
            roll_forward(path)
    except OSError:  # a folder that cannot be written is read as it is, and verified
        return


def _versions(path: Path) -> Versions:
    """Current versions of the tables and the manifest of a folder."""
    there = sorted(file for file in path.glob("[!.]*") if file.name == MANIFEST or file.suffix == TABLE)
    return tuple((file.name, file_version(file)) for file in there)


@lru_cache(maxsize=1_000)
def _verified(path: Path, versions: Versions) -> dict[str, Any]:
    return verify(path)


def verify(path: Path, *, tables_alone: bool = False) -> dict[str, Any]:
    """The manifest of a folder; RequestError unless all its files, or its tables, are present and unaltered."""
    manifest = read_manifest(path)
    regular.refuse_special_file(path / LOCK)
    omitted = DERIVED if tables_alone else ()
    _check_whole(path, {path / name: about for name, about in stamped(manifest).items() if name not in omitted})
    check_tables(path, manifest)
    return manifest


def _check_whole(path: Path, files: Mapping[Path, Mapping[str, Any]]) -> None:
    """Refuse a folder in which a file is missing, altered, or no plain file."""
    faults = [fault for file, about in files.items() if (fault := _fault(file, about))]
    if faults:
        raise RequestError(f"{path}: {'; '.join(faults)}. Restore the folder, or move it away and run again.")


def _fault(file: Path, about: Mapping[str, Any]) -> str:
    try:
        if not regular.name_exists(file):
            return f"{file.name} is missing"
        regular.refuse_special_file(file)
        size = file.lstat().st_size
        if size != about["bytes"]:
            return f"{file.name} has {size:,} bytes where its manifest says {about['bytes']:,} (truncated or altered)"
        return "" if time_stamp(file) == dict(about) else f"{file.name} was altered: its digest does not match"
    except OSError as error:
        raise regular.unreadable_result(file, error) from error
