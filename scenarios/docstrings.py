"""Docstrings as the code holds them, for a Python that has dropped them (`python -OO`) too."""

import ast
import inspect
import sys
from collections.abc import Callable
from textwrap import dedent
from types import ModuleType
from typing import Any

DROPPED = 2  # level of optimisation from which Python keeps no docstrings


def docstring(thing: ModuleType | type | Callable[..., Any]) -> str:
    """The docstring of a module, class or function, without its indentation; empty if it has none."""
    if sys.flags.optimize < DROPPED:
        return inspect.getdoc(thing) or ""
    tree: Any = ast.parse(dedent(inspect.getsource(thing)))
    return ast.get_docstring(tree if isinstance(thing, ModuleType) else tree.body[0]) or ""
