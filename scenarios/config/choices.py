"""A scenario or world of an analyst's own, and what words change of one that ships, held against what ships."""

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
from scenarios.outcomes import counted

USUAL = {"scenario": "status_quo", "world": "simulated"}  # beside which a file of the user's own is held

Fields = dict[str, str]


def choices(scenario: Any, world: Any, start: date, parameters: Mapping[str, Any]) -> Iterator[Own]:
    """What of a scenario and a world, as written and checked, is not as it ships."""
    yield from _choice("scenario", scenario, start, parameters)
    yield from _choice("world", world, start, parameters)


def _choice(kind: str, written: Mapping[str, Any], start: date, parameters: Mapping[str, Any]) -> Iterator[Own]:
    name = str(written["name"])
    shipped = options.shipped(kind, name)
    if shipped == written:
        return
    beside = name if shipped is not None else USUAL[kind]
    mine = _fields(kind, written, start, parameters)
    theirs = _fields(kind, shipped or options.shipped(kind, beside) or {}, start, parameters)
    changed = {key: (theirs.get(key, "-"), mine.get(key, "-")) for key in {**mine, **theirs}}
    yield Own(
        kind=kind,
        file="" if shipped is not None else f"{name}.yaml",
        digest=hashlib.sha256(json.dumps(mine, sort_keys=True).encode()).hexdigest(),
        beside=f"{kind} {beside}",
        changed={key: pair for key, pair in changed.items() if pair[0] != pair[1]},
    )


def _fields(kind: str, written: Mapping[str, Any], start: date, parameters: Mapping[str, Any]) -> Fields:
    """What determines numbers, by name, each in one line."""
    struck = _struck(shocks(written.get("shocks") or [], f"{kind}.shocks", start, LONGEST, counted()))
    if kind == "world":
        return {**_of_world(written, start), "shocks": struck}
    return {**_of_policy(policy(written.get("levers", {}), start, parameters)), "shocks": struck}


def _of_world(written: Mapping[str, Any], start: date) -> Fields:
    names = {regime: name for name, regime in REGIME_NAMES.items()}
    regime = regime_path(written["regime"], "world.regime", start, math.inf)
    return {
        "regime": "; ".join(f"{names[each]}{f' from day {day:g}' * math.isfinite(day)}" for day, each in regime),
        "intensity": _along(level_path(written.get("intensity", 1), "world.intensity", start, 0.0, WIDEST_INTENSITY)),
        "detente": _along(level_path(written.get("detente", 0), "world.detente", start, 0.0, 1.0)),
    }


def _of_policy(of: Policy) -> Fields:
    plan = of.troops
    return {
        **{name: _along(path) for name, path in of.levers.items()},
        "troops": _along(plan.announced),
        **{f"troops in {site}": _along(path) for site, path in plan.by_site.items()},
        "troops.order": plan.order,
        "troops.realised": _value(plan.realised),
        "troops.delay": _value(plan.delay),
        "troops.deadlines": _listed(plan.deadlines),
        "troops.announced_on": _listed(plan.announced_on),
        "role": _labels(of.role),
        "legal_basis": _labels(of.legal_basis),
    }


def _along(path: Path) -> str:
    if path.is_constant:
        return _value(path.first)
    return f"[{', '.join(f'[{_value(day)}, {_value(value)}]' for day, value in path.anchors)}]"


def _labels(of: Sequence[tuple[float, str]]) -> str:
    return of[0][1] if len(of) == 1 else f"[{', '.join(f'[{day:g}, {label}]' for day, label in of)}]"


def _listed(values: Sequence[Value]) -> str:
    return f"[{', '.join(map(_value, values))}]"


def _struck(of: Sequence[Shock]) -> str:
    """Shocks in words, each with its day."""
    told = (f"{each} on day {each.at:g}" if each.at is not None else str(each) for each in of)
    return "; ".join(told) or "none"


def _value(value: Value) -> str:
    return value if isinstance(value, str) else f"{value:.10g}"
