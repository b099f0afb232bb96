"""Levels and differences of every headline outcome, by scenario and theory."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

import pandas as pd
from matplotlib.figure import Figure

from scenarios import plots
from scenarios.analysis import Comparison, estimates
from scenarios.outcomes import HEADLINES, OUTCOMES
from scenarios.outcomes.declaration import in_unit
from scenarios.report.page.calibrated_language import percent, percents, records, spoken
from scenarios.report.page.render import Child, Markup, Section, folded, paragraph, picture, table, tag
from scenarios.report.page.runs import Gathered
from scenarios.runs.result import Result
from scenarios.text import counts, difference, name_of, number, plain_name, ranging, span, upper

LEVELS = ("Mean ± error", "5 %", "50 %", "95 %")

CONTRASTS = ("Difference", "95 % interval", "5 to 95 % of replications", "Higher in")

HIGHLIGHTED = ("deaths", "us_deaths", "attacks_on_us_sites")  # open at first, the others folded


def outcomes(runs: Gathered, of: Comparison | None, pictures: Sequence[Child]) -> Section:
    """The section."""
    levels = of.levels if of else estimates.summary(runs.first, HEADLINES).assign(scenario=runs.first.scenario)
    contrasts = {(row["scenario"], row["theory"], row["outcome"]): row for row in records(of.contrasts)} if of else {}
    against = name_of(of.baseline_name) if of else ""
    content = [paragraph(_how_to_read(against)), *pictures, tag("h3", "Every headline outcome")]
    for name in HEADLINES:
        mine = levels[levels["outcome"] == name]
        made = _table(name, mine, contrasts, against)
        title = in_unit(name)
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


DPI = 120

OVER_TIME = ("attacks_on_us_sites", "ladder")

COMPARED = ("deaths", "us_deaths", "attacks_on_us_sites", "isis_attacks")


def pictures(runs: Gathered, of: Comparison | None) -> list[Markup]:
    """The figures of outcomes: differences, how often deaths reach a number, the first US death, courses over time."""
    found = list(_compared(of)) if of else []
    courses = [made for each in runs.results for made in _course(each, runs.baseline)]
    if not courses:
        return found
    return [*found, folded("The course over time, scenario by scenario", courses, open=True, class_="printed")]


def _compared(of: Comparison) -> Iterator[Markup]:
    deaths = of.contrasts[of.contrasts["outcome"] == "deaths"].groupby("scenario", sort=False)["mean"]
    more = _each((name, span(each.min(), each.max())) for name, each in deaths)
    yield _shown(plots.forest(of, COMPARED), f"Mean difference in all deaths, from theory to theory: {more}.")
    levels = of.levels[of.levels["outcome"] == "deaths"].groupby("scenario", sort=False)["q50"]
    middle = _each((name, ranging(each)) for name, each in levels)
    yield _shown(plots.exceedance(of, "deaths"), f"All deaths that half of replications reach: {middle}.")
    last = of.time_to_event("us_deaths").groupby(["scenario", "theory"], sort=False)["share"].last()
    come = _each((name, percents(each)) for name, each in last.groupby("scenario", sort=False))
    said = f"Replications in which a first US or coalition death has come by the end: {come}."
    yield _shown(plots.time_to_event(of, "us_deaths"), said)


def _each(said: Iterable[tuple[object, str]]) -> str:
    return "; ".join(f"{name_of(str(name))} {words}" for name, words in said)


def _course(result: Result, baseline: Result | None) -> Iterator[Markup]:
    """The course of a run over time beside that of the baseline, where its series hold what is drawn."""
    drawn = [each for each in OVER_TIME if each in result.series_names()]
    together = [result] if baseline is None else [result, baseline]
    if not drawn or any(set(drawn) - set(each.series_names()) for each in together):
        return
    levels = estimates.summary(result, drawn).groupby("outcome", sort=False)["mean"]
    means = "; ".join(f"{in_unit(str(name))} {ranging(each)}" for name, each in levels)
    said = f"Mean over the whole run if {spoken(result.scenario)} were carried out, from theory to theory: {means}."
    yield _shown(plots.bands(together, drawn), said)


def _shown(figure: Figure, said: str) -> Markup:
    image = picture(plots.png(figure, DPI), "png", f"{plots.in_words(figure)} {said}")
    return tag("figure", image, tag("figcaption", said))
