"""Expectations of the texts for each scenario, compared with paired runs."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import pandas as pd

from scenarios.analysis.contrasts import contrast, pair
from scenarios.analysis.estimates import by_theory
from scenarios.config import options
from scenarios.config.compose import composed, configuration
from scenarios.config.request import request
from scenarios.config.scenario import Expectation
from scenarios.runs.result import Result
from scenarios.runs.runner import finished_run
from scenarios.text import significant
from scenarios.validation.verdicts import FAIL, PASS

HORIZON = 730

EARLY = 7  # days a period, for expectations of the first weeks

NOISE = 2.0  # Monte Carlo errors within which a mean difference counts as none

UNSETTLED = "within noise"


@dataclass(frozen=True)
class Prediction:
    """Verdict on one expectation of the texts under one theory."""

    scenario: str
    start: str
    world: str
    expectation: Expectation
    theory: str
    difference: float
    error: float
    verdict: str

    @property
    def estimate(self) -> str:
        """Mean difference with its Monte Carlo standard error, formatted."""
        return f"{significant(self.difference, sign=True)} +- {significant(self.error)}"


def predictions(results: Path, replications: int, workers: int | None) -> list[Prediction]:
    """Judge every expectation of every shipped scenario, from its natural start in the simulated world."""
    judged = []
    for name in options.options("scenario"):
        expected = request(composed([f"+scenario={name}"])).scenario.expects
        for against in dict.fromkeys(expectation.against for expectation in expected):
            sizes = {"horizon": HORIZON, "replications": replications}
            rest = {"against": against, "results": results, "workers": workers}
            result = finished_run(configuration({"scenario": name}, sizes, rest))
            assert result.baseline is not None, "an expectation is a contrast with a baseline"
            for expectation in expected:
                judged += judge_run(result, result.baseline, expectation) if expectation.against == against else []
    return judged


def judge_run(result: Result, baseline: Result, expected: Expectation) -> list[Prediction]:
    """Verdict on one expectation under every theory of a run and its baseline."""
    about = result.manifest
    pairs = pair(*(_outcomes(run, expected) for run in (result, baseline)))
    judged = []
    for theory, part in by_theory(result, pairs):
        estimate = contrast(part, expected.outcome)
        mean, error = estimate["mean"], estimate["mc_error"]
        verdict = judge_direction(expected.direction, mean, error)
        judged.append(
            Prediction(result.scenario, about["start"], about["world"], expected, theory, mean, error, verdict)
        )
    return judged


def judge_direction(direction: str, mean: float, error: float) -> str:
    """Return pass for a mean difference of the expected sign beyond Monte Carlo noise."""
    clear = abs(mean) > NOISE * error
    has_sign: Mapping[str, bool] = {"up": mean > 0, "down": mean < 0, "same": False}
    if direction == "same":
        return FAIL if clear else PASS
    if not clear:
        return UNSETTLED
    return PASS if has_sign[direction] else FAIL


def _outcomes(run: Result, expected: Expectation) -> pd.DataFrame:
    """Outcomes over the run; if the expectation is of its first days, its outcome over those."""
    frame = run.outcomes
    if expected.within is None:
        return frame
    series = run.table("series", [expected.outcome])
    early = series[series["period"] < expected.within // EARLY].groupby("replication")[expected.outcome].sum()
    return frame[["draw", "theory"]].assign(**{expected.outcome: frame["replication"].map(early)})
