"""What a process that was killed leaves in a folder, removed by the next that writes there alone."""

from collections.abc import Iterable
from pathlib import Path

from scenarios.store import regular
from scenarios.store.manifest import PENDING, temporary

PROBE = ".writable"


def leftovers(folder: Path, names: Iterable[str]) -> list[Path]:
    """Files half-written under some names, by whoever held the folder; nobody holds it while its lock is ours."""
    known = [*names, PENDING]
    parts = [file for name in known for file in folder.glob(f".{name}.*.part")]
    there = [*(temporary(folder, name) for name in known), folder / PROBE]
    return sorted([*parts, *(file for file in there if regular.lies(file))])


def remove(folder: Path, names: Iterable[str]) -> None:
    """Remove what is left over; the folder is held by its lock, and no commit is under way in it."""
    for file in leftovers(folder, names):
        file.unlink()


def check_writable(folder: Path) -> None:
    """Try to write in a folder; OSError if it cannot be."""
    probe = folder / PROBE
    probe.unlink(missing_ok=True)
    probe.write_bytes(b"")
    probe.unlink(missing_ok=True)
