"""Permitted content of a user's own configuration files, by group; everything else is refused unread."""

import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from scenarios.errors import RequestError, nearest

PACKAGE = "# @package _global_"

MISSING = "???"  # Hydra's mark of a value that is still to be given

MARK = b"\xef\xbb\xbf"

HOLDS = (
    "defaults",
    "scenario",
)  # keys of a scenario file; those of others are checked in request.py

TAKEN = ("start", "world", "theory", "ensemble")  # groups of which a scenario may take an option by name

ITSELF = "_self_"

HEADER = re.compile(r"#\s*@")

TAKES = re.compile(rf"override /({'|'.join(TAKEN)})")

NAME = re.compile(r"[^\s/@:$]+")


def check_place(file: Path, group: str, content: Mapping[str, Any]) -> None:
    """Refuse a file that would be placed elsewhere in the configuration, or change options of other groups."""
    _check_head(file, group)
    if group == "scenario":
        _check_groups_apart(file, content)


def check_content(file: Path, group: str, content: Mapping[str, Any]) -> None:
    """Refuse content that is no part of an option of the group: it could change other keys, or make Hydra run code."""
    if group == "scenario":
        _check_scenario(file, content)
    _check_defaults(file, group, content)
    _check_given(file, "", content)


def _check_scenario(file: Path, content: Mapping[str, Any]) -> None:
    """Refuse a file without a scenario, or with other keys than its own and `defaults`."""
    if not isinstance(content.get("scenario"), Mapping):
        raise RequestError(f"scenario {file.stem!r} has no `scenario:` mapping in {file}.")
    for name in content:
        if name not in HOLDS:
            raise RequestError(f"{file}: {name} is not a key at the top of a scenario file.{nearest(name, HOLDS)}")


def _check_head(file: Path, group: str) -> None:
    """Refuse a scenario file without its package on the first line, and a package in any other place."""
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


def _check_groups_apart(file: Path, content: Mapping[str, Any]) -> None:
    """Refuse start and world within a scenario file: results are reported by the names of their own files."""
    for group in TAKEN:
        if group in content:
            raise RequestError(
                f"{file}: {group} appears beside `scenario:`, where it would change a shipped one under its name; "
                f"write it as a file of its own, and take it by `override /{group}: NAME` under `defaults:`."
            )


def _check_defaults(file: Path, group: str, content: Mapping[str, Any]) -> None:
    """Refuse defaults other than options of groups (scenarios) or another engine (engines)."""
    if "defaults" not in content:
        return
    if group not in ("scenario", "engine"):
        raise RequestError(f"{file}: a {group} file takes nothing of other files; leave out `defaults:`.")
    entries = content["defaults"]
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
    """True for an entry that takes one option of one known group by its plain name."""
    if not isinstance(entry, Mapping) or len(entry) != 1:
        return False
    ((key, name),) = entry.items()
    plain = isinstance(name, str | int) and not isinstance(name, bool)
    return isinstance(key, str) and bool(TAKES.fullmatch(key)) and plain and bool(NAME.fullmatch(str(name)))


def _check_given(file: Path, key: str, node: Any) -> None:
    """Refuse a value that is still to be given, at any depth."""
    if node == MISSING:
        raise RequestError(f"{file}: {key} is {MISSING}, which is no value; give one.")
    if isinstance(node, Mapping):
        for name, value in node.items():
            _check_given(file, f"{key}.{name}" if key else str(name), value)
    elif isinstance(node, list):
        for number, value in enumerate(node):
            _check_given(file, f"{key}[{number}]", value)
