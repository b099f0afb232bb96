"""Pages on what a request chooses from: scenarios, worlds and outcomes."""

import ast
import inspect
from collections.abc import Callable, Iterable, Mapping
from textwrap import dedent
from typing import Any

import yaml

from scenarios.config import options
from scenarios.evidence.claims import known_claims
from scenarios.evidence.parameters import beliefs
from scenarios.explain.render import entry_place

KINDS = {"count": "adds up over the run", "level": "averaged over the run", "total": "known at the end of the run"}


def scenario_page(name: str) -> dict[str, Any]:
    """A scenario: its story, levers, parameters and claims."""
    node, file = options.scenario(name), options.options("scenario")[name]
    levers = node.get("levers") or {}
    return {
        "title": f"scenario {node.get('code', '')}".strip(), "story": _story(node),
        "start": options.natural_start(name), "place": entry_place(file, "scenario"),
        "levers": [(key, _as_written(value)) for key, value in _flat(levers)],
        "uncertain": [(each, beliefs()[each].meaning) for each in beliefs() if each in str(levers)],
        "expected": list(_expected(node)), "claims": known_claims(file, "claims", node.get("claims") or ()),
    }  # fmt: skip


def world_page(name: str) -> dict[str, Any]:
    """A world: what nobody in the model decides, and the claims behind it."""
    node, file = options.option("world", name), options.options("world")[name]
    return {
        "story": _story(node), "place": entry_place(file, "name"),
        "values": {key: _as_written(node.get(key, "")) for key in ("regime", "intensity", "detente", "shocks")},
        "claims": known_claims(file, "claims", node.get("claims") or ()),
    }  # fmt: skip


def _as_written(value: Any) -> str:
    """A value as a configuration file has it, on one line."""
    text = yaml.safe_dump(value, default_flow_style=True, width=1_000).removesuffix("...\n")
    return " ".join(text.split())


def _story(node: Mapping[str, Any]) -> str:
    return " ".join(str(node.get("story", "")).split())


def _flat(levers: Mapping[str, Any], above: str = "") -> Iterable[tuple[str, Any]]:
    for key, value in levers.items():
        if isinstance(value, Mapping):
            yield from _flat(value, f"{above}{key}.")
        else:
            yield f"{above}{key}", value


def _expected(node: Mapping[str, Any]) -> Iterable[tuple[str, str]]:
    for entry in node.get("expects") or ():
        yield str(entry.get("outcome")), f"{entry.get('direction')} ({', '.join(entry.get('claims', ()))})"


def outcome_page(name: str) -> dict[str, Any]:
    """An outcome: what it measures, where, and in which scenarios the texts expect it to move."""
    from scenarios.outcomes import OUTCOMES

    declared = OUTCOMES[name]
    module, line = declared.measure.__module__.replace(".", "/"), declared.measure.__code__.co_firstlineno
    every = ((each, entry) for each in options.options("scenario") for entry in _expected(options.scenario(each)))
    return {
        "outcome": declared, "kind": KINDS[declared.kind], "place": f"{module}.py:{line}",
        "returned": _returned(declared.measure),
        "rungs": list(_rungs()) if name.startswith(("ladder", "days_at_level_")) else [],
        "expected": [(each, direction) for each, (of, direction) in every if of == name],
    }  # fmt: skip


def _rungs() -> Iterable[tuple[str, str]]:
    """The rungs of the ladder of escalation, the highest first."""
    from scenarios.outcomes.declaration import EVENTS
    from scenarios.outcomes.escalation import RUNGS

    for level, meaning in reversed(list(enumerate(RUNGS))):
        counted = "; ladder_max counts as an event from here on" if level == EVENTS["ladder_max"] else ""
        yield str(level), f"{meaning}{counted}"


def _returned(function: Callable[..., Any]) -> str:
    """The expression that a function returns at its end; empty where it ends otherwise."""
    definition = ast.parse(dedent(inspect.getsource(function))).body[0]
    last = definition.body[-1] if isinstance(definition, ast.FunctionDef) else None
    return ast.unparse(last.value) if isinstance(last, ast.Return) and last.value is not None else ""


def outcome_names() -> Iterable[str]:
    """Everything that is measured."""
    from scenarios.outcomes import OUTCOMES

    return OUTCOMES
