"""`variance +scenario=NAME`: how much of an answer's spread is theory, parameters by grade, and chance."""

from collections.abc import Callable, Mapping, Sequence
from math import isfinite
from pathlib import Path
from typing import Any

import pandas as pd

from scenarios.config import options
from scenarios.config.compose import asked, composed
from scenarios.config.request import Asked
from scenarios.errors import DONE, RequestError
from scenarios.execution.cores import usable
from scenarios.outcomes import HEADLINES
from scenarios.runs.runner import engine_for
from scenarios.store.files import write_output
from scenarios.studies import sensitivity

SCALES = {"log": sensitivity.signed_log, "raw": sensitivity.as_it_is}

SPARSE = {"attacks_per_1000_troop_years"}  # undefined in some replications

SHOWN = ("theory", "parameters", "A", "B", "C", "D", "chance", "sum")

LEAST_DRAWS = 10


def main(arguments: Sequence[str]) -> int:
    """Print and keep the split of every headline outcome, and of its difference from the baseline."""
    words, own = _parted(arguments)
    if own["scale"] not in SCALES:
        raise RequestError(f"scale is {own['scale']!r}; it must be log or raw.")
    if not any("scenario=" in word for word in words):
        raise RequestError(f"variance needs a scenario: +scenario={', '.join(options.options('scenario'))}.")
    found = asked(composed(words))
    draws = found.request.draws
    if draws < LEAST_DRAWS:
        raise RequestError(f"ensemble.replications give {draws} draws; at least {LEAST_DRAWS} are needed for shares.")
    told = splits(found, SCALES[own["scale"]])
    for title, frame in told.items():
        file = _kept(found.results, title, frame)
        print("\n".join([*lines(title, frame, draws, own["scale"]), f"  written to {file}", ""]))
    return DONE


def _parted(arguments: Sequence[str]) -> tuple[list[str], dict[str, str]]:
    """Words for the configuration, and those of this command alone: scale=log|raw."""
    own = {"scale": "log"}
    words = []
    for word in arguments:
        name, _, value = word.partition("=")
        if name in own:
            own[name] = value
        else:
            words.append(word)
    return words, own


def splits(found: Asked, scale: Callable[[sensitivity.Numbers], sensitivity.Numbers]) -> dict[str, pd.DataFrame]:
    """The split of a scenario and of its difference from the baseline, by title."""
    draws, workers = found.request.draws, found.workers or usable()
    engine = engine_for(len(sensitivity.pieces(found.request, draws, workers)), workers)
    mine = sensitivity.studied(found.request, draws, workers, engine)
    names = [name for name in HEADLINES if name not in SPARSE]
    told = {found.request.scenario.name: sensitivity.split(mine, names, scale)}
    if found.against:
        other = sensitivity.studied(found.against, draws, workers, engine)
        told[f"{found.request.scenario.name} less {found.against.scenario.name}"] = sensitivity.split(
            mine.less(other), names, scale
        )
    return told


def _kept(results: Path, title: str, frame: pd.DataFrame) -> Path:
    file = results / "variance" / f"{title.replace(' ', '_')}.csv"
    file.parent.mkdir(parents=True, exist_ok=True)
    write_output(file, frame.to_csv(index=False, float_format="%.4g").encode())
    return file


def lines(title: str, frame: pd.DataFrame, draws: int, scale: str) -> list[str]:
    """A split as a table: shares in per cent, with one standard error."""
    columns = [name for name in SHOWN if name in frame.columns]
    head = f"{title}: variance in per cent (+- standard error), {draws:,} draws under each theory, {scale} scale"
    names = "".join(f"{'of which ' + each if len(each) == 1 else each:>13}" for each in columns)
    return [head, f"  {'':26}{names}", *(_line(row, columns) for row in frame.to_dict("records"))]


def _line(row: Mapping[str, Any], columns: Sequence[str]) -> str:
    return f"  {row['outcome'].replace('_', ' '):26}{''.join(f'{cell:>13}' for cell in cells(row, columns))}"


def cells(row: Mapping[str, Any], columns: Sequence[str]) -> list[str]:
    """The shares of one outcome with their errors; a dash where it does not vary."""
    return [f"{row[each]:.0f} +- {row[f'{each}_error']:.0f}" if isfinite(row[each]) else "-" for each in columns]
