"""Places in the code that implement a belief: the line of a rule, and the functions that read a parameter."""

import ast
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from scenarios import resources

NOT_READERS = ("agents/parameters/", "scenarios/evidence/")  # declarations, and what checks seeds/

LEAST_PREFIX = 6  # characters of an f-string that name a parameter

Function = ast.FunctionDef | ast.ClassDef


@dataclass(frozen=True, order=True)
class Place:
    """A function or class in the code."""

    file: str
    line: int
    name: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}"


@dataclass(frozen=True, order=True)
class Reader:
    """A function that reads a parameter, and the mechanism to which it passes it, if any."""

    place: Place
    passed_to: str = ""


@cache
def modules() -> Mapping[str, Path]:
    """Every module of agents and scenarios, by its path below the folder that contains both."""
    return {
        (Path(name) / file.relative_to(folder)).as_posix(): file
        for name, folder in resources.packages().items()
        for file in sorted(folder.rglob("*.py"))
    }


@cache
def module_source(path: str) -> str:
    """The text of one module."""
    return modules()[path].read_text(encoding="utf-8")


@cache
def tree(path: str) -> ast.Module:
    """The syntax tree of one module."""
    return ast.parse(module_source(path))


def definition(dotted: str) -> Place | None:
    """Place where a function, method or class is defined, by its dotted path; the module is not imported."""
    path, node, name = _defined(dotted)
    return Place(path, node.lineno, name) if node else None


def source_docstring(dotted: str) -> str:
    """The docstring of a function, method or class; empty if there is none."""
    node = _defined(dotted)[1]
    return (ast.get_docstring(node) or "") if node else ""


def _defined(dotted: str) -> tuple[str, Function | None, str]:
    """Module, node and name of a definition."""
    parts = dotted.split(".")
    for cut in range(len(parts) - 1, 0, -1):
        path = "/".join(parts[:cut]) + ".py"
        if path in modules():
            return path, _within(tree(path), parts[cut:]), ".".join(parts[cut:])
    return "", None, ""


def _within(scope: ast.Module | Function, names: list[str]) -> Function | None:
    node = next((node for node in scope.body if isinstance(node, Function) and node.name == names[0]), None)
    return _within(node, names[1:]) if node and names[1:] else node


@cache
def public_functions(package: str) -> Mapping[str, str]:
    """Every public function of a package of pure functions: dotted path -> its own name."""
    return {
        f"{path.removesuffix('.py').replace('/', '.')}.{node.name}": node.name
        for path in modules()
        if path.startswith(package.replace(".", "/") + "/")
        for node in tree(path).body
        if isinstance(node, ast.FunctionDef) and not node.name.startswith("_")
    }


def mechanism_called(function: str) -> Place | None:
    """Place of the mechanism that the code calls by a name."""
    own_name = function.rpartition(".")[2]
    paths = (path for path, name in public_functions("agents.mechanisms").items() if name == own_name)
    return next((definition(path) for path in paths), None)


def readers(parameter: str) -> tuple[Reader, ...]:
    """The functions that read a parameter."""
    return _readers(parameter, lambda owner: owner not in ("self", "start"))


def readers_of_state(state: str) -> tuple[Reader, ...]:
    """The functions that read an initial state."""
    return _readers(state, lambda owner: owner in ("start", "quoted"))


def _readers(name: str, is_read_from: Callable[[str], bool]) -> tuple[Reader, ...]:
    reads = (read for path in _possible_readers(name) for read in _reads_in(path))
    return tuple(sorted({reader for read, owner, reader in reads if _is(read, name) and is_read_from(owner)}))


def _is(read: str, name: str) -> bool:
    return read == name or (read.endswith("*") and name.startswith(read[:-1]))


def _possible_readers(name: str) -> list[str]:
    """Modules that contain the first letters of a name; no other can read it, even by a name built at run time."""
    return [
        path for path in modules() if not path.startswith(NOT_READERS) and name[:LEAST_PREFIX] in module_source(path)
    ]


@cache
def _reads_in(path: str) -> tuple[tuple[str, str, Reader], ...]:
    """Everything that a module reads by attribute or by a name in quotes: name, owner, reader."""
    return tuple(dict.fromkeys(_reads(path)))


def _reads(path: str) -> Iterator[tuple[str, str, Reader]]:
    mechanisms = set(public_functions("agents.mechanisms").values())
    pending: list[tuple[ast.AST, Place, str]] = [(tree(path), Place(path, 1, ""), "")]
    while pending:
        node, place, passed_to = pending.pop()
        if isinstance(node, Function):
            name = f"{place.name}.{node.name}" if place.name else node.name
            place, passed_to = Place(path, node.lineno, name), ""
        if isinstance(node, ast.Call) and ast.unparse(node.func).split(".")[-1] in mechanisms:
            passed_to = ast.unparse(node.func)
        for name, owner in _names(node):
            yield name, owner, Reader(place, passed_to)
        pending += [(child, place, passed_to) for child in ast.iter_child_nodes(node)]


def _names(node: ast.AST) -> Iterator[tuple[str, str]]:
    """The names that one node reads, each with the last word of what it reads them from."""
    if isinstance(node, ast.Attribute) and isinstance(node.ctx, ast.Load):
        yield node.attr, ast.unparse(node.value).split(".")[-1]
    elif isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value.isidentifier():
        yield node.value, "quoted"
    elif isinstance(node, ast.JoinedStr) and isinstance(node.values[0], ast.Constant):
        prefix = str(node.values[0].value)
        if len(prefix) >= LEAST_PREFIX and prefix.isidentifier():
            yield f"{prefix}*", "quoted"
