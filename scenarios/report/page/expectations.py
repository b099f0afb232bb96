"""What the five texts expect of each scenario, beside what the runs give; misses first."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from scenarios.config.scenario import Expectation
from scenarios.report.page.provenance import Repetition
from scenarios.report.page.runs import PageRuns
from scenarios.text import format_number, name_of, plain_name
from scenarios.validation.checks import FAIL, PASS
from scenarios.validation.expectations import UNSETTLED, Prediction, judge_run

ORDER = (FAIL, UNSETTLED, PASS)

VERDICTS: Mapping[str, str] = {FAIL: "no", UNSETTLED: "undecided", PASS: "yes"}

DIRECTIONS: Mapping[str, str] = {"up": "more", "down": "fewer", "same": "about the same"}


@dataclass(frozen=True)
class ExpectationRow:
    """An expectation of the texts, and what each theory gives."""

    scenario: str
    expected: str
    claims: tuple[str, ...]
    by_theory: tuple[tuple[str, str, str], ...]  # theory, mean difference, verdict


@dataclass(frozen=True)
class ExpectationsSection:
    """Expectations with their verdicts, misses first, and those that these runs cannot judge."""

    rows: tuple[ExpectationRow, ...]
    unjudged: tuple[str, ...]


def section(runs: PageRuns, repetitions: Mapping[str, Repetition]) -> ExpectationsSection | None:
    """Judge the expectations of the scenarios as they ship; None without a baseline."""
    if runs.baseline is None:
        return None
    judged, unjudged = [], []
    for run in runs.results:
        request = repetitions[run.scenario].request
        for expected in request.scenario.expects if request else ():
            if expected.against != runs.baseline.scenario or _is_missing(expected, runs):
                unjudged.append(f"{plain_name(run.scenario)}: {expected}")
            else:
                judged.append((run.scenario, expected, judge_run(run, runs.baseline, expected)))
    ordered = sorted(judged, key=lambda part: min(ORDER.index(one.verdict) for one in part[2]))
    return ExpectationsSection(tuple(_rows(ordered)), tuple(unjudged))


def _is_missing(expected: Expectation, runs: PageRuns) -> bool:
    """True for an expectation of the first days whose outcome has no series."""
    return expected.within is not None and any(expected.outcome not in run.series_names() for run in runs.all_runs)


def _rows(judged: list[tuple[str, Expectation, list[Prediction]]]) -> Iterator[ExpectationRow]:
    for scenario, expected, predictions in judged:
        within = f" within {expected.within} days" if expected.within else ""
        yield ExpectationRow(
            scenario=plain_name(scenario),
            expected=f"{name_of(expected.outcome)}: {DIRECTIONS[expected.direction]}{within}",
            claims=expected.claims,
            by_theory=tuple(
                (name_of(one.theory), format_number(one.difference, sign=True), VERDICTS[one.verdict])
                for one in predictions
            ),
        )
