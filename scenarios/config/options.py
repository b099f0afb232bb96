"""The options of every configuration group, shipped and the user's own, read without Hydra."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from copy import deepcopy
from functools import lru_cache
from pathlib import Path
from typing import Any
from unicodedata import normalize

from scenarios import resources
from scenarios.config.content import ITSELF, check_content, check_place
from scenarios.errors import RequestError, nearest
from scenarios.evidence import plain_yaml, seed_files

GROUPS = ("scenario", "start", "world", "theory", "ensemble", "study", "engine")

NAMED = ("scenario", "start", "world", "study")  # groups whose options are told by the name that stands in them

OF_HYDRA = "hydra"  # a group by which Hydra itself is configured

NAMES_OF_FACTORS = ("scenario", "start", "world", "theory", "loop", "theory.*")

TEXTS: Mapping[str, tuple[str, ...]] = {
    "scenario": ("scenario/name", "scenario/code"),
    "start": ("name", "file?"),
    "world": ("name",),
    "theory": ("name", "*", "*/*"),
    "ensemble": ("name",),
    "study": (
        "name",
        "table?",
        *(f"cross/{name}/*" for name in NAMES_OF_FACTORS),
        "cross/theory.*/*/*",
        "constraints/*",
        *(f"sample/factors/{name}/values/*" for name in NAMES_OF_FACTORS),
        "sample/factors/theory.*/values/*/*",
    ),
    "engine": (
        "name",
        "partition?",
        "account?",
        "qos?",
        "constraint?",
        "python?",
        "setup/*",
        "environment/*?",
        "options/*?",
    ),
}  # places in the files of a group where text belongs, whatever it looks like

TAKEN = ("defaults/*", "defaults/*/*?")  # in the files of every group


def folders(extra: Path | None = None) -> list[Path]:
    """Folders of configuration, the user's own first: one given, ./configs, the shipped one."""
    local = Path.cwd() / "configs"
    own = [*([extra] if extra else []), *([local] if local.exists() and local.resolve() != resources.configs() else [])]
    for folder in (inside for each in own for inside in (each, *(each / group for group in GROUPS))):
        if folder.exists() and not folder.is_dir():
            raise RequestError(f"{folder} is a file where a folder of configuration belongs; rename it or move it.")
    for inside in (folder / OF_HYDRA for folder in own):
        if inside.exists():
            raise RequestError(
                f"{inside} would configure Hydra itself, which no file of your own may do; move it away. A folder of "
                f"configuration holds {', '.join(GROUPS)}."
            )
    return [*own, resources.configs()]


def check_own(extra: Path | None = None) -> None:
    """Refuse a user's own file whose name is ambiguous: shipped already, or in two folders."""
    for group in GROUPS:
        for name in options(group, extra):
            check_alone(group, name, extra)


def check_alone(group: str, name: str, extra: Path | None = None) -> None:
    """Refuse an option that stands in two folders with different content."""
    files = [there[name] for folder in folders(extra) if name in (there := options_in(folder, group))]
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
        found.update(options_in(folder, group))
    return dict(sorted(found.items()))


def options_in(folder: Path, group: str) -> dict[str, Path]:
    """The options of a group that stand in one folder, by name; letters with accents in their composed form."""
    return {composed_form(file.stem): file for file in sorted((folder / group).glob("*.yaml"))}


def composed_form(name: str) -> str:
    """A name with one code for each letter that has one, however a keyboard or a file system writes it."""
    return normalize("NFC", name)


def found(file: Path) -> Path:
    """A file by its name, or by the other way in which the letters of its name are coded."""
    forms = [file, *(file.with_name(normalize(form, file.name)) for form in ("NFC", "NFD") if file.name)]
    return next((each for each in forms if each.exists()), file)


def option(group: str, name: str, extra: Path | None = None) -> dict[str, Any]:
    """The content of one option, as written."""
    found, sought = options(group, extra), composed_form(name)
    if sought not in found:
        raise RequestError(f"{group} {name!r} is unknown.{_where(group, name) or nearest(name, found)}")
    return content(found[sought])


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
    try:
        changed = file.stat().st_mtime_ns
    except OSError:  # of which the reader says what it is
        changed = 0
    return deepcopy(_content(file, changed))


@lru_cache(maxsize=256)
def _content(file: Path, changed: int) -> dict[str, Any]:
    """The content of a file as it stood when it was last changed."""
    found = seed_files.yaml_mapping(file, (*TAKEN, *TEXTS.get(file.parent.name, ())), interpolated=not _is_own(file))
    if _is_own(file):
        _check_own(file, found)
    return found


def _is_own(file: Path) -> bool:
    return resources.configs() not in file.parents


def _check_own(file: Path, found: Mapping[str, Any]) -> None:
    """Refuse a file that holds more than what it is, or whose results would pass for those of another."""
    group = file.parent.name
    check_place(file, group, found)
    _check_name(file, group, found.get("scenario") if group == "scenario" else found)
    check_content(file, group, found)


def _check_name(file: Path, group: str, node: Any) -> None:
    """Refuse an option by another name than its file's, since its results are reported by it."""
    if group not in NAMED or not isinstance(node, dict):
        return
    own, name = composed_form(file.stem), node.get("name")
    if isinstance(name, str) and composed_form(name) == own:
        node["name"] = own
        return
    told = f"name is {name!r}" if "name" in node else "name is missing"
    raise RequestError(
        f"{file}: {told}, but the file is {file.name}, and its results would pass for those of another {group}; "
        f"write `name: {plain_yaml.dumped(own, in_a_line=True)}`, or rename the file."
    )


def scenario(name: str, extra: Path | None = None) -> dict[str, Any]:
    """The `scenario` node of a scenario file."""
    return dict(option("scenario", name, extra)["scenario"])


def shipped(group: str, name: str) -> dict[str, Any] | None:
    """The node of an option that ships, whatever the user's own folders hold; None if none of that name does."""
    file = resources.configs() / group / f"{name}.yaml"
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
        name = composed_form(str(written.get("name"))) if isinstance(written, Mapping) else ""
        file = options(group, extra).get(name)
        if file is None or not _is_own(file):
            raise
        raise RequestError(f"{error} ({group} {name} stands in {file})") from error
