"""Permitted content of a user's own configuration files, by group; everything else is refused unread."""

import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from scenarios.config.faults import fault_in_file, in_lines
from scenarios.errors import RequestError, nearest

PACKAGE = "# @package _global_"

MISSING = "???"  # Hydra's mark of a value that is still to be given

MARK = b"\xef\xbb\xbf"

HOLDS = ("defaults", "scenario")  # keys of a scenario file; those within it are checked by specs.py

TAKEN = ("start", "world", "theory", "ensemble")  # groups of which a scenario may take an option by name

ITSELF = "_self_"

HEADER = re.compile(r"#\s*@")

TAKES = re.compile(rf"override /({'|'.join(TAKEN)})")

NAME = re.compile(r"[^\s/@:$]+")


Unwanted = tuple[tuple[str | int, ...], str]  # content that a file must not have: its place, and the reason


def check_place(file: Path, group: str) -> None:
    """Refuse a file that would be placed elsewhere in the configuration: a package is named by scenarios alone."""
    written = file.read_bytes()
    if written.startswith(MARK):
        raise RequestError(f"{file} begins with a byte order mark; save it as UTF-8 without one.")
    lines = written.decode().splitlines()
    first, rest = (lines[:1], lines[1:]) if group == "scenario" else ([], lines)
    if group == "scenario" and [" ".join(line.split()) for line in first] != [PACKAGE]:
        raise RequestError(f"{file}: the first line must be `{PACKAGE}`.")
    for line in _leading_comments(rest):
        if HEADER.match(line):
            raise RequestError(f"{file}: {line!r} would put it in another place of the configuration; leave it out.")


def _leading_comments(lines: Sequence[str]) -> Iterator[str]:
    """Comments before the first line of content."""
    for line in map(str.strip, lines):
        if line and not line.startswith("#"):
            return
        yield line


def check_content(file: Path, group: str, content: Mapping[str, Any]) -> None:
    """Refuse content that is no part of an option of the group: it could change other keys, or make Hydra run code."""
    if group == "scenario" and not isinstance(content.get("scenario"), Mapping):
        raise RequestError(f"scenario {file.stem!r} has no `scenario:` mapping in {file}.")
    unwanted = [*_foreign_keys(group, content), *_foreign_defaults(group, content), *_not_given((), content)]
    if unwanted:
        from scenarios.evidence.validation_errors import Fault

        raise RequestError(in_lines(unwanted, lambda fault: str(fault_in_file(file, Fault(*fault), fault[0]))))


def _foreign_keys(group: str, content: Mapping[str, Any]) -> Iterator[Unwanted]:
    """Keys of a scenario file beside `scenario` and `defaults`; results are reported by the names of other files."""
    for name in content if group == "scenario" else ():
        if name in TAKEN:
            yield (
                (name,),
                "appears beside `scenario:`, where it would change a shipped one under its name; write it as a file of "
                f"its own, and take it by `override /{name}: NAME` under `defaults:`",
            )
        elif name not in HOLDS:
            yield ((name,), f"is not a key at the top of a scenario file.{nearest(name, HOLDS)}")


def _foreign_defaults(group: str, content: Mapping[str, Any]) -> Iterator[Unwanted]:
    """Defaults other than options of groups (scenarios) or another engine (engines)."""
    if "defaults" not in content:
        return
    entries = content["defaults"]
    if group not in ("scenario", "engine"):
        yield (("defaults",), f"is of no use: a {group} file takes nothing of other files; leave it out")
    elif not isinstance(entries, list):
        yield (("defaults",), f"is {entries!r}; it must be a list")
    else:
        may, allowed = (
            (_is_engine, "the name of an engine or _self_")
            if group == "engine"
            else (_takes, f"as `override /start: NAME`, of {', '.join(TAKEN)}")
        )
        for number, entry in enumerate(entries):
            if entry != ITSELF and not may(entry):
                yield (("defaults", number), f"is {entry!r}; it must be {allowed}")


def _is_engine(entry: Any) -> bool:
    return isinstance(entry, str) and bool(NAME.fullmatch(entry))


def _takes(entry: Any) -> bool:
    """True for an entry that takes one option of one known group by its plain name."""
    if not isinstance(entry, Mapping) or len(entry) != 1:
        return False
    ((key, name),) = entry.items()
    plain = isinstance(name, str | int) and not isinstance(name, bool)
    return isinstance(key, str) and bool(TAKES.fullmatch(key)) and plain and bool(NAME.fullmatch(str(name)))


def _not_given(place: tuple[str | int, ...], node: Any) -> Iterator[Unwanted]:
    """Values that are still to be given, at any depth."""
    if node == MISSING:
        yield (place, f"is {MISSING}, which is no value; give one")
    for step, value in node.items() if isinstance(node, Mapping) else enumerate(node) if isinstance(node, list) else ():
        yield from _not_given((*place, step), value)
