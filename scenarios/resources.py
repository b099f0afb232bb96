"""Folders of configs/, seeds/ and the code, beside the package or installed within it, and readers of plain files."""

import ast
import inspect
import stat
import sys
from collections.abc import Callable, Mapping
from functools import cache
from importlib.resources import files
from importlib.util import find_spec
from pathlib import Path
from textwrap import dedent
from types import ModuleType
from typing import Any

from scenarios.errors import RequestError

DROPPED = 2  # level of optimisation from which Python drops docstrings

FILE_KINDS = {
    stat.S_IFREG: "a plain file",
    stat.S_IFLNK: "a link",
    stat.S_IFDIR: "a folder",
    stat.S_IFIFO: "a pipe",
    stat.S_IFSOCK: "a socket",
    stat.S_IFCHR: "a device",
    stat.S_IFBLK: "a device",
}


def given(path: str | Path) -> Path:
    """Path as a user writes it, `~` standing for the home folder; RequestError if that home folder is unknown."""
    try:
        return Path(path).expanduser()
    except RuntimeError:
        raise RequestError(f"{path}: there is no home folder of that name; write the path in full.") from None


@cache
def configs() -> Path:
    """Folder of configuration groups."""
    return _folder("configs")


@cache
def seeds() -> Path:
    """Folder of sources, claims, parameters and facts."""
    return _folder("seeds")


@cache
def packages() -> Mapping[str, Path]:
    """Folders of the code by the name of the package."""
    return {name: Path(str(files(name))) for name in ("agents", "scenarios")}


def _folder(name: str) -> Path:
    beside = Path(__file__).resolve().parent.parent / name
    if (beside / "README.md").exists() and (beside.parent / "pyproject.toml").exists():
        return beside
    spec = find_spec(f"scenarios.{name}")
    if spec is None or not spec.submodule_search_locations:
        raise FileNotFoundError(
            f"The folder {name}/ is neither at {beside} nor installed as scenarios.{name}; reinstall."
        )
    return Path(next(iter(spec.submodule_search_locations)))


def shown_path(file: Path | str) -> Path:
    """Path as messages show it: from seeds/ or configs/ on for what ships."""
    path = Path(file)
    for name, folder in (("seeds", seeds()), ("configs", configs())) if path.is_absolute() else ():
        if folder in path.parents:
            return name / path.relative_to(folder)
    return path


def file_kind(mode: int) -> str:
    """Kind of a file, from its mode, in words."""
    return FILE_KINDS.get(stat.S_IFMT(mode), "no file")


def check_plain(file: Path) -> None:
    """Refuse anything but a plain file before it is opened: reading a pipe or a device may never end."""
    try:
        mode = file.stat().st_mode
    except (OSError, ValueError) as error:  # ValueError: a null byte in the name
        raise unreadable(file, error) from error
    if not stat.S_ISREG(mode):
        raise RequestError(f"{shown_path(file)}: cannot be read (it is {file_kind(mode)}); give a plain file")


def read_plain(file: Path, most: int) -> bytes:
    """Bytes of a plain file of limited size."""
    check_plain(file)
    try:
        with file.open("rb") as opened:
            content = opened.read(most + 1)
    except OSError as error:
        raise unreadable(file, error) from error
    if len(content) > most:
        raise RequestError(f"{shown_path(file)}: has {file.stat().st_size:,} bytes; at most {most:,} are read")
    return content


def unreadable(file: Path, error: OSError | ValueError) -> RequestError:
    """Error for a file that the system refuses to read."""
    reason = getattr(error, "strerror", None) or error
    return RequestError(f"{shown_path(file)}: cannot be read ({reason}); restore it")


def docstring(thing: ModuleType | type | Callable[..., Any]) -> str:
    """Docstring of a module, class or function without its indentation; empty if there is none."""
    if sys.flags.optimize < DROPPED:
        return inspect.getdoc(thing) or ""
    tree: Any = ast.parse(dedent(inspect.getsource(thing)))
    return ast.get_docstring(tree if isinstance(thing, ModuleType) else tree.body[0]) or ""
