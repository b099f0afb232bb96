"""Variance of a scenario split among theory, parameters by grade and chance, and its table."""

from collections.abc import Callable, Mapping, Sequence
from math import isfinite
from typing import Any

import pandas as pd

from scenarios.config.request import CommandRequest
from scenarios.execution.cores import usable
from scenarios.outcomes import HEADLINES
from scenarios.report.terminal.tables import TableColumn, grid
from scenarios.runs.runner import engine_for
from scenarios.studies import sensitivity

SCALES = {"log": sensitivity.signed_log, "raw": sensitivity.as_it_is}

SPARSE = {"attacks_per_1000_troop_years"}  # undefined in some replications

SHOWN = ("theory", "parameters", "A", "B", "C", "D", "chance", "sum")

UNFOLDED = 150  # columns of the table stay side by side


def splits(
    experiment: CommandRequest, scale: Callable[[sensitivity.Numbers], sensitivity.Numbers]
) -> dict[str, pd.DataFrame]:
    """The split of a scenario and of its difference from the baseline, by title."""
    draws, workers = experiment.request.draws, experiment.workers or usable()
    engine = engine_for(len(sensitivity.run_chunks(experiment.request, draws, workers)), workers)
    run = sensitivity.studied(experiment.request, draws, workers, engine)
    names = [name for name in HEADLINES if name not in SPARSE]
    shares = {experiment.request.scenario.name: sensitivity.shapley_effects(run, names, scale)}
    if experiment.against:
        baseline = sensitivity.studied(experiment.against, draws, workers, engine)
        shares[f"{experiment.request.scenario.name} less {experiment.against.scenario.name}"] = (
            sensitivity.shapley_effects(run.less(baseline), names, scale)
        )
    return shares


def split_lines(title: str, frame: pd.DataFrame, draws: int, scale: str) -> list[str]:
    """A split as a table: shares in per cent, with one standard error."""
    columns = [name for name in SHOWN if name in frame.columns]
    head = f"{title}: variance in per cent (+- standard error), {draws:,} draws under each theory, {scale} scale"
    heads = [TableColumn(f"of which {name}" if len(name) == 1 else name, 13) for name in columns]
    rows = [(f"  {row['outcome'].replace('_', ' ')}", cells(row, columns)) for row in frame.to_dict("records")]
    return [head, *grid(heads, rows, UNFOLDED, 28)]


def cells(row: Mapping[str, Any], columns: Sequence[str]) -> list[str]:
    """The shares of one outcome with their errors; a dash where it does not vary."""
    return [f"{row[each]:.0f} +- {row[f'{each}_error']:.0f}" if isfinite(row[each]) else "-" for each in columns]
