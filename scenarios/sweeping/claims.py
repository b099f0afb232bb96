"""Claims on pieces of work, so that two sweeps in one folder share it: locks that die with their process."""

import fcntl
import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

CLAIMS = ".claims"
PLACES = 2**40  # bytes of a file that is never written, one per claim


@contextmanager
def claimed(folder: Path, key: str) -> Iterator[bool]:
    """Hold a piece of work, unless another process does; yields whether it is ours."""
    place = int.from_bytes(hashlib.blake2b(key.encode(), digest_size=8).digest(), "little") % PLACES
    with (folder / CLAIMS).open("ab") as file:
        try:
            fcntl.lockf(file, fcntl.LOCK_EX | fcntl.LOCK_NB, 1, place)
        except (BlockingIOError, PermissionError):
            yield False
            return
        yield True
