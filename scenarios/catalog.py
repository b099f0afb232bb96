"""The options of every configuration group, shipped and the user's own, read without Hydra."""

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from copy import deepcopy
from functools import lru_cache
from pathlib import Path
from typing import Any

from scenarios import places
from scenarios.content import ITSELF, check_content, check_place
from scenarios.errors import RequestError, nearest
from scenarios.evidence import reading

GROUPS = ("scenario", "start", "world", "theory", "ensemble", "study", "engine")
NAMED = ("scenario", "start", "world", "study")  # groups whose options are told by the name that stands in them
OF_HYDRA = "hydra"  # a group by which Hydra itself is configured


class Loader(reading.Loader):  # type: ignore[misc, valid-type]
    """YAML as Hydra reads it, so that 1e-3 is a number."""


Loader.add_implicit_resolver(
    "tag:yaml.org,2002:float", re.compile(r"^[-+]?[0-9][0-9_]*[eE][-+]?[0-9]+$"), list("-+0123456789")
)


def folders(extra: Path | None = None) -> list[Path]:
    """Folders of configuration, the user's own first: one given, ./configs, the shipped one."""
    local = Path.cwd() / "configs"
    own = [*([extra] if extra else []), *([local] if local.exists() and local.resolve() != places.configs() else [])]
    for folder in (inside for each in own for inside in (each, *(each / group for group in GROUPS))):
        if folder.exists() and not folder.is_dir():
            raise RequestError(f"{folder} is a file where a folder of configuration belongs; rename it or move it.")
    for inside in (folder / OF_HYDRA for folder in own):
        if inside.exists():
            raise RequestError(
                f"{inside} would configure Hydra itself, which no file of your own may do; move it away. A folder of "
                f"configuration holds {', '.join(GROUPS)}."
            )
    return [*own, places.configs()]


def check_own(extra: Path | None = None) -> None:
    """Refuse a user's own file whose name is ambiguous: shipped already, or in two folders."""
    for group in GROUPS:
        for name in options(group, extra):
            check_alone(group, name, extra)


def check_alone(group: str, name: str, extra: Path | None = None) -> None:
    """Refuse an option that stands in two folders with different content."""
    files = [file for folder in folders(extra) if (file := folder / group / f"{name}.yaml").exists()]
    for file in files[1:]:
        if not _alike(files[0], file):
            where = f"stands in {file.parent.parent} too" if _is_own(file) else "ships"
            raise RequestError(f"{files[0]}: a {group} named {name} {where}; give yours a name of its own.")


def _alike(one: Path, other: Path) -> bool:
    return one.is_file() and other.is_file() and one.read_bytes() == other.read_bytes()


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
        raise RequestError(f"{group} {name!r} is unknown.{_where(group, name) or nearest(name, found)}")
    return content(found[name])


def _where(group: str, name: str) -> str:
    """Where a file of one's own belongs that was named like a path."""
    if not name.endswith((".yaml", ".yml")):
        return ""
    own = Path(name).stem
    return f" Put the file at ./configs/{group}/{own}.yaml and say {group}={own}; see docs/own-files.md."


def check_used(group: str, name: str, extra: Path | None = None) -> None:
    """Refuse an option that is unknown or broken, or that takes one which is."""
    found = option(group, name, extra)
    for other, taken in _taken(found).items():
        option(other, taken, extra)
    _check_bases(group, name, extra, (name,))


def _check_bases(group: str, name: str, extra: Path | None, above: tuple[str, ...]) -> None:
    """Refuse an option that is built on one which is unknown or broken, or on itself."""
    for base in option(group, name, extra).get("defaults") or ():
        if not isinstance(base, str) or base == ITSELF:
            continue
        if base in above:
            raise RequestError(f"{group} {name!r} is built on {base!r}, which is built on it; leave one out.")
        _check_bases(group, base, extra, (*above, base))


def content(file: Path) -> dict[str, Any]:
    """The content of a configuration file, checked if it is the user's own; read again only after it has changed."""
    return deepcopy(_content(file, file.stat().st_mtime_ns if file.exists() else 0))


@lru_cache(maxsize=256)
def _content(file: Path, changed: int) -> dict[str, Any]:
    """The content of a file as it stood when it was last changed."""
    found = reading.yaml_mapping(file, Loader)
    if _is_own(file):
        _check_own(file, found)
    return found


def _is_own(file: Path) -> bool:
    return places.configs() not in file.parents


def _check_own(file: Path, found: Mapping[str, Any]) -> None:
    """Refuse a file that holds more than what it is, or whose results would pass for those of another."""
    group = file.parent.name
    check_place(file, group, found)
    _check_name(file, group, found.get("scenario") if group == "scenario" else found)
    check_content(file, group, found)


def _check_name(file: Path, group: str, node: Any) -> None:
    """Refuse an option by another name than its file's, since its results are reported by it."""
    if group not in NAMED or not isinstance(node, Mapping) or node.get("name") == file.stem:
        return
    told = f"name is {node['name']!r}" if "name" in node else "name is missing"
    raise RequestError(
        f"{file}: {told}, but the file is {file.name}, and its results would pass for those of another {group}; "
        f"write `name: {file.stem}`, or rename the file."
    )


def scenario(name: str, extra: Path | None = None) -> dict[str, Any]:
    """The `scenario` node of a scenario file."""
    return dict(option("scenario", name, extra)["scenario"])


def shipped(group: str, name: str) -> dict[str, Any] | None:
    """The node of an option that ships, whatever the user's own folders hold; None if none of that name does."""
    file = places.configs() / group / f"{name}.yaml"
    if not file.is_file():
        return None
    found = content(file)
    return dict(found["scenario"]) if group == "scenario" else found


def natural_start(name: str, extra: Path | None = None) -> str:
    """The start that a scenario belongs to."""
    return _taken(option("scenario", name, extra)).get("start", "")


def _taken(content: Mapping[str, Any]) -> dict[str, str]:
    """The options that a file takes of other groups, as `override /GROUP: NAME` under `defaults:`."""
    entries = [entry for entry in content.get("defaults") or () if isinstance(entry, Mapping)]
    pairs = [(str(key).removeprefix("override /"), name) for entry in entries for key, name in entry.items()]
    return {group: str(name) for group, name in pairs if group in GROUPS}


@contextmanager
def named(group: str, written: Any, extra: Path | None = None) -> Iterator[None]:
    """Within it, what is refused of an option of the user's own is told with its file."""
    try:
        yield
    except RequestError as error:
        name = str(written.get("name")) if isinstance(written, Mapping) else ""
        file = options(group, extra).get(name)
        if file is None or not _is_own(file):
            raise
        raise RequestError(f"{error} ({group} {name} stands in {file})") from error
