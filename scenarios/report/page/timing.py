"""When it happens: quarters of what changes, and the first US death by date."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta

import numpy as np
from matplotlib.figure import Figure

from scenarios import plots
from scenarios.analysis import Comparison
from scenarios.plots.quarters import QUARTER, differing_rows, quarters, row_bands
from scenarios.plots.time_series import first_date
from scenarios.plots.verdict_forest import ForestRow
from scenarios.report.page.calibrated_language import percent_range
from scenarios.report.pictures import forest_rows
from scenarios.runs.result import Result
from scenarios.text import join_words, plain_name

FIRST_DEATH = "us_deaths"

CLEAR = 0.10  # relative distance of two medians from which they differ

MOST_SCENARIOS = 6  # whose quarters are drawn

Captioned = tuple[Figure, str, str]  # figure, finding, what is drawn


@dataclass(frozen=True)
class TimingSection:
    """Figures with their captions."""

    pictures: tuple[Captioned, ...]


def section(comparison: Comparison | None) -> TimingSection | None:
    """Draw the quarters of every scenario and the first death; None without a baseline or with too few runs."""
    if comparison is None or comparison.family.has_too_few:
        return None
    return TimingSection((*_quarters(comparison), *_first_death(comparison)))


def _quarters(comparison: Comparison) -> Iterator[Captioned]:
    about = "Sums by quarter, median and middle half of runs; dashed: the baseline; a line a theory."
    for name, result in list(comparison.results.items())[:MOST_SCENARIOS]:
        rows = forest_rows(comparison.family, name)
        figure = quarters(result, comparison.baseline, rows, plain_name(name))
        if figure is not None:
            yield figure, _onset(result, comparison.baseline, rows), about


def _onset(result: Result, baseline: Result, rows: list[ForestRow]) -> str:
    """Quarter from which the first row drawn differs for good, in a sentence."""
    part = differing_rows(rows, result, baseline)[0]
    usual, own = (
        np.median(row_bands(run, part.row.primary.outcome, part.row.group.theories)[:, :, 1], axis=0)
        for run in (baseline, result)
    )
    apart = np.abs(own - usual) > CLEAR * np.maximum(usual, 1.0)
    title = f"{plain_name(result.scenario)}: {part.row.primary.title}"
    if not apart[-1]:
        return f"{title}: alike by the end."
    since = len(apart) - int(np.argmin(apart[::-1])) if not apart.all() else 0
    day = first_date(result) + timedelta(days=int(since * QUARTER))
    way = "lower" if own[-1] < usual[-1] else "higher"
    return f"{title} {way} from quarter {(day.month - 1) // 3 + 1} of {day.year} on."


def _first_death(comparison: Comparison) -> Iterator[Captioned]:
    curves = comparison.time_to_event(FIRST_DEATH)
    last = curves.groupby(["scenario", "theory"], sort=False)["share"].last()
    shares = [
        f"{percent_range(group)} under {plain_name(str(name)).lower()}"
        for name, group in last.groupby("scenario", sort=False)
    ]
    finding = f"A US or coalition death by the end: {join_words(shares)}."
    yield (
        plots.incidence_curves(comparison, FIRST_DEATH),
        finding,
        "Share of runs in which the first has come by a day.",
    )
