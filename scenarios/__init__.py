"""Scenarios for the model of Iraq: how they are requested, run, compared and reported.

From Python: `scenarios.run("full_withdrawal")`, `scenarios.compare("full_withdrawal", "relabel")`,
`scenarios.load("results/full_withdrawal")`.
"""

from scenarios import packages

if packages.is_command():
    packages.leave_working_folder()

packages.take("agents")

import sys  # noqa: E402 - from here on, no file in the working folder replaces a library
import warnings  # noqa: E402
from importlib import import_module  # noqa: E402
from types import ModuleType  # noqa: E402
from typing import TYPE_CHECKING, Any  # noqa: E402

if TYPE_CHECKING:
    from scenarios.api import compare, run
    from scenarios.explain.lookup import explain
    from scenarios.load import load
    from scenarios.studies.evaluate import simulate

__all__ = ["compare", "explain", "load", "run", "simulate"]

PLACES = {
    "compare": "scenarios.api",
    "explain": "scenarios.explain.lookup",
    "load": "scenarios.load",
    "run": "scenarios.api",
    "simulate": "scenarios.studies.evaluate",
}

BEFORE_MODULES = ("compare", "explain", "load")  # functions that have the name of a module


class _Package(ModuleType):
    """The package; its public functions come before modules of their name, imported or not."""

    def __getattribute__(self, name: str) -> Any:
        return __getattr__(name) if name in BEFORE_MODULES else super().__getattribute__(name)


sys.modules[__name__].__class__ = _Package

# Mesa loads a batch runner, which asks notebooks for widgets; nothing here uses either.
warnings.filterwarnings("ignore", message="IProgress not found")


def _register_pages() -> None:
    """Show results as pages where IPython runs; the pages are imported when one is shown."""
    shell = sys.modules["IPython"].get_ipython() if "IPython" in sys.modules else None
    if shell is not None:
        import_module("scenarios.report.notebook").register_pages(shell)


def __dir__() -> list[str]:
    """Public names, as the tab key shows them."""
    return [*__all__, "__version__"]


def __getattr__(name: str) -> Any:
    """Import a public name when it is first used, since `--help` needs none of them."""
    if name == "__version__":
        return packages.version()
    if name not in PLACES:
        raise AttributeError(f"module 'scenarios' has no attribute {name!r}")
    return getattr(import_module(PLACES[name]), name)


_register_pages()
