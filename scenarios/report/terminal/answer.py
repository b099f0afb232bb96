"""Answers on the terminal: sentences first, then the grid, what would flip it, how far to trust it, where more is."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from rich.console import Console, Group, RenderableType
from rich.table import Table
from rich.text import Text

from scenarios.analysis import Comparison
from scenarios.analysis.rows import OutcomeRow, level_rows, outcome_rows
from scenarios.analysis.theories import simulated_theories
from scenarios.analysis.verdict_family import VerdictFamily, result_family
from scenarios.report.decisive import between_sentences, mix_sentences, question_sentences
from scenarios.report.sentences import ScenarioAnswer, scenario_answers
from scenarios.report.terminal.frame import (
    caveat,
    conditions,
    dim,
    each_theory,
    failure_parts,
    folder_line,
    header,
    labelled,
    next_line,
    origins,
    own_label,
    paragraph,
    paragraphs,
    span_in_words,
    too_few_parts,
)
from scenarios.report.terminal.grid import (
    LEGEND,
    ROOMY,
    SHORT_LEGEND,
    answer_console,
    comparison_grid,
    in_letters,
    level_grid,
    run_grid,
)
from scenarios.report.trust import trust_sentences
from scenarios.runs.result import Result
from scenarios.text import CAVEAT
from scenarios.validation.verdicts import recorded_verdicts

RUN_LINES, COMPARISON_LINES = (25, 29), (40, 52)  # at most, with room and below 100 columns; for up to three scenarios

LEAST_ROWS = 6  # of a grid, one an outcome

SIDE_BY_SIDE = 3  # scenarios in one grid

REASONS = ("Between them", "What would flip it", "How far to trust")

SENTENCES = (None, None, 2)  # behind a headline, from the longest layout to the shortest; None for all

SMOKE = "Numbers of a smoke test, without directions; they may change sign with more runs."

NO_BASELINE = "Nothing follows about policy: no status quo beside it."


def print_run(result: Result, baseline: Result | None, console: Console | None = None) -> None:
    """Print the answer of a run, or its levels where there is no baseline."""
    shown = console or answer_console()
    _print(run_parts(result, baseline, shown) if baseline else level_parts(result, shown), shown)


def print_comparison(comparison: Comparison, console: Console | None = None) -> None:
    """Print the answer of a comparison."""
    shown = console or answer_console()
    _print(comparison_parts(comparison, shown), shown)


def _print(parts: Sequence[RenderableType], console: Console) -> None:
    """Print in the letters that the console has."""
    with console.capture() as capture:
        for part in parts:
            console.print(part, crop=False, overflow="ignore" if isinstance(part, Table) and part.width else "fold")
    text = "\n".join(line.rstrip() for line in capture.get().splitlines())
    console.file.write(in_letters(f"{text}\n", console.encoding))


def run_parts(result: Result, baseline: Result, console: Console) -> list[RenderableType]:
    """Parts of the answer of one scenario, in at most 25 lines."""
    name, other, width = result.scenario, baseline.scenario, console.width
    family = result_family({name: result}, (other, baseline))
    runs = {name: result, other: baseline}
    answer = scenario_answers(family)[name]
    top = [dim(header([name], other, baseline, family)), *failure_parts(runs)]
    last = {**own_label(runs), "Next": next_line(result, width), "Folder": folder_line(result)}
    if family.has_too_few:
        few = [*top, *too_few_parts([name], baseline, family, width)]
        layouts = [AnswerLayout(few, [SMOKE, labelled(last, width), CAVEAT])]
    else:
        layouts = [
            AnswerLayout(
                [*top, paragraph(answer.headline, " ".join(answer.sentences[:most]), width)],
                _foot({**reasons, **last}, family, console),
            )
            for most, reasons in zip(SENTENCES, _reasons(family, baseline, [answer], {}), strict=True)
        ]
    rows, layout = _fitted(family, [name], layouts, RUN_LINES[width < ROOMY] - 2, console)
    return [*layout.head, "", run_grid(rows, name, other, f"over {span_in_words(baseline)}", width), *layout.foot]


@dataclass(frozen=True)
class AnswerLayout:
    """What stands above and below the grid, at one length."""

    head: list[RenderableType]
    foot: list[RenderableType]


def _foot(labels: Mapping[str, str], family: VerdictFamily, console: Console) -> list[RenderableType]:
    """Everything below the grid."""
    legend = LEGEND if console.width >= ROOMY else SHORT_LEGEND
    return [dim(legend), "", labelled(labels, console.width), dim(caveat(family))]


def _fitted(
    family: VerdictFamily,
    shown: Sequence[str],
    layouts: Sequence[AnswerLayout],
    lines: int,
    console: Console,
    grids: int = 1,
) -> tuple[list[OutcomeRow], AnswerLayout]:
    """Rows of one of the grids, and the longest layout that fits; with the shortest, theories are joined for room."""
    rows = outcome_rows(family, shown)
    for layout in layouts:
        room = (lines - _height([*layout.head, *layout.foot], console)) // grids
        if len(rows) <= room:
            return rows, layout
    return outcome_rows(family, shown, max(LEAST_ROWS, room)), layout


def _reasons(
    family: VerdictFamily, base: Result, answers: Sequence[ScenarioAnswer], moved: Mapping[str, str]
) -> list[dict[str, str]]:
    """Paragraphs on scenarios against one another, what would flip an answer, how far to trust it, at three lengths."""
    between, questions, mixes = between_sentences(family), question_sentences(family), mix_sentences(family)
    named = [outcome for answer in answers for outcome in answer.outcomes]
    trust = trust_sentences(family, base.manifest, named, recorded_verdicts(), moved)
    lengths = (
        (between, [*questions, *mixes], trust),
        (between, [*questions, *mixes], trust[:-1] or trust),
        (between[:1], [*questions[:1], *mixes[:1]], trust[:2]),
    )
    return [dict(zip(REASONS, map(" ".join, length), strict=True)) for length in lengths]


def level_parts(result: Result, console: Console) -> list[RenderableType]:
    """Parts of a run without a baseline: levels alone."""
    grid = level_grid(
        level_rows(result.outcomes, simulated_theories(result)), f"over {span_in_words(result)}", console.width
    )
    draws = f"{result.outcomes['draw'].nunique():,} runs{each_theory(len(result.theories))}"
    labels = {**own_label({result.scenario: result}), "Next": "--full for all outcomes", "Folder": folder_line(result)}
    return [
        dim(" | ".join([f"{result.scenario} alone", *conditions(result), draws])),
        *failure_parts({result.scenario: result}),
        Text(NO_BASELINE, style="bold"),
        "",
        grid,
        "",
        labelled(labels, console.width),
        dim(CAVEAT),
    ]


def comparison_parts(comparison: Comparison, console: Console) -> list[RenderableType]:
    """Parts of the answer of several scenarios, in at most 40 lines for up to three."""
    family, base, width = comparison.family, comparison.baseline, console.width
    names, other = list(comparison.results), comparison.baseline_name
    answers = list(scenario_answers(family).values())
    top: list[RenderableType] = [dim(header(names, other, base, family)), *failure_parts(comparison.runs)]
    last = {**own_label(comparison.runs), "Next": f"--full for every table; `report {_paths(comparison)}`"}
    if family.has_too_few:
        few = [*top, *too_few_parts(names, base, family, width)]
        layouts = [AnswerLayout(few, [SMOKE, labelled(last, width), CAVEAT])]
    else:
        lengths = SENTENCES if len(names) <= SIDE_BY_SIDE else (0, 0, 0)
        layouts = [
            AnswerLayout(
                [*top, paragraphs(answers, width, most)],
                _foot({**reasons, **last}, family, console),
            )
            for most, reasons in zip(lengths, _reasons(family, base, answers, origins(comparison)), strict=True)
        ]
    for size in range(SIDE_BY_SIDE, 0, -1):
        grids, layout = _grids(family, other, layouts, size, console)
        if all(grid.width is None or grid.width <= width for grid in grids):
            break
    return [*layout.head, *(part for grid in grids for part in ("", grid)), *layout.foot]


def _grids(
    family: VerdictFamily, baseline: str, layouts: Sequence[AnswerLayout], size: int, console: Console
) -> tuple[list[Table], AnswerLayout]:
    """Grids of so many scenarios each, one below the other, and the longest layout that they leave room for."""
    names = family.scenarios
    groups = [names[at : at + size] for at in range(0, len(names), size)]
    lines = COMPARISON_LINES[console.width < ROOMY] - 2 * len(groups)
    fitted = [(group, *_fitted(family, group, layouts, lines, console, len(groups))) for group in groups]
    return [comparison_grid(rows, group, baseline, console.width) for group, rows, _ in fitted], fitted[-1][-1]


def _paths(comparison: Comparison) -> str:
    """Folders of the runs compared, as words of a command."""
    return " ".join(str(run.path) for run in comparison.results.values())


def _height(parts: Sequence[RenderableType], console: Console) -> int:
    """Number of lines of some parts."""
    return len(console.render_lines(Group(*parts), pad=False))
