"""What lies in folders: finished results, unfinished ones, and what to say where there are none."""

import glob
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

JOURNALS = "blocks"
MOST = 8  # names that are told
Where = str | Path | Sequence[str | Path]


def finished(where: Where, marks: Iterable[str]) -> list[Path]:
    """The folders in which one of some files lies, place by place as they are given, in order of name below each."""
    known = list(marks)
    inside = (sorted({file.parent for mark in known for file in _below(place, mark)}) for place in _places(where))
    return list(dict.fromkeys(folder for folders in inside for folder in folders))


def unfinished(where: Where) -> list[str]:
    """What is said of folders at or below a place that hold blocks or tables and no manifest."""
    folders = {file.parent for place in _places(where) for mark in (JOURNALS, "outcomes.parquet")
               for file in _below(place, mark)}  # fmt: skip
    return [
        f"{folder} is not a finished result: it has no manifest.json, there lie {_names(folder)}; run the same command "
        "again to finish it."
        for folder in sorted(folders)
        if not (folder / "manifest.json").exists()
    ]


def nothing(where: Where, marks: Iterable[str]) -> str:
    """What was looked for in vain, and what lies there."""
    asked = [where] if isinstance(where, str | Path) else list(where)
    said = "; ".join(f"{each}: no finished result was found (no {' or '.join(marks)}); {_there(str(each))}"
                     for each in asked)  # fmt: skip
    return f"{said or 'no folder was named'}."


def _places(where: Where) -> Iterator[Path]:
    for each in [where] if isinstance(where, str | Path) else where:
        matches = [str(each)] if Path(each).exists() else sorted(glob.glob(str(each), recursive=True))
        yield from map(Path, matches)


def _below(place: Path, name: str) -> Iterator[Path]:
    """The files of a name in a folder; in those below it only if it is no result itself."""
    if (place / name).exists():
        yield place / name
    elif place.is_dir():
        yield from place.rglob(name)


def _there(where: str) -> str:
    path, matches = Path(where), sorted(glob.glob(where, recursive=True))
    if path.is_dir():
        return f"there lie {_names(path)}" if any(path.iterdir()) else "the folder is empty"
    if path.exists():
        return "it is a file, not a folder"
    return f"it stands for {', '.join(matches[:MOST])}" if matches else "nothing is there"


def _names(folder: Path) -> str:
    return ", ".join(sorted(each.name for each in folder.iterdir())[:MOST])
