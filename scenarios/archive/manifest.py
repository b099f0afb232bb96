"""The manifest of a folder: which files it must hold, and whether they are there, whole and unaltered."""

import json
import os
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Any

from scenarios.archive.disk import alone, stamp, sync, version, write_whole
from scenarios.archive.identity import SCHEMA_VERSION, digest_of
from scenarios.errors import RequestError

MANIFEST, PENDING = "manifest.json", "manifest.next.json"
TABLE = ".parquet"  # suffix
SEAL = "digest"  # of the manifest itself, but for this entry
Versions = tuple[tuple[str, tuple[int, int, int]], ...]  # of files, by name


def commit(path: Path, manifest: Mapping[str, Any]) -> None:
    """Put the temporary files in place; the next manifest is written first, so that a crash can be rolled forward."""
    write_whole(path / PENDING, json.dumps({**manifest, SEAL: digest_of(manifest)}, indent=1).encode())
    roll_forward(path)


def roll_forward(path: Path) -> None:
    """Finish a commit that was begun."""
    pending = path / PENDING
    if not pending.exists():
        return
    for name in _sealed(pending, _parsed(pending))["files"]:
        temporary = path / f".{name}.tmp"
        if temporary.exists():
            temporary.replace(path / name)
    sync(path)
    pending.replace(path / MANIFEST)
    sync(path)


def read_manifest(path: Path) -> dict[str, Any]:
    """The manifest of a folder; RequestError if there is none, it was altered, or its schema is another."""
    file = path / MANIFEST
    if not file.exists():
        raise RequestError(
            f"{path} is not a finished result: no {MANIFEST} was found and {_held(path)}. Run the scenario again."
        )
    manifest = _parsed(file)
    if manifest.get("schema") != SCHEMA_VERSION:
        raise RequestError(
            f"{path} was written with schema {manifest.get('schema')}, this version reads {SCHEMA_VERSION}; "
            "move it away and run again, or read it with the version named in its manifest."
        )
    return _sealed(file, manifest)


def _held(path: Path) -> str:
    """What a folder holds, in words."""
    if not path.is_dir():
        return "it is a file, not a folder" if path.exists() else "it does not exist"
    there = sorted(each.name for each in path.iterdir())[:8]
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
        found = json.loads(file.read_text(encoding="utf-8"))
    except ValueError as error:
        raise RequestError(
            f"{file} is not valid JSON ({error}); it was truncated or altered. Move {file.parent} away and run again."
        ) from error
    if not isinstance(found, dict):
        raise RequestError(f"{file} holds no mapping; it was altered. Move {file.parent} away and run again.")
    return found


def settled(path: Path) -> dict[str, Any]:
    """The manifest of a folder once no other process changes it; a commit left half-done is finished if writable."""
    if not (path.is_dir() and os.access(path, os.W_OK)):
        return verify(path)
    with alone(path):
        roll_forward(path)
        return verify(path)


def trusted(path: Path) -> dict[str, Any]:
    """The manifest of a folder to which others may commit meanwhile, verified once per version of its files.

    RequestError as of `verify`. No lock is waited for unless a commit is under way, or was cut short.
    """
    before = _versions(path)
    try:
        return _verified(path, before)
    except RequestError:
        if (path / PENDING).exists():
            return settled(path)
        if _versions(path) == before:
            raise
        return trusted(path)


def _versions(path: Path) -> Versions:
    """The tables of a folder and its manifest as they are now."""
    there = sorted(file for file in path.glob("[!.]*") if file.name == MANIFEST or file.suffix == TABLE)
    return tuple((file.name, version(file)) for file in there)


@lru_cache(maxsize=1_000)
def _verified(path: Path, versions: Versions) -> dict[str, Any]:
    return verify(path)


def verify(path: Path) -> dict[str, Any]:
    """The manifest of a folder; RequestError unless all its files are there and unaltered."""
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
