"""Settings of the points of a design: crossed, from a table, or sampled (Sobol, Latin hypercube, Morris, Saltelli)."""

from collections.abc import Collection, Mapping
from importlib.util import find_spec
from itertools import product
from math import prod
from typing import Any

import numpy as np
from numpy.typing import NDArray

from scenarios.errors import RequestError, nearest
from scenarios.evidence.parameters import Belief
from scenarios.studies.constraints import satisfying
from scenarios.studies.design import MOST_POINTS, Factor, Sample, Settings, Study
from scenarios.studies.levels import WHOLE, framed
from scenarios.studies.table import table

Numbers = NDArray[np.float64]

EDGE = 1e-3  # of a prior, cut off at either end, so that the corners of a design are finite

STRUCTURED = ("morris", "saltelli")  # designs by SALib, which constraints would break

MORRIS_LEVELS = 4  # Morris (1991), and SALib's default


def settings(study: Study, beliefs: Mapping[str, Belief]) -> list[Settings]:
    """Settings of all points in order: combinations of the crossed factors, with all rows of the sample or table."""
    crossed = prod(map(len, study.cross.values()))
    _check_size(crossed * (rows_of(study.sample) if study.sample else 1))
    rows = _rows(study, beliefs)
    _check_size(crossed * len(rows))
    _check_factors(study.cross, rows[0])
    combinations = (dict(zip(study.cross, levels, strict=True)) for levels in product(*study.cross.values()))
    return _allowed([{**combination, **row} for combination in combinations for row in rows], study)


def _check_size(points: int) -> None:
    if points > MOST_POINTS:
        raise RequestError(f"study has {points:,} points; at most {MOST_POINTS:,} are taken.")


def _check_factors(crossed: Collection[str], others: Collection[str]) -> None:
    """Refuse a factor that is set twice, or within another that is set whole."""
    twice = set(crossed) & set(others)
    if twice:
        raise RequestError(f"study: {', '.join(sorted(twice))} is crossed and sampled; keep one.")
    names = {*crossed, *others} - set(WHOLE)
    for outer, inner in product(sorted(names), sorted(names)):
        if inner.startswith(f"{outer}."):
            raise RequestError(f"study: {inner} lies within {outer}, which is a factor, too, and sets it; keep one.")


def _rows(study: Study, beliefs: Mapping[str, Belief]) -> list[Settings]:
    if study.table:
        return table(study.table)
    return _drawn(study.sample, beliefs) if study.sample else [{}]


def _drawn(sample: Sample, beliefs: Mapping[str, Belief]) -> list[Settings]:
    if sample.design in STRUCTURED and find_spec("SALib") is None:
        raise RequestError(f"study.sample.design {sample.design} needs SALib: pip install 'iraq-scenarios[cluster]'.")
    unit = sampled(sample)
    columns = [_scaled(name, factor, unit[:, k], beliefs) for k, (name, factor) in enumerate(sample.factors.items())]
    return [dict(zip(sample.factors, row, strict=True)) for row in zip(*columns, strict=True)]


def _scaled(name: str, factor: Factor, unit: np.ndarray, beliefs: Mapping[str, Belief]) -> list[Any]:
    """Values of a factor at points of [0, 1]."""
    if factor.values:
        return [factor.values[min(int(u * len(factor.values)), len(factor.values) - 1)] for u in unit]
    if factor.prior:
        believed = _uncertain(name.partition(".")[2], beliefs)
        first, last = factor.prior
        inside = np.clip(first + (last - first) * unit, EDGE, 1.0 - EDGE)
        return believed.prior.quantile(inside, believed.bounds).tolist()
    low, high = factor.range
    if factor.scale == "log":
        return np.exp(np.log(low) + unit * np.log(high / low)).tolist()
    return (low + unit * (high - low)).tolist()


def _uncertain(name: str, beliefs: Mapping[str, Belief]) -> Belief:
    if name not in beliefs:
        raise RequestError(f"parameters.{name} is unknown.{nearest(name, beliefs)}")
    if beliefs[name].prior.is_fixed or beliefs[name].labels:
        raise RequestError(f"parameters.{name} has no prior of one number; give it a range [low, high].")
    return beliefs[name]


def _allowed(points: list[Settings], study: Study) -> list[Settings]:
    """Points that satisfy all constraints."""
    if not study.constraints:
        return points
    if study.sample and study.sample.design in STRUCTURED:
        raise RequestError(
            f"study.constraints: a {study.sample.design} design loses its meaning when points are left out; "
            "narrow its ranges, or take sobol or latin_hypercube."
        )
    frame = framed(points)
    kept = satisfying(study.constraints, {name: frame[name].to_numpy() for name in frame.columns})
    return [point for point, keep in zip(points, kept, strict=True) if keep]


def sampled(sample: Sample) -> Numbers:
    """Points in the unit cube, (points, factors); the same for the same seed.

    Sobol points are scrambled (Owen 1998). The Latin hypercube is that of McKay, Beckman and Conover (1979).
    Trajectories of Morris (1991) have one point more than there are factors. Saltelli et al. (2010) extend Sobol points
    for first-order and total effects.
    """
    names, size, seed = list(sample.factors), sample.points, sample.seed
    if sample.design in STRUCTURED:
        import SALib.sample.morris
        import SALib.sample.sobol

        problem = {"num_vars": len(names), "names": names, "bounds": [[0.0, 1.0]] * len(names)}
        if sample.design == "morris":
            return SALib.sample.morris.sample(problem, size, num_levels=MORRIS_LEVELS, seed=seed)
        return SALib.sample.sobol.sample(problem, size, calc_second_order=False, seed=seed)
    from scipy.stats import qmc

    if sample.design == "sobol":
        return qmc.Sobol(len(names), scramble=True, seed=seed).random(size)
    return qmc.LatinHypercube(len(names), seed=seed).random(size)


def rows_of(sample: Sample) -> int:
    """Number of points in a sample."""
    factors = len(sample.factors)
    return sample.points * {"morris": factors + 1, "saltelli": factors + 2}.get(sample.design, 1)
