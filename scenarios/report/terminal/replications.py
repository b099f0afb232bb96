"""Single replications for the terminal: typical ones, the worst by an outcome, and the events of one."""

from collections.abc import Sequence
from datetime import date
from math import ceil

import pandas as pd

from scenarios.errors import RequestError, nearest
from scenarios.narrative import events_of, medoids
from scenarios.narrative.chains import Chains
from scenarios.narrative.phrases import clause, on, repetitions
from scenarios.narrative.story import CAVEAT as OF_STORIES
from scenarios.outcomes import declaration
from scenarios.report.terminal.tables import grid
from scenarios.runs.result import Result
from scenarios.text import CAVEAT, significant

BESIDE = ("deaths", "us_deaths", "attacks_on_us_sites", "isis_attacks", "ladder_max")

WORST = 0.05  # share of replications under each theory

MOST = 12  # replications in a list


def typical_lines(result: Result, theory: str | None) -> list[str]:
    """The typical replications at three quantiles of deaths, by theory."""
    exemplars = medoids(result, theory)
    if not exemplars:
        raise RequestError(f"{result.path} has no replication that did not fail.")
    rows = [(f"{each.theory}, {100 * each.quantile:.0f} %", each.replication) for each in exemplars]
    return [
        "Typical replications, by quantile of deaths (docs/why.md says how they are chosen):",
        *_table(result, rows, BESIDE),
        *_next(result, exemplars[0].replication),
    ]


def worst_lines(result: Result, outcome: str, theory: str | None) -> list[str]:
    """Replications among the worst 5 per cent by an outcome under each theory, the worst first."""
    declaration.known_outcomes([outcome])
    if theory not in (None, *result.theories):
        raise RequestError(f"theory {theory!r} is not in {result.path}.{nearest(theory, result.theories)}")
    theories = [theory] if theory else result.theories
    rows, whole = list[tuple[str, int]](), 0
    for name in theories:
        worst = _worst(result, outcome, result.theories.index(name))
        whole += len(worst)
        rows += [(name, number) for number in worst[: max(1, MOST // len(theories))]]
    if not rows:
        raise RequestError(f"{result.path} has no replication in which {outcome} is defined.")
    return [
        f"Worst {100 * WORST:g} % by {declaration.outcome_name(outcome)} under each theory, {len(rows)} of {whole:,}:",
        *_table(result, rows, dict.fromkeys((outcome, *BESIDE))),
        *_next(result, rows[0][1]),
    ]


def _worst(result: Result, outcome: str, theory: int) -> list[int]:
    """Numbers of the worst replications under a theory; of equals, the lowest numbers."""
    frame = result.outcomes[result.outcomes["theory"] == theory].dropna(subset=[outcome])
    order = (-declaration.sign(outcome) * frame[outcome]).sort_values(kind="stable").index
    return [int(number) for number in frame.loc[order, "replication"][: ceil(WORST * len(frame))]]


def _table(result: Result, rows: Sequence[tuple[str, int]], outcomes: Sequence[str] | dict[str, None]) -> list[str]:
    """Replications with some of their outcomes."""
    values = result.outcomes.set_index("replication")
    heads = ["replication", *(name.replace("_", " ") for name in outcomes)]
    return grid(heads, [(f"  {name}", [str(number), *_cells(values.loc[number], outcomes)]) for name, number in rows])


def _cells(row: pd.Series, outcomes: Sequence[str] | dict[str, None]) -> list[str]:
    return [significant(row[name]) for name in outcomes]


def _next(result: Result, replication: int) -> list[str]:
    return [
        f"The story of one: python -m scenarios explain-run {result.path} {replication}",
        "The worst by an outcome: worst=us_deaths; of one theory: theory='NAME'",
        CAVEAT,
    ]


def event_lines(result: Result, replication: int) -> list[str]:
    """Every event of a replication, a line each, with its cause."""
    start = date.fromisoformat(result.manifest["as_of"])
    lines = [
        f"e{event.number:<6}{on(event.day, start)}  {clause(event)}{repetitions(event)}"
        f"  <- {'' if event.cause is None else f'e{event.cause} '}{event.reason}"
        for event in Chains.of(events_of(result, replication)).events.values()
    ]
    return [*lines, "", OF_STORIES]
