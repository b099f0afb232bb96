"""Where the code implements a belief: the lines of a rule, and the functions that read a parameter."""

import ast
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import agents
import scenarios

PACKAGES = (agents, scenarios)

DECLARATIONS, SEEDS = ("agents", "parameters"), ("scenarios", "evidence")

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
    handed_to: str = ""


@cache
def modules() -> Mapping[str, Path]:
    """Every module of agents and scenarios, by its path below the folder that holds both."""
    folders = {package.__name__: Path(next(iter(package.__path__))) for package in PACKAGES}
    return {
        (Path(name) / file.relative_to(folder)).as_posix(): file
        for name, folder in folders.items()
        for file in sorted(folder.rglob("*.py"))
    }


@cache
def source(path: str) -> str:
    """The text of one module."""
    return modules()[path].read_text(encoding="utf-8")


@cache
def tree(path: str) -> ast.Module:
    """The syntax tree of one module."""
    return ast.parse(source(path))


def trees() -> Mapping[str, ast.Module]:
    """The syntax tree of every module."""
    return {path: tree(path) for path in modules()}


def definition(dotted: str) -> Place | None:
    """Where a dotted path of a function, method or class is defined, found without importing it."""
    parts = dotted.split(".")
    for cut in range(len(parts) - 1, 0, -1):
        path = "/".join(parts[:cut]) + ".py"
        if path in modules():
            return _within(path, tree(path), parts[cut:])
    return None


def docstring(dotted: str) -> str:
    """The docstring of a function, method or class; empty if there is none."""
    place = definition(dotted)
    nodes = ast.walk(tree(place.file)) if place else ()
    found = (node for node in nodes if isinstance(node, Function) and place and node.lineno == place.line)
    return next((ast.get_docstring(node) or "" for node in found), "")


def _within(path: str, module: ast.Module, names: list[str]) -> Place | None:
    node: ast.Module | Function = module
    for name in names:
        inner = [each for each in node.body if isinstance(each, Function) and each.name == name]
        if not inner:
            return None
        node = inner[0]
    return Place(path, node.lineno, ".".join(names))  # type: ignore[union-attr]


def public_functions(package: str) -> dict[str, str]:
    """Every public function of a package of pure functions: dotted path -> its own name."""
    folder = package.replace(".", "/") + "/"
    found = {}
    for path in (each for each in modules() if each.startswith(folder)):
        names = [each.name for each in tree(path).body if isinstance(each, ast.FunctionDef)]
        found.update({f"{_dotted(path)}.{name}": name for name in names if not name.startswith("_")})
    return found


def _dotted(path: str) -> str:
    return path.removesuffix(".py").replace("/", ".")


def subclasses(package: str, base: str) -> tuple[str, ...]:
    """Dotted paths of the classes in the modules of a package that derive from a base, by its name alone."""
    return tuple(
        f"{_dotted(path)}.{node.name}"
        for path in modules()
        if path.startswith(f"{package}/")
        for node in tree(path).body
        if isinstance(node, ast.ClassDef) and base in [ast.unparse(each) for each in node.bases]
    )


@cache
def called() -> frozenset[str]:
    """Names of everything that is called, or passed on to be called, anywhere in the code."""
    nodes = [node for module in trees().values() for node in ast.walk(module)]
    loaded = {node.id for node in nodes if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Load)}
    return frozenset(loaded | {node.attr for node in nodes if isinstance(node, ast.Attribute)})


@cache
def _reads_in(path: str) -> tuple[tuple[str, str, Reader], ...]:
    """Everything that a module reads by attribute or by a name in quotes: name, owner, reader."""
    return tuple(dict.fromkeys(_walked(path)))


def _walked(path: str) -> Iterator[tuple[str, str, Reader]]:
    pending: list[tuple[ast.AST, Place, str]] = [(tree(path), Place(path, 1, ""), "")]
    while pending:
        node, place, handed = pending.pop()
        if isinstance(node, Function):
            name = f"{place.name}.{node.name}" if place.name else node.name
            place, handed = Place(path, node.lineno, name), ""
        if isinstance(node, ast.Call) and ast.unparse(node.func).split(".")[-1] in _mechanism_names():
            handed = ast.unparse(node.func)
        for name, owner in _names(node):
            yield name, owner, Reader(place, handed)
        pending += [(child, place, handed) for child in ast.iter_child_nodes(node)]


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


@cache
def _mechanism_names() -> frozenset[str]:
    return frozenset(public_functions("agents.mechanisms").values())


def mechanism_named(called: str) -> Place | None:
    """Where the mechanism is defined that a function calls by this name."""
    own = called.rpartition(".")[2]
    paths = (path for path, name in public_functions("agents.mechanisms").items() if name == own)
    return next((definition(path) for path in paths), None)


def readers(parameter: str) -> tuple[Reader, ...]:
    """The functions that read a parameter."""
    return _readers(parameter, lambda owner: owner not in ("self", "start"))


def readers_of_state(state: str) -> tuple[Reader, ...]:
    """The functions that read an initial state."""
    return _readers(state, lambda owner: owner in ("start", "quoted"))


def _readers(name: str, from_owner: Callable[[str], bool]) -> tuple[Reader, ...]:
    found = set()
    for path in _that_may_read(name):
        for read, owner, reader in _reads_in(path):
            by_prefix = read.endswith("*") and name.startswith(read[:-1])
            if (read == name or by_prefix) and from_owner(owner):
                found.add(reader)
    return tuple(sorted(found))


def _that_may_read(name: str) -> list[str]:
    """Modules that contain the first letters of the name; no other can read it, even by a name built at run time."""
    return [
        path
        for path in modules()
        if tuple(path.split("/")[:2]) not in (DECLARATIONS, SEEDS) and name[:LEAST_PREFIX] in source(path)
    ]


def returned(path: str, line: int) -> str:
    """What the function at a line of a module returns, as written; empty where it is not one expression."""
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.FunctionDef) and _first_line(node) == line:
            last = node.body[-1]
            return ast.unparse(last.value) if isinstance(last, ast.Return) and last.value is not None else ""
    return ""


def _first_line(node: ast.FunctionDef) -> int:
    """The line on which a function begins, its decorators included."""
    return min([node.lineno, *(each.lineno for each in node.decorator_list)])
