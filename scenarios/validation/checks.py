"""Checks of stylised facts: their declaration, registration and verdicts."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Annotated, Any, Self

import numpy as np
from pydantic import Field, field_validator, model_validator

from scenarios import resources
from scenarios.analysis.estimates import quantiles
from scenarios.evidence.parameters import beliefs
from scenarios.evidence.seed_files import read_entries
from scenarios.evidence.stylised_facts import patterns
from scenarios.evidence.validation_errors import NAME, Checked, OneOf
from scenarios.validation.histories import HISTORIES, Runs, SimulatedHistory
from scenarios.validation.verdicts import FAIL, NOT_TESTABLE, PASS, Verdict

TESTED = {"run", "band", "unit", "statistic", "because"}  # keys of a testable criterion

Numbers = np.ndarray


class Criterion(Checked):
    """Criterion of a stylised fact: the simulated history, the statistic and the band in which it must lie."""

    name: str = Field(alias=NAME)
    not_testable: str = ""
    run: Annotated[str, OneOf(lambda: (*HISTORIES, "none"))] = ""
    band: tuple[float, float] = (np.nan, np.nan)
    unit: str = ""
    statistic: str = ""
    because: str = ""

    @field_validator("name")
    @classmethod
    def _check_name(cls, name: str) -> str:
        if name not in patterns():
            raise ValueError("is no stylised fact of seeds/patterns.csv")
        return name

    @model_validator(mode="after")
    def _check_complete(self) -> Self:
        """Refuse a criterion that is neither complete nor declared to be not testable."""
        given = self.model_fields_set - {"name"}
        if given != ({"not_testable"} if self.not_testable else TESTED):
            raise ValueError(
                f"has {', '.join(sorted(given))}; it needs {', '.join(sorted(TESTED))}, or not_testable alone"
            )
        if not self.not_testable and self.name not in CHECKS:
            raise ValueError("has no function in scenarios/validation/")
        return self


@dataclass(frozen=True)
class Measurement:
    """Result of a check: the statistic to be judged and the values over replications behind it."""

    statistic: float
    values: Numbers | None = None


CHECKS: dict[str, Callable[[Any], Measurement]] = {}


def check(name: str) -> Callable[[Callable[[Any], Measurement]], Callable[[Any], Measurement]]:
    """Register a check under the id of its stylised fact."""

    def declare(function: Callable[[Any], Measurement]) -> Callable[[Any], Measurement]:
        CHECKS[name] = function
        return function

    return declare


@cache
def criteria() -> Mapping[str, Criterion]:
    """Read the criteria of seeds/checks.yaml, validated against the patterns and the registered checks."""
    return read_entries(resources.seeds() / "checks.yaml", Criterion)


def verdicts(runs: Runs, names: list[str]) -> list[Verdict]:
    """Judge each stylised fact under each theory of its history."""
    return [verdict for name in names for verdict in _verdicts_of(runs, criteria()[name])]


def _verdicts_of(runs: Runs, criterion: Criterion) -> list[Verdict]:
    if criterion.not_testable:
        return [_verdict(criterion, "", "", Measurement(np.nan))]
    compute = CHECKS[criterion.name]
    if criterion.run == "none":
        return [_verdict(criterion, "", "all", compute(beliefs()))]
    result = runs.result(criterion.run)
    return [
        _verdict(criterion, criterion.run, name, compute(SimulatedHistory(result, theory)))
        for theory, name in enumerate(result.theories)
    ]


def judge(statistic: float, band: tuple[float, float]) -> str:
    """Return pass for a statistic within the band, bounds included; an undefined one is not testable."""
    if not np.isfinite(statistic):
        return NOT_TESTABLE
    return PASS if band[0] - 1e-9 <= statistic <= band[1] + 1e-9 else FAIL


def _verdict(criterion: Criterion, run: str, theory: str, measurement: Measurement) -> Verdict:
    pattern, history = patterns()[criterion.name], HISTORIES.get(run)
    values = np.array([measurement.statistic]) if measurement.values is None else measurement.values
    low, middle, high = quantiles(values).tolist()
    return Verdict(
        name=criterion.name, use=pattern.use, statement=pattern.statement,
        counted=criterion.statistic or pattern.counted, run=run, start=history.start if history else "",
        world=history.world if history else "", theory=theory, unit=criterion.unit, band=criterion.band,
        simulated=(low, middle, high), statistic=measurement.statistic,
        verdict=judge(measurement.statistic, criterion.band), reason=criterion.not_testable or criterion.because,
    )  # fmt: skip
