"""File locks that end with their process, by fcntl or on Windows msvcrt; OSError names file systems without locks."""

import errno
import os
import time
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Any, BinaryIO

PLACE = 2**30  # first byte that Windows locks, beyond the content, since its locks exclude readers

SHARERS = 64  # bytes there, one for every process that shares a lock

PATIENCE = 0.05  # seconds between attempts, where the system cannot wait

TAKEN = (errno.EACCES, errno.EAGAIN, errno.EDEADLK)

LACKING = (errno.ENOLCK, errno.ENOSYS, errno.ENOTSUP, errno.EOPNOTSUPP)

MOUNTS = Path("/proc/self/mounts")


def _module(name: str) -> Any:
    try:
        return import_module(name)
    except ImportError:
        return None


FCNTL, MSVCRT = _module("fcntl"), _module("msvcrt")


def wait(file: BinaryIO) -> None:
    """Lock a file as soon as no other process has it locked."""
    if FCNTL:
        _granted(file, "flock", lambda: FCNTL.flock(file, FCNTL.LOCK_EX))
        return
    while not is_locked(file):
        time.sleep(PATIENCE)


def is_locked(file: BinaryIO) -> bool:
    """Lock a file unless another process has; True if it is locked now."""
    if FCNTL:
        return _granted(file, "flock", lambda: FCNTL.flock(file, FCNTL.LOCK_EX | FCNTL.LOCK_NB))
    return _windows(file, PLACE, SHARERS)


def lock_shared(file: BinaryIO) -> None:
    """Lock a file against exclusive locks, together with others that share it."""
    if FCNTL:
        _granted(file, "flock", lambda: FCNTL.flock(file, FCNTL.LOCK_SH))
        return
    while not any(_windows(file, PLACE + number, 1) for number in range(SHARERS)):
        time.sleep(PATIENCE)


def claimed(file: BinaryIO, place: int) -> bool:
    """Lock one byte of a file that is never written, unless another process has; True if it is locked now."""
    if FCNTL:
        return _granted(file, "lockf", lambda: FCNTL.lockf(file, FCNTL.LOCK_EX | FCNTL.LOCK_NB, 1, place))
    return _windows(file, place, 1)


def _windows(file: BinaryIO, place: int, size: int) -> bool:
    if not MSVCRT:
        lack = "this system has neither fcntl nor msvcrt, so that no folder can be locked while it is written"
        raise OSError(errno.ENOSYS, lack, file.name)
    os.lseek(file.fileno(), place, os.SEEK_SET)
    return _granted(file, "locking", lambda: MSVCRT.locking(file.fileno(), MSVCRT.LK_NBLCK, size))


def _granted(file: BinaryIO, call: str, request: Callable[[], object]) -> bool:
    """True if the system grants a lock; OSError names a file system without locks."""
    try:
        request()
    except OSError as error:
        if error.errno in TAKEN:
            return False
        if error.errno in LACKING:
            lack = f"{file_system(Path(file.name))} has no locks: {call} reports {error.strerror}"
            raise OSError(error.errno, lack, file.name) from error
        raise
    return True


def file_system(path: Path) -> str:
    """The file system of a path, by its type and mount point."""
    try:
        rows = [line.split() for line in MOUNTS.read_text(encoding="utf-8", errors="replace").splitlines()]
    except OSError:
        return "its file system"
    inside = [row for row in rows if len(row) > 2 and path.resolve().is_relative_to(row[1])]
    if not inside:
        return "its file system"
    row = max(inside, key=lambda row: len(row[1]))
    return f"its file system, {row[2]} at {row[1]},"
