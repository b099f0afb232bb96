"""Answers on the terminal: sentences first, then the grid, what would flip it, how far to trust it, where more is."""

from collections.abc import Iterable, Mapping, Sequence

from rich.console import Console, Group, RenderableType
from rich.table import Table
from rich.text import Text

from scenarios.analysis import Comparison
from scenarios.analysis.rows import OutcomeRow, level_rows, outcome_rows
from scenarios.analysis.theories import simulated_theories
from scenarios.analysis.verdict_family import VerdictFamily, result_family
from scenarios.report.decisive import between_sentences, flip_sentences
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

TRUST = "How far to trust"

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
    name, other = result.scenario, baseline.scenario
    family = result_family({name: result}, (other, baseline))
    runs = {name: result, other: baseline}
    answer = scenario_answers(family)[name]
    head = [dim(header([name], other, baseline, family)), *failure_parts(runs)]
    limit = RUN_LINES[console.width < ROOMY]
    if family.has_too_few:
        head += too_few_parts([name], baseline, family, console.width)
        feet: list[list[RenderableType]] = [[SMOKE, labelled({"Folder": folder_line(result)}, console.width), CAVEAT]]
    else:
        head.append(paragraph(answer.headline, answer.body, console.width))
        first = {"What would flip it": " ".join(flip_sentences(family))}
        last = {**own_label(runs), "Next": next_line(result), "Folder": folder_line(result)}
        feet = [
            _foot({**first, TRUST: trust, **last}, family, console) for trust in _trust(family, baseline, [answer], {})
        ]
    rows, foot = _fitted(family, [name], head, feet, limit - 2, console)
    grid = run_grid(rows, name, other, f"over {span_in_words(baseline)}", console.width)
    return [*head, "", grid, *foot]


def _foot(labels: Mapping[str, str], family: VerdictFamily, console: Console) -> list[RenderableType]:
    """Everything below the grid."""
    return [
        dim(LEGEND if console.width >= ROOMY else SHORT_LEGEND),
        "",
        labelled(labels, console.width),
        dim(caveat(family)),
    ]


def _fitted(
    family: VerdictFamily,
    shown: Sequence[str],
    head: Sequence[RenderableType],
    feet: Sequence[list[RenderableType]],
    lines: int,
    console: Console,
) -> tuple[list[OutcomeRow], list[RenderableType]]:
    """Rows and the longest foot that fit so many lines; with the shortest, theories are joined for room."""
    rows = outcome_rows(family, shown)
    for foot in feet:
        room = lines - _height([*head, *foot], console)
        if len(rows) <= room:
            return rows, foot
    return outcome_rows(family, shown, max(LEAST_ROWS, room)), foot


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
    family, base = comparison.family, comparison.baseline
    names, other = list(comparison.results), comparison.baseline_name
    answers = list(scenario_answers(family).values())
    head: list[RenderableType] = [dim(header(names, other, base, family)), *failure_parts(comparison.runs)]
    shown = [names[at : at + SIDE_BY_SIDE] for at in range(0, len(names), SIDE_BY_SIDE)]
    if family.has_too_few:
        head += too_few_parts(names, base, family, console.width)
        feet: list[list[RenderableType]] = [[SMOKE, CAVEAT]]
    else:
        head.append(paragraphs(answers, console.width, in_full=len(shown) == 1))
        first = {
            "Between them": " ".join(between_sentences(family)),
            "What would flip it": " ".join(flip_sentences(family)),
        }
        last = {**own_label(comparison.runs), "Next": f"--full for every table; `report {_paths(comparison)}`"}
        trusts = _trust(family, base, answers, origins(comparison))
        feet = [_foot({**first, TRUST: trust, **last}, family, console) for trust in trusts]
    grids: list[RenderableType] = []
    for group in shown:
        rows, foot = _fitted(
            family, group, head, feet, COMPARISON_LINES[console.width < ROOMY] - 2 * len(shown), console
        )
        grids += ["", comparison_grid(rows, group, other, console.width)]
    return [*head, *grids, *foot]


def _trust(
    family: VerdictFamily, base: Result, answers: Iterable[ScenarioAnswer], moved: Mapping[str, str]
) -> list[str]:
    """How far to trust an answer, in full and without the least important sentence."""
    named = [outcome for answer in answers for outcome in answer.outcomes]
    sentences = trust_sentences(family, base.manifest, named, recorded_verdicts(), moved)
    return [" ".join(sentences), " ".join(sentences[:-1] or sentences)]


def _paths(comparison: Comparison) -> str:
    """Folders of the runs compared, as words of a command."""
    return " ".join(str(run.path) for run in comparison.results.values())


def _height(parts: Sequence[RenderableType], console: Console) -> int:
    """Number of lines of some parts."""
    return len(console.render_lines(Group(*parts), pad=False))
