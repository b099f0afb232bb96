"""Expectations of the texts for each scenario, compared with paired runs."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from scenarios.config import options
from scenarios.config.compose import composed, configuration
from scenarios.config.request import request
from scenarios.config.scenario import Expectation
from scenarios.runs.result import Result
from scenarios.runs.runner import finished_run
from scenarios.validation.checks import FAIL, PASS

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
    judged = []
    for theory, name in enumerate(result.theories):
        difference = _values(result, expected, theory) - _values(baseline, expected, theory)
        mean, error = float(difference.mean()), float(difference.std(ddof=1) / np.sqrt(difference.size))
        verdict = judge_direction(expected.direction, mean, error)
        judged.append(Prediction(result.scenario, about["start"], about["world"], expected, name, mean, error, verdict))
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


def _values(result: Result, expected: Expectation, theory: int) -> np.ndarray:
    """Values of the outcome over the run, or over its first days, under one theory, in order of draws."""
    name = expected.outcome
    if expected.within is None:
        frame = result.outcomes
        return frame.loc[frame["theory"] == theory].sort_values("draw")[name].to_numpy()
    series = result.table("series", [name])
    early = series[
        (series["replication"] % len(result.theories) == theory) & (series["period"] < expected.within // EARLY)
    ]
    return early.groupby("replication")[name].sum().to_numpy()
