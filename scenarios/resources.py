"""Folders of configs/, seeds/ and the code: beside the package in a clone, inside it once installed."""

import ast
import inspect
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


def docstring(thing: ModuleType | type | Callable[..., Any]) -> str:
    """Docstring of a module, class or function without its indentation; empty if there is none."""
    if sys.flags.optimize < DROPPED:
        return inspect.getdoc(thing) or ""
    tree: Any = ast.parse(dedent(inspect.getsource(thing)))
    return ast.get_docstring(tree if isinstance(thing, ModuleType) else tree.body[0]) or ""
