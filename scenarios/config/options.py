"""Options of every configuration group, shipped and the user's own, read without Hydra."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from copy import deepcopy
from datetime import date
from functools import lru_cache, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any
from unicodedata import normalize

from scenarios import resources
from scenarios.config.content import ITSELF, check_content, check_place
from scenarios.config.faults import FaultsError, Place, fault_in_file, in_lines, value_in
from scenarios.errors import RequestError, nearest
from scenarios.evidence import plain_yaml, seed_files

if TYPE_CHECKING:
    from scenarios.evidence.validation_errors import Fault

GROUPS = ("scenario", "start", "world", "theory", "ensemble", "study", "engine")

NAMED = ("scenario", "start", "world", "study")  # groups whose options contain their own name

COURSES = ("all leave", "some leave", "all stay", "force is used")  # of US troops: groups of scenarios

OF_HYDRA = "hydra"  # group that configures Hydra itself

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
}  # places in the files of a group whose values are text

TAKEN = ("defaults/*", "defaults/*/*?")  # in the files of every group


def folders(extra: Path | None = None) -> list[Path]:
    """Folders of configuration in order of precedence: one given by the user, ./configs, the shipped one."""
    local = Path.cwd() / "configs"
    users = [
        *([extra] if extra else []),
        *([local] if local.exists() and local.resolve() != resources.configs() else []),
    ]
    for path in (path for folder in users for path in (folder, *(folder / group for group in GROUPS))):
        if path.exists() and not path.is_dir():
            raise RequestError(f"{path} is a file where a folder of configuration belongs; rename it or move it.")
    for path in (folder / OF_HYDRA for folder in users):
        if path.exists():
            raise RequestError(
                f"{path} would configure Hydra itself, which no file of your own may do; move it away. A folder of "
                f"configuration contains {', '.join(GROUPS)}."
            )
    return [*users, resources.configs()]


def options(group: str, extra: Path | None = None) -> dict[str, Path]:
    """Options of a group by name, the user's own and the shipped ones."""
    files: dict[str, Path] = {}
    for folder in reversed(folders(extra)):
        files.update(options_in(folder, group))
    return dict(sorted(files.items()))


def options_in(folder: Path, group: str) -> dict[str, Path]:
    """Options of a group in one folder, by name; letters with accents in their composed form."""
    return {composed_form(file.stem): file for file in sorted((folder / group).glob("*.yaml"))}


def composed_form(name: str) -> str:
    """Name with one code for each letter that has one, independent of keyboard and file system."""
    return normalize("NFC", name)


def file_named(file: Path) -> Path:
    """File of a name, or of the same name with its letters coded in the other form."""
    forms = [file, *(file.with_name(normalize(form, file.name)) for form in ("NFC", "NFD") if file.name)]
    return next((form for form in forms if form.exists()), file)


def option(group: str, name: str, extra: Path | None = None) -> dict[str, Any]:
    """Content of one option, as written."""
    known, sought = options(group, extra), composed_form(name)
    if sought not in known:
        raise RequestError(f"{group} {name!r} is unknown.{_where(group, name) or nearest(name, known)}")
    return option_content(known[sought])


def _where(group: str, name: str) -> str:
    """Location for a user's own file whose path was given in place of a name."""
    if not name.endswith((".yaml", ".yml")):
        return ""
    own = Path(name).stem
    return f" Put the file at ./configs/{group}/{own}.yaml and write {group}={own}; see docs/own-files.md."


def scenario(name: str, extra: Path | None = None) -> dict[str, Any]:
    """Node `scenario` of a scenario file."""
    return dict(option("scenario", name, extra)["scenario"])


def shipped(group: str, name: str) -> dict[str, Any] | None:
    """Node of a shipped option, whatever the user's own folders contain; None if there is none of that name."""
    file = resources.configs() / group / f"{name}.yaml"
    if not file.is_file():
        return None
    written = option_content(file)
    return dict(written["scenario"]) if group == "scenario" else written


def natural_start(name: str, extra: Path | None = None) -> str:
    """Start to which a scenario belongs."""
    return _taken(option("scenario", name, extra)).get("start", "")


def _taken(content: Mapping[str, Any]) -> dict[str, str]:
    """Options that a file takes of other groups, as `override /GROUP: NAME` under `defaults:`."""
    entries = [entry for entry in content.get("defaults") or () if isinstance(entry, Mapping)]
    pairs = [(str(key).removeprefix("override /"), name) for entry in entries for key, name in entry.items()]
    return {group: str(name) for group, name in pairs if group in GROUPS}


def option_content(file: Path) -> dict[str, Any]:
    """Content of a configuration file, checked if it is the user's own; read again only after a change."""
    try:
        changed = file.stat().st_mtime_ns
    except OSError:  # reported by the reader
        changed = 0
    return deepcopy(_content(file, changed))


@lru_cache(maxsize=256)
def _content(file: Path, changed: int) -> dict[str, Any]:
    """Content of a file as of its last change."""
    written = seed_files.yaml_mapping(file, (*TAKEN, *TEXTS.get(file.parent.name, ())), interpolated=not _is_own(file))
    if _is_own(file):
        _check_own(file, written)
    return written


def _is_own(file: Path) -> bool:
    return resources.configs() not in file.parents


def _check_own(file: Path, written: Mapping[str, Any]) -> None:
    """Refuse a file with more content than an option, or whose results would pass for those of another."""
    group = file.parent.name
    check_place(file, group)
    _check_name(file, group, written.get("scenario") if group == "scenario" else written)
    check_content(file, group, written)


def _check_name(file: Path, group: str, node: Any) -> None:
    """Refuse an option under another name than its file's, since its results are reported by it."""
    if group not in NAMED or not isinstance(node, dict):
        return
    own, name = composed_form(file.stem), node.get("name")
    if isinstance(name, str) and composed_form(name) == own:
        node["name"] = own
        return
    problem = f"name is {name!r}" if "name" in node else "name is missing"
    raise RequestError(
        f"{file}: {problem}, but the file is {file.name}, and its results would pass for those of another {group}; "
        f"write `name: {plain_yaml.dumped(own, in_a_line=True)}`, or rename the file."
    )


def check_own(extra: Path | None = None) -> None:
    """Refuse a user's own file whose name is ambiguous: also shipped, or in two folders."""
    for group in GROUPS:
        for name in options(group, extra):
            check_alone(group, name, extra)


def check_alone(group: str, name: str, extra: Path | None = None) -> None:
    """Refuse an option that two folders define with different content."""
    files = [known[name] for folder in folders(extra) if name in (known := options_in(folder, group))]
    for file in files[1:]:
        if not _alike(files[0], file):
            where = f"is in {file.parent.parent} too" if _is_own(file) else "ships"
            raise RequestError(f"{files[0]}: a {group} named {name} {where}; give yours a name of its own.")


def _alike(first: Path, second: Path) -> bool:
    return first.is_file() and second.is_file() and first.read_bytes() == second.read_bytes()


def check_used(group: str, name: str, extra: Path | None = None) -> None:
    """Refuse an option that is unknown or broken, or that takes one which is."""
    written = option(group, name, extra)
    for other, taken in _taken(written).items():
        option(other, taken, extra)
    _check_bases(group, name, extra, (name,))


def _check_bases(group: str, name: str, extra: Path | None, above: tuple[str, ...]) -> None:
    """Refuse an option that is based on an unknown or broken one, or on itself."""
    for base in option(group, name, extra).get("defaults") or ():
        if not isinstance(base, str) or base == ITSELF:
            continue
        if base in above:
            raise RequestError(f"{group} {name!r} is built on {base!r}, which is built on it; leave one out.")
        _check_bases(group, base, extra, (*above, base))


@contextmanager
def named(group: str, written: Any, extra: Path | None = None) -> Iterator[None]:
    """Context in which errors about a user's own option name its file; what is written there, with line and column."""
    try:
        yield
    except RequestError as error:
        name = composed_form(str(written.get("name"))) if isinstance(written, Mapping) else ""
        file = options(group, extra).get(name)
        if file is None or not _is_own(file):
            raise
        if not isinstance(error, FaultsError):
            raise RequestError(f"{error} ({group} {name} is in {file})") from error
        node = option_content(file)
        described = [*zip(error.faults, error.sentences, strict=True)]
        find = partial(
            _in_file,
            group,
            file,
            plain_options(node["scenario"] if group == "scenario" else node),
            plain_options(written),
        )
        raise RequestError(in_lines(described, lambda pair: find(*pair))) from error


def _in_file(group: str, file: Path, content: Any, used: Any, fault: "Fault", sentence: str) -> str:
    """Fault of an option with its place in the file, or with the file alone where a word has set the value."""
    if _is_as_written(fault.place[1:], content, used):
        return str(fault_in_file(file, fault, fault.place[group != "scenario" :]))
    return f"{sentence} ({group} {used['name']} is in {file})"


def _is_as_written(place: Place, written: Any, used: Any) -> bool:
    """True if what is used at a place is what the file has there, or is missing in both."""
    values = []
    for node in (written, used):
        try:
            values.append(value_in(node, place))
        except LookupError:
            values.append(LookupError)
    return bool(values[0] == values[1])


def plain_options(value: Any) -> Any:
    """Plain data with dates as texts, as Hydra has them."""
    if isinstance(value, Mapping):
        return {name: plain_options(element) for name, element in value.items()}
    if isinstance(value, list):
        return [plain_options(element) for element in value]
    return value.isoformat() if isinstance(value, date) else value
