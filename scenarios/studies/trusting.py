"""Checks of folders beside the one in use: damaged ones are left out and reported once."""

from collections.abc import Callable, Iterable
from functools import cache
from pathlib import Path

from scenarios.errors import RequestError
from scenarios.execution import to_stderr
from scenarios.store import regular
from scenarios.store.manifest import MANIFEST, trusted


def sound(folders: Iterable[Path], read: Callable[[Path], object]) -> list[Path]:
    """Folders that can be read; the others are reported on standard error, once."""
    return [folder for folder in folders if _can_be_read(folder, read)]


def _can_be_read(folder: Path, read: Callable[[Path], object]) -> bool:
    try:
        read(folder)
    except (RequestError, OSError) as error:
        _warn_once(f"Left out, nothing is read from it: {error}")
        return False
    return True


@cache
def _warn_once(message: str) -> None:
    to_stderr(message)


def check_data(folder: Path) -> None:
    """Refuse a folder whose finished data, if any, differ from its manifest."""
    if regular.lies(folder / MANIFEST):
        trusted(folder)
