"""How bad it can get: the worst run in twenty beside the typical one."""

from collections.abc import Iterator
from dataclasses import dataclass

from matplotlib.figure import Figure

from scenarios.analysis import Comparison
from scenarios.analysis.rows import OutcomeRow, outcome_rows
from scenarios.analysis.verdict_family import VerdictFamily
from scenarios.analysis.verdicts import PRIMARY
from scenarios.plots.typical_and_worst import Ends, row_ends, typical_and_worst
from scenarios.report.page.calibrated_language import event_phrase, in_words
from scenarios.report.quantities import unsigned
from scenarios.text import DASH, capitalised, join_words, plain_name

DRAWN = ("us_deaths", "attacks_on_us_sites", "deaths_of_others")


@dataclass(frozen=True)
class SeverityRow:
    """Typical and worst levels of every run for an outcome under some theories."""

    title: str
    group: str
    cells: tuple[tuple[str, str], ...]  # typical and worst, a pair a run


@dataclass(frozen=True)
class SeveritySection:
    """Table and figure."""

    scenarios: tuple[str, ...]
    rows: tuple[SeverityRow, ...]
    figure: Figure
    finding: str
    likelihoods: tuple[str, ...]


def section(comparison: Comparison | None) -> SeveritySection | None:
    """Collect typical and worst runs; None without a baseline or with too few runs."""
    if comparison is None or comparison.family.has_too_few:
        return None
    rows = [row for row in outcome_rows(comparison.family) if row.primary.threshold is None]
    drawn = [row for row in rows if row.primary.outcome in DRAWN]
    return SeveritySection(
        scenarios=tuple(plain_name(name) for name in comparison.runs),
        rows=tuple(_rows(rows, comparison)),
        figure=typical_and_worst(drawn, comparison.runs, "", ""),
        finding=_finding(drawn, comparison),
        likelihoods=tuple(_likelihoods(comparison.family)),
    )


def _likelihoods(family: VerdictFamily) -> Iterator[str]:
    """Probability of an escalation in calibrated words, under the baseline and every scenario."""
    for primary in PRIMARY:
        if primary.threshold is not None:
            of_first = [verdict.level for verdict in family.of(family.scenarios[0], primary.outcome)]
            shares = {family.baseline: of_first} | {
                name: [verdict.level + verdict.change for verdict in family.of(name, primary.outcome)]
                for name in family.scenarios
            }
            event = event_phrase(primary.outcome, primary.threshold)
            words = join_words(f"{in_words(part)} under {plain_name(name).lower()}" for name, part in shares.items())
            yield f"{capitalised(event)} is {words}."


def _rows(rows: list[OutcomeRow], comparison: Comparison) -> Iterator[SeverityRow]:
    for row in rows:
        ends = row_ends(row, comparison.runs)
        yield SeverityRow(row.primary.title, row.group.name, tuple(_cell(part) for part in ends))


def _cell(ends: Ends) -> tuple[str, str]:
    typical, worst = (
        DASH.join(dict.fromkeys(unsigned(value) for value in (min(part), max(part))))
        for part in (ends.typical, ends.worst)
    )
    return typical, worst


def _finding(rows: list[OutcomeRow], comparison: Comparison) -> str:
    """How many times as bad the worst run in twenty is as the typical one, for the outcome with the longest tail."""
    factors = {
        row.primary.title: max(
            worst / typical for typical, worst in zip(base.typical, base.worst, strict=True) if typical
        )
        for row in rows
        for base in [row_ends(row, comparison.runs)[-1]]
        if any(base.typical)
    }
    if not factors:
        return "The worst run in twenty beside the typical one."
    longest = max(factors, key=lambda title: factors[title])
    return f"{longest}: one run in twenty is {factors[longest]:.0f} times as bad as the typical one."
