"""Pictures of a run with its words: the overview that lies in its folder, the quarters on its page."""

from datetime import date

from matplotlib.figure import Figure

from scenarios import plots
from scenarios.analysis.rows import outcome_rows
from scenarios.analysis.verdict_family import VerdictFamily, result_family
from scenarios.plots.overview import overview
from scenarios.plots.verdict_forest import ForestRow
from scenarios.report.quantities import change_cell
from scenarios.report.sentences import scenario_answers
from scenarios.report.terminal.frame import span_in_words
from scenarios.report.trust import graded, judgement_stamp
from scenarios.runs.result import Result
from scenarios.text import CAVEAT, capitalised, plain_name

DPI = 150

LEGEND = (
    "Dot: median of paired runs, one a theory; thick: its 95 % interval; thin: 9 in 10 runs; shaded: within 5 % of the "
    "{baseline}. Theories that agree share a row; none is averaged."
)


def overview_png(result: Result, baseline: Result) -> bytes:
    """Render the picture of a run against its baseline as PNG."""
    return plots.png(overview_figure(result, baseline), DPI)


def overview_figure(result: Result, baseline: Result) -> Figure:
    """Draw the picture of a run against its baseline."""
    name, other = result.scenario, baseline.scenario
    family = result_family({name: result}, (other, baseline))
    title = scenario_answers(family)[name].headline
    return overview(result, baseline, forest_rows(family, name), title, _compared(family, result), _foot(result, other))


def forest_rows(family: VerdictFamily, scenario: str) -> list[ForestRow]:
    """Merged rows of one scenario with the text of their changes."""
    cells = ((row, row.cells[scenario]) for row in outcome_rows(family, [scenario]))
    return [ForestRow(row, cell, change_cell(cell, brief=True)) for row, cell in cells]


def _compared(family: VerdictFamily, result: Result) -> str:
    """What is compared, over which time, on how many pairs."""
    began = date.fromisoformat(result.manifest["as_of"])
    fewest, most = family.fewest_pairs, family.most_pairs
    pairs = f"{most:,}" if fewest == most else f"{fewest:,} to {most:,}"
    each = " a theory" if len(family.theories) > 1 else ""
    return (
        f"Typical change against the {plain_name(family.baseline).lower()} over {span_in_words(result)} from "
        f"{began.day} {began:%B %Y}; {pairs} paired runs{each}"
    )


def _foot(result: Result, baseline: str) -> str:
    """How to read the picture, where it comes from, and how far to trust it."""
    about = result.manifest
    judged = judgement_stamp(graded(about))
    return (
        f"{LEGEND.format(baseline=plain_name(baseline).lower())} {CAVEAT} As of {about['as_of']}, world "
        f"{about['world']}, seed {about['seed']}, run {about['id']}.{f' {capitalised(judged)}.' if judged else ''}"
    )
