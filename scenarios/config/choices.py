"""Settings of scenarios and worlds, from files or words of the user's own, that differ from the shipped ones."""

import hashlib
import json
import math
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from scenarios.config import options
from scenarios.config.policy import Policy, policy
from scenarios.config.shocks import Shock, shocks
from scenarios.config.trajectory import LONGEST, Path, Value
from scenarios.config.user_inputs import Own
from scenarios.config.world import REGIME_NAMES, WIDEST_INTENSITY, level_path, regime_path
from scenarios.outcomes import countable_outcomes

USUAL = {"scenario": "status_quo", "world": "simulated"}  # with which a file of the user's own is compared

Fields = dict[str, str]


def choices(scenario: Any, world: Any, start: date, parameters: Mapping[str, Any]) -> Iterator[Own]:
    """Differences of a scenario and a world, as written and checked, from the shipped ones."""
    yield from _difference("scenario", scenario, start, parameters)
    yield from _difference("world", world, start, parameters)


def _difference(kind: str, written: Mapping[str, Any], start: date, parameters: Mapping[str, Any]) -> Iterator[Own]:
    name = str(written["name"])
    shipped = options.shipped(kind, name)
    if shipped == written:
        return
    reference = name if shipped is not None else USUAL[kind]
    used = _fields(kind, written, start, parameters)
    default = _fields(kind, shipped or options.shipped(kind, reference) or {}, start, parameters)
    changed = {key: (default.get(key, "-"), used.get(key, "-")) for key in {**used, **default}}
    yield Own(
        kind=kind,
        file="" if shipped is not None else f"{name}.yaml",
        digest=hashlib.sha256(json.dumps(used, sort_keys=True).encode()).hexdigest(),
        beside=f"{kind} {reference}",
        changed={key: pair for key, pair in changed.items() if pair[0] != pair[1]},
    )


def _fields(kind: str, written: Mapping[str, Any], start: date, parameters: Mapping[str, Any]) -> Fields:
    """Settings that determine numbers, by name, each in one line."""
    planned = _describe_shocks(
        shocks(written.get("shocks") or [], f"{kind}.shocks", start, LONGEST, countable_outcomes())
    )
    if kind == "world":
        return {**_world_fields(written, start), "shocks": planned}
    return {**_policy_fields(policy(written.get("levers", {}), start, parameters)), "shocks": planned}


def _world_fields(written: Mapping[str, Any], start: date) -> Fields:
    names = {regime: name for name, regime in REGIME_NAMES.items()}
    regime = regime_path(written["regime"], "world.regime", start, math.inf)
    return {
        "regime": "; ".join(f"{names[value]}{f' from day {day:g}' * math.isfinite(day)}" for day, value in regime),
        "intensity": _describe_path(
            level_path(written.get("intensity", 1), "world.intensity", start, 0.0, WIDEST_INTENSITY)
        ),
        "detente": _describe_path(level_path(written.get("detente", 0), "world.detente", start, 0.0, 1.0)),
    }


def _policy_fields(written: Policy) -> Fields:
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
