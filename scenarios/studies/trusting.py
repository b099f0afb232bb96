"""Folders that lie beside the one in question: what is damaged there is left out, and said once."""

from collections.abc import Callable, Iterable
from functools import cache
from pathlib import Path

from scenarios.errors import RequestError
from scenarios.execution import to_stderr
from scenarios.store import regular
from scenarios.store.manifest import MANIFEST, trusted


def sound(folders: Iterable[Path], look: Callable[[Path], object]) -> list[Path]:
    """The folders that can be looked into; standard error names the others, each once."""
    return [folder for folder in folders if _can_be_looked_into(folder, look)]


def _can_be_looked_into(folder: Path, look: Callable[[Path], object]) -> bool:
    try:
        look(folder)
    except (RequestError, OSError) as error:
        _warn_once(f"Left out, nothing is taken from it: {error}")
        return False
    return True


@cache
def _warn_once(message: str) -> None:
    to_stderr(message)


def check_data(folder: Path) -> None:
    """Refuse a folder whose finished data, if it has any, are not as its manifest says."""
    if regular.lies(folder / MANIFEST):
        trusted(folder)
