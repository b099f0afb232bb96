"""The manifest of a folder: which files it must hold, and whether they are there, whole and unaltered."""

import json
from collections.abc import Callable, Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

from scenarios.errors import RequestError
from scenarios.store import regular
from scenarios.store.files import LOCK, alone, stamp, sync, version, write_whole
from scenarios.store.identity import SCHEMA_VERSION, digest_of
from scenarios.store.shape import DERIVED, STUDY, check_shape, kind_of, stamped
from scenarios.store.sound import check_tables

MANIFEST, PENDING = "manifest.json", "manifest.next.json"

TABLE = ".parquet"  # suffix

SEAL = "digest"  # of the manifest itself, but for this entry

LONGEST = 200_000_000  # bytes of a manifest that is read

Versions = tuple[tuple[str, tuple[int, int, int]], ...]  # of files, by name


def commit(path: Path, manifest: Mapping[str, Any]) -> None:
    """Put the temporary files in place; the next manifest is written first, so that a crash can be rolled forward."""
    write_whole(path / PENDING, json.dumps({**manifest, SEAL: digest_of(manifest)}, indent=1).encode())
    roll_forward(path)


def temporary(path: Path, name: str) -> Path:
    """Where a file of a folder is written until it is committed."""
    return path / f".{name}.tmp"


def roll_forward(path: Path) -> None:
    """Finish a commit that was begun, once all that it names is verified; RequestError if it is not."""
    names = _committed(path)
    if names is None:
        return
    for name in names:
        if regular.lies(temporary(path, name)):
            temporary(path, name).replace(path / name)
    sync(path)
    (path / PENDING).replace(path / MANIFEST)
    sync(path)


def _committed(path: Path) -> list[str] | None:
    """The files of a commit that was begun, each verified; nothing if none was."""
    pending = path / PENDING
    if not regular.lies(pending):
        return None
    manifest = _sealed(pending, _of_this_schema(pending, _parsed(pending)))
    _in_shape(pending, manifest)
    sources = {name: temporary(path, name) for name in stamped(manifest)}
    there = {name: file if regular.lies(file) else path / name for name, file in sources.items()}
    _check_whole(path, {there[name]: each for name, each in stamped(manifest).items()})
    return list(there)


def read_manifest(path: Path) -> dict[str, Any]:
    """The manifest of a folder; RequestError if there is none, it was altered, or it is none of this version."""
    file = path / MANIFEST
    if not _is_there(file):
        raise RequestError(
            f"{path} is not a finished result: no {MANIFEST} was found and {_held(path)}. Run the scenario again."
        )
    manifest = _sealed(file, _of_this_schema(file, _parsed(file)))
    _in_shape(file, manifest)
    return manifest


def check_kind(path: Path, wanted: str) -> None:
    """Refuse the folder of a study where a run is wanted, and the other way round."""
    file = path / MANIFEST
    found = kind_of(_sealed(file, _of_this_schema(file, _parsed(file)))) if _is_there(file) else wanted
    if found != wanted:
        raise RequestError(
            f"{path} is not a run; a study is read by scenarios.load or by summarise."
            if found == STUDY
            else f"{path} is not a study; a run is read by scenarios.load or by report."
        )


def _is_there(file: Path) -> bool:
    try:
        return regular.lies(file)
    except OSError as error:
        raise regular.unreadable(file, error) from error


def _of_this_schema(file: Path, manifest: dict[str, Any]) -> dict[str, Any]:
    """A manifest as it is; RequestError if its schema is another. One that is still to come may lack it."""
    if manifest.get("schema") != SCHEMA_VERSION:
        raise RequestError(
            f"{file.parent} was written with schema {manifest.get('schema')!r:.60}, this version reads "
            f"{SCHEMA_VERSION}; move it away and run again, or read it with the version named in its manifest."
        )
    return manifest


def _in_shape(file: Path, manifest: Mapping[str, Any]) -> None:
    try:
        check_shape(manifest)
    except RequestError as error:
        said = str(error).removesuffix(".")
        raise RequestError(f"{file}: {said}. It was not written by this version; move {file.parent} away.") from error


def _held(path: Path) -> str:
    """What a folder holds, in words."""
    if not path.is_dir():
        return "it is a file, not a folder" if path.exists() else "it does not exist"
    try:
        there = sorted(each.name for each in path.iterdir())[:8]
    except OSError as error:
        raise regular.unreadable(path, error) from error
    return f"there lie {', '.join(there)}" if there else "it is empty"


def _sealed(file: Path, manifest: dict[str, Any]) -> dict[str, Any]:
    """A manifest without its seal; RequestError if the seal does not match."""
    if manifest.pop(SEAL, None) != digest_of(manifest):
        raise RequestError(
            f"{file} was altered: its own digest does not match. Restore it, or move {file.parent} away."
        )
    return manifest


def _parsed(file: Path) -> dict[str, Any]:
    """A manifest as written."""
    try:
        found = json.loads(regular.content(file, LONGEST))
    except RequestError:
        raise
    except (ValueError, RecursionError) as error:
        raise RequestError(
            f"{file} is not valid JSON ({error}); it was truncated or altered. Move {file.parent} away and run again."
        ) from error
    if not isinstance(found, dict):
        raise RequestError(f"{file} holds no mapping; it was altered. Move {file.parent} away and run again.")
    return found


def settled(path: Path, kind: str = "") -> dict[str, Any]:
    """The manifest of a folder, verified; RequestError as of `verify`, or if it is of another kind.

    Nothing is written and no lock is taken, unless a commit was cut short: that is finished first where it can be.
    """
    if _is_there(path / PENDING):
        _finish(path)
    if kind:
        check_kind(path, kind)
    return _steady(path, lambda versions: verify(path))


def trusted(path: Path) -> dict[str, Any]:
    """The manifest of a folder to which others may commit meanwhile, verified once per version of its files.

    RequestError as of `verify`. No lock is waited for unless a commit is under way, or was cut short.
    """
    return _steady(path, lambda versions: _verified(path, versions))


def _steady(path: Path, look: Callable[[Versions], dict[str, Any]]) -> dict[str, Any]:
    """What a look finds once no commit comes between."""
    before = _versions(path)
    try:
        return look(before)
    except RequestError:
        if _is_there(path / PENDING):
            _finish(path)
        if _versions(path) == before:
            raise
        return _steady(path, look)


def _finish(path: Path) -> None:
    """Finish a commit that was cut short, or wait for the process that is at it, where the folder can be written."""
    _committed(path)
    try:
        with alone(path):
            roll_forward(path)
    except OSError:  # not ours to write: what is there is read as it is, and verified
        return


def _versions(path: Path) -> Versions:
    """The tables of a folder and its manifest as they are now."""
    there = sorted(file for file in path.glob("[!.]*") if file.name == MANIFEST or file.suffix == TABLE)
    return tuple((file.name, version(file)) for file in there)


@lru_cache(maxsize=1_000)
def _verified(path: Path, versions: Versions) -> dict[str, Any]:
    return verify(path)


def verify(path: Path, *, tables_alone: bool = False) -> dict[str, Any]:
    """The manifest of a folder; RequestError unless all its files, or its tables, are there and unaltered."""
    manifest = read_manifest(path)
    regular.check_plain(path / LOCK)
    left = DERIVED if tables_alone else ()
    _check_whole(path, {path / name: each for name, each in stamped(manifest).items() if name not in left})
    check_tables(path, manifest)
    return manifest


def _check_whole(path: Path, files: Mapping[Path, Mapping[str, Any]]) -> None:
    """Refuse a folder of whose files one is missing or altered, or is no plain file."""
    wrong = [said for file, about in files.items() if (said := _trouble(file, about))]
    if wrong:
        raise RequestError(f"{path}: {'; '.join(wrong)}. Restore the folder, or move it away and run again.")


def _trouble(file: Path, about: Mapping[str, Any]) -> str:
    try:
        if not regular.lies(file):
            return f"{file.name} is missing"
        regular.check_plain(file)
        size = file.lstat().st_size
        if size != about["bytes"]:
            return f"{file.name} has {size:,} bytes where its manifest says {about['bytes']:,} (truncated or altered)"
        return "" if stamp(file) == dict(about) else f"{file.name} was altered: its digest does not match"
    except OSError as error:
        raise regular.unreadable(file, error) from error
