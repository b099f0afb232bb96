"""Seed files as plain data; whatever is broken is named by file, key and reason."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml

from scenarios import places
from scenarios.errors import RequestError, nearest

Loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class SeedError(RequestError):
    """A seed file is broken."""

    def __init__(self, file: Path | str, key: str, reason: str) -> None:
        shown = Path(file)
        if shown.is_absolute() and places.seeds() in shown.parents:
            shown = Path("seeds") / shown.relative_to(places.seeds())
        super().__init__(f"{shown}: {key}: {reason}" if key else f"{shown}: {reason}")


def yaml_mapping(file: Path, loader: Any = Loader) -> dict[str, Any]:
    """The mapping in a YAML file, duplicate keys refused."""
    try:
        text = file.read_text(encoding="utf-8-sig")
        node = yaml.compose(text, Loader=loader)
        if node is not None:
            _refuse_duplicates(file, node)
        found = yaml.load(text, Loader=loader)
    except OSError as error:
        raise SeedError(file, "", f"cannot be read ({error.strerror}); restore it") from error
    except (yaml.YAMLError, ValueError) as error:  # ValueError: a date that does not exist, bytes that are no text
        raise SeedError(file, "", f"is not valid YAML ({' '.join(str(error).split())})") from error
    if not isinstance(found, dict):
        raise SeedError(file, "", f"holds {type(found).__name__}, not a mapping of names")
    return found


def _refuse_duplicates(file: Path, node: yaml.Node) -> None:
    if isinstance(node, yaml.MappingNode):
        keys = [key.value for key, _ in node.value]
        for key in keys:
            if keys.count(key) > 1:
                raise SeedError(file, str(key), f"stands twice (line {node.start_mark.line + 1} on); keep one")
        for _, value in node.value:
            _refuse_duplicates(file, value)
    elif isinstance(node, yaml.SequenceNode):
        for value in node.value:
            _refuse_duplicates(file, value)


def said(file: Path, key: str, found: Any) -> str:
    """A text that is not empty."""
    if not isinstance(found, str) or not found.strip():
        raise SeedError(file, key, f"is {found!r}; say it in words")
    return found.strip()


def expect(file: Path, key: str, found: Mapping[str, Any], required: set[str], optional: set[str]) -> None:
    """Refuse an entry that lacks a required key or has an unknown one."""
    if not isinstance(found, Mapping):
        raise SeedError(file, key, f"holds {found!r}, not a mapping")
    for name in sorted(set(found) - required - optional, key=str):
        raise SeedError(file, f"{key}.{name}", f"is unknown.{nearest(name, required | optional)}")
    for name in sorted(required - set(found)):
        raise SeedError(file, f"{key}.{name}", "is missing")
