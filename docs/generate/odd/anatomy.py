"""What the code of the agents says of itself: in which phase a method runs, and what it sets there."""

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from scenarios.explain.source_code import modules, tree
from scenarios.resources import docstring

ROOTS = {
    "start": ("__init__", "settle_in", "remember"),
    "observe": ("shows",),
    "decide": ("decide",),
    "adapt": ("adapt",),
}

BY_MODULE = {
    "agents/settlement.py": "settle",
    "agents/toll.py": "settle",
    "scenarios/simulation/timeline.py": "observe",
    "scenarios/simulation/sampling.py": "before the start",
}

AFTER = ("scenarios/outcomes/", "scenarios/simulation/events/")

BASE = "EnsembleAgent"

MODEL = "Iraq"

STATE = re.compile(r"^(?P<name>\w+)\s+\[(?P<unit>[^\]]+)\]\s+(?P<meaning>\S.*)$")


@dataclass(frozen=True)
class Method:
    """A function of the code, with the class that owns it, if any."""

    path: str
    owner: str
    name: str
    node: ast.FunctionDef

    @property
    def meaning(self) -> str:
        """The first paragraph of its docstring."""
        return first_paragraph(self.node)

    def __str__(self) -> str:
        return f"{self.owner}.{self.name}" if self.owner else self.name


def first_paragraph(node: ast.FunctionDef | ast.ClassDef) -> str:
    """The first paragraph of a docstring, on one line."""
    return " ".join((ast.get_docstring(node) or "").split("\n\n")[0].split())


@cache
def agent_classes() -> dict[str, tuple[str, ast.ClassDef]]:
    """Every class of agents by name, with the module that holds it."""
    return {
        node.name: (path, node)
        for path in modules()
        for node in classes_in(path)
        if BASE in [ast.unparse(base) for base in node.bases]
    }


def methods_in(path: str) -> Iterator[Method]:
    """Every function and method of a module."""
    for node in tree(path).body:
        if isinstance(node, ast.FunctionDef):
            yield Method(path, "", node.name, node)
        if isinstance(node, ast.ClassDef):
            inner = (each for each in node.body if isinstance(each, ast.FunctionDef))
            yield from (Method(path, node.name, each.name, each) for each in inner)


def classes_in(path: str) -> list[ast.ClassDef]:
    """Every class of a module."""
    return [node for node in tree(path).body if isinstance(node, ast.ClassDef)]


def of_class(name: str) -> dict[str, Method]:
    """The methods of an agent class by name."""
    path, _ = agent_classes()[name]
    return {each.name: each for each in methods_in(path) if each.owner == name}


@cache
def phases(owner: str) -> dict[str, tuple[str, ...]]:
    """Phases in which each method of an agent class runs, by what it is called from."""
    methods = of_class(owner)
    reached = {phase: _reached(methods, roots) for phase, roots in ROOTS.items()}
    return {name: tuple(phase for phase in ROOTS if name in reached[phase]) for name in methods}


def _reached(methods: dict[str, Method], roots: tuple[str, ...]) -> set[str]:
    reached: set[str] = set()
    pending = [name for name in roots if name in methods]
    while pending:
        name = pending.pop()
        reached.add(name)
        pending += [each for each in _own_names(methods[name].node) if each in methods and each not in reached]
    return reached


def _own_names(node: ast.AST) -> Iterator[str]:
    for child in ast.walk(node):
        if isinstance(child, ast.Attribute) and ast.unparse(child.value) == "self":
            yield child.attr


def phase_of(method: Method) -> str:
    """The phase of a day in which a function runs."""
    if method.path in BY_MODULE:
        return BY_MODULE[method.path]
    if method.path.startswith(AFTER):
        return "after the step"
    if method.owner == MODEL:
        return "start" if method.name in ROOTS["start"] else "observe"
    return ", ".join(phases(method.owner).get(method.name, ())) if method.owner in agent_classes() else ""


def set_in(owner: str, attribute: str) -> tuple[str, ...]:
    """Phases in which an agent class replaces one of its states."""
    setting = {
        phase
        for name, method in of_class(owner).items()
        if attribute in _assigned(method.node)
        for phase in phases(owner)[name]
    }
    return tuple(phase for phase in ROOTS if phase in setting)


def _assigned(node: ast.AST) -> set[str]:
    """Attributes of self to which a function assigns."""
    return {
        child.attr
        for child in ast.walk(node)
        if isinstance(child, ast.Attribute) and isinstance(child.ctx, ast.Store) and ast.unparse(child.value) == "self"
    }


def meanings(kind: type) -> dict[str, tuple[str, str]]:
    """Unit and meaning of every state that the docstring of a class explains, as `name  [unit]  meaning`."""
    lines = (STATE.match(line) for line in docstring(kind).splitlines())
    return {line["name"]: (line["unit"], line["meaning"]) for line in lines if line}


def called_in_order(method: Method) -> list[str]:
    """Own methods that a method calls as statements, in order."""
    calls = [
        call.value for call in ast.walk(method.node) if isinstance(call, ast.Expr) and isinstance(call.value, ast.Call)
    ]
    calls.sort(key=lambda call: call.lineno)
    return [
        call.func.attr
        for call in calls
        if isinstance(call.func, ast.Attribute) and ast.unparse(call.func.value) == "self"
    ]
