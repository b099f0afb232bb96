"""Files that are written whole or not at all, and folders that one process at a time may change."""

import errno
import hashlib
import os
import socket
import stat
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, BinaryIO

from scenarios.errors import RequestError
from scenarios.store import locks, regular

LOCK = ".lock"

CHUNK = 2**20  # bytes

CANNOT_SYNC = (errno.EINVAL, errno.ENOTSUP, errno.EOPNOTSUPP)  # of a folder, on CIFS and FUSE


@contextmanager
def alone(path: Path) -> Iterator[None]:
    """Hold a folder while it is changed; another process that wants to change it waits."""
    with _lock_file(path / LOCK) as file:
        locks.wait(file)
        yield


def _lock_file(file: Path) -> BinaryIO:
    """The file by which a folder is locked; that of another user need not be writable."""
    try:
        return regular.opened(file, "ab")
    except PermissionError:
        if not regular.lies(file):
            raise
        return regular.opened(file)


def host() -> str:
    """Name of this machine, without its domain."""
    return socket.gethostname().split(".")[0]


def stamp(file: Path) -> dict[str, Any]:
    """Size and digest of a file."""
    with regular.opened(file) as opened:
        digest = hashlib.sha256()
        while part := opened.read(CHUNK):
            digest.update(part)
        return {"bytes": os.fstat(opened.fileno()).st_size, "sha256": digest.hexdigest()}


def stamp_synced(file: Path) -> dict[str, Any]:
    """Size and digest of a file that is synced to the disk."""
    with regular.opened(file, "r+b") as opened:
        os.fsync(opened.fileno())
    return stamp(file)


def version(file: Path) -> tuple[int, int, int]:
    """What distinguishes a file from a later one of the same name, and from itself once it is changed."""
    found = file.lstat()
    return found.st_ino, found.st_mtime_ns, found.st_size


def part_of(file: Path) -> Path:
    """Where a file is written by this thread before it takes its place."""
    return file.with_name(f".{file.name}.{os.getpid()}-{threading.get_ident()}.part")


def write_whole(file: Path, content: bytes) -> None:
    """Write a file whole or not at all."""
    temporary = part_of(file)
    write_synced(temporary, content)
    temporary.replace(file)
    sync(file.parent)


def write_synced(file: Path, content: bytes) -> None:
    """Write a new file to the disk; what lies under its name is removed, so that no link is followed."""
    file.unlink(missing_ok=True)
    with regular.opened(file, "xb") as opened:
        opened.write(content)
        opened.flush()
        os.fsync(opened.fileno())


def sync(folder: Path) -> None:
    """Make renames in a folder durable, where its file system can."""
    if os.name == "nt":  # which opens no folder, and needs none to be synced
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    except OSError as error:
        if error.errno not in CANNOT_SYNC:
            raise OSError(error.errno, error.strerror, str(folder)) from error
    finally:
        os.close(handle)


def write_output(file: Path, content: bytes, key: str = "-o") -> None:
    """Write a file that the user names: whole or not at all, through links, and into a pipe or device as it is."""
    try:
        target = _target(file)
        if target is None:
            with file.open("wb") as opened:
                opened.write(content)
            return
        write_whole(target, content)
    except BrokenPipeError:
        raise
    except OSError as error:
        raise RequestError(f"{key}: {file} cannot be written ({error.strerror}); give another place.") from error


def _target(file: Path) -> Path | None:
    """The plain file that a name stands for, links followed; nothing if it is none, and is written into as it is."""
    try:
        found = file.stat()
    except FileNotFoundError:
        return Path(os.path.realpath(file))
    real = Path(os.path.realpath(file))
    return real if stat.S_ISREG(found.st_mode) and real.is_file() else None
