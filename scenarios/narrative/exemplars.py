"""Replications that stand for a result: typical of a quantile of deaths, never the most dramatic."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.stats import rankdata

from scenarios.errors import RequestError, nearest
from scenarios.outcomes import HEADLINES
from scenarios.runs.result import Result

MAIN = "deaths"  # the outcome whose quantiles are meant; every death counts alike

QUANTILES = (0.1, 0.5, 0.9)

REACH = 0.05  # of ranks on either side of a quantile, from which its medoid is taken


@dataclass(frozen=True)
class Medoid:
    """The replication that stands for one quantile under one theory."""

    replication: int
    quantile: float
    theory: str


def medoids(result: Result, theory: str | None = None, quantiles: Sequence[float] = QUANTILES) -> list[Medoid]:
    """The typical replication at each quantile of deaths, by theory.

    Headline outcomes become ranks in (0, 1) over the replications of a theory, ties at their middle; outcomes that do
    not vary or are undefined in some replication are left out. Around a quantile stand the replications whose rank of
    deaths lies within 0.05 of it (the nearest one where none does). Their medoid is the one with the least sum of
    Euclidean distances in ranks to the others; of equals, the one with the lowest number. A theory all of whose
    replications failed has none.

    RequestError if the theory is unknown or a quantile does not lie in [0, 1].
    """
    wrong = [each for each in quantiles if not 0.0 <= each <= 1.0]
    if wrong:
        raise RequestError(f"quantiles has {wrong[0]:g}; each must lie in [0, 1].")
    if theory is not None and theory not in result.theories:
        raise RequestError(f"theory {theory!r} is not in {result.path}.{nearest(theory, result.theories)}")
    frame = result.outcomes
    found = []
    for number, name in enumerate(result.theories):
        mine = frame[frame["theory"] == number].sort_values("replication")
        if theory in (None, name) and len(mine):
            ranks = {each: standardised(mine[each].to_numpy(dtype=float)) for each in HEADLINES}
            central = [ranks[MAIN], *(each for key, each in ranks.items() if key != MAIN and np.ptp(each) > 0)]
            space = np.array(central).T
            found += [Medoid(int(mine["replication"].iloc[medoid(space, q)]), float(q), name) for q in quantiles]
    return found


def standardised(values: np.ndarray) -> np.ndarray:
    """Ranks in (0, 1), ties at their middle; all one half where a value is undefined or none differ."""
    if not np.isfinite(values).all():
        return np.full(len(values), 0.5)
    return (rankdata(values) - 0.5) / len(values)


def medoid(space: np.ndarray, quantile: float) -> int:
    """Row of the medoid among the rows whose first coordinate lies near a quantile, (replications, outcomes)."""
    away = np.abs(space[:, 0] - quantile)
    near = np.flatnonzero(away <= max(REACH, float(away.min())) + 1e-12)
    group = space[near]
    sums = np.array([np.sqrt(((group - row) ** 2).sum(axis=1)).sum() for row in group])
    return int(near[np.flatnonzero(sums <= sums.min() + 1e-12)[0]])
