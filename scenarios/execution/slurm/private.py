"""Folders that their owner alone may enter, since what lies in them is unpickled; and marks on what a call wrote."""

import hmac
import os
import pickle
import stat
from contextlib import suppress
from io import BytesIO
from pathlib import Path
from typing import Any

from scenarios.errors import RequestError

OWN = 0o700

OTHERS = 0o077  # permissions of everybody else

MARK = 32  # bytes of a mark


def shared(folder: Path) -> None:
    """Make a private folder, or accept one that is private already."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    with suppress(FileExistsError):
        folder.mkdir(OWN)
    check(folder)


def check(folder: Path) -> None:
    """Refuse a folder into which anybody else can write or look; RequestError says whose it is and what to do."""
    if not hasattr(os, "getuid"):
        raise RequestError(f"{folder}: jobs are exchanged through folders with an owner, which needs Linux or macOS.")
    found = folder.lstat()
    if not stat.S_ISDIR(found.st_mode):
        raise RequestError(f"{folder} is a link or a file where a private folder is due; remove it.")
    if found.st_uid != os.getuid():
        raise RequestError(f"{folder} belongs to user {found.st_uid}, not to you; remove it, or give another results=.")
    if found.st_mode & OTHERS:
        raise RequestError(
            f"{folder} is open to others (mode {stat.S_IMODE(found.st_mode):04o}, where at most {OWN:04o} will do) and "
            "jobs run what lies in it; remove it, or give results= on a file system that keeps permissions."
        )


def sealed(value: Any, key: bytes) -> bytes:
    """A value pickled, with a mark that only those who hold the key can make."""
    payload = pickle.dumps(value)
    return _mark(payload, key) + payload


def unsealed(frame: bytes, key: bytes) -> Any:
    """The value of a frame; RequestError, and nothing is unpickled, if its mark was not made with the key."""
    mark, payload = frame[:MARK], frame[MARK:]
    if not hmac.compare_digest(mark, _mark(payload, key)):
        raise RequestError("engine=slurm: a result was not written by a job of this call; see who can write there.")
    return pickle.loads(payload)


def plain(content: bytes) -> Any:
    """What a pickle of texts and collections holds; RequestError if it asks for anything that could run."""
    return Plain(BytesIO(content)).load()


class Plain(pickle.Unpickler):
    """Reads no class and no function."""

    def find_class(self, module: str, name: str) -> Any:
        """Refuse whatever a pickle wants to import."""
        raise RequestError(f"engine=slurm: the last file of a job asks for {module}.{name}; see who can write there.")


def _mark(payload: bytes, key: bytes) -> bytes:
    return hmac.digest(key, payload, "sha256")
