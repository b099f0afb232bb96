"""Search for finished and unfinished folders of results, with the reasons why none is found."""

import fnmatch
import glob
import os
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from scenarios.store.manifest import MANIFEST

JOURNALS, OUTCOMES = "blocks", "outcomes.parquet"

MOST = 8  # names in a message

EVERY = "**"  # in a glob: folders at any depth

ABSENT = (FileNotFoundError, NotADirectoryError)

Where = str | Path | Sequence[str | Path]


@dataclass
class Walk:
    """Folders at or below a place, links followed, each real folder once; with the errors of unreadable ones."""

    place: Path
    barred: list[OSError] = field(default_factory=list)
    _seen: set[tuple[int, int]] = field(default_factory=set)

    def folders(self) -> Iterator[tuple[Path, frozenset[str]]]:
        """Every folder with the names in it, in order of name; folders behind links come last."""
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
        status = folder.stat()
        key = status.st_dev, status.st_ino
        is_new = key not in self._seen
        self._seen.add(key)
        return is_new


def finished(where: Where, marks: Iterable[str]) -> list[Path]:
    """Folders that contain one of some files, in the order of the given places, by name below each."""
    known, folders = frozenset(marks), dict[str, Path]()
    for place in _places(where):
        for folder in sorted(_marked(place, known)):
            folders.setdefault(os.path.realpath(folder), folder)
    return list(folders.values())


def holds(folder: Path, name: str) -> bool:
    """True if a folder contains a name; an unreadable folder contains nothing."""
    return os.path.lexists(folder / name)


def exists(place: Path) -> bool:
    """True if a place exists, as far as it can be read."""
    return os.path.lexists(place)


def unfinished(where: Where) -> list[str]:
    """Messages about folders at or below a place that have blocks or tables but no manifest, or cannot be read."""
    messages: dict[str, None] = {}
    for place in _places(where):
        walk = Walk(place)
        broken = [folder for folder, names in walk.folders() if MANIFEST not in names and names & {JOURNALS, OUTCOMES}]
        messages |= dict.fromkeys(f"{error.filename} cannot be read ({error.strerror}); see that it is there and yours."
                              for error in walk.barred if not isinstance(error, ABSENT))  # fmt: skip
        messages |= dict.fromkeys(
            f"{folder} is not a finished result: it has no {MANIFEST}, but contains {_names(folder)}; run the same "
            "command again to finish it."
            for folder in sorted(broken)
        )
    return list(messages)


def describe_absence(where: Where, marks: Iterable[str]) -> str:
    """Message for places without results: what was expected and what they contain."""
    places = [where] if isinstance(where, str | Path) else list(where)
    message = "; ".join(f"{place}: no finished result was found (no {' or '.join(marks)}); {_there(str(place))}"
                     for place in places)  # fmt: skip
    return f"{message or 'no folder was named'}."


def _places(where: Where) -> Iterator[Path]:
    for place in [where] if isinstance(where, str | Path) else where:
        yield from [Path(place)] if os.path.lexists(place) else _matches(str(place))


def _matches(pattern: str) -> list[Path]:
    """Paths that match a glob, in order; with `**`, links are followed and loops end."""
    parts = Path(pattern).parts
    if EVERY not in parts:
        return sorted(map(Path, glob.glob(pattern)))
    at = parts.index(EVERY)
    matches = []
    for place in map(Path, glob.glob(str(Path(*parts[:at])))):
        for folder, names in Walk(place).folders():
            candidates = [folder, *(folder / name for name in names)]
            matches += [each for each in candidates if _fits(each.relative_to(place).parts, parts[at:])]
    return sorted(set(matches))


def _fits(names: Sequence[str], pattern: Sequence[str]) -> bool:
    """True if the parts of a path match those of a pattern; hidden names must be given explicitly."""
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
    """Folders that contain a file of some names; folders below a place only if it is no result itself."""
    for folder, names in Walk(place).folders():
        if names & marks:
            yield folder
            if folder == place:
                return


def _there(where: str) -> str:
    path, matches = Path(where), _matches(where)
    if os.path.isdir(path):
        return f"it contains {names}" if (names := _names(path)) else "the folder is empty"
    if os.path.lexists(path):
        return "it is a file, not a folder"
    return f"it matches {', '.join(map(str, matches[:MOST]))}" if matches else "nothing is there"


def _names(folder: Path) -> str:
    """The first names in a folder, or the reason why it cannot be read."""
    try:
        return ", ".join(sorted(each.name for each in folder.iterdir())[:MOST])
    except OSError as error:
        return f"files that cannot be read ({error.strerror})"
