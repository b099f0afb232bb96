"""Studies for the terminal: means by point and theory, and the headlines of a point that is simulated again."""

from collections.abc import Sequence
from typing import Any

import pandas as pd

from scenarios.config.user_inputs import own_lines
from scenarios.outcomes import HEADLINES
from scenarios.report.terminal.tables import grid
from scenarios.studies.dataset import Dataset
from scenarios.studies.replay import Replayed
from scenarios.studies.writer import NAMES, summarised
from scenarios.text import signed, significant

MOST_ROWS = 60


def study_lines(study: Dataset, frame: pd.DataFrame, wanted: Sequence[str], against: str) -> list[str]:
    """The table for a terminal, failures first."""
    formatted = signed if against else significant
    names = [name for name in wanted if name in set(frame["outcome"])]
    cells = {
        (row["point"], row["theory"], row["outcome"]): f"{formatted(row['mean'])} ±{significant(row['mc_error'])}"
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


def _named(study: Dataset, point: int, theory: str) -> str:
    """A row in words: the factors that vary, and the theory."""
    return "  " + ", ".join([*(_short(study.points.loc[point, name]) for name in study.varied), theory])


def _short(value: Any) -> str:
    return f"{value:.3g}" if isinstance(value, float) else str(value)


def headline_lines(repeated: Replayed) -> list[str]:
    """The headlines under each theory; means with their Monte Carlo error if there is more than one draw."""
    summary = summarised(repeated.values, repeated.theories)
    errors = len(repeated.values) > len(repeated.theories)
    cells = [significant(mean) + (f" ±{significant(error)}" if errors else "")
             for mean, error in zip(summary["mean"], summary["mc_error"], strict=True)]  # fmt: skip
    rows = [(f"  {name.replace('_', ' ')}", cells[NAMES.index(name) :: len(NAMES)]) for name in HEADLINES]
    return [*(["  mean ± Monte Carlo error"] if errors else []), *grid(repeated.theories, rows)]
