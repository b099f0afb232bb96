"""Levels and differences of every headline outcome, by scenario and theory."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from matplotlib.figure import Figure

from scenarios import plots
from scenarios.analysis import Comparison, estimates
from scenarios.outcomes import HEADLINES, OUTCOMES
from scenarios.outcomes.declaration import Outcome, in_unit
from scenarios.report.page.calibrated_language import percent_range, scenario_phrase
from scenarios.report.page.runs import PageRuns
from scenarios.runs.result import Result
from scenarios.text import describe_size, format_interval, format_range, name_of

Captioned = tuple[Figure, str]

OPEN = ("deaths", "us_deaths", "attacks_on_us_sites")  # the tables of other outcomes are folded at first

OVER_TIME = ("attacks_on_us_sites", "ladder")

COMPARED = ("deaths", "us_deaths", "attacks_on_us_sites", "isis_attacks")


@dataclass(frozen=True)
class OutcomesSection:
    """Figures, then levels and contrasts of every headline outcome."""

    baseline: str
    pictures: list[Captioned]
    courses: list[Captioned]
    outcomes: list[Outcome]
    opened: tuple[str, ...]
    levels: Mapping[str, list[Mapping[str, Any]]]  # by outcome, a row a scenario and theory
    contrasts: Mapping[tuple[str, str, str], Mapping[str, Any]]  # by outcome, scenario and theory
    paired: Mapping[str, str]  # by outcome: a sentence on the pairs behind its differences


def section(runs: PageRuns, comparison: Comparison | None) -> OutcomesSection:
    """Collect levels, and contrasts where there is a baseline."""
    first = runs.results[0]
    levels = comparison.levels if comparison else estimates.summary(first, HEADLINES).assign(scenario=first.scenario)
    contrasts = comparison.contrasts.to_dict("records") if comparison else []
    return OutcomesSection(
        baseline=comparison.baseline_name if comparison else "",
        pictures=list(_pictures(comparison)) if comparison else [],
        courses=[picture for run in runs.results for picture in _course(run, runs.baseline)],
        outcomes=[OUTCOMES[name] for name in HEADLINES],
        opened=OPEN,
        levels={name: levels[levels["outcome"] == name].to_dict("records") for name in HEADLINES},
        contrasts={(row["outcome"], row["scenario"], row["theory"]): row for row in contrasts},
        paired={name: _pairs([row["n"] for row in contrasts if row["outcome"] == name]) for name in HEADLINES},
    )


def _pairs(numbers: list[int]) -> str:
    """Describe how many pairs enter the differences of an outcome; empty where there are none."""
    return f" Each difference: {describe_size(numbers)} pairs." if numbers else ""


def _pictures(comparison: Comparison) -> Iterator[Captioned]:
    """Draw differences, how often deaths reach a number, and the first US death."""
    deaths = comparison.contrasts[comparison.contrasts["outcome"] == "deaths"].groupby("scenario", sort=False)["mean"]
    means = _by_scenario((name, format_interval(group.min(), group.max())) for name, group in deaths)
    forest = plots.forest(comparison, COMPARED)
    yield forest, f"Mean difference in all deaths, from theory to theory: {means}."
    levels = comparison.levels[comparison.levels["outcome"] == "deaths"].groupby("scenario", sort=False)["q50"]
    medians = _by_scenario((name, format_range(group)) for name, group in levels)
    exceedance = plots.exceedance_curves(comparison, "deaths")
    yield exceedance, f"All deaths that half of replications reach: {medians}."
    last = comparison.time_to_event("us_deaths").groupby(["scenario", "theory"], sort=False)["share"].last()
    shares = _by_scenario((name, percent_range(group)) for name, group in last.groupby("scenario", sort=False))
    incidence = plots.incidence_curves(comparison, "us_deaths")
    yield incidence, f"Replications in which a first US or coalition death has come by the end: {shares}."


def _by_scenario(ranges: Iterable[tuple[object, str]]) -> str:
    return "; ".join(f"{name_of(str(name))} {words}" for name, words in ranges)


def _course(run: Result, baseline: Result | None) -> Iterator[Captioned]:
    """Draw a run over time beside the baseline, where their series have the outcomes."""
    names = [name for name in OVER_TIME if name in run.series_names()]
    together = [run] if baseline is None else [run, baseline]
    if not names or any(set(names) - set(each.series_names()) for each in together):
        return
    levels = estimates.summary(run, names).groupby("outcome", sort=False)["mean"]
    means = "; ".join(f"{in_unit(str(name))} {format_range(group)}" for name, group in levels)
    scenario = scenario_phrase(run.scenario)
    caption = f"Mean over the whole run if {scenario} were carried out, from theory to theory: {means}."
    yield plots.bands(together, names), caption
