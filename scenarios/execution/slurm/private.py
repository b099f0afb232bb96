"""Exchange with jobs: private folders, since their content is unpickled, and results that the jobs of a call mark."""

import hmac
import os
import pickle
import stat
from collections.abc import Iterator
from contextlib import suppress
from io import BytesIO
from pathlib import Path
from typing import Any, NamedTuple

from scenarios.errors import RequestError
from scenarios.store.journal import frames_of, journals

OWN = 0o700

OTHERS = 0o077  # permissions of everybody else

MARK = 32  # bytes of a mark


class TaskResult(NamedTuple):
    """Result of a task by its number, as stored by its job."""

    number: int
    value: Any
    failure: str
    final: bool


class Begun(NamedTuple):
    """Note that the job of a chunk has started Python."""

    first: int


def shared(folder: Path) -> None:
    """Make a private folder, or accept an existing one."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    with suppress(FileExistsError):
        folder.mkdir(OWN)
    check_private(folder)


def check_private(folder: Path) -> None:
    """Refuse a folder that others can read or write; RequestError names the owner and the remedy."""
    if not hasattr(os, "getuid"):
        raise RequestError(f"{folder}: jobs are exchanged through folders with an owner, which needs Linux or macOS.")
    status = folder.lstat()
    if not stat.S_ISDIR(status.st_mode):
        raise RequestError(f"{folder} is a link or a file where a private folder must be; remove it.")
    if status.st_uid != os.getuid():
        raise RequestError(
            f"{folder} belongs to user {status.st_uid}, not to you; remove it, or give another results=."
        )
    if status.st_mode & OTHERS:
        raise RequestError(
            f"{folder} is open to others (mode {stat.S_IMODE(status.st_mode):04o}, where at most {OWN:04o} will do) "
            "and jobs run what it contains; remove it, or give results= on a file system that keeps permissions."
        )


def sealed(value: Any, key: bytes) -> bytes:
    """A pickled value with a mark that requires the key."""
    payload = pickle.dumps(value)
    return hmac.digest(key, payload, "sha256") + payload


def unsealed(content: bytes, key: bytes) -> Any:
    """The value of a marked content; RequestError, before anything is unpickled, unless the key made its mark."""
    mark, payload = content[:MARK], content[MARK:]
    if not hmac.compare_digest(mark, hmac.digest(key, payload, "sha256")):
        raise RequestError("engine=slurm: a result was not written by a job of this call; see who can write there.")
    return pickle.loads(payload)


def kept(folder: Path, key: bytes = b"") -> Iterator[TaskResult | Begun]:
    """Results and notes stored so far by jobs with the key; RequestError if anybody else wrote there."""
    for path in journals(folder):
        with path.open("rb") as file:
            yield from (unsealed(payload, key) for _, payload in frames_of(file))


def load_plain(content: bytes) -> Any:
    """Content of a pickle of texts and collections; RequestError if it requests anything that could run."""
    return Plain(BytesIO(content)).load()


class Plain(pickle.Unpickler):
    """Unpickler without classes and functions."""

    def find_class(self, module: str, name: str) -> Any:
        """Refuse every import."""
        raise RequestError(f"engine=slurm: the last file of a job requests {module}.{name}; see who can write there.")
