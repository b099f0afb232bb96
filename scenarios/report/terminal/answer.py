"""Answers on the terminal: sentences first, then the grid, what would flip it, how far to trust it, where more is."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from rich.console import Console, Group, RenderableType
from rich.table import Table
from rich.text import Text

from scenarios.analysis import Comparison
from scenarios.analysis.rows import OutcomeRow, level_rows, outcome_rows
from scenarios.analysis.theories import simulated_theories, varied
from scenarios.analysis.verdict_family import VerdictFamily, result_family
from scenarios.analysis.verdicts import LEAST_PAIRS
from scenarios.config import options
from scenarios.config.user_inputs import distinct_inputs, own_texts
from scenarios.report.decisive import between_sentences, flip_sentences
from scenarios.report.sentences import TOO_FEW, ScenarioAnswer, scenario_answers
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
from scenarios.runs.folder import PICTURE
from scenarios.runs.result import Result
from scenarios.text import CAVEAT, SMALL
from scenarios.validation.verdicts import recorded_verdicts

RUN_LINES, NARROW_RUN_LINES, COMPARISON_LINES = 25, 29, 40  # at most, up to three scenarios

LEAST_ROWS = 6  # of a grid, one an outcome

SIDE_BY_SIDE = 3  # scenarios in one grid

LABEL = 18  # columns of a label

TRUST = "How far to trust"

DAYS_A_YEAR = 365

ENOUGH = 100  # draws a theory, to which a user is referred

WORLD = "simulated"  # that is not mentioned

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
    head = [_dim(header([name], other, baseline, family)), *failure_parts(runs)]
    limit = RUN_LINES if console.width >= ROOMY else NARROW_RUN_LINES
    if family.has_too_few:
        head += too_few_parts([name], baseline, family)
        feet: list[list[RenderableType]] = [[SMOKE, labelled({"Folder": folder_line(result)}), CAVEAT]]
    else:
        head.append(Text.assemble((answer.headline, "bold"), f" {answer.body}"))
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
    return [_dim(LEGEND if console.width >= ROOMY else SHORT_LEGEND), "", labelled(labels), _dim(_caveat(family))]


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
    draws = f"{result.outcomes['draw'].nunique():,} runs{_each(len(result.theories))}"
    labels = {**own_label({result.scenario: result}), "Next": "--full for all outcomes", "Folder": folder_line(result)}
    return [
        _dim(" | ".join([f"{result.scenario} alone", *conditions(result), draws])),
        *failure_parts({result.scenario: result}),
        Text(NO_BASELINE, style="bold"),
        "",
        grid,
        "",
        labelled(labels),
        _dim(CAVEAT),
    ]


def comparison_parts(comparison: Comparison, console: Console) -> list[RenderableType]:
    """Parts of the answer of several scenarios, in at most 40 lines for up to three."""
    family, base = comparison.family, comparison.baseline
    names, other = list(comparison.results), comparison.baseline_name
    answers = list(scenario_answers(family).values())
    head: list[RenderableType] = [_dim(header(names, other, base, family)), *failure_parts(comparison.runs)]
    shown = [names[at : at + SIDE_BY_SIDE] for at in range(0, len(names), SIDE_BY_SIDE)]
    if family.has_too_few:
        head += too_few_parts(names, base, family)
        feet: list[list[RenderableType]] = [[SMOKE, CAVEAT]]
    else:
        head.append(paragraphs(answers, in_full=len(shown) == 1))
        first = {
            "Between them": " ".join(between_sentences(family)),
            "What would flip it": " ".join(flip_sentences(family)),
        }
        last = {**own_label(comparison.runs), "Next": f"--full for every table; `report {_paths(comparison)}`"}
        trusts = _trust(family, base, answers, origins(comparison))
        feet = [_foot({**first, TRUST: trust, **last}, family, console) for trust in trusts]
    grids: list[RenderableType] = []
    for group in shown:
        rows, foot = _fitted(family, group, head, feet, COMPARISON_LINES - 2 * len(shown), console)
        grids += ["", comparison_grid(rows, group, other, console.width)]
    return [*head, *grids, *foot]


def header(names: Sequence[str], baseline: str, base: Result, family: VerdictFamily) -> str:
    """What is compared, from when, how long, and on how many paired runs."""
    what = names[0] if len(names) == 1 else f"{len(names)} scenarios"
    fewest, most = family.fewest_pairs, family.most_pairs
    pairs = f"{most:,}" if fewest == most else f"{fewest:,} to {most:,}"
    return " | ".join(
        [f"{what} against {baseline}", *conditions(base), f"{pairs} paired runs{_each(len(family.theories))}"]
    )


def conditions(result: Result) -> list[str]:
    """Date and horizon of a run, and its world unless war is left to chance."""
    began = date.fromisoformat(str(result.manifest["as_of"]))
    world = str(result.manifest["world"])
    when = f"{began.day} {began:%b %Y}, {span_in_words(result)}"
    return [when, *([] if world == WORLD else [f"world {world}"])]


def span_in_words(result: Result) -> str:
    """Horizon in words."""
    days = float(result.manifest["request"]["horizon"])
    years = days / DAYS_A_YEAR
    if years > 1 and years.is_integer():
        return f"{SMALL.get(int(years), f'{years:g}')} years"
    return "one year" if years == 1 else f"{days:g} days"


def _each(theories: int) -> str:
    return " a theory" if theories > 1 else ""


def failure_parts(runs: Mapping[str, Result]) -> list[RenderableType]:
    """Bold lines on the failed draws of each run."""
    return [Text(line, style="bold") for line in failure_lines(runs)]


def failure_lines(runs: Mapping[str, Result]) -> list[str]:
    """Lines on the failed draws of each run."""
    return [
        f"FAILED: {len(run.failures)} draws of {name}, the first with {run.failures[0]['error']}; they are left out, "
        "as are their partners."
        for name, run in runs.items()
        if run.failures
    ]


def too_few_parts(names: Sequence[str], base: Result, family: VerdictFamily) -> list[RenderableType]:
    """Sentences in place of an answer, with the command that gives one."""
    theories = len(family.theories)
    words = Text.assemble(
        (TOO_FEW, "bold"),
        f" {family.fewest_pairs} paired runs{_each(theories)} show that the model works; they do not say what a policy "
        f"does. Below {LEAST_PAIRS} no direction is given. For an answer:",
    )
    command = f"run {names[0]}" if len(names) == 1 else f"compare {' '.join(names)}"
    return [
        words,
        f"  python -m scenarios {command} start={base.manifest['start']} ensemble.replications={ENOUGH * theories}",
    ]


def paragraphs(answers: Sequence[ScenarioAnswer], *, in_full: bool) -> Table:
    """Answers side by side with their scenarios; of many, the headlines alone."""
    width = max(len(answer.title) for answer in answers)
    table = Table.grid(padding=(0, 1, 0, 0))
    table.add_column(width=width, style="bold", no_wrap=True)
    table.add_column(overflow="fold")
    for answer in answers:
        table.add_row(answer.title, f"{answer.predicate}.{f' {answer.body}' if in_full else ''}")
    return table


def labelled(labels: Mapping[str, str]) -> Table:
    """Paragraphs with a bold label each; those without text are left out."""
    table = Table.grid(padding=(0, 1, 0, 0))
    table.add_column(width=LABEL, style="bold", no_wrap=True)
    table.add_column(overflow="fold")
    for label, text in labels.items():
        if text:
            table.add_row(label, text)
    return table


def _trust(
    family: VerdictFamily, base: Result, answers: Iterable[ScenarioAnswer], moved: Mapping[str, str]
) -> list[str]:
    """How far to trust an answer, in full and without the least important sentence."""
    named = [outcome for answer in answers for outcome in answer.outcomes]
    sentences = trust_sentences(family, base.manifest, named, recorded_verdicts(), moved)
    return [" ".join(sentences), " ".join(sentences[:-1] or sentences)]


def origins(comparison: Comparison) -> dict[str, str]:
    """Starts to which scenarios belong that begin elsewhere here."""
    start = comparison.baseline.manifest["start"]
    known = [name for name in comparison.results if name in options.options("scenario")]
    return {name: own for name in known if (own := options.natural_start(name)) not in ("", start)}


def own_label(runs: Mapping[str, Result]) -> dict[str, str]:
    """Paragraph on the user's own inputs, theories held fixed and the loop; none where all is as it ships."""
    about: dict[str, Any] = dict(next(iter(runs.values())).manifest)
    texts = own_texts({**about, "own": distinct_inputs(run.manifest for run in runs.values())})
    return {"Your own": "; ".join(texts)} if texts else {}


def next_line(result: Result) -> str:
    """Where more is: every outcome, the question that theories differ on first, the page."""
    questions = varied(simulated_theories(result))
    explained = f"; `explain {questions[0]}`" if questions else ""
    return f"--full for all outcomes{explained}; `report FOLDER` for the page"


def folder_line(result: Result) -> str:
    """Folder of a run, with its picture."""
    return f"{result.path}{f' ({PICTURE})' if (result.path / PICTURE).exists() else ''}"


def _paths(comparison: Comparison) -> str:
    """Folders of the runs compared, as words of a command."""
    return " ".join(str(run.path) for run in comparison.results.values())


def _caveat(family: VerdictFamily) -> str:
    return f"{CAVEAT}{' Theories are never averaged.' if len(family.theories) > 1 else ''}"


def _dim(text: str) -> Text:
    return Text(text, style="dim")


def _height(parts: Sequence[RenderableType], console: Console) -> int:
    """Number of lines of some parts."""
    return len(console.render_lines(Group(*parts), pad=False))
