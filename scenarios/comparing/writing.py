"""A comparison written to disk as tidy tables."""

from collections.abc import Callable, Mapping
from pathlib import Path

import pandas as pd

from scenarios.archive.disk import write_output
from scenarios.caveat import CAVEAT
from scenarios.comparing.comparison import Comparison
from scenarios.errors import RequestError
from scenarios.evidence.own import in_a_few_words
from scenarios.outcomes.tally import FIRST_OF
from scenarios.own import brought

SUFFIXES = (".csv", ".parquet")

TABLES: Mapping[str, Callable[[Comparison], pd.DataFrame]] = {
    "contrasts": lambda found: found.contrasts,
    "pairwise": lambda found: found.pairwise,
    "levels": lambda found: found.levels,
    "rates": lambda found: found.rates,
    "exceedance": lambda found: _together(found.exceedance, found.outcomes),
    "time_to_event": lambda found: _together(found.time_to_event, tuple(FIRST_OF)),
    "ranking": lambda found: _joined(_together(found.ranking, found.outcomes)),
    "signs": lambda found: found.signs,
    "theory_table": lambda found: found.theory_table,
    "switch_points": lambda found: found.switch_points,
}


def check_writable(where: Path) -> None:
    """Refuse a place to write to before anything is run."""
    if where.suffix not in ("", *SUFFIXES):
        raise RequestError(f"-o {where}: give a file that ends in .csv or .parquet, or a folder.")
    folder = where.parent if where.suffix else where
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise RequestError(f"-o {where}: {folder} cannot be made ({error.strerror}).") from error


def write(found: Comparison, where: Path) -> list[Path]:
    """Write the contrasts to a file, or every table to a folder; the files.

    Every row says as of when, in which world and from which runs it comes, and the caveat.
    """
    check_writable(where)
    if where.suffix:
        _write(marked(found, found.contrasts), where)
        return [where]
    files = {name: where / f"{name}.csv" for name in TABLES}
    for name, file in files.items():
        _write(marked(found, TABLES[name](found)), file)
    return list(files.values())


def marked(found: Comparison, table: pd.DataFrame) -> pd.DataFrame:
    """A table whose rows say what they are conditional on."""
    about = found.baseline.manifest
    own = map(in_a_few_words, brought(each.manifest for each in found.runs.values()))
    runs = " ".join(f"{name}:{each.manifest['id']}" for name, each in found.runs.items())
    return table.assign(
        as_of=about["as_of"], start=about["start"], world=about["world"], seed=about["seed"], runs=runs,
        own="; ".join(own), grades=about["grades"], caveat=CAVEAT,
    )  # fmt: skip


def _write(table: pd.DataFrame, file: Path) -> None:
    if file.suffix == ".parquet":
        table.attrs = {}
        write_output(file, table.to_parquet(index=False))
    else:
        write_output(file, table.to_csv(index=False, float_format="%.6g").encode())


def _together(of: Callable[[str], pd.DataFrame], names: tuple[str, ...]) -> pd.DataFrame:
    """One table of several outcomes."""
    return pd.concat([of(name).assign(outcome=name) for name in names], ignore_index=True)


def _joined(table: pd.DataFrame) -> pd.DataFrame:
    """Lists of runs as words."""
    lists = ("better_than", "worse_than", "not_told_apart")
    return table.assign(**{name: table[name].map(" ".join) for name in lists})
