"""From a study to the settings of its points: every factor's value, point by point."""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from itertools import islice, product
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from scenarios.errors import RequestError, nearest
from scenarios.evidence.parameters import Belief
from scenarios.evidence.plain_yaml import dumped, quoted_text
from scenarios.evidence.reading import yaml_value
from scenarios.evidence.tables import records
from scenarios.sweeping.samplers import check_installed, sampled
from scenarios.sweeping.study import MOST_POINTS, WHOLE, Factor, Sample, Study, check_key

if TYPE_CHECKING:
    import pandas as pd

Settings = dict[str, Any]
EDGE = 1e-3  # of a prior, cut off at either end, so that the corners of a design are finite
SEPARATORS = {";": "semicolons", "\t": "tabs"}  # that are no part of a factor's name
QUOTES = ("'", '"')
STRUCTURED = ("morris", "saltelli")  # designs that a constraint would break


def settings(study: Study, beliefs: Mapping[str, Belief]) -> list[Settings]:
    """What each point sets, in order: combinations of the crossed factors, and within each every row."""
    rows = _rows(study, beliefs)
    crossed = [dict(zip(study.cross, levels, strict=True)) for levels in product(*study.cross.values())]
    if len(rows) * len(crossed) > MOST_POINTS:
        raise RequestError(f"study has {len(rows) * len(crossed):,} points; at most {MOST_POINTS:,} are taken.")
    twice = set(study.cross) & {name for row in rows for name in row}
    if twice:
        raise RequestError(f"study: {', '.join(sorted(twice))} is crossed and sampled; keep one.")
    return _allowed([{**cell, **row} for cell in crossed for row in rows], study)


def _rows(study: Study, beliefs: Mapping[str, Belief]) -> list[Settings]:
    if study.table:
        return table(study.table)
    return _drawn(study.sample, beliefs) if study.sample else [{}]


def _drawn(sample: Sample, beliefs: Mapping[str, Belief]) -> list[Settings]:
    check_installed(sample.design)
    unit = sampled(sample)
    columns = [_scaled(name, each, unit[:, k], beliefs) for k, (name, each) in enumerate(sample.factors.items())]
    return [dict(zip(sample.factors, row, strict=True)) for row in zip(*columns, strict=True)]


def _scaled(name: str, factor: Factor, unit: np.ndarray, beliefs: Mapping[str, Belief]) -> list[Any]:
    """Values of a factor at points of [0, 1]."""
    if factor.values:
        return [factor.values[min(int(u * len(factor.values)), len(factor.values) - 1)] for u in unit]
    if factor.prior:
        believed = _uncertain(name.partition(".")[2], beliefs)
        inside = np.clip(factor.low + (factor.high - factor.low) * unit, EDGE, 1.0 - EDGE)
        return believed.prior.quantile(inside, believed.bounds).tolist()
    if factor.log:
        return np.exp(np.log(factor.low) + unit * np.log(factor.high / factor.low)).tolist()
    return (factor.low + unit * (factor.high - factor.low)).tolist()


def _uncertain(name: str, beliefs: Mapping[str, Belief]) -> Belief:
    if name not in beliefs:
        raise RequestError(f"parameters.{name} is unknown.{nearest(name, beliefs)}")
    if beliefs[name].prior.is_fixed or beliefs[name].labels:
        raise RequestError(f"parameters.{name} has no prior of one number; give it a range [low, high].")
    return beliefs[name]


def table(file: Path, beside: Sequence[str] = (), *, comments: bool = True) -> list[Settings]:
    """The points of a CSV file, one per row, one column per factor; columns named in `beside` are dropped.

    comments    whether lines that begin with # say something to people alone
    """
    names, rows = _table_of(file, comments=comments)
    check_separator(file, names)
    for name in names:
        if name not in beside:
            check_key(name, str(file))
    found = [_setting(file, line, dict(zip(names, cells, strict=True)), beside) for line, cells in rows]
    if not found:
        raise RequestError(f"{file} has no rows; a point needs one.")
    return found


def _table_of(file: Path, *, comments: bool) -> tuple[list[str], list[tuple[int, list[str]]]]:
    """The names of the columns, each once, and the rows with the numbers of their lines."""
    found = records(file, comments=comments)
    _, names = next(found, (1, []))
    if not names:
        raise RequestError(f"{file} cannot be read as CSV: it is empty; the first line names the factors.")
    twice = next((name for name in names if names.count(name) > 1), None)
    if twice is not None:
        raise RequestError(f"{file}: the column {twice} stands twice; keep one.")
    rows = list(islice(found, MOST_POINTS + 1))
    if len(rows) > MOST_POINTS:
        raise RequestError(f"{file} has more than {MOST_POINTS:,} rows; at most {MOST_POINTS:,} points are taken.")
    uneven = next(((line, cells) for line, cells in rows if len(cells) != len(names)), None)
    if uneven is not None:
        raise RequestError(
            f"{file}, line {uneven[0]}, has {len(uneven[1])} cells, not {len(names)}; put cells with commas in quotes."
        )
    return names, rows


def _setting(file: Path, line: int, cells: Mapping[str, str], beside: Sequence[str]) -> Settings:
    kept = {name: cell for name, cell in cells.items() if name not in beside}
    return {name: value_of(cell, f"{file}, line {line}, {name}", name) for name, cell in kept.items()}


def check_separator(file: Path, names: Sequence[str]) -> None:
    """Refuse a table whose columns are separated by something other than commas."""
    for mark, said in SEPARATORS.items():
        if any(mark in name for name in names):
            raise RequestError(f"{file}: columns are separated by {said}; separate them by commas, in every line.")


def value_of(written: str, where: str, factor: str = "") -> Any:
    """A value as it is written in a cell or a word: a list, mapping or quoted text in YAML, or one number or text.

    What names something, as a scenario or a pole, is text whatever it looks like.
    """
    stripped = written.strip()
    if not stripped:
        raise RequestError(f"{where} is empty; give it a value.")
    found = yaml_value(stripped, where, ("*", "*/*") if named(factor) else (), [factor])
    return stripped if factor in WHOLE and stripped[0] not in QUOTES else found


def named(factor: str) -> bool:
    """Whether a factor takes names."""
    return factor in WHOLE or factor.startswith("theory.")


def cell_of(value: Any, factor: str) -> str:
    """A value as a cell that `value_of` reads back as itself."""
    if isinstance(value, str) and value.isprintable():
        with suppress(RequestError):
            if value_of(value, factor, factor) == value:
                return value
    return quoted_text(value) if isinstance(value, str) else dumped(value, in_a_line=True)


def _allowed(points: list[Settings], study: Study) -> list[Settings]:
    """The points that break no constraint."""
    if not study.constraints:
        return points
    if study.sample and study.sample.design in STRUCTURED:
        raise RequestError(
            f"study.constraints: a {study.sample.design} design loses its meaning when points are left out; "
            "narrow its ranges, or take sobol or latin_hypercube."
        )
    frame = framed(points)
    kept = np.ones(len(points), dtype=bool)
    for constraint in study.constraints:
        kept &= _holds(constraint, frame)
    if not kept.any():
        raise RequestError(
            f"study.constraints: none of {len(points):,} points satisfies {'; '.join(study.constraints)}."
        )
    return [point for point, keep in zip(points, kept, strict=True) if keep]


def _holds(constraint: str, frame: "pd.DataFrame") -> np.ndarray:
    """Where a comparison of factors, as pandas reads it, holds; factors with a dot stand in backticks."""
    try:
        found = frame.eval(constraint, engine="python")
    except Exception as error:  # whatever pandas makes of a user's words
        raise RequestError(
            f"study.constraints: {constraint!r} cannot be read ({' '.join(str(error).split())}); compare factors as in "
            f"'`parameters.a` < `parameters.b`'. Factors: {', '.join(frame.columns)}."
        ) from error
    values = np.asarray(found)
    if values.dtype != bool or values.shape != (len(frame),):
        raise RequestError(f"study.constraints: {constraint!r} is no comparison; it must be true or false at a point.")
    return values


def framed(points: Sequence[Mapping[str, Any]]) -> "pd.DataFrame":
    """Settings as a table, one column per factor; structured values are written as text."""
    import pandas as pd

    return pd.DataFrame([{name: plainly(value) for name, value in each.items()} for each in points])


def plainly(value: Any) -> Any:
    """A number, truth value or text as it is, anything else in YAML on one line."""
    if isinstance(value, str | int | float | bool):
        return value
    return dumped(value, in_a_line=True)
