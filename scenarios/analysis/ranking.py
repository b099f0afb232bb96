"""Partial order of runs: ranks as far as runs are distinguishable."""

from collections.abc import Sequence

import pandas as pd

from scenarios.outcomes import declaration


def ranking(pairwise: pd.DataFrame, runs: Sequence[str], outcome: str) -> pd.DataFrame:
    """Possible ranks of every run and the runs distinguishable from it, one row per theory and run.

    Two runs are distinguishable where the interval of their paired difference, adjusted for all pairs, theories and
    outcomes compared, excludes zero. best_rank is one more than the number of runs known to be better, worst_rank the
    number of runs less those known to be worse. Columns theory, scenario, best_rank, worst_rank, better_than,
    worse_than, not_told_apart; the last three are lists of runs. Which direction is better follows from
    `declaration.worse_if`.
    """
    rows = []
    for theory, part in pairwise[pairwise["outcome"] == outcome].groupby("theory", sort=False):
        better, worse = _told(part, outcome, runs)
        for run in runs:
            apart = {*better[run], *worse[run], run}
            rows.append(
                {
                    "theory": theory,
                    "scenario": run,
                    "best_rank": 1 + len(worse[run]),
                    "worst_rank": len(runs) - len(better[run]),
                    "better_than": better[run],
                    "worse_than": worse[run],
                    "not_told_apart": [another for another in runs if another not in apart],
                }
            )
    return pd.DataFrame(rows)


def _told(part: pd.DataFrame, outcome: str, runs: Sequence[str]) -> tuple[dict[str, list[str]], dict[str, list[str]]]:
    """Runs that every run is better than, and worse than."""
    better: dict[str, list[str]] = {run: [] for run in runs}
    worse: dict[str, list[str]] = {run: [] for run in runs}
    for row in part.to_dict("records"):
        first, second = row["scenario"], row["baseline"]
        bounds = sorted(declaration.sign(outcome) * row[bound] for bound in ("adjusted_low", "adjusted_high"))
        if bounds[0] > 0:
            better[second].append(first)
            worse[first].append(second)
        elif bounds[1] < 0:
            better[first].append(second)
            worse[second].append(first)
    return better, worse
