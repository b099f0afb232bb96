"""Checks of stored results: notes of blocks, finished data, and folders beside the one in use."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any, BinaryIO

from pydantic import Field

from scenarios.config.request import MOST_REPLICATIONS
from scenarios.errors import RequestError
from scenarios.execution import to_stderr
from scenarios.store import journal, regular
from scenarios.store.blocks import check_draws
from scenarios.store.manifest import MANIFEST, trusted
from scenarios.store.tables import about_at
from scenarios.store.typed import Stored, from_plain
from scenarios.store.written import Seconds


def sound(folders: Iterable[Path], check: Callable[[Path], object]) -> list[Path]:
    """Folders that pass a check; the others are reported on standard error, once."""
    return [folder for folder in folders if _passes(folder, check)]


def _passes(folder: Path, check: Callable[[Path], object]) -> bool:
    try:
        check(folder)
    except (RequestError, OSError) as error:
        _warn_once(f"Left out, nothing is read from it: {error}")
        return False
    return True


@cache
def _warn_once(message: str) -> None:
    to_stderr(message)


def check_data(folder: Path) -> None:
    """Refuse a folder whose finished data, if any, differ from its manifest."""
    if regular.name_exists(folder / MANIFEST):
        trusted(folder)


class StudyNote(Stored):
    """Note stored with a block of a study."""

    points: tuple[str, ...] = Field(min_length=1)
    draws: tuple[int, int]
    theories: int = Field(ge=1, le=MOST_REPLICATIONS)
    cpu: Seconds
    at: Seconds
    failure: str


def notes_in(path: Path, file: BinaryIO, begun: int = 0) -> Iterator[tuple[int, int, Mapping[str, Any]]]:
    """Yield offset, length and note of the blocks of a journal from an offset on; RequestError for an invalid one."""
    for offset, length in list(journal.stretches(file, begun)):
        try:
            note = about_at(file, offset, length)
        except ValueError:  # torn by a power cut; the next writer cuts it off
            return
        try:
            _check_note(note)
        except RequestError as error:
            raise journal.refused(path, offset, error) from error
        yield offset, length, note


def _check_note(written: Any) -> None:
    """Refuse a note that no sweep writes."""
    check_draws(from_plain(StudyNote, written).draws)
