"""What a configuration file of a user's own may hold, by the group that it stands in; all else is refused unread."""

import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from scenarios.errors import RequestError, nearest

PACKAGE = "# @package _global_"

MISSING = "???"  # what Hydra has for a value that is still to be given

MARK = b"\xef\xbb\xbf"

HOLDS = ("defaults", "scenario")  # of a scenario file; keys of any other are checked in scenarios/config/request.py

TAKEN = ("start", "world", "theory", "ensemble")  # groups of which a scenario may take an option by name

ITSELF = "_self_"

HEADER = re.compile(r"#\s*@")

TAKES = re.compile(rf"override /({'|'.join(TAKEN)})")

NAME = re.compile(r"[^\s/@:$]+")


def check_place(file: Path, group: str, found: Mapping[str, Any]) -> None:
    """Refuse a file that would stand elsewhere in the configuration, or change options of other groups."""
    _check_head(file, group)
    if group == "scenario":
        _check_groups_apart(file, found)


def check_content(file: Path, group: str, found: Mapping[str, Any]) -> None:
    """Refuse whatever is no part of an option of the group: it could change other keys, or have Hydra run code."""
    if group == "scenario":
        _check_scenario(file, found)
    _check_defaults(file, group, found)
    _check_given(file, "", found)


def _check_scenario(file: Path, found: Mapping[str, Any]) -> None:
    """A scenario file holds a scenario, and what it takes of other groups."""
    if not isinstance(found.get("scenario"), Mapping):
        raise RequestError(f"scenario {file.stem!r} has no `scenario:` mapping in {file}.")
    for name in found:
        if name not in HOLDS:
            raise RequestError(f"{file}: {name} has no place at the top of a scenario file.{nearest(name, HOLDS)}")


def _check_head(file: Path, group: str) -> None:
    """A scenario file says on its first line that it belongs at the top; no other file says where it belongs."""
    content = file.read_bytes()
    if content.startswith(MARK):
        raise RequestError(f"{file} begins with a byte order mark; save it as UTF-8 without one.")
    lines = content.decode().splitlines()
    first, rest = (lines[:1], lines[1:]) if group == "scenario" else ([], lines)
    if group == "scenario" and [" ".join(line.split()) for line in first] != [PACKAGE]:
        raise RequestError(f"{file}: the first line must be `{PACKAGE}`.")
    for line in _leading_comments(rest):
        if HEADER.match(line):
            raise RequestError(f"{file}: {line!r} would put it in another place of the configuration; leave it out.")


def _leading_comments(lines: Sequence[str]) -> Iterator[str]:
    """The comments before the first line of content."""
    for line in map(str.strip, lines):
        if line and not line.startswith("#"):
            return
        yield line


def _check_groups_apart(file: Path, found: Mapping[str, Any]) -> None:
    """A scenario leaves start and world to files of their own, which results are reported by."""
    for group in TAKEN:
        if group in found:
            raise RequestError(
                f"{file}: {group} stands beside `scenario:`, where it would change one that ships under its name; "
                f"write it as a file of its own, and take it by `override /{group}: NAME` under `defaults:`."
            )


def _check_defaults(file: Path, group: str, found: Mapping[str, Any]) -> None:
    """What a file takes of others: a scenario options of groups, an engine another engine, any other file nothing."""
    if "defaults" not in found:
        return
    if group not in ("scenario", "engine"):
        raise RequestError(f"{file}: a {group} file takes nothing of other files; leave out `defaults:`.")
    entries = found["defaults"]
    if not isinstance(entries, list):
        raise RequestError(f"{file}: defaults is {entries!r}; it must be a list.")
    for number, entry in enumerate(entries):
        if not (entry == ITSELF or _is_engine(entry) if group == "engine" else entry == ITSELF or _takes(entry)):
            allowed = (
                "the name of an engine or _self_"
                if group == "engine"
                else f"as `override /start: NAME`, of {', '.join(TAKEN)}"
            )
            raise RequestError(f"{file}: defaults[{number}] is {entry!r}; it must be {allowed}.")


def _is_engine(entry: Any) -> bool:
    return isinstance(entry, str) and bool(NAME.fullmatch(entry))


def _takes(entry: Any) -> bool:
    """Whether an entry takes one option of one known group by its plain name."""
    if not isinstance(entry, Mapping) or len(entry) != 1:
        return False
    ((key, name),) = entry.items()
    plain = isinstance(name, str | int) and not isinstance(name, bool)
    return isinstance(key, str) and bool(TAKES.fullmatch(key)) and plain and bool(NAME.fullmatch(str(name)))


def _check_given(file: Path, key: str, node: Any) -> None:
    """Refuse a value that is still to be given, at any depth."""
    if node == MISSING:
        raise RequestError(f"{file}: {key} is {MISSING}, which stands for no value; give one.")
    if isinstance(node, Mapping):
        for name, each in node.items():
            _check_given(file, f"{key}.{name}" if key else str(name), each)
    elif isinstance(node, list):
        for number, each in enumerate(node):
            _check_given(file, f"{key}[{number}]", each)
