"""Leftover files of killed processes, removed by the next process that locks the folder."""

from collections.abc import Iterable
from pathlib import Path

from scenarios.store import regular
from scenarios.store.manifest import PENDING, temporary

PROBE = ".writable"


def leftovers(folder: Path, names: Iterable[str]) -> list[Path]:
    """Partly written files of some names; complete only while the caller has the lock of the folder."""
    known = [*names, PENDING]
    parts = [file for name in known for file in folder.glob(f".{name}.*.part")]
    there = [*(temporary(folder, name) for name in known), folder / PROBE]
    return sorted([*parts, *(file for file in there if regular.name_exists(file))])


def remove(folder: Path, names: Iterable[str]) -> None:
    """Remove leftover files; the caller has the lock of the folder, and no commit is in progress."""
    for file in leftovers(folder, names):
        file.unlink()


def check_writable(folder: Path) -> None:
    """Try to write in a folder; OSError if that fails."""
    probe = folder / PROBE
    probe.unlink(missing_ok=True)
    probe.write_bytes(b"")
    probe.unlink(missing_ok=True)
