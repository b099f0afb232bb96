"""Exemplars of a result: the medoid replications at quantiles of deaths, never the most dramatic."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.stats import rankdata

from scenarios.errors import RequestError, nearest
from scenarios.outcomes import HEADLINES
from scenarios.runs.result import Result

MAIN = "deaths"  # the outcome whose quantiles are represented

QUANTILES = (0.1, 0.5, 0.9)

REACH = 0.05  # ranks on either side of a quantile from which its medoid is taken


@dataclass(frozen=True)
class Medoid:
    """Exemplar of one quantile under one theory."""

    replication: int
    quantile: float
    theory: str


def medoids(result: Result, theory: str | None = None, quantiles: Sequence[float] = QUANTILES) -> list[Medoid]:
    """Find the typical replication at each quantile of deaths, by theory.

    Headline outcomes become ranks in (0, 1) over the replications of a theory, ties at their middle; outcomes that do
    not vary or are undefined in some replication are left out. Around a quantile stand the replications whose rank of
    deaths lies within 0.05 of it (the nearest one where none does). Their medoid is the one with the least sum of
    Euclidean distances in ranks to the others; of equals, the one with the lowest number. A theory all of whose
    replications failed has none.

    RequestError if the theory is unknown or a quantile does not lie in [0, 1].
    """
    wrong = [quantile for quantile in quantiles if not 0.0 <= quantile <= 1.0]
    if wrong:
        raise RequestError(f"quantiles has {wrong[0]:g}; each must lie in [0, 1].")
    if theory is not None and theory not in result.theories:
        raise RequestError(f"theory {theory!r} is not in {result.path}.{nearest(theory, result.theories)}")
    frame = result.outcomes
    exemplars = []
    for number, name in enumerate(result.theories):
        rows = frame[frame["theory"] == number].sort_values("replication")
        if theory in (None, name) and len(rows):
            ranks = {outcome: standardised(rows[outcome].to_numpy(dtype=float)) for outcome in HEADLINES}
            varied = [values for outcome, values in ranks.items() if outcome != MAIN and np.ptp(values) > 0]
            space = np.array([ranks[MAIN], *varied]).T
            exemplars += [Medoid(int(rows["replication"].iloc[medoid(space, q)]), float(q), name) for q in quantiles]
    return exemplars


def standardised(values: np.ndarray) -> np.ndarray:
    """Ranks in (0, 1), ties at their middle; all one half if a value is undefined or none differ."""
    if not np.isfinite(values).all():
        return np.full(len(values), 0.5)
    return (rankdata(values) - 0.5) / len(values)


def medoid(space: np.ndarray, quantile: float) -> int:
    """Row of the medoid of the rows whose first coordinate lies near a quantile; (replications, outcomes)."""
    away = np.abs(space[:, 0] - quantile)
    near = np.flatnonzero(away <= max(REACH, float(away.min())) + 1e-12)
    group = space[near]
    sums = np.array([np.sqrt(((group - row) ** 2).sum(axis=1)).sum() for row in group])
    return int(near[np.flatnonzero(sums <= sums.min() + 1e-12)[0]])
