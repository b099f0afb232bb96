"""Files computed from the tables of a run: stored beside them with their digests in its manifest."""

import hashlib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from scenarios.store import regular
from scenarios.store.files import exclusive, time_stamp, write_synced
from scenarios.store.manifest import commit, read_manifest, temporary

DERIVED = "derived"  # key of the manifest


def store_derived(path: Path, contents: Mapping[str, bytes]) -> bool:
    """Store computed files in a finished folder unless it has them; False if the folder cannot be written.

    Nothing is lost then: the files can be computed again from the tables.
    """
    stamps = {
        name: {"bytes": len(content), "sha256": hashlib.sha256(content).hexdigest()}
        for name, content in contents.items()
    }
    if _holds(path, stamps):
        return True
    try:
        with exclusive(path):
            if not _holds(path, stamps):
                _commit(path, contents, stamps)
    except OSError:
        return False
    return True


def altered(path: Path, manifest: Mapping[str, Any]) -> list[str]:
    """Names of the computed files that are missing or differ from the manifest."""
    return [name for name, recorded in manifest.get(DERIVED, {}).items() if not _is(path / name, recorded)]


def remove_derived(path: Path, names: Sequence[str]) -> None:
    """Drop computed files from the manifest of a locked folder, so that they are computed again."""
    manifest = read_manifest(path)
    kept = {name: recorded for name, recorded in manifest[DERIVED].items() if name not in names}
    commit(path, {**manifest, DERIVED: kept})


def _is(file: Path, recorded: Mapping[str, Any]) -> bool:
    return regular.name_exists(file) and time_stamp(file) == recorded


def _holds(path: Path, stamps: Mapping[str, Any]) -> bool:
    known = read_manifest(path).get(DERIVED, {})
    return all(known.get(name) == expected and _is(path / name, expected) for name, expected in stamps.items())


def _commit(path: Path, contents: Mapping[str, bytes], stamps: Mapping[str, Any]) -> None:
    manifest = read_manifest(path)
    for name, content in contents.items():
        write_synced(temporary(path, name), content)
    commit(path, {**manifest, DERIVED: {**manifest.get(DERIVED, {}), **stamps}})
