"""The tables of docs/variance.md: how the variance of the headline outcomes is split."""

from collections.abc import Sequence
from pathlib import Path

import pandas as pd

from docs.generate import Size
from docs.generate.regions import page_with, table
from scenarios.config.compose import command_request, composed
from scenarios.report.terminal.variance import SCALES, SHOWN, cells, splits

SCENARIOS = ("full_withdrawal", "relabel")

REPLICATIONS, HORIZON, SCALE = 1_200, 365, "log"


def files(size: Size) -> dict[Path, str]:
    """The page of variance, both scenarios simulated."""
    return page_with("variance.md", {scenario: _split_of(scenario, size) for scenario in SCENARIOS})


def _split_of(scenario: str, size: Size) -> str:
    replications = f"ensemble.replications={size.replications or REPLICATIONS}"
    workers = [f"workers={size.workers}"] if size.workers else []
    experiment = command_request(
        composed([f"+scenario={scenario}", replications, f"ensemble.horizon={HORIZON}", *workers])
    )
    frames = splits(experiment, SCALES[SCALE])
    return "\n\n".join(variance_table(title, frame, experiment.request.draws, SCALE) for title, frame in frames.items())


def variance_table(title: str, frame: pd.DataFrame, draws: int, scale: str) -> str:
    """A split: shares in per cent, with one standard error."""
    columns = [name for name in SHOWN if name in frame.columns]
    rows = [(row["outcome"], *cells(row, columns)) for row in frame.to_dict("records")]
    return f"**{title}**, {draws:,} draws under each theory, {scale} scale:\n\n{table(_head(columns), rows)}"


def _head(columns: Sequence[str]) -> list[str]:
    return ["outcome", *(f"of which {name}" if len(name) == 1 else name for name in columns)]
