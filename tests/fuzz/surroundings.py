"""Surroundings of a case: a working folder of its own, a home and a neighbour that nothing may touch."""

import os
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tests.fuzz import sources
from tests.fuzz.cases import Case

CANARY = "../../../../neighbour/canary.txt"  # from a finished folder
WRITES = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC | os.O_APPEND
CHANGES = (
    "os.rename", "os.remove", "os.mkdir", "os.rmdir", "os.link", "os.symlink", "os.truncate", "os.chmod",
    "shutil.rmtree",
)  # fmt: skip
AGAINST = ("subprocess.Popen", "os.system", "os.exec", "os.posix_spawn", "socket.connect", "pty.spawn")
Tree = dict[str, tuple[Any, ...]]


class Watch:
    """Record of what this process writes, by an audit hook of Python, which cannot be removed again."""

    def __init__(self) -> None:
        self.allowed: tuple[str, ...] | None = None
        self.seen: list[str] = []
        sys.addaudithook(self._hear)

    def _hear(self, event: str, arguments: tuple[Any, ...]) -> None:
        if self.allowed is None:
            return
        if event in AGAINST and not (event == "subprocess.Popen" and "git" in str(arguments[0])):
            self.seen.append(f"{event} {arguments[:2]!r}"[:200])
        for path in written(event, arguments):
            if not f"{os.path.realpath(path)}{os.sep}".startswith(self.allowed):
                self.seen.append(f"{event} {path}")


def written(event: str, arguments: tuple[Any, ...]) -> list[str]:
    """Paths that an event writes to."""
    if event == "open":
        path, _, flags = arguments
        is_file = isinstance(path, str | bytes | os.PathLike) and isinstance(flags, int) and flags & WRITES
        return [os.fsdecode(path)] if is_file else []
    if event not in CHANGES:
        return []
    paths = {"os.rename": arguments[:2], "os.symlink": arguments[1:2], "os.link": arguments[1:2]}
    return [
        os.fsdecode(each) for each in paths.get(event, arguments[:1]) if isinstance(each, str | bytes | os.PathLike)
    ]


def tree(folder: Path) -> Tree:
    """Everything under a folder: kind, size, time, where a link leads."""
    entries: Tree = {}
    for entry in _entries(folder):
        stat = entry.stat(follow_symlinks=False)
        where = os.readlink(entry.path) if entry.is_symlink() else ""
        times = () if entry.is_dir(follow_symlinks=False) else (stat.st_size, stat.st_mtime_ns)
        entries[os.path.relpath(entry.path, folder)] = (stat.st_mode, *times, where)
    return entries


def _entries(folder: Path | str) -> Iterator[os.DirEntry[str]]:
    with os.scandir(folder) as entries:
        for entry in entries:
            yield entry
            if entry.is_dir(follow_symlinks=False):
                yield from _entries(entry.path)


class Surroundings:
    """One root for all cases of a process; each has a working folder of a name that no other had."""

    def __init__(self, root: Path) -> None:
        self.root, self.number, self.watch = root.resolve(), 0, Watch()
        for name in ("home/.config", "neighbour", "temporary", "work"):
            (self.root / name).mkdir(parents=True)
        for name in ("home/.config/mine", "neighbour/canary.txt"):
            (self.root / name).write_text("untouched\n", encoding="utf-8")

    @contextmanager
    def of(self, case: Case) -> Iterator[Path]:
        """Working folder of a case, removed after it."""
        self.number += 1
        folder = self.root / "work" / str(self.number)
        folder.mkdir()
        if case.with_results:
            shutil.copytree(sources.finished(), folder / "results")
        for edit in case.edits:
            edit.carry_out(folder)
        before = Path.cwd()
        os.chdir(folder)
        try:
            yield folder
        finally:
            os.chdir(before)
            shutil.rmtree(folder)

    @contextmanager
    def watched(self, folder: Path) -> Iterator[list[str]]:
        """Paths outside a working folder that are written meanwhile."""
        outside = {name: tree(self.root / name) for name in ("home", "neighbour")}
        self.watch.seen = seen = []
        self.watch.allowed = (f"{folder}{os.sep}", f"{self.root / 'temporary'}{os.sep}", f"{os.devnull}{os.sep}")
        try:
            yield seen
        finally:
            self.watch.allowed = None
            seen += [f"changed: {name}" for name, was in outside.items() if tree(self.root / name) != was]

    def environment(self) -> dict[str, str]:
        """Variables under which what is usual lands here."""
        return {
            "HOME": str(self.root / "home"), "TMPDIR": str(self.root / "temporary"), "XDG_CONFIG_HOME": "",
            "XDG_CACHE_HOME": str(self.root / "temporary"), "MPLCONFIGDIR": str(self.root / "temporary"),
        }  # fmt: skip
