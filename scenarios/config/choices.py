"""Settings of scenarios and worlds, from files or words of the user's own, that differ from the shipped ones."""

import hashlib
import json
import math
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from scenarios.config import options
from scenarios.config.dated import Context
from scenarios.config.fields import validated
from scenarios.config.policy import Policy
from scenarios.config.shocks import Shock
from scenarios.config.specs import ScenarioSpec, WorldSpec
from scenarios.config.trajectory import Path, Value
from scenarios.config.user_inputs import Own
from scenarios.config.world import REGIME_NAMES, World

USUAL = {"scenario": "status_quo", "world": "simulated"}  # with which a file of the user's own is compared

Settings = dict[str, str]


def choices(scenario: Any, world: Any, start: date, parameters: Mapping[str, Any]) -> Iterator[Own]:
    """Differences of a scenario and a world, as written and checked, from the shipped ones."""
    context = Context(start=start, horizon=math.inf, parameters=parameters)
    yield from _difference("scenario", scenario, context)
    yield from _difference("world", world, context)


def _difference(kind: str, written: Mapping[str, Any], context: Context) -> Iterator[Own]:
    name = str(written["name"])
    shipped = options.shipped(kind, name)
    if shipped == written:
        return
    reference = name if shipped is not None else USUAL[kind]
    used = _settings(kind, written, context)
    default = _settings(kind, shipped or options.shipped(kind, reference), context)
    changed = {key: (default.get(key, "-"), used.get(key, "-")) for key in {**used, **default}}
    yield Own(
        kind=kind,
        file="" if shipped is not None else f"{name}.yaml",
        digest=hashlib.sha256(json.dumps(used, sort_keys=True).encode()).hexdigest(),
        beside=f"{kind} {reference}",
        changed={key: pair for key, pair in changed.items() if pair[0] != pair[1]},
    )


def _settings(kind: str, written: Any, context: Context) -> Settings:
    """Settings that determine numbers, by name, each in one line."""
    if kind == "world":
        world = validated(WorldSpec, written, kind, context).world()
        return {**_world_settings(world), "shocks": _describe_shocks(world.shocks)}
    scenario = validated(ScenarioSpec, written, kind, context).scenario()
    return {**_policy_settings(scenario.policy), "shocks": _describe_shocks(scenario.shocks)}


def _world_settings(world: World) -> Settings:
    names = {regime: name for name, regime in REGIME_NAMES.items()}
    return {
        "regime": "; ".join(
            f"{names[regime]}{f' from day {day:g}' * math.isfinite(day)}" for day, regime in world.regime
        ),
        "intensity": _describe_path(world.intensity),
        "detente": _describe_path(world.detente),
    }


def _policy_settings(written: Policy) -> Settings:
    plan = written.troops
    return {
        **{name: _describe_path(path) for name, path in written.levers.items()},
        "troops": _describe_path(plan.announced),
        **{f"troops in {site}": _describe_path(path) for site, path in plan.by_site.items()},
        "troops.order": plan.order,
        "troops.realised": _describe_value(plan.realised),
        "troops.delay": _describe_value(plan.delay),
        "troops.deadlines": _describe_values(plan.deadlines),
        "troops.announced_on": _describe_values(plan.announced_on),
        "role": _describe_labels(written.role),
        "legal_basis": _describe_labels(written.legal_basis),
    }


def _describe_path(path: Path) -> str:
    if path.is_constant:
        return _describe_value(path.first)
    return f"[{', '.join(f'[{_describe_value(day)}, {_describe_value(value)}]' for day, value in path.anchors)}]"


def _describe_labels(labels: Sequence[tuple[float, str]]) -> str:
    return labels[0][1] if len(labels) == 1 else f"[{', '.join(f'[{day:g}, {label}]' for day, label in labels)}]"


def _describe_values(values: Sequence[Value]) -> str:
    return f"[{', '.join(map(_describe_value, values))}]"


def _describe_shocks(planned: Sequence[Shock]) -> str:
    """Shocks in words, each with its day."""
    described = (f"{shock} on day {shock.at:g}" if shock.at is not None else str(shock) for shock in planned)
    return "; ".join(described) or "none"


def _describe_value(value: Value) -> str:
    return value if isinstance(value, str) else f"{value:.10g}"
