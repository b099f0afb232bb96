"""Cases: the content of the working folder, the command given there, and the key that it changes."""

import json
import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

from tests.fuzz.sources import finished

LOAD = "load"  # not a command: `scenarios.load` of the words, as in a notebook
LONGEST = 300  # characters of a value that are shown


class Edit(NamedTuple):
    """Something done to a file or folder of the working folder before the command is given."""

    path: str
    how: str
    content: Any = None
    note: str = ""  # what is special in the content

    def __str__(self) -> str:
        written = self.note or ("" if self.content is None else shown(self.content))
        return f"{self.how} {self.path}" + (f": {written}" if written else "")

    def carry_out(self, folder: Path) -> None:
        file = folder / self.path
        file.parent.mkdir(parents=True, exist_ok=True)
        EDITS[self.how](file, self.content)


class Change(NamedTuple):
    """Key that a case sets, and the same case without it: if both end alike, the key was ignored."""

    key: str
    value: str
    without: "Case"


@dataclass(frozen=True)
class Case:
    """One case, complete: it needs nothing but the finished results that `with_results` adds to it."""

    area: str
    words: tuple[str, ...]
    edits: tuple[Edit, ...] = ()
    with_results: bool = False
    change: Change | None = None

    def __str__(self) -> str:
        given = " ".join(shown(word) for word in self.words)
        return "\n".join([f"[{self.area}] {given}", *(f"    {edit}" for edit in self.edits)])


def shown(value: Any) -> str:
    """Value in one line, shortened in the middle."""
    written = repr(value)
    return written if len(written) <= LONGEST else f"{written[: LONGEST // 2]} ... {written[-LONGEST // 2 :]}"


def _remove(file: Path, _: None = None) -> None:
    if file.is_dir() and not file.is_symlink():
        for entry in file.iterdir():
            _remove(entry)
        file.rmdir()
    else:
        file.unlink(missing_ok=True)


def _anew(make: Callable[[Path, Any], object]) -> Callable[[Path, Any], None]:
    def write_anew(file: Path, content: Any) -> None:
        _remove(file)
        make(file, content)

    return write_anew


def _flip(file: Path, place: float) -> None:
    if file.is_file() and file.stat().st_size:
        content = bytearray(file.read_bytes())
        content[int(place * (len(content) - 1))] ^= 0x55
        file.write_bytes(content)


def _truncate(file: Path, share: float) -> None:
    if file.is_file():
        os.truncate(file, int(share * file.stat().st_size))


def _append(file: Path, content: bytes) -> None:
    with file.open("ab") as opened:
        opened.write(content)


def _rewrite(file: Path, change: tuple[Any, bool]) -> None:
    """Mutation of a document, sealed again on request, as somebody who knows the format could."""
    from scenarios.store.identity import digest_of
    from scenarios.store.manifest import SEAL

    mutation, is_sealed = change
    content = mutation.of(json.loads(file.read_bytes()))
    if is_sealed and isinstance(content, dict):
        content.pop(SEAL, None)
        content[SEAL] = digest_of(content)
    file.write_text(json.dumps(content), encoding="utf-8")


EDITS: dict[str, Callable[[Path, Any], object]] = {
    "write": _anew(lambda file, content: file.write_bytes(content)),
    "remove": _remove,
    "make a folder of": _anew(lambda file, _: file.mkdir()),
    "make a pipe of": _anew(lambda file, _: os.mkfifo(file)),
    "link": _anew(lambda file, target: file.symlink_to(target)),
    "truncate": _truncate,
    "flip a byte of": _flip,
    "append to": _append,
    "put another in place of": _anew(lambda file, other: file.write_bytes((finished().parent / other).read_bytes())),
    "rewrite": _rewrite,
    "rename": lambda file, name: file.rename(file.with_name(name)),
}
