"""`variance NAME|FOLDER`: how much of an answer's spread is theory, parameters by grade, and chance."""

from collections.abc import Callable, Mapping, Sequence
from math import isfinite
from pathlib import Path
from typing import Any

import pandas as pd

from scenarios.cli import command
from scenarios.cli.grammar import as_words
from scenarios.cli.parameters import own_words, words_argument
from scenarios.config import options
from scenarios.config.request import CommandRequest
from scenarios.errors import RequestError
from scenarios.execution.cores import usable
from scenarios.outcomes import HEADLINES
from scenarios.report.terminal.tables import TableColumn, grid
from scenarios.runs.runner import engine_for
from scenarios.store.files import write_output
from scenarios.studies import sensitivity

SCALES = {"log": sensitivity.signed_log, "raw": sensitivity.as_it_is}

SPARSE = {"attacks_per_1000_troop_years"}  # undefined in some replications

SHOWN = ("theory", "parameters", "A", "B", "C", "D", "chance", "sum")

LEAST_DRAWS = 10

UNFOLDED = 150  # columns of the table stay side by side


@command("variance", examples=("variance full_withdrawal", "variance full_withdrawal scale=raw"), details="""\
Words are those of `run`, and scale=log|raw of the outcomes (log). Tables are written to PATH/variance/, PATH being
results=. A FOLDER stands for the request of the run in it.""")  # fmt: skip
@words_argument("NAME|FOLDER [KEY=VALUE ...]", "scenario", "scale=")
def variance_command(words: Sequence[str]) -> None:
    """Print and keep the split of every headline outcome, and of its difference from the baseline."""
    from scenarios.config.compose import command_request, composed

    own, others = own_words(words, "scale")
    others = as_words(others)
    scale = own.get("scale", "log")
    if scale not in SCALES:
        raise RequestError(f"scale is {scale!r}; it must be log or raw.")
    if not any("scenario=" in word for word in others):
        raise RequestError(f"variance needs a scenario: {', '.join(options.options('scenario'))}.")
    experiment = command_request(composed(others))
    draws = experiment.request.draws
    if draws < LEAST_DRAWS:
        raise RequestError(f"ensemble.replications give {draws} draws; at least {LEAST_DRAWS} are needed for shares.")
    for title, frame in splits(experiment, SCALES[scale]).items():
        file = _write_split(experiment.results, title, frame)
        print("\n".join([*split_lines(title, frame, draws, scale), f"  written to {file}", ""]))


def splits(
    experiment: CommandRequest, scale: Callable[[sensitivity.Numbers], sensitivity.Numbers]
) -> dict[str, pd.DataFrame]:
    """The split of a scenario and of its difference from the baseline, by title."""
    draws, workers = experiment.request.draws, experiment.workers or usable()
    engine = engine_for(len(sensitivity.pieces(experiment.request, draws, workers)), workers)
    run = sensitivity.studied(experiment.request, draws, workers, engine)
    names = [name for name in HEADLINES if name not in SPARSE]
    shares = {experiment.request.scenario.name: sensitivity.shapley_effects(run, names, scale)}
    if experiment.against:
        baseline = sensitivity.studied(experiment.against, draws, workers, engine)
        shares[f"{experiment.request.scenario.name} less {experiment.against.scenario.name}"] = (
            sensitivity.shapley_effects(run.less(baseline), names, scale)
        )
    return shares


def _write_split(results: Path, title: str, frame: pd.DataFrame) -> Path:
    file = results / "variance" / f"{title.replace(' ', '_')}.csv"
    file.parent.mkdir(parents=True, exist_ok=True)
    write_output(file, frame.to_csv(index=False, float_format="%.4g").encode())
    return file


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
