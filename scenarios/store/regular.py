"""Safe access to files of unknown origin: plain files only, never through a link."""

import os
import stat
from pathlib import Path
from typing import BinaryIO, cast

from scenarios.errors import RequestError

KINDS = {
    stat.S_IFLNK: "a link",
    stat.S_IFIFO: "a pipe",
    stat.S_IFSOCK: "a socket",
    stat.S_IFDIR: "a folder",
    stat.S_IFCHR: "a device",
    stat.S_IFBLK: "a device",
}

SAFE = getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0)


def name_exists(file: Path) -> bool:
    """True if a name exists, even as a broken link; OSError if that cannot be known."""
    try:
        file.lstat()
    except (FileNotFoundError, NotADirectoryError):
        return False
    return True


def refuse_special_file(file: Path) -> None:
    """Refuse a name that exists and is no plain file."""
    if name_exists(file):
        _refuse(file, file.lstat().st_mode, stat.S_IFREG)


def check_folder(folder: Path) -> None:
    """Refuse a name that exists and is no folder, or a link to one."""
    if name_exists(folder):
        _refuse(folder, folder.lstat().st_mode, stat.S_IFDIR)


def _refuse(file: Path, mode: int, wanted: int) -> None:
    actual, should = stat.S_IFMT(mode), "folder" if wanted == stat.S_IFDIR else "file"
    if actual != wanted:
        kind = "a plain file" if actual == stat.S_IFREG else KINDS.get(actual, "no file")
        raise RequestError(
            f"{file} is {kind}, where a {should} of its own must be; remove it, or move {file.parent} away."
        )


def opened(file: Path, mode: str = "rb") -> BinaryIO:
    """A plain file, opened; RequestError for anything else, so that no read blocks and no write goes elsewhere."""
    refuse_special_file(file)
    handle = cast(BinaryIO, open(file, mode, opener=_opener))  # noqa: SIM115  the caller closes it
    try:
        _refuse(file, os.fstat(handle.fileno()).st_mode, stat.S_IFREG)
    except RequestError:
        handle.close()
        raise
    return handle


def _opener(path: str, flags: int) -> int:
    return os.open(path, flags | SAFE, 0o666)


def read_stored(file: Path, most: int) -> bytes:
    """Content of a plain file; RequestError if it is none, cannot be read, or is too long."""
    try:
        with opened(file) as handle:
            size = os.fstat(handle.fileno()).st_size
            if size > most:
                raise RequestError(f"{file} has {size:,} bytes, where at most {most:,} are read; move it away.")
            return handle.read(most)
    except OSError as error:
        raise unreadable_result(file, error) from error


def unreadable_result(file: Path, error: OSError) -> RequestError:
    """Error for a file or folder that the system refuses to read."""
    return RequestError(f"{file} cannot be read ({error.strerror or error}); see that it is there and yours.")
