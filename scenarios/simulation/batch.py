"""Experiments that differ only in numbers, simulated as one ensemble: a small one costs nearly as much as a large one.

A replication gives the same bits in such company as alone, so how the points of a study are grouped affects only speed.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from agents.ensemble.axis import Axis
from scenarios.config.policy import Policy
from scenarios.config.request import Request
from scenarios.config.trajectory import Path, Value
from scenarios.simulation.experiment import totals

Numbers = NDArray[np.float64]


@dataclass(frozen=True)
class Variant:
    """What may differ within an ensemble: the numbers of a policy, and values given to parameters."""

    policy: Policy
    given: Mapping[str, float]


def together(request: Request, variants: Sequence[Variant], draws: range) -> Mapping[str, Numbers]:
    """Outcomes of some draws under every theory and variant, (variants, draws x theories), the theory varying fastest.

    The variants must have the same `shape`; the request's own policy and given values are ignored.
    """
    alone = Axis.crossing(draws, len(request.strata))
    axis = Axis(np.tile(alone.draw, len(variants)), np.tile(alone.theory, len(variants)))
    policy, levers = merged([each.policy for each in variants], len(alone))
    given = {name: np.repeat([each.given[name] for each in variants], len(alone)) for name in variants[0].given}
    joint = replace(request, scenario=replace(request.scenario, policy=policy), given=given)  # type: ignore[arg-type]
    found = totals(joint, axis, levers=levers)
    return {name: values.reshape(len(variants), len(alone)) for name, values in found.items()}


def shape(variant: Variant) -> Any:
    """What variants must share to be simulated together: a policy but for its numbers, and the parameters given."""
    return mapped(variant.policy, lambda value: value if isinstance(value, str) else 0.0), sorted(variant.given)


def merged(policies: Sequence[Policy], size: int) -> tuple[Policy, dict[str, Numbers]]:
    """Policies of one shape as one policy that names the numbers in which they differ, and `size` values per name."""
    columns = list(zip(*[_numbers(each) for each in policies], strict=True))
    names = [f"lever.{place}" if len(set(column)) > 1 else column[0] for place, column in enumerate(columns)]
    values = {
        str(name): np.repeat(np.array(column, dtype=float), size)
        for name, column in zip(names, columns, strict=True)
        if len(set(column)) > 1
    }
    left = iter(names)
    return mapped(policies[0], lambda value: next(left)), values


def _numbers(of: Policy) -> list[Value]:
    """The numbers and names of parameters in a policy, in a fixed order."""
    found: list[Value] = []

    def noted(value: Value) -> Value:
        found.append(value)
        return value

    mapped(of, noted)
    return found


def mapped(of: Policy, change: Callable[[Value], Value]) -> Policy:
    """A policy with every number or parameter of its paths changed."""

    def along(path: Path) -> Path:
        return Path(tuple((change(day), change(value)) for day, value in path.anchors))

    troops = replace(
        of.troops,
        announced=along(of.troops.announced),
        by_site={site: along(path) for site, path in of.troops.by_site.items()},
        realised=change(of.troops.realised),
        delay=change(of.troops.delay),
        deadlines=tuple(change(day) for day in of.troops.deadlines),
    )
    return replace(of, troops=troops, levers={name: along(path) for name, path in of.levers.items()})
