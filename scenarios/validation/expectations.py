"""What the texts expect of each scenario, checked against paired runs."""

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
    """One expectation of the texts under one theory."""

    scenario: str
    start: str
    world: str
    expectation: Expectation
    theory: str
    difference: float
    error: float
    verdict: str


def predictions(results: Path, replications: int, workers: int | None) -> list[Prediction]:
    """Every expectation of every shipped scenario, from its natural start in the simulated world."""
    found = []
    for name in options.options("scenario"):
        asked = request(composed([f"+scenario={name}"]))
        for against in dict.fromkeys(each.against for each in asked.scenario.expects):
            sizes = {"horizon": HORIZON, "replications": replications}
            rest = {"against": against, "results": results, "workers": workers}
            result = finished_run(configuration({"scenario": name}, sizes, rest))
            mine = [each for each in asked.scenario.expects if each.against == against]
            found += [told for each in mine for told in _held(result, each)]
    return found


def _held(result: Result, expected: Expectation) -> list[Prediction]:
    assert result.baseline is not None, "an expectation is held against a baseline"
    about = result.manifest
    found = []
    for theory, name in enumerate(result.theories):
        difference = _values(result, expected, theory) - _values(result.baseline, expected, theory)
        mean, error = float(difference.mean()), float(difference.std(ddof=1) / np.sqrt(difference.size))
        verdict = judged(expected.direction, mean, error)
        found.append(Prediction(result.scenario, about["start"], about["world"], expected, name, mean, error, verdict))
    return found


def judged(direction: str, mean: float, error: float) -> str:
    """Whether a mean difference has the expected sign beyond noise."""
    clear = abs(mean) > NOISE * error
    wanted: Mapping[str, bool] = {"up": mean > 0, "down": mean < 0, "same": False}
    if direction == "same":
        return FAIL if clear else PASS
    if not clear:
        return UNSETTLED
    return PASS if wanted[direction] else FAIL


def _values(result: Result, expected: Expectation, theory: int) -> np.ndarray:
    """The outcome over the run, or over its first days, under one theory: one value per draw, in order of draws."""
    name = expected.outcome
    if expected.within is None:
        frame = result.outcomes
        return frame.loc[frame["theory"] == theory].sort_values("draw")[name].to_numpy()
    series = result.table("series", [name])
    mine = series[
        (series["replication"] % len(result.theories) == theory) & (series["period"] < expected.within // EARLY)
    ]
    return mine.groupby("replication")[name].sum().to_numpy()
