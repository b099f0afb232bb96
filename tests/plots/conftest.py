"""Small finished runs of one, two and eight theories, drawn by every figure."""

from collections.abc import Callable
from contextlib import chdir
from functools import cache
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from matplotlib.figure import Figure

from scenarios import plots
from scenarios.analysis import Comparison, compared_runs
from scenarios.outcomes import HEADLINES
from scenarios.runs import runner
from scenarios.runs.result import Result
from scenarios.runs.runner import run_experiments
from tests.requests import asks_all

ONE = ("theory.isis=enablers", "theory.strikes=both")
TWO = ("theory.isis=[enablers,spent]", "theory.strikes=both")
EIGHT = ("theory.isis=[enablers,spent]", "theory.strikes=[deter,provoke]", "theory.outbidding=[absent,present]")
CASES = {
    "one theory": (*ONE, "ensemble.replications=8", "ensemble.horizon=84"),
    "eight theories": (*EIGHT, "ensemble.replications=32", "ensemble.horizon=84"),
    "two draws": (*TWO, "ensemble.replications=4", "ensemble.horizon=28"),
    "a week": (*ONE, "ensemble.replications=4", "ensemble.horizon=7"),
}
NOTHING = "every draw failed"
CASES[NOTHING] = (*TWO, "ensemble.replications=4", "ensemble.horizon=35")


def fails(*arguments: object) -> None:
    raise ValueError("an infinite value cannot be counted")


@pytest.fixture(scope="session")
def simulated(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Result]:
    """Result of a case with its baseline; each is simulated once."""
    folder, results = tmp_path_factory.mktemp("drawn"), {}

    def result_of(case: str) -> Result:
        if case not in results:
            requested = asks_all(of=CASES[case])
            with chdir(folder), pytest.MonkeyPatch.context() as patch:
                if case == NOTHING:
                    patch.setattr(runner, "simulate_draws", fails)
                both = run_experiments(
                    [requested.request, requested.against], Path("results"), 1, lambda done, whole: None
                )
            results[case], results[case].baseline = (Result(folder / run.path) for run in both)
        return results[case]

    return result_of


@pytest.fixture(scope="session")
def drawn(simulated: Callable[[str], Result]) -> Callable[[str, str], Figure]:
    """Figure of a case, to be read and not changed; each is drawn once."""
    return cache(lambda name, case: DRAWN[name](simulated(case)))


def split_frame(outcomes: tuple[str, ...] = HEADLINES) -> pd.DataFrame:
    """Shares in the form of `variance.split`, constructed: one below zero, one undefined."""
    shares = {name: np.linspace(-1.0, 40.0, len(outcomes)) for name in ("theory", "B", "C", "D", "chance")}
    shares["theory"][1] = np.nan
    return pd.DataFrame({"outcome": outcomes, **shares, **{f"{name}_error": 2.0 for name in shares}})


def comparison(result: Result) -> Comparison:
    return compared_runs([result], result.baseline)


DRAWN: dict[str, Callable[[Result], Figure]] = {
    "bands": lambda result: plots.bands([result, result.baseline]),
    "exceedance": lambda result: plots.exceedance_curves(comparison(result), "deaths"),
    "forest": lambda result: plots.forest(comparison(result)),
    "ladder": plots.ladder_shares,
    "signs": lambda result: plots.sign_grid(comparison(result)),
    "split": lambda result: plots.variance_bars(split_frame(), result, 40),
    "story": lambda result: plots.story(result, 0),
    "strip": plots.strip,
    "tiles": lambda result: plots.tiles([result, result.baseline]),
    "time_to_event": lambda result: plots.incidence_curves(comparison(result), "us_deaths"),
}
