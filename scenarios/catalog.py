"""The options of every configuration group, shipped and the user's own, read without Hydra."""

import re
from collections.abc import Mapping
from copy import deepcopy
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

from scenarios import places
from scenarios.errors import RequestError, nearest

GROUPS = ("scenario", "start", "world", "theory", "ensemble", "study", "engine")


class Loader(yaml.SafeLoader):
    """YAML as Hydra reads it, so that 1e-3 is a number."""


Loader.add_implicit_resolver(
    "tag:yaml.org,2002:float", re.compile(r"^[-+]?[0-9][0-9_]*[eE][-+]?[0-9]+$"), list("-+0123456789")
)


def folders(extra: Path | None = None) -> list[Path]:
    """Folders of configuration, the user's own first: one given, ./configs, the shipped one."""
    local = Path.cwd() / "configs"
    given = [extra] if extra else []
    own = [local] if local.is_dir() and local.resolve() != places.configs() else []
    return [*given, *own, places.configs()]


def check_own(extra: Path | None = None) -> None:
    """Refuse a user's own file that is broken, or whose name is ambiguous: shipped already, or in two folders."""
    for group in GROUPS:
        found: dict[str, Path] = {}
        for folder in folders(extra):
            for file in sorted((folder / group).glob("*.yaml")):
                if folder != places.configs():
                    content(file)
                other = found.setdefault(file.stem, file)
                if other.read_bytes() != file.read_bytes():
                    where = "ships" if folder == places.configs() else f"stands in {folder} too"
                    raise RequestError(f"{other}: a {group} named {file.stem} {where}; give yours a name of its own.")


def options(group: str, extra: Path | None = None) -> dict[str, Path]:
    """The options of a group by name, the user's own and the shipped ones."""
    found: dict[str, Path] = {}
    for folder in reversed(folders(extra)):
        found.update({file.stem: file for file in sorted((folder / group).glob("*.yaml"))})
    return dict(sorted(found.items()))


def option(group: str, name: str, extra: Path | None = None) -> dict[str, Any]:
    """The content of one option, as written."""
    found = options(group, extra)
    if name not in found:
        raise RequestError(f"{group} {name!r} is unknown.{nearest(name, found)}")
    return content(found[name])


def content(file: Path) -> dict[str, Any]:
    """The content of a configuration file; read again only after it has changed."""
    return deepcopy(_content(file, file.stat().st_mtime_ns))


@lru_cache(maxsize=256)
def _content(file: Path, changed: int) -> dict[str, Any]:
    """The content of a file as it stood when it was last changed."""
    try:
        found = yaml.load(file.read_text(encoding="utf-8"), Loader=Loader)
    except (yaml.YAMLError, ValueError) as error:
        raise RequestError(f"{file} is not valid YAML: {' '.join(str(error).split())}") from error
    if not isinstance(found, Mapping):
        raise RequestError(f"{file} holds no mapping.")
    return dict(found)


def scenario(name: str, extra: Path | None = None) -> dict[str, Any]:
    """The `scenario` node of a scenario file."""
    found = option("scenario", name, extra)
    if not isinstance(found.get("scenario"), Mapping):
        raise RequestError(f"scenario {name!r} has no `scenario:` mapping in {options('scenario', extra)[name]}.")
    return dict(found["scenario"])


def natural_start(name: str, extra: Path | None = None) -> str:
    """The start that a scenario belongs to."""
    for entry in option("scenario", name, extra).get("defaults", []):
        if isinstance(entry, Mapping) and "override /start" in entry:
            return str(entry["override /start"])
    return ""
