"""Figures within the page, each with what it shows in words."""

from collections.abc import Iterable, Iterator

from matplotlib.figure import Figure

from scenarios import figures, findings
from scenarios.comparing import Comparison
from scenarios.figures.saying import name_of
from scenarios.report.page.conclusions import spoken
from scenarios.report.page.gathered import Gathered
from scenarios.report.page.likelihood import percents
from scenarios.report.page.markup import Markup, folded, picture, tag
from scenarios.report.page.wording import ranging, span, with_unit
from scenarios.results import Result

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
    yield _shown(figures.forest(of, COMPARED), f"Mean difference in all deaths, from theory to theory: {more}.")
    levels = of.levels[of.levels["outcome"] == "deaths"].groupby("scenario", sort=False)["q50"]
    middle = _each((name, ranging(each)) for name, each in levels)
    yield _shown(figures.exceedance(of, "deaths"), f"All deaths that half of replications reach: {middle}.")
    last = of.time_to_event("us_deaths").groupby(["scenario", "theory"], sort=False)["share"].last()
    come = _each((name, percents(each)) for name, each in last.groupby("scenario", sort=False))
    said = f"Replications in which a first US or coalition death has come by the end: {come}."
    yield _shown(figures.time_to_event(of, "us_deaths"), said)


def _each(said: Iterable[tuple[object, str]]) -> str:
    return "; ".join(f"{name_of(str(name))} {words}" for name, words in said)


def _course(result: Result, baseline: Result | None) -> Iterator[Markup]:
    """The course of a run over time beside that of the baseline, where its series hold what is drawn."""
    drawn = [each for each in OVER_TIME if each in result.series_names()]
    together = [result] if baseline is None else [result, baseline]
    if not drawn or any(set(drawn) - set(each.series_names()) for each in together):
        return
    levels = findings.summary(result, drawn).groupby("outcome", sort=False)["mean"]
    means = "; ".join(f"{with_unit(str(name))} {ranging(each)}" for name, each in levels)
    said = f"Mean over the whole run if {spoken(result.scenario)} were carried out, from theory to theory: {means}."
    yield _shown(figures.bands(together, drawn), said)


def _shown(figure: Figure, said: str) -> Markup:
    image = picture(figures.png(figure, DPI), "png", f"{figures.in_words(figure)} {said}")
    return tag("figure", image, tag("figcaption", said))
