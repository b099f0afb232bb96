"""Levels and differences of every headline outcome, by scenario and theory."""

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd

from scenarios import findings
from scenarios.comparing import Comparison
from scenarios.figures.saying import counts, name_of
from scenarios.outcomes import HEADLINES, OUTCOMES
from scenarios.report.page.conclusions import records
from scenarios.report.page.frame import Section
from scenarios.report.page.gathered import Gathered
from scenarios.report.page.likelihood import percent
from scenarios.report.page.markup import Child, Markup, folded, paragraph, tag
from scenarios.report.page.tabled import table
from scenarios.report.page.wording import difference, number, plain_name, span, upper, with_unit

LEVELS = ("Mean ± error", "5 %", "50 %", "95 %")
CONTRASTS = ("Difference", "95 % interval", "5 to 95 % of replications", "Higher in")
HIGHLIGHTED = ("deaths", "us_deaths", "attacks_on_us_sites")  # open at first, the others folded


def outcomes(runs: Gathered, of: Comparison | None, pictures: Sequence[Child]) -> Section:
    """The section."""
    levels = of.levels if of else findings.summary(runs.first, HEADLINES).assign(scenario=runs.first.scenario)
    contrasts = {(row["scenario"], row["theory"], row["outcome"]): row for row in records(of.contrasts)} if of else {}
    against = name_of(of.baseline_name) if of else ""
    content = [paragraph(_how_to_read(against)), *pictures, tag("h3", "Every headline outcome")]
    for name in HEADLINES:
        mine = levels[levels["outcome"] == name]
        made = _table(name, mine, contrasts, against)
        title = with_unit(name)
        opened = name in HIGHLIGHTED
        content.append(folded(upper(title), made, open=opened))
    return Section("outcomes", "Outcomes and differences, by theory", content)


def _how_to_read(against: str) -> str:
    said = (
        "After ± stands one Monte Carlo standard error of the mean; 5, 50 and 95 % are points of the distribution over "
        "replications. A row is one theory; rows are never averaged."
    )
    if not against:
        return said
    return (
        f"{said} “Difference” is that from the {against} on the same draw and luck, with an interval that holds for "
        "all differences of this page together; “higher in” is the share of replications in which the outcome is "
        f"higher than under the {against}, ties counted half."
    )


def _table(name: str, levels: pd.DataFrame, contrasts: Mapping[Any, Mapping[str, Any]], against: str) -> Markup:
    rows = [
        _row(each, contrasts.get((each["scenario"], each["theory"], name)), bool(against)) for each in records(levels)
    ]
    columns = ["Scenario", "Theory", *LEVELS, *(CONTRASTS if against else ())]
    caption = f"{OUTCOMES[name].meaning} Each row: {counts(levels['n'].tolist())}.{_paired(name, contrasts)}"
    return table(caption, columns, rows, words=(0, 1), name=f"outcome-{name}")


def _paired(name: str, contrasts: Mapping[Any, Mapping[str, Any]]) -> str:
    """How many pairs enter the differences of an outcome."""
    numbers = [row["n"] for (_, _, outcome), row in contrasts.items() if outcome == name]
    return f" Each difference: {counts(numbers)} pairs." if numbers else ""


def _row(level: Mapping[str, Any], contrast: Mapping[str, Any] | None, compared: bool) -> list[Child]:
    mean = f"{number(level['mean'])} ± {number(level['mc_error'])}"
    points = [number(level[each]) for each in ("q05", "q50", "q95")]
    return [plain_name(level["scenario"]), level["theory"], mean, *points, *(_difference(contrast) if compared else ())]


def _difference(row: Mapping[str, Any] | None) -> list[str]:
    if row is None:
        return [""] * len(CONTRASTS)
    worse = row["worse"] if row["worse_if"] == "higher" else 1.0 - row["worse"]
    return [
        difference(row["mean"]),
        span(row["adjusted_low"], row["adjusted_high"]),
        span(row["q05"], row["q95"]),
        percent(worse) if worse == worse else "",
    ]
