"""Files that are written whole or not at all, and folders that one process at a time may change."""

import fcntl
import hashlib
import os
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

LOCK = ".lock"


@contextmanager
def alone(path: Path) -> Iterator[None]:
    """Hold a folder while it is changed; another process that wants to change it waits."""
    with (path / LOCK).open("ab") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def host() -> str:
    """Name of this machine, without its domain."""
    return socket.gethostname().split(".")[0]


def stamp(file: Path) -> dict[str, Any]:
    """Size and digest of a file that is synced to the disk."""
    with file.open("rb") as opened:
        digest = hashlib.file_digest(opened, "sha256").hexdigest()
        os.fsync(opened.fileno())
    return {"bytes": file.stat().st_size, "sha256": digest}


def version(file: Path) -> tuple[int, int, int]:
    """What distinguishes a file from a later one of the same name, and from itself once it is changed."""
    found = file.stat()
    return found.st_ino, found.st_mtime_ns, found.st_size


def write_whole(file: Path, content: bytes) -> None:
    """Write a file whole or not at all."""
    temporary = file.with_name(f".{file.name}.{os.getpid()}-{threading.get_ident()}.part")
    with temporary.open("wb") as opened:
        opened.write(content)
        opened.flush()
        os.fsync(opened.fileno())
    temporary.replace(file)
    sync(file.parent)


def sync(folder: Path) -> None:
    """Make renames in a folder durable."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
