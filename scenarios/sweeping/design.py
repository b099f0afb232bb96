"""From a study to the settings of its points: every factor's value, point by point."""

from collections.abc import Mapping, Sequence
from itertools import product
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import yaml

from scenarios.catalog import Loader
from scenarios.errors import RequestError, nearest
from scenarios.evidence.parameters import Belief
from scenarios.sweeping.samplers import check_installed, sampled
from scenarios.sweeping.study import MOST_POINTS, Factor, Sample, Study, check_key

if TYPE_CHECKING:
    import pandas as pd

Settings = dict[str, Any]
EDGE = 1e-3  # of a prior, cut off at either end, so that the corners of a design are finite
SEPARATORS = {";": "semicolons", "\t": "tabs"}  # that are no part of a factor's name
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


def table(file: Path, beside: Sequence[str] = ()) -> list[Settings]:
    """The points of a CSV file, one per row, one column per factor; columns named in `beside` are dropped."""
    import pandas as pd

    try:
        frame = pd.read_csv(file, dtype=str, keep_default_na=False, comment="#")
    except (ValueError, OSError) as error:
        raise RequestError(f"{file} cannot be read as CSV: {' '.join(str(error).split())}") from error
    check_separator(file, frame.columns)
    frame = frame.drop(columns=[name for name in beside if name in frame.columns])
    for name in frame.columns:
        check_key(name, str(file))
    if frame.empty:
        raise RequestError(f"{file} has no rows; a point needs one.")
    return [
        {name: value_of(value, f"{file}, line {line}, {name}") for name, value in row.items()}
        for line, row in enumerate(frame.to_dict("records"), start=2)
    ]


def check_separator(file: Path, names: Sequence[str]) -> None:
    """Refuse a table whose columns are separated by something other than commas."""
    for mark, said in SEPARATORS.items():
        if any(mark in name for name in names):
            raise RequestError(f"{file}: columns are separated by {said}; separate them by commas, in every line.")


def value_of(written: str, where: str) -> Any:
    """A value as it is written in YAML."""
    if not written.strip():
        raise RequestError(f"{where} is empty; give it a value.")
    try:
        return yaml.load(written, Loader=Loader)
    except (yaml.YAMLError, ValueError) as error:
        raise RequestError(f"{where} is {written!r}, which is no value: {' '.join(str(error).split())}") from error


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
    return yaml.safe_dump(value, default_flow_style=True, width=10**6).strip().removesuffix("\n...")
