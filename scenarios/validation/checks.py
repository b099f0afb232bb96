"""How a check is declared and judged."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np

from scenarios import resources
from scenarios.evidence.parameters import beliefs
from scenarios.evidence.seed_files import SeedError, expect, yaml_mapping
from scenarios.evidence.stylised_facts import patterns
from scenarios.validation.histories import HISTORIES, Lived, Runs

PASS, FAIL, NOT_TESTABLE = "pass", "fail", "not testable"

Numbers = np.ndarray

KEYS = {"run", "band", "unit", "statistic", "because"}


@dataclass(frozen=True)
class Held:
    """How a stylised fact is judged: the run, the statistic and the band in which it must lie."""

    name: str
    run: str
    band: tuple[float, float]
    unit: str
    statistic: str
    because: str
    not_testable: str


@dataclass(frozen=True)
class Verdict:
    """One check under one theory."""

    name: str
    use: str
    statement: str
    counted: str
    run: str
    start: str
    world: str
    theory: str
    unit: str
    observed: tuple[float, float]
    simulated: tuple[float, float, float]  # 5, 50, 95 per cent over replications; alike where there is one number
    statistic: float
    verdict: str
    reason: str


@dataclass(frozen=True)
class Found:
    """What a check computes: the number that is judged, and the values over replications behind it."""

    statistic: float
    values: Numbers | None = None


CHECKS: dict[str, Callable[[Any], Found]] = {}


def check(name: str) -> Callable[[Callable[[Any], Found]], Callable[[Any], Found]]:
    """Register a check under the id of its stylised fact."""

    def declare(function: Callable[[Any], Found]) -> Callable[[Any], Found]:
        CHECKS[name] = function
        return function

    return declare


@cache
def held() -> Mapping[str, Held]:
    """What stands in seeds/checks.yaml, checked against patterns and code."""
    file = resources.seeds() / "checks.yaml"
    found = {}
    for name, entry in yaml_mapping(file).items():
        if name not in patterns():
            raise SeedError(file, name, "is no stylised fact of seeds/patterns.csv")
        untestable = "not_testable" in entry
        expect(file, name, entry, {"not_testable"} if untestable else KEYS, set())
        if not untestable and (name not in CHECKS or entry["run"] not in {*HISTORIES, "none"}):
            raise SeedError(file, name, "has no function in scenarios/validation/, or its run is unknown")
        found[name] = Held(
            name=name, run=entry.get("run", ""), band=tuple(entry.get("band", (np.nan, np.nan))),
            unit=entry.get("unit", ""), statistic=entry.get("statistic", ""), because=entry.get("because", ""),
            not_testable=entry.get("not_testable", ""),
        )  # fmt: skip
    return found


def verdicts(runs: Runs, names: list[str]) -> list[Verdict]:
    """The verdict on each stylised fact under each theory of its history."""
    return [verdict for name in names for verdict in _verdicts(runs, held()[name])]


def _verdicts(runs: Runs, of: Held) -> list[Verdict]:
    if of.not_testable:
        return [_told(of, "", "", Found(np.nan), NOT_TESTABLE, of.not_testable)]
    if of.run == "none":
        found = CHECKS[of.name](beliefs())
        return [_told(of, "", "all", found, judged(found.statistic, of.band), of.because)]
    result = runs.result(of.run)
    by_theory = [(name, CHECKS[of.name](Lived(result, theory))) for theory, name in enumerate(result.theories)]
    return [_told(of, of.run, name, each, judged(each.statistic, of.band), of.because) for name, each in by_theory]


def judged(statistic: float, band: tuple[float, float]) -> str:
    """Pass if the number lies in the band, bounds included; not testable if it is undefined."""
    if not np.isfinite(statistic):
        return NOT_TESTABLE
    return PASS if band[0] - 1e-9 <= statistic <= band[1] + 1e-9 else FAIL


def _told(of: Held, run: str, theory: str, found: Found, verdict: str, reason: str) -> Verdict:
    pattern = patterns()[of.name]
    history = HISTORIES.get(run)
    values = np.array([found.statistic]) if found.values is None else found.values[np.isfinite(found.values)]
    low, middle, high = np.quantile(values, (0.05, 0.5, 0.95)) if values.size else (np.nan,) * 3
    return Verdict(
        name=of.name, use=pattern.use, statement=pattern.statement, counted=of.statistic or pattern.counted, run=run,
        start=history.start if history else "", world=history.world if history else "", theory=theory, unit=of.unit,
        observed=of.band, simulated=(float(low), float(middle), float(high)), statistic=found.statistic,
        verdict=verdict, reason=reason,
    )  # fmt: skip
