"""`summarise FOLDER`: points x outcomes of a study, with Monte Carlo errors, or paired contrasts between points."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from scenarios import resources
from scenarios.cli.words import is_help, parted
from scenarios.errors import DONE, RequestError

if TYPE_CHECKING:
    import pandas as pd

    from scenarios.studies.dataset import Dataset

HELP = """\
usage: python -m scenarios summarise FOLDER [OUTCOME ...] [--against FACTOR=VALUE] [-o FILE.csv|FILE.parquet]

One row per point and theory: factors, and every outcome's mean with its Monte Carlo error. With --against, the paired
difference of every point from the one with that value of the factor and alike in all others. -o writes the whole tidy
table: one row per point, theory and outcome, with 5, 50 and 95 per cent points."""

USUAL = ("deaths", "us_deaths", "attacks_on_us_sites", "isis_attacks", "ladder_max")

MOST_ROWS = 60


def main(arguments: Sequence[str]) -> int:
    """Print the summary of a study, and write it where asked."""
    if is_help(arguments):
        print(HELP)
        return DONE
    flags, words = parted("summarise", arguments, ("--against", "-o", "--output"))
    if not words:
        raise RequestError("summarise takes the folder of a study; see summarise --help.")
    from scenarios.studies.dataset import Dataset

    study = Dataset(resources.given(words[0]))
    names = tuple(words[1:]) or USUAL
    frame = contrasted(study, flags["--against"], names) if "--against" in flags else study.summarised(names)
    output = flags.get("-o") or flags.get("--output")
    if output:
        everything = frame if "--against" in flags or words[1:] else study.summary
        print(f"{len(everything):,} rows written to {written(everything, resources.given(output))}")
    print("\n".join(lines(study, frame, names, flags.get("--against", ""))))
    return DONE


def contrasted(study: "Dataset", written: str, names: Sequence[str]) -> "pd.DataFrame":
    """Paired differences from the points that have FACTOR=VALUE."""
    factor, equals, value = written.partition("=")
    if not equals:
        raise RequestError(f"--against is {written!r}; write it as FACTOR=VALUE, as scenario=status_quo.")
    return study.contrast(factor, value, names)


def written(frame: "pd.DataFrame", file: Path) -> Path:
    """Write a table as CSV or Parquet, by the suffix of the file."""
    if file.suffix not in (".csv", ".parquet"):
        raise RequestError(f"-o is {file}; give a FILE.csv or FILE.parquet.")
    from scenarios.store.files import write_output

    as_csv = file.suffix == ".csv"
    write_output(file, frame.to_csv(index=False).encode() if as_csv else frame.to_parquet(index=False))
    return file


def lines(study: "Dataset", frame: "pd.DataFrame", wanted: Sequence[str], against: str) -> list[str]:
    """The table for a terminal, failures first."""
    from scenarios.config.user_inputs import own_lines
    from scenarios.report.terminal.tables import grid
    from scenarios.text import shown, signed

    said = signed if against else shown
    names = [name for name in wanted if name in set(frame["outcome"])]
    cells = {
        (row["point"], row["theory"], row["outcome"]): f"{said(row['mean'])} ±{shown(row['mc_error'])}"
        for row in frame.to_dict("records")
    }
    keys = list(dict.fromkeys((point, theory) for point, theory, _ in cells))
    rows = [(_named(study, *key), [cells.get((*key, name), "-") for name in names]) for key in keys[:MOST_ROWS]]
    about = study.manifest
    bad = [f"  {len(study.failures):,} points failed or are missing; see points.parquet"] if len(study.failures) else []
    what = f"paired difference from {against}" if against else "mean"
    more = [f"  ... {len(keys) - MOST_ROWS:,} more rows; -o FILE.csv writes all"] if len(keys) > MOST_ROWS else []
    return [
        f"{study.name}: {about['points']:,} points, {about['replications']:,} replications, as of "
        f"{', '.join(about['as_of'])}; {what} ± Monte Carlo error",
        f"  rows: {', '.join(study.varied)}, theory",
        *bad,
        *grid([name.replace("_", " ") for name in names], rows),
        *more,
        *(f"  {line}" for line in own_lines(about)),
        f"  {about['caveat']}",
    ]


def _named(study: "Dataset", point: int, theory: str) -> str:
    """A row in words: the factors that vary, and the theory."""
    return "  " + ", ".join([*(_short(study.points.loc[point, name]) for name in study.varied), theory])


def _short(value: Any) -> str:
    return f"{value:.3g}" if isinstance(value, float) else str(value)
