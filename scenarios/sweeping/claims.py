"""Claims on pieces of work, so that two sweeps in one folder share it: locks that die with their process."""

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from scenarios.archive import locks, regular

CLAIMS = ".claims"
PLACES = 2**30  # bytes of a file that is never written, one per claim


@contextmanager
def claimed(folder: Path, key: str) -> Iterator[bool]:
    """Hold a piece of work, unless another process does; yields whether it is ours."""
    place = int.from_bytes(hashlib.blake2b(key.encode(), digest_size=8).digest(), "little") % PLACES
    with regular.opened(folder / CLAIMS, "ab") as file:
        yield locks.claimed(file, place)
