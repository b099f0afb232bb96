"""Partial order of runs: ranks as far as runs are distinguishable."""

from collections.abc import Iterator, Sequence

import pandas as pd

from scenarios.outcomes import declaration


def ranking(pairwise: pd.DataFrame, runs: Sequence[str], outcome: str) -> pd.DataFrame:
    """Possible ranks of every run and the runs distinguishable from it, one row per theory and run.

    Two runs are distinguishable where the interval of their paired difference, adjusted for all pairs, theories and
    outcomes compared, excludes zero. best_rank is one more than the number of runs known to be better, worst_rank the
    number of runs less those known to be worse. Columns theory, scenario, best_rank, worst_rank, better_than,
    worse_than, indistinguishable_from; the last three are lists of runs. Which direction is better follows from
    `declaration.worse_if`.
    """
    rows = []
    for theory, part in pairwise[pairwise["outcome"] == outcome].groupby("theory", sort=False):
        better = set(_better_pairs(part, outcome))
        for run in runs:
            better_than = [other for other in runs if (run, other) in better]
            worse_than = [other for other in runs if (other, run) in better]
            rows.append(
                {
                    "theory": theory,
                    "scenario": run,
                    "best_rank": 1 + len(worse_than),
                    "worst_rank": len(runs) - len(better_than),
                    "better_than": better_than,
                    "worse_than": worse_than,
                    "indistinguishable_from": [name for name in runs if name not in (run, *better_than, *worse_than)],
                }
            )
    return pd.DataFrame(rows)


def _better_pairs(part: pd.DataFrame, outcome: str) -> Iterator[tuple[str, str]]:
    """Yield every two runs of which the first is known to be better."""
    for row in part.to_dict("records"):
        low, high = sorted(declaration.sign(outcome) * row[bound] for bound in ("adjusted_low", "adjusted_high"))
        if low > 0:
            yield row["baseline"], row["scenario"]
        elif high < 0:
            yield row["scenario"], row["baseline"]
