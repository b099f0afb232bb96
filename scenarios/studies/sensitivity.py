"""Sensitivity of outcomes: Shapley effects of theory, parameters by grade of evidence, and chance.

Within a theory the variance is divided among the grades of evidence and chance by Shapley effects (Song, Nelson and
Staum 2016), which sum to all of it; between theories it is the variance of their means, unweighted. The variance that
a set of sources explains is a pick-freeze covariance: of two runs that share these sources alone.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from math import factorial

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from agents.ensemble.axis import Axis
from scenarios.analysis.contrasts import subtract
from scenarios.config.request import Request, in_use
from scenarios.evidence.parameters import GRADES
from scenarios.execution import Engine
from scenarios.simulation.experiment import totals

Numbers = NDArray[np.float64]

Sources = frozenset[str]

LUCK = "luck"

RESAMPLES = 200

GOOD_SIZE = 4_000  # replications that are simulated together


@dataclass(frozen=True)
class RunChunk:
    """Runs simulated as one ensemble; the sources in a run take the first set of draws, the others the second."""

    request: Request
    draws: int
    runs: tuple[Sources, ...]
    grades: tuple[str, ...]

    def outcomes(self) -> Mapping[str, Numbers]:
        """Outcomes, (runs, draws, theories)."""
        axes = {source: self._axis(source) for source in (LUCK, *self.grades)}
        outcomes = totals(self.request, axes[LUCK], {grade: axes[grade] for grade in self.grades})
        shape = (len(self.runs), self.draws, len(self.request.strata))
        return {name: values.reshape(shape) for name, values in outcomes.items()}

    def _axis(self, source: str) -> Axis:
        """Draw of a source in every replication."""
        theories = len(self.request.strata)
        first, second = np.arange(self.draws), np.arange(self.draws, 2 * self.draws)
        draws = np.concatenate([first if source in run else second for run in self.runs])
        return Axis(np.repeat(draws, theories), np.tile(np.arange(theories), draws.size))


def simulate_run_chunk(chunk: RunChunk) -> Mapping[str, Numbers]:
    """Simulate a chunk; at module level, so that a worker process can import it."""
    return chunk.outcomes()


def run_chunks(request: Request, draws: int, workers: int) -> list[RunChunk]:
    """Runs of a study in ensembles of good size, at least one per worker."""
    grades = grades_of(request)
    runs = subsets((*grades, LUCK))
    together = max(1, min(GOOD_SIZE // (draws * len(request.strata)), -(-len(runs) // workers)))
    return [RunChunk(request, draws, tuple(runs[at : at + together]), grades) for at in range(0, len(runs), together)]


def grades_of(request: Request) -> tuple[str, ...]:
    """Grades that some uncertain quantity of a request has."""
    there = {belief.grade for belief in in_use(request).values() if not belief.prior.is_fixed}
    return tuple(grade for grade in GRADES if grade in there)


def subsets(sources: Sequence[str]) -> list[Sources]:
    """Every set of sources, from none to all."""
    return [frozenset(chosen) for size in range(len(sources) + 1) for chosen in combinations(sources, size)]


@dataclass(frozen=True)
class VarianceStudy:
    """Outcomes by set of sources, (theories, draws), for one scenario or for a paired difference."""

    sources: tuple[str, ...]
    outcomes: Mapping[Sources, Mapping[str, Numbers]]

    def less(self, other: "VarianceStudy") -> "VarianceStudy":
        """Paired difference of two scenarios, by set of sources."""
        differences = {
            run: {name: subtract(values, other.outcomes[run][name]) for name, values in outcomes.items()}
            for run, outcomes in self.outcomes.items()
        }
        return VarianceStudy(self.sources, differences)


def studied(request: Request, draws: int, workers: int, engine: Engine) -> VarianceStudy:
    """Simulate every chunk; one that fails is an error, since shares would be wrong without it."""
    outcomes = {}
    for done in engine.results(simulate_run_chunk, run_chunks(request, draws, workers)):
        if done.failure:
            raise RuntimeError(f"a chunk of the study of variance failed: {done.failure}")
        for number, run in enumerate(done.task.runs):
            outcomes[run] = {name: values[number].T for name, values in done.value.items()}
    return VarianceStudy((*grades_of(request), LUCK), outcomes)


def shapley_effects(study: VarianceStudy, outcomes: Sequence[str], scale: Callable[[Numbers], Numbers]) -> pd.DataFrame:
    """Shares of variance [per cent] of theory, parameters, grades and chance with errors, one row per outcome.

    Shares are undefined where an outcome does not vary. Errors are from a bootstrap over draws.
    """
    return pd.DataFrame([_row(study, name, scale) for name in outcomes])


def _row(study: VarianceStudy, name: str, scale: Callable[[Numbers], Numbers]) -> dict[str, float | str]:
    values = {run: scale(outcomes[name]) for run, outcomes in study.outcomes.items()}
    draws = next(iter(values.values())).shape[1]
    shares = _shares(study.sources, values, np.arange(draws))
    generator = np.random.default_rng(0)
    again = [_shares(study.sources, values, generator.integers(draws, size=(draws,))) for _ in range(RESAMPLES)]
    row: dict[str, float | str] = {"outcome": name}
    for source, share in shares.items():
        row[source] = share
        row[f"{source}_error"] = spread([shares[source] for shares in again])
    return row


def spread(values: Sequence[float]) -> float:
    """Standard deviation of the defined values; undefined unless most are defined."""
    known = [value for value in values if np.isfinite(value)]
    return float(np.std(known, ddof=1)) if 2 * len(known) > len(values) else np.nan


def _shares(sources: Sequence[str], values: Mapping[Sources, Numbers], chosen: NDArray[np.int64]) -> dict[str, float]:
    """Shares [per cent] of the variance over theories and draws; undefined without variance."""
    picked = {run: every[:, chosen] for run, every in values.items()}
    whole = picked[frozenset(sources)]
    explained = {run: _explained(picked, run, sources) for run in picked}
    effects = {source: _shapley(source, sources, explained) for source in sources}
    between = float(whole.mean(axis=1).var())
    total = float(whole.var()) or np.nan
    parts = {"theory": between, "parameters": sum(effects[source] for source in sources if source != LUCK)}
    parts |= {**{grade: effects[grade] for grade in sources if grade != LUCK}, "chance": effects[LUCK]}
    shares = {name: 100.0 * part / total for name, part in parts.items()}
    return {**shares, "sum": shares["theory"] + shares["parameters"] + shares["chance"]}


def _explained(picked: Mapping[Sources, Numbers], chosen: Sources, sources: Sequence[str]) -> float:
    """Variance that a set of sources explains, mean over theories and over estimates from either set of draws."""
    if not chosen:
        return 0.0
    every, rest = frozenset(sources), frozenset(sources) - chosen
    first = _covariance(picked[every], picked[chosen])
    second = _covariance(picked[frozenset()], picked[rest]) if rest else first
    return 0.5 * (first + second)


def _covariance(one: Numbers, other: Numbers) -> float:
    """Covariance over draws, mean over theories."""
    centred = (one - one.mean(axis=1, keepdims=True)) * (other - other.mean(axis=1, keepdims=True))
    return float(centred.mean())


def _shapley(source: str, sources: Sequence[str], explained: Mapping[Sources, float]) -> float:
    """Mean gain in explained variance when a source is added, over every order of adding sources."""
    others, size = [another for another in sources if another != source], len(sources)
    effect = 0.0
    for chosen in subsets(others):
        weight = factorial(len(chosen)) * factorial(size - len(chosen) - 1) / factorial(size)
        effect += weight * (explained[chosen | {source}] - explained[chosen])
    return effect


def signed_log(values: Numbers) -> Numbers:
    """sign(x) log(1 + |x|), so that one extreme replication does not dominate."""
    return np.sign(values) * np.log1p(np.abs(values))


def as_it_is(values: Numbers) -> Numbers:
    """Outcome itself."""
    return values
