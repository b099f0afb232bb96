"""The summary: signs by theory, a switch point, indicators, consequences with likelihood and, apart, confidence."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from scenarios.analysis import Comparison
from scenarios.analysis.indicators import ACROSS, DAYS, LADDER, describe_future, indicators, informative
from scenarios.analysis.sizes import are_alike, describe_sizes
from scenarios.errors import RequestError
from scenarios.evidence.theories import hypotheses, phrase
from scenarios.report.indicators import CONFIDENT, describe_indicator
from scenarios.report.page.calibrated_language import percent
from scenarios.report.page.conclusions import EVENTS, Conclusion, conclusions, describe_direction
from scenarios.report.page.runs import PageRuns, simulated_poles
from scenarios.report.page.validation import describe_failures
from scenarios.runs.result import Result
from scenarios.text import capitalised, count_noun, count_theories, join_words
from scenarios.validation.verdicts import RecordedVerdict

Row = Mapping[str, Any]

CORE = ("deaths", *EVENTS)

DIRECTED = ("deaths", "us_deaths", "deaths_of_others")

FUTURES = ("deaths", "us_deaths", "isis_attacks", LADDER)  # that the indicators discriminate

MOST_INDICATORS = 3

DAYS_A_YEAR = 365


@dataclass(frozen=True)
class SummarySection:
    """What would follow if, how likely, and how much the answer can bear."""

    span: str
    directions: list[str]
    signs: Mapping[str, Mapping[str, list[Row]]]  # by scenario and outcome, a row a theory
    switch: Row | None  # a decided switch point, of all deaths if there is one
    given: list[str]  # what both theories of the switch point hold beside
    days: float  # in which the indicators are observed
    indicators: list[tuple[str, str]]  # a future of the first run, and what indicates it
    no_indicators: str
    conclusions: Mapping[str, list[Conclusion]]  # by scenario
    checks: str


def section(
    runs: PageRuns, comparison: Comparison | None, recorded: Sequence[RecordedVerdict]
) -> SummarySection | None:
    """Summarise a comparison; None without a baseline."""
    if comparison is None:
        return None
    drawn, directed = conclusions(comparison, CORE), conclusions(comparison, DIRECTED)
    decided = [row for row in comparison.switch_points.to_dict("records") if row["decided"]]
    switch = min(decided, key=lambda row: row["outcome"] != "deaths", default=None)
    rows, reason = _indicators(runs.results[0])
    return SummarySection(
        span=describe_span(runs.manifest["request"]["horizon"]),
        directions=[describe_direction(directed, outcome) for outcome in DIRECTED],
        signs=_signs(comparison),
        switch=switch,
        given=[phrase(*pole.split(" ", 1)) for pole in switch["held"].split(", ") if pole] if switch else [],
        days=rows[0]["days"] if rows else DAYS,
        indicators=[(_future(row), describe_indicator(row)) for row in rows],
        no_indicators=reason,
        conclusions={name: [each for each in drawn if each.scenario == name] for name in comparison.results},
        checks=describe_failures(recorded),
    )


def _signs(comparison: Comparison) -> dict[str, dict[str, list[Row]]]:
    signs: dict[str, dict[str, list[Row]]] = {}
    for row in sorted(comparison.signs.to_dict("records"), key=lambda row: comparison.theories.index(row["theory"])):
        signs.setdefault(row["scenario"], {}).setdefault(row["outcome"], []).append(row)
    return {scenario: signs[scenario] for scenario in comparison.results}


def _indicators(result: Result) -> tuple[list[Row], str]:
    """The best indicators of different quantities, and why there are none."""
    try:
        rows = list(_best(informative(indicators(result, outcomes=FUTURES)).to_dict("records")))
    except RequestError as error:
        return [], f"None can be given: {error}"
    draws = f"{result.manifest['draws']:,} draws under each theory"
    reason = f"Of what could be observed in {DAYS:g} days nothing indicates what comes after, with {draws}."
    return rows[:MOST_INDICATORS], reason


def _best(rows: list[Row]) -> Iterator[Row]:
    """The first row of each indicator that holds within a theory after the adjustment."""
    seen: set[str] = set()
    for row in rows:
        if row["adjusted"] < CONFIDENT and row["theory"] != ACROSS and row["indicator"] not in seen:
            seen.add(row["indicator"])
            yield row


def _future(row: Row) -> str:
    future = capitalised(describe_future(row["future"], row["exceeds"]))
    return f"{future} in the days after, under {row['theory']}: {percent(row['share'])} of futures."


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
