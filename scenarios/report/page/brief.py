"""The brief on one page: signs by theory, whose risk, one switch point, three indicators."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from scenarios.analysis import Comparison
from scenarios.analysis.indicators import ACROSS, DAYS, LADDER, describe_future, indicators, informative
from scenarios.errors import RequestError
from scenarios.evidence.theories import phrase
from scenarios.report.indicators import CONFIDENT, describe_indicator
from scenarios.report.page.calibrated_language import percent
from scenarios.report.page.runs import PageRuns
from scenarios.runs.result import Result
from scenarios.text import capitalised

Row = Mapping[str, Any]

FUTURES = ("deaths", "us_deaths", "isis_attacks", LADDER)  # that the indicators of the brief discriminate

MOST_INDICATORS = 3


@dataclass(frozen=True)
class BriefSection:
    """What fits on one printed page."""

    signs: Mapping[str, Mapping[str, list[Row]]]  # by scenario and outcome, a row a theory
    switch: Row | None  # a decided switch point, of all deaths if there is one
    given: list[str]  # what both theories of the switch point hold beside
    days: float  # in which the indicators are observed
    indicators: list[tuple[str, str]]  # a future of the first run, and what indicates it
    no_indicators: str


def section(runs: PageRuns, comparison: Comparison | None) -> BriefSection | None:
    """Condense a comparison; None without a baseline."""
    if comparison is None:
        return None
    decided = [row for row in comparison.switch_points.to_dict("records") if row["significant"]]
    switch = min(decided, key=lambda row: row["outcome"] != "deaths", default=None)
    rows, reason = _indicators(runs.results[0])
    return BriefSection(
        signs=_signs(comparison),
        switch=switch,
        given=[phrase(*pole.split(" ", 1)) for pole in switch["conditional_on"].split(", ") if pole] if switch else [],
        days=rows[0]["days"] if rows else DAYS,
        indicators=[(_future(row), describe_indicator(row)) for row in rows],
        no_indicators=reason,
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
