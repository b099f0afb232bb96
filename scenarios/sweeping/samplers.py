"""Samples of the unit cube, by SciPy, and by SALib where it is installed."""

from collections.abc import Callable, Mapping

import numpy as np
from numpy.typing import NDArray

from scenarios.errors import RequestError
from scenarios.sweeping.study import Sample

Numbers = NDArray[np.float64]
MORRIS_LEVELS = 4  # Morris (1991), and SALib's default


def sampled(sample: Sample) -> Numbers:
    """Points of the unit cube, (points, factors); the same for the same seed."""
    return SAMPLERS[sample.design](sample)


def rows_of(sample: Sample) -> int:
    """The number of points in a sample."""
    factors = len(sample.factors)
    return sample.points * {"morris": factors + 1, "saltelli": factors + 2}.get(sample.design, 1)


def sobol(sample: Sample) -> Numbers:
    """Scrambled Sobol points (Owen 1998)."""
    from scipy.stats import qmc

    return qmc.Sobol(len(sample.factors), scramble=True, seed=sample.seed).random(sample.points)


def latin_hypercube(sample: Sample) -> Numbers:
    """Latin hypercube (McKay, Beckman and Conover 1979)."""
    from scipy.stats import qmc

    return qmc.LatinHypercube(len(sample.factors), seed=sample.seed).random(sample.points)


def morris(sample: Sample) -> Numbers:
    """Trajectories of Morris (1991), each with one point more than there are factors."""
    from SALib.sample import morris

    return morris.sample(_problem(sample), sample.points, num_levels=MORRIS_LEVELS, seed=sample.seed)


def saltelli(sample: Sample) -> Numbers:
    """Saltelli's extension of Sobol points for first-order and total effects (Saltelli et al. 2010)."""
    from SALib.sample import sobol

    return sobol.sample(_problem(sample), sample.points, calc_second_order=False, seed=sample.seed)


def _problem(sample: Sample) -> dict[str, object]:
    """Factors as SALib takes them, each in [0, 1]."""
    names = list(sample.factors)
    return {"num_vars": len(names), "names": names, "bounds": [[0.0, 1.0]] * len(names)}


def check_installed(design: str) -> None:
    """Refuse a design whose sampler is an extra that is not there."""
    from importlib.util import find_spec

    if design in ("morris", "saltelli") and find_spec("SALib") is None:
        raise RequestError(f"study.sample.design {design} needs SALib: pip install 'iraq-scenarios[cluster]'.")


SAMPLERS: Mapping[str, Callable[[Sample], Numbers]] = {
    "sobol": sobol, "latin_hypercube": latin_hypercube, "morris": morris, "saltelli": saltelli,
}  # fmt: skip
