"""Files computed from the tables of a run, kept beside them and known to its manifest."""

import hashlib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from scenarios.store import regular
from scenarios.store.files import alone, stamp, write_synced
from scenarios.store.manifest import commit, read_manifest, temporary

DERIVED = "derived"  # key of the manifest


def keep(path: Path, contents: Mapping[str, bytes]) -> bool:
    """Put files into a finished folder with their digests, unless they are there; whether the folder holds them now.

    A folder that cannot be written keeps what it has: its tables are enough to compute them again.
    """
    stamps = {name: {"bytes": len(each), "sha256": hashlib.sha256(each).hexdigest()} for name, each in contents.items()}
    if _holds(path, stamps):
        return True
    try:
        with alone(path):
            if not _holds(path, stamps):
                _commit(path, contents, stamps)
    except OSError:
        return False
    return True


def altered(path: Path, manifest: Mapping[str, Any]) -> list[str]:
    """Names of the computed files that are not what the manifest says, or are gone."""
    return [name for name, stamped in manifest.get(DERIVED, {}).items() if not _is(path / name, stamped)]


def forget(path: Path, names: Sequence[str]) -> None:
    """Drop computed files from the manifest of a folder that is held, so that they are computed again."""
    manifest = read_manifest(path)
    kept = {name: stamped for name, stamped in manifest[DERIVED].items() if name not in names}
    commit(path, {**manifest, DERIVED: kept})


def _is(file: Path, stamped: Mapping[str, Any]) -> bool:
    return regular.lies(file) and stamp(file) == stamped


def _holds(path: Path, stamps: Mapping[str, Any]) -> bool:
    known = read_manifest(path).get(DERIVED, {})
    return all(known.get(name) == stamped and _is(path / name, stamped) for name, stamped in stamps.items())


def _commit(path: Path, contents: Mapping[str, bytes], stamps: Mapping[str, Any]) -> None:
    manifest = read_manifest(path)
    for name, content in contents.items():
        write_synced(temporary(path, name), content)
    commit(path, {**manifest, DERIVED: {**manifest.get(DERIVED, {}), **stamps}})
