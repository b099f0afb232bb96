"""`variance +scenario=NAME`: how much of an answer's spread is theory, parameters by grade, and chance."""

import os
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pandas as pd

from scenarios import catalog, variance
from scenarios.archive.folder import write_whole
from scenarios.composing import asked, composed
from scenarios.errors import DONE, RequestError
from scenarios.outcomes import HEADLINES
from scenarios.running import engine_for

SCALES = {"log": variance.signed_log, "raw": variance.as_it_is}
SPARSE = {"attacks_per_1000_troop_years"}  # undefined in some replications
SHOWN = ("theory", "parameters", "A", "B", "C", "D", "chance", "sum")
LEAST_DRAWS = 10


def main(arguments: Sequence[str]) -> int:
    """Print and keep the split of every headline outcome, and of its difference from the baseline."""
    words = [word for word in arguments if not word.startswith("scale=")]
    scale = next((word.removeprefix("scale=") for word in arguments if word.startswith("scale=")), "log")
    if scale not in SCALES:
        raise RequestError(f"scale is {scale!r}; it must be log or raw.")
    if not any("scenario=" in word for word in words):
        raise RequestError(f"variance needs a scenario: +scenario={', '.join(catalog.options('scenario'))}.")
    found = asked(composed(words))
    draws = found.request.draws
    if draws < LEAST_DRAWS:
        raise RequestError(f"ensemble.replications give {draws} draws; at least {LEAST_DRAWS} are needed for shares.")
    workers = found.workers or os.cpu_count() or 1
    engine = engine_for(len(variance.pieces(found.request, draws, workers)), workers)
    mine = variance.studied(found.request, draws, workers, engine)
    names = [name for name in HEADLINES if name not in SPARSE]
    told = {found.request.scenario.name: variance.split(mine, names, SCALES[scale])}
    if found.against:
        other = variance.studied(found.against, draws, workers, engine)
        told[f"less {found.against.scenario.name}"] = variance.split(mine.less(other), names, SCALES[scale])
    for title, frame in told.items():
        file = Path(found.results) / "variance" / f"{title.replace(' ', '_')}.csv"
        file.parent.mkdir(parents=True, exist_ok=True)
        write_whole(file, frame.to_csv(index=False, float_format="%.4g").encode())
        print("\n".join([*lines(title, frame, draws, scale), f"  written to {file}", ""]))
    return DONE


def lines(title: str, frame: pd.DataFrame, draws: int, scale: str) -> list[str]:
    """A split as a table: shares in per cent, with one standard error."""
    columns = [name for name in SHOWN if name in frame.columns]
    head = f"{title}: variance in per cent (+- standard error), {draws:,} draws under each theory, {scale} scale"
    names = "".join(f"{'of which ' + each if len(each) == 1 else each:>13}" for each in columns)
    return [head, f"  {'':26}{names}", *(_line(row, columns) for row in frame.to_dict("records"))]


def _line(row: Mapping[str, Any], columns: Sequence[str]) -> str:
    cells = [f"{row[each]:.0f} +- {row[f'{each}_error']:.0f}" for each in columns]
    return f"  {row['outcome'].replace('_', ' '):26}{''.join(f'{cell:>13}' for cell in cells)}"
