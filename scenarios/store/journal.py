"""Append-only journals of finished blocks; a frame whose digest does not match is ignored."""

import hashlib
import os
import struct
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any, BinaryIO, ClassVar

from scenarios.errors import RequestError
from scenarios.store import regular
from scenarios.store.files import host, sync
from scenarios.store.locks import is_locked

MAGIC = b"IRAQBLK1"

HEADER = struct.Struct("<8sQ32s")

MOST_JOURNALS = 10_000


@dataclass(frozen=True)
class Mark:
    """Position to which a journal was read, and the header of its last frame, which identifies the file."""

    head: bytes = b""
    start: int = 0  # of that head
    end: int = 0

    def reached(self, file: BinaryIO) -> int:
        """Position at which reading continues: the mark if the file is still the same, else the beginning."""
        file.seek(self.start)
        same = self.head and file.read(HEADER.size) == self.head and os.fstat(file.fileno()).st_size >= self.end
        return self.end if same else 0


def marked(file: BinaryIO, offset: int, length: int) -> Mark:
    """The mark of a frame, from the position of its payload."""
    file.seek(offset - HEADER.size)
    return Mark(file.read(HEADER.size), offset - HEADER.size, offset + length)


class Journal:
    """A journal of one process, locked while it is open; a partly written frame is cut off on opening."""

    whole: ClassVar[dict[Path, Mark]] = {}  # verified by this process, and not read again

    def __init__(self, folder: Path) -> None:
        regular.check_folder(folder)
        folder.mkdir(parents=True, exist_ok=True)
        self.path, self.file = self._claim(folder)
        end = self.whole.get(self.path, Mark()).reached(self.file)
        for offset, payload in frames_of(self.file, end):
            end = offset + len(payload)
        self.file.truncate(end)
        self.file.seek(end)
        if not end:  # so that a new journal survives a loss of power
            sync(folder)
            sync(folder.parent)

    def _claim(self, folder: Path) -> tuple[Path, BinaryIO]:
        """The first journal of this host that no other process has locked; locks are trusted within a host only."""
        for number in range(MOST_JOURNALS):
            path = folder / f"{host()}-{number}.journal"
            file = regular.opened(path, "a+b")
            if is_locked(file) and os.fstat(file.fileno()).st_nlink:  # else it was discarded while being opened
                return path, file
            file.close()
        raise OSError(f"{folder} contains {MOST_JOURNALS} journals in use; are as many processes writing to it?")

    def append(self, payload: bytes) -> None:
        """Write one frame and sync it to the disk."""
        digest = hashlib.blake2b(payload, digest_size=32).digest()
        self.file.write(HEADER.pack(MAGIC, len(payload), digest) + payload)
        self.file.flush()
        os.fsync(self.file.fileno())
        self.whole[self.path] = marked(self.file, self.file.tell() - len(payload), len(payload))

    def __enter__(self) -> "Journal":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.file.close()


def frames_of(file: BinaryIO, start: int = 0) -> Iterator[tuple[int, bytes]]:
    """Offsets and payloads of the whole frames of a journal from a position on, up to the first broken one."""
    for offset, length in stretches(file, start):
        file.seek(offset - HEADER.size)
        _, _, digest = HEADER.unpack(file.read(HEADER.size))
        payload = file.read(length)
        if hashlib.blake2b(payload, digest_size=32).digest() != digest:
            return
        yield offset, payload


def stretches(file: BinaryIO, start: int = 0) -> Iterator[tuple[int, int]]:
    """Offset and length of the frames from a position on, checked by length only; `payload_at` verifies one."""
    size = os.fstat(file.fileno()).st_size
    while start + HEADER.size <= size:
        file.seek(start)
        magic, length, _ = HEADER.unpack(file.read(HEADER.size))
        offset = start + HEADER.size
        if magic != MAGIC or offset + length > size:
            return
        yield offset, length
        start = offset + length


def payload_at(path: Path, offset: int) -> bytes:
    """The payload of a frame, verified."""
    with regular.opened(path) as file:
        file.seek(offset - HEADER.size)
        _, length, digest = HEADER.unpack(file.read(HEADER.size).ljust(HEADER.size))
        left = os.fstat(file.fileno()).st_size - offset
        payload = file.read(length) if length <= left else b""
    if hashlib.blake2b(payload, digest_size=32).digest() != digest:
        raise OSError(f"{path} was altered at byte {offset:,}: its digest does not match; remove it and run again")
    return payload


def journals(folder: Path) -> list[Path]:
    """The journals in a folder; RequestError if it is a link or no folder."""
    regular.check_folder(folder)
    return sorted(folder.glob("*.journal"))


@dataclass(frozen=True)
class Frame:
    """Position of a whole frame, and its note."""

    path: Path
    offset: int
    length: int
    about: Mapping[str, Any]

    def read(self) -> bytes:
        """Payload of the frame."""
        with regular.opened(self.path) as file:
            file.seek(self.offset)
            return file.read(self.length)

    def refused(self, why: object) -> RequestError:
        """Error for a whole frame that is no block of this folder."""
        return refused(self.path, self.offset, why)


def refused(path: Path, offset: int, why: object) -> RequestError:
    """Error for a whole frame that is no block of its folder."""
    reason = " ".join(str(why).split())
    return RequestError(
        f"{path} has at byte {offset:,} a frame that is no block of this folder: {reason}. Remove it and run again."
    )


def frames(folder: Path, note: Callable[[bytes], Mapping[str, Any]]) -> list[Frame]:
    """Every whole frame of every journal in a folder; only their notes are kept in memory."""
    whole = []
    for path in journals(folder):
        with regular.opened(path) as file:
            whole += [Frame(path, offset, len(payload), _noted(path, offset, payload, note))
                      for offset, payload in frames_of(file)]  # fmt: skip
    return whole


def _noted(path: Path, offset: int, payload: bytes, note: Callable[[bytes], Mapping[str, Any]]) -> Mapping[str, Any]:
    try:
        return note(payload)
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise refused(path, offset, error) from error


def discard(folder: Path, settled: Callable[[bytes], bool]) -> None:
    """Remove the journals that no process is writing and in which every frame is settled."""
    for path in journals(folder):
        with regular.opened(path, "r+b") as file:
            if is_locked(file) and all(settled(payload) for _, payload in frames_of(file)):
                path.unlink()
    if folder.exists() and not any(folder.iterdir()):
        folder.rmdir()
