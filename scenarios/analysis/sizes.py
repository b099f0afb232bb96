"""Numbers of draws of the runs of a comparison, and of those paired with the baseline's."""

from collections.abc import Sequence

import pandas as pd

from scenarios.runs.result import Result

Named = tuple[str, Result]


def sizes(runs: Sequence[Named], baseline: str) -> pd.DataFrame:
    """Number of draws and of pairs, one row per run; draws that failed are left out.

    Columns scenario, baseline, draws, pairs; a pair is a draw that the baseline has, too.
    """
    there = {name: set(run.outcomes["draw"]) for name, run in runs}
    rows = [
        {"scenario": name, "baseline": baseline, "draws": len(draws), "pairs": len(draws & there[baseline])}
        for name, draws in there.items()
    ]
    return pd.DataFrame(rows)


def are_alike(table: pd.DataFrame) -> bool:
    """True if every run has the same draws, all of them paired."""
    return bool(pd.unique(table[["draws", "pairs"]].to_numpy().ravel()).size == 1)


def describe_sizes(table: pd.DataFrame) -> str:
    """Number of draws in words: one for all, or that of every run and of its pairs."""
    if are_alike(table):
        return f"{table['draws'].iloc[0]:,} draws"
    parts = []
    for row in table.to_dict("records"):
        paired = f" ({row['pairs']:,} paired with {row['baseline']})" if row["scenario"] != row["baseline"] else ""
        parts.append(f"{row['draws']:,} draws of {row['scenario']}{paired}")
    return ", ".join(parts)
