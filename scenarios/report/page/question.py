"""The question: scenarios with their timelines, start, world and rival theories in words."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from scenarios.analysis.sizes import are_alike, describe_sizes
from scenarios.config.user_inputs import own_texts
from scenarios.config.world import describe_timeline
from scenarios.evidence.theories import Hypothesis, hypotheses, phrase
from scenarios.report.page.runs import PageRuns, simulated_poles
from scenarios.report.terminal.frame import WORLD, span_in_words
from scenarios.runs.replay import request_of
from scenarios.runs.result import Result
from scenarios.text import SMALL, capitalised, count_noun, count_theories, join_words, proper


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


def describe_runs(runs: PageRuns) -> str:
    """As-of date, horizon, world, replications and seed in one line."""
    manifest = runs.manifest
    alike = are_alike(runs.sizes)
    replications = f"{manifest['replications']:,} replications a scenario" if alike else "replications"
    sizes = f"{describe_sizes(runs.sizes)} under {count_theories(len(runs.theories))}"
    return (
        f"As of {manifest['as_of']}; {span_in_words(runs.results[0])}; world “{manifest['world']}”; "
        f"{replications} ({sizes}); seed {manifest['seed']}."
    )


def describe_theories(runs: PageRuns) -> str:
    """What each rival theory holds, and what all of them hold beyond the usual poles."""
    poles = simulated_poles(runs.manifest)
    rival = [(name, pole) for name, varied in poles.items() if len(varied) > 1 for pole in varied]
    fixed = [(name, *pole) for name, pole in poles.items() if len(pole) == 1 and (*pole,) != hypotheses()[name].default]
    shared = join_words(f"that {phrase(name, pole)}" for name, pole in fixed)
    if not rival:
        return f"One theory was run{f': it holds {shared}' if shared else ''}."
    number = capitalised(count_noun(len(runs.theories), "theory", "rival theories"))
    differences = "; ".join(f"“{pole}” holds that {phrase(name, pole)}" for name, pole in rival)
    common = f" All hold {shared}." if shared else ""
    return f"{number} were run side by side and are never averaged: {differences}.{common}"


def simulated_sentences(runs: PageRuns) -> list[str]:
    """What was simulated, in the words of the first screen; whether anything failed comes last."""
    manifest, theories = runs.manifest, len(runs.theories)
    each = "under one theory" if theories == 1 else f"under each of {SMALL.get(theories, theories)} theories"
    war = "a regional war left to chance" if manifest["world"] == WORLD else f"the world “{manifest['world']}”"
    whole = (
        "Some draws failed or are left out; see above." if runs.is_incomplete else "No run failed; every file is whole."
    )
    return [f"{capitalised(describe_sizes(runs.sizes))} {each}, {war}.", *own_texts(manifest), whole]
