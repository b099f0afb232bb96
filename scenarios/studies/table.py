"""Table of points: a CSV file with one point per row and one column per factor."""

from collections.abc import Sequence
from pathlib import Path

from scenarios.errors import RequestError
from scenarios.evidence.seed_files import records
from scenarios.studies.design import MOST_POINTS, Settings, refused_factor
from scenarios.studies.levels import read_level

SEPARATORS = {";": "semicolons", "\t": "tabs"}  # not part of a factor's name


def table(file: Path, beside: Sequence[str] = ()) -> list[Settings]:
    """Points of a CSV file without the columns named in `beside`."""
    rows = records(file, comments=True)
    _, names = next(rows, (0, []))
    _check_names(file, names, beside)
    columns = [(place, name) for place, name in enumerate(names) if name not in beside]
    points: list[Settings] = []
    for line, cells in rows:
        if len(cells) != len(names):
            raise RequestError(
                f"{file}, line {line} has {len(cells)} cells, and the first line {len(names)}; give every factor one, "
                "in quotes where it contains a comma."
            )
        points.append({name: read_level(cells[place], f"{file}, line {line}, {name}", name) for place, name in columns})
        if len(points) > MOST_POINTS:
            raise RequestError(f"{file} has more than {MOST_POINTS:,} rows, the most that are taken.")
    if not points:
        raise RequestError(f"{file} has no rows; a point needs one.")
    return points


def _check_names(file: Path, names: Sequence[str], beside: Sequence[str]) -> None:
    """Refuse columns that are not factors or occur twice."""
    if not names:
        raise RequestError(f"{file} cannot be read as CSV: it is empty; give a line of factors, then a row per point.")
    for mark, signs in SEPARATORS.items():
        if any(mark in name for name in names):
            raise RequestError(f"{file}: columns are separated by {signs}; separate them by commas, in every line.")
    for name in names:
        if names.count(name) > 1:
            raise RequestError(f"{file}: column {name!r} occurs {names.count(name)} times; keep one.")
        if name not in beside and (reason := refused_factor(name)):
            raise RequestError(f"{file}: {name!r} {reason}")
