"""Atomic writing of files, and the lock by which one process at a time changes a folder."""

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
def exclusive(path: Path) -> Iterator[None]:
    """Lock a folder while it is changed; other processes wait."""
    with _lock_file(path / LOCK) as file:
        locks.wait(file)
        yield


def _lock_file(file: Path) -> BinaryIO:
    """The lock file of a folder, opened; another user's need not be writable."""
    try:
        return regular.opened(file, "ab")
    except PermissionError:
        if not regular.name_exists(file):
            raise
        return regular.opened(file)


def host() -> str:
    """Name of this machine, without its domain."""
    return socket.gethostname().split(".")[0]


def time_stamp(file: Path) -> dict[str, Any]:
    """Size and digest of a file."""
    with regular.opened(file) as opened:
        digest = hashlib.sha256()
        while part := opened.read(CHUNK):
            digest.update(part)
        return {"bytes": os.fstat(opened.fileno()).st_size, "sha256": digest.hexdigest()}


def stamp_synced(file: Path) -> dict[str, Any]:
    """Size and digest of a file, after it is synced to the disk."""
    with regular.opened(file, "r+b") as opened:
        os.fsync(opened.fileno())
    return time_stamp(file)


def file_version(file: Path) -> tuple[int, int, int]:
    """Inode, time and size, which distinguish a file from later versions of it."""
    status = file.lstat()
    return status.st_ino, status.st_mtime_ns, status.st_size


def part_of(file: Path) -> Path:
    """Temporary path to which this thread writes a file before it is renamed."""
    return file.with_name(f".{file.name}.{os.getpid()}-{threading.get_ident()}.part")


def write_whole(file: Path, content: bytes) -> None:
    """Write a file whole or not at all."""
    temporary = part_of(file)
    write_synced(temporary, content)
    temporary.replace(file)
    sync(file.parent)


def write_synced(file: Path, content: bytes) -> None:
    """Write a new file and sync it; whatever has its name is removed first, so that no link is followed."""
    file.unlink(missing_ok=True)
    with regular.opened(file, "xb") as opened:
        opened.write(content)
        opened.flush()
        os.fsync(opened.fileno())


def sync(folder: Path) -> None:
    """Make renames in a folder durable, if its file system can."""
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
    """Write a file named by the user: atomically and through links, or directly into a pipe or device."""
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
    """The plain file to write, links followed; None for a pipe or device, which is written directly."""
    try:
        status = file.stat()
    except FileNotFoundError:
        return Path(os.path.realpath(file))
    real = Path(os.path.realpath(file))
    return real if stat.S_ISREG(status.st_mode) and real.is_file() else None
