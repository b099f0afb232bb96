"""Batches of experiments that differ only in numbers, simulated as one ensemble for speed.

A replication has the same bits in a batch as alone, so that the grouping of design points affects only speed.
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
    """One member of a batch: the numbers of its policy and the values given to parameters."""

    policy: Policy
    given: Mapping[str, float]


def simulate_together(request: Request, variants: Sequence[Variant], draws: range) -> Mapping[str, Numbers]:
    """Outcomes of some draws, (variants, draws x theories), the theory varying fastest.

    The variants must have the same `shape`; the request's own policy and given values are ignored.
    """
    alone = Axis.crossing(draws, len(request.strata))
    axis = Axis(np.tile(alone.draw, len(variants)), np.tile(alone.theory, len(variants)))
    policy, levers = merge_policies([each.policy for each in variants], len(alone))
    given = {name: np.repeat([each.given[name] for each in variants], len(alone)) for name in variants[0].given}
    joint = replace(request, scenario=replace(request.scenario, policy=policy), given=given)  # type: ignore[arg-type]
    outcomes = totals(joint, axis, levers=levers)
    return {name: values.reshape(len(variants), len(alone)) for name, values in outcomes.items()}


def shape(variant: Variant) -> Any:
    """Key that variants of one batch share: the policy without its numbers, and the names of given parameters."""
    return mapped(variant.policy, lambda value: value if isinstance(value, str) else 0.0), sorted(variant.given)


def merge_policies(policies: Sequence[Policy], size: int) -> tuple[Policy, dict[str, Numbers]]:
    """One policy with names for the numbers in which policies of one shape differ, and `size` values per name."""
    columns = list(zip(*[_numbers(each) for each in policies], strict=True))
    names = [f"lever.{position}" if len(set(column)) > 1 else column[0] for position, column in enumerate(columns)]
    values = {
        str(name): np.repeat(np.array(column, dtype=float), size)
        for name, column in zip(names, columns, strict=True)
        if len(set(column)) > 1
    }
    left = iter(names)
    return mapped(policies[0], lambda value: next(left)), values


def _numbers(of: Policy) -> list[Value]:
    """Numbers and names of parameters in a policy, in a fixed order."""
    values: list[Value] = []

    def collect(value: Value) -> Value:
        values.append(value)
        return value

    mapped(of, collect)
    return values


def mapped(of: Policy, change: Callable[[Value], Value]) -> Policy:
    """Policy with a function applied to every number or parameter of its paths."""

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
