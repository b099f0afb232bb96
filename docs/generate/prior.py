"""The tables of docs/prior.md: every outcome of a year of status quo, at every start, in every world."""

from collections.abc import Mapping
from pathlib import Path

import numpy as np

from docs.generate import Size
from docs.generate.regions import page_with, table
from scenarios.analysis.estimates import quantiles
from scenarios.outcomes import OUTCOMES
from scenarios.runs.result import Result
from scenarios.text import significant
from scenarios.validation.prior_predictive import distributions

REPLICATIONS = 400

QUANTILES = (0.05, 0.5, 0.95)


def files(size: Size) -> dict[Path, str]:
    """The page of the prior predictive distribution."""
    by_start = distributions(size.results, size.replications or REPLICATIONS, size.workers)
    return page_with("prior.md", {f"start {start}": prior_table(by_world) for start, by_world in by_start.items()})


def prior_table(by_world: Mapping[str, Result | str]) -> str:
    """Every outcome of a year, 5, 50 and 95 per cent over replications, by world."""
    results = {world: result for world, result in by_world.items() if isinstance(result, Result)}
    rows = (
        (name, outcome.unit, *(_quantiles(result.outcomes[name].to_numpy()) for result in results.values()))
        for name, outcome in OUTCOMES.items()
    )
    refused = [world for world in by_world if world not in results]
    note = f"\n\nExcluded at this start within a year: {', '.join(refused)}." if refused else ""
    return table(("outcome", "unit", *results), rows) + note


def _quantiles(values: np.ndarray) -> str:
    known = values[np.isfinite(values)]
    if not known.size:
        return "-"
    share = "" if known.size == values.size else f" ({known.size / values.size:.0%} defined)"
    return ", ".join(significant(float(value)) for value in quantiles(known, QUANTILES)) + share
