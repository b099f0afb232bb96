"""Folders of results: which are finished, which are not, and why there is none."""

import fnmatch
import glob
import os
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from scenarios.store.manifest import MANIFEST

JOURNALS, OUTCOMES = "blocks", "outcomes.parquet"

MOST = 8  # names that are told

EVERY = "**"  # in a glob: folders at any depth

ABSENT = (FileNotFoundError, NotADirectoryError)

Where = str | Path | Sequence[str | Path]


@dataclass
class Walk:
    """Folders at or below a place, links followed, each real folder once; and those that cannot be read."""

    place: Path
    barred: list[OSError] = field(default_factory=list)
    _seen: set[tuple[int, int]] = field(default_factory=set)

    def folders(self) -> Iterator[tuple[Path, frozenset[str]]]:
        """Every folder with the names in it, in order of name; what only links lead to comes last."""
        left, linked = [self.place], list[Path]()
        while left or linked:
            folder = left.pop() if left else linked.pop(0)
            try:
                if not self._is_new(folder):
                    continue
                with os.scandir(folder) as entries:
                    there = sorted(entries, key=lambda each: each.name)
                inside = [each for each in there if each.is_dir()]
            except OSError as error:
                self.barred.append(error)
                continue
            yield folder, frozenset(each.name for each in there)
            left += [folder / each.name for each in reversed(inside) if not each.is_symlink()]
            linked += [folder / each.name for each in inside if each.is_symlink()]

    def _is_new(self, folder: Path) -> bool:
        found = folder.stat()
        key = found.st_dev, found.st_ino
        is_new = key not in self._seen
        self._seen.add(key)
        return is_new


def finished(where: Where, marks: Iterable[str]) -> list[Path]:
    """The folders in which one of some files lies, place by place as they are given, in order of name below each."""
    known, found = frozenset(marks), dict[str, Path]()
    for place in _places(where):
        for folder in sorted(_marked(place, known)):
            found.setdefault(os.path.realpath(folder), folder)
    return list(found.values())


def holds(folder: Path, name: str) -> bool:
    """Whether something lies in a folder under a name; a folder that cannot be read holds nothing."""
    return os.path.lexists(folder / name)


def exists(place: Path) -> bool:
    """Whether something lies in a place, as far as can be seen."""
    return os.path.lexists(place)


def unfinished(where: Where) -> list[str]:
    """What is said of folders at or below a place that hold blocks or tables and no manifest, or cannot be read."""
    said: dict[str, None] = {}
    for place in _places(where):
        walk = Walk(place)
        broken = [folder for folder, names in walk.folders() if MANIFEST not in names and names & {JOURNALS, OUTCOMES}]
        said |= dict.fromkeys(f"{each.filename} cannot be read ({each.strerror}); see that it is there and yours."
                              for each in walk.barred if not isinstance(each, ABSENT))  # fmt: skip
        said |= dict.fromkeys(
            f"{folder} is not a finished result: it has no {MANIFEST}, there lie {_names(folder)}; run the same "
            "command again to finish it."
            for folder in sorted(broken)
        )
    return list(said)


def nothing(where: Where, marks: Iterable[str]) -> str:
    """What was looked for in vain, and what lies there."""
    asked = [where] if isinstance(where, str | Path) else list(where)
    said = "; ".join(f"{each}: no finished result was found (no {' or '.join(marks)}); {_there(str(each))}"
                     for each in asked)  # fmt: skip
    return f"{said or 'no folder was named'}."


def _places(where: Where) -> Iterator[Path]:
    for each in [where] if isinstance(where, str | Path) else where:
        yield from [Path(each)] if os.path.lexists(each) else _matches(str(each))


def _matches(pattern: str) -> list[Path]:
    """What a glob stands for, in order; where it holds `**`, links are followed and loops end."""
    parts = Path(pattern).parts
    if EVERY not in parts:
        return sorted(map(Path, glob.glob(pattern)))
    at = parts.index(EVERY)
    found = []
    for place in map(Path, glob.glob(str(Path(*parts[:at])))):
        for folder, names in Walk(place).folders():
            candidates = [folder, *(folder / name for name in names)]
            found += [each for each in candidates if _fits(each.relative_to(place).parts, parts[at:])]
    return sorted(set(found))


def _fits(names: Sequence[str], pattern: Sequence[str]) -> bool:
    """Whether the parts of a path fit those of a pattern; hidden ones must be named."""
    if not pattern:
        return not names
    if pattern[0] == EVERY and _fits(names, pattern[1:]):
        return True
    if not names or (names[0].startswith(".") and not pattern[0].startswith(".")):
        return False
    if pattern[0] == EVERY:
        return _fits(names[1:], pattern)
    return fnmatch.fnmatch(names[0], pattern[0]) and _fits(names[1:], pattern[1:])


def _marked(place: Path, marks: frozenset[str]) -> Iterator[Path]:
    """The folders in which a file of some names lies; those below a place only if it is no result itself."""
    for folder, names in Walk(place).folders():
        if names & marks:
            yield folder
            if folder == place:
                return


def _there(where: str) -> str:
    path, matches = Path(where), _matches(where)
    if os.path.isdir(path):
        return f"there lie {names}" if (names := _names(path)) else "the folder is empty"
    if os.path.lexists(path):
        return "it is a file, not a folder"
    return f"it stands for {', '.join(map(str, matches[:MOST]))}" if matches else "nothing is there"


def _names(folder: Path) -> str:
    """What lies in a folder, in short; why it cannot be read, if so."""
    try:
        return ", ".join(sorted(each.name for each in folder.iterdir())[:MOST])
    except OSError as error:
        return f"files that cannot be read ({error.strerror})"


# What a folder is, by the file that lies in it.
