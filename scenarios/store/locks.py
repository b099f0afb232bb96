"""Locks that end with their process: by fcntl, or by msvcrt on Windows; OSError names a file system that has none."""

import errno
import os
import time
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from typing import Any, BinaryIO

PLACE = 2**30  # byte from which Windows locks, beyond what is read, since its locks keep readers away

SHARERS = 64  # bytes there, one for every process that shares a lock

PATIENCE = 0.05  # seconds between attempts, where the system cannot wait

HELD = (errno.EACCES, errno.EAGAIN, errno.EDEADLK)

LACKING = (errno.ENOLCK, errno.ENOSYS, errno.ENOTSUP, errno.EOPNOTSUPP)

MOUNTS = Path("/proc/self/mounts")


def _module(name: str) -> Any:
    try:
        return import_module(name)
    except ImportError:
        return None


FCNTL, MSVCRT = _module("fcntl"), _module("msvcrt")


def wait(file: BinaryIO) -> None:
    """Lock a file, once no other process has it locked."""
    if FCNTL:
        _asked(file, "flock", lambda: FCNTL.flock(file, FCNTL.LOCK_EX))
        return
    while not locked(file):
        time.sleep(PATIENCE)


def locked(file: BinaryIO) -> bool:
    """Lock a file unless another process has; whether it is locked now."""
    if FCNTL:
        return _asked(file, "flock", lambda: FCNTL.flock(file, FCNTL.LOCK_EX | FCNTL.LOCK_NB))
    return _windows(file, PLACE, SHARERS)


def share(file: BinaryIO) -> None:
    """Lock a file against those that want it alone, beside others that share it."""
    if FCNTL:
        _asked(file, "flock", lambda: FCNTL.flock(file, FCNTL.LOCK_SH))
        return
    while not any(_windows(file, PLACE + number, 1) for number in range(SHARERS)):
        time.sleep(PATIENCE)


def claimed(file: BinaryIO, place: int) -> bool:
    """Lock one byte of a file that is never written, unless another process has; whether it is locked now."""
    if FCNTL:
        return _asked(file, "lockf", lambda: FCNTL.lockf(file, FCNTL.LOCK_EX | FCNTL.LOCK_NB, 1, place))
    return _windows(file, place, 1)


def _windows(file: BinaryIO, place: int, size: int) -> bool:
    if not MSVCRT:
        lack = "this system has neither fcntl nor msvcrt, so that no folder can be locked while it is written"
        raise OSError(errno.ENOSYS, lack, file.name)
    os.lseek(file.fileno(), place, os.SEEK_SET)
    return _asked(file, "locking", lambda: MSVCRT.locking(file.fileno(), MSVCRT.LK_NBLCK, size))


def _asked(file: BinaryIO, call: str, ask: Callable[[], object]) -> bool:
    """Whether the system gave a lock; OSError names the file system where it has no locks."""
    try:
        ask()
    except OSError as error:
        if error.errno in HELD:
            return False
        if error.errno in LACKING:
            lack = f"{file_system(Path(file.name))} has no locks: {call} says {error.strerror}"
            raise OSError(error.errno, lack, file.name) from error
        raise
    return True


def file_system(path: Path) -> str:
    """The file system on which a path lies, by its kind and the folder where it is mounted."""
    try:
        rows = [line.split() for line in MOUNTS.read_text(encoding="utf-8", errors="replace").splitlines()]
    except OSError:
        return "its file system"
    inside = [row for row in rows if len(row) > 2 and path.resolve().is_relative_to(row[1])]
    if not inside:
        return "its file system"
    row = max(inside, key=lambda each: len(each[1]))
    return f"its file system, {row[2]} at {row[1]},"
