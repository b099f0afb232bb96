"""The summary: consequences of each scenario with their likelihood and, apart from it, their confidence."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from scenarios.analysis import Comparison
from scenarios.analysis.sizes import are_alike, describe_sizes
from scenarios.evidence.theories import hypotheses, phrase
from scenarios.report.page.conclusions import EVENTS, Conclusion, conclusions, describe_direction
from scenarios.report.page.runs import PageRuns, simulated_poles
from scenarios.report.page.validation import describe_failures
from scenarios.text import capitalised, count_noun, count_theories, join_words
from scenarios.validation.verdicts import Verdict

CORE = ("deaths", *EVENTS)

DIRECTED = ("deaths", "us_deaths", "deaths_of_others")

DAYS_A_YEAR = 365


@dataclass(frozen=True)
class SummarySection:
    """What would follow if, how likely, and how much the answer can bear."""

    span: str
    directions: list[str]
    conclusions: Mapping[str, list[Conclusion]]  # by scenario
    checks: str


def section(runs: PageRuns, comparison: Comparison | None, recorded: Sequence[Verdict]) -> SummarySection | None:
    """Summarise a comparison; None without a baseline."""
    if comparison is None:
        return None
    drawn, directed = conclusions(comparison, CORE), conclusions(comparison, DIRECTED)
    return SummarySection(
        span=describe_span(runs.manifest["request"]["horizon"]),
        directions=[describe_direction(directed, outcome) for outcome in DIRECTED],
        conclusions={name: [each for each in drawn if each.scenario == name] for name in comparison.results},
        checks=describe_failures(recorded),
    )


def describe_span(days: float) -> str:
    """A number of days in words."""
    years = days / DAYS_A_YEAR
    return f"{years:g} years" if years == int(years) and years > 1 else f"{days:g} days"


def describe_runs(runs: PageRuns) -> str:
    """As-of date, horizon, world, replications and seed in one line."""
    manifest = runs.manifest
    alike = are_alike(runs.sizes)
    replications = f"{manifest['replications']:,} replications a scenario" if alike else "replications"
    sizes = f"{describe_sizes(runs.sizes)} under {count_theories(len(runs.theories))}"
    return (
        f"As of {manifest['as_of']}; {describe_span(manifest['request']['horizon'])}; world “{manifest['world']}”; "
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
