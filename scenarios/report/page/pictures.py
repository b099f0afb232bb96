"""Figures within the page, each with what it shows in words."""

from collections.abc import Iterator

from matplotlib.figure import Figure

from scenarios import figures
from scenarios.comparing import Comparison
from scenarios.report.page.conclusions import MORE_OF, spoken
from scenarios.report.page.gathered import Gathered
from scenarios.report.page.markup import Markup, folded, picture, tag
from scenarios.results import Result

DPI = 120
OVER_TIME = ("attacks_on_us_sites", "ladder")
COMPARED = (*MORE_OF, "us_deaths", "attacks_on_us_sites", "isis_attacks", "ladder_max")
SHORTEST = 3  # periods, below which a course over time is no picture


def pictures(runs: Gathered, of: Comparison | None) -> list[Markup]:
    """The figures of outcomes: differences, how often deaths reach a number, the first US death, courses over time."""
    found = list(_compared(of)) if of else []
    courses = [made for each in runs.results for made in _course(each, runs.baseline)]
    return [*found, folded("The course over time, scenario by scenario", courses, open=True)] if courses else found


def _compared(of: Comparison) -> Iterator[Markup]:
    yield _shown(figures.forest(of, COMPARED), "Mean differences and how far single replications lie apart.")
    yield _shown(figures.exceedance(of, "deaths"), "How often all deaths reach a number.")
    yield _shown(figures.time_to_event(of, "us_deaths"), "By when the first US or coalition death has come.")


def _course(result: Result, baseline: Result | None) -> Iterator[Markup]:
    drawn = [each for each in OVER_TIME if each in result.series_names()]
    together = [result] if baseline is None else [result, baseline]
    if drawn and result.manifest["request"]["horizon"] >= SHORTEST * result.period_days:
        said = f"Median and 5 to 95 per cent of replications over time if {spoken(result.scenario)} is carried out."
        yield _shown(figures.bands(together, drawn), said)


def _shown(figure: Figure, said: str) -> Markup:
    image = picture(figures.png(figure, DPI), "png", f"{said} {figures.in_words(figure)}")
    return tag("figure", image, tag("figcaption", said))
