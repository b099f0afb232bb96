"""The question: scenarios with their timelines, start, world and rival theories in words."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from scenarios.config.world import describe_timeline
from scenarios.evidence.theories import Hypothesis, hypotheses
from scenarios.report.page.runs import PageRuns, simulated_poles
from scenarios.runs.replay import request_of
from scenarios.runs.result import Result
from scenarios.text import proper


@dataclass(frozen=True)
class QuestionSection:
    """What was simulated, under which theories."""

    timelines: Mapping[str, list[tuple[str, str]]]  # by scenario: dates and what happens then
    varied: list[tuple[Hypothesis, str]]  # questions on which theories differ, with each pole
    fixed: list[tuple[Hypothesis, str]]


def section(runs: PageRuns) -> QuestionSection:
    """Describe what was simulated."""
    poles = simulated_poles(runs.manifest)
    return QuestionSection(
        timelines={run.scenario: _timeline(run) for run in runs.all_runs},
        varied=[(hypotheses()[name], pole) for name, varied in poles.items() if len(varied) > 1 for pole in varied],
        fixed=[(hypotheses()[name], fixed[0]) for name, fixed in poles.items() if len(fixed) == 1],
    )


def _timeline(run: Result) -> list[tuple[str, str]]:
    """Dates with what happens then, as the manifest has it."""
    simulated = request_of(run.manifest)
    shocks = [*simulated.scenario.shocks, *simulated.world.shocks]
    lines = describe_timeline(simulated.scenario.policy, shocks, date.fromisoformat(run.manifest["as_of"]))
    by_date = groupby((line.partition("  ") for line in lines), key=lambda parts: parts[0])
    return [(day, proper("; ".join(event.strip() for *_, event in parts))) for day, parts in by_date]
