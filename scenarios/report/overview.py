"""The one picture of a run: attacks and the ladder over time, for the scenario and its baseline."""

from scenarios import figures
from scenarios.figures.over_time import USUAL
from scenarios.results import Result


def overview(result: Result, baseline: Result) -> bytes:
    """A PNG of the usual outcomes over time, as far as the series hold them."""
    return figures.png(figures.bands([result, baseline], drawn(result)))


def drawn(result: Result) -> list[str]:
    """The outcomes that are drawn, of those in the series."""
    return [outcome for outcome in USUAL if outcome in result.series_names()]
