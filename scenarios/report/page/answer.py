"""First screen of the page: the answer in sentences, the grid of verdicts, and what would change it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from scenarios.analysis import Comparison
from scenarios.analysis.rows import MergedVerdict, OutcomeRow, TheoryGroup, outcome_rows
from scenarios.analysis.verdict_family import VerdictFamily
from scenarios.analysis.verdicts import SIDES, Direction
from scenarios.evidence.theories import hypotheses
from scenarios.outcomes import OUTCOMES
from scenarios.report.decisive import between_sentences, flip_sentences
from scenarios.report.headlines import joint_headline
from scenarios.report.page.dots import Dot, dot
from scenarios.report.page.trade_off import TradeOff, trade_off
from scenarios.report.quantities import SYMBOLS, change_cell, level_cell
from scenarios.report.sentences import TOO_FEW, ScenarioAnswer, scenario_answers
from scenarios.report.trust import trust_sentences
from scenarios.text import plain_name
from scenarios.validation.verdicts import Verdict

WITH_DOTS, IN_ONE_GRID = 3, 6  # scenarios up to which intervals are drawn, and up to which one grid holds them

STYLES = {Direction.MORE: "worse", Direction.FEWER: "better", Direction.ALIKE: "same", Direction.IDENTICAL: "same"}


@dataclass(frozen=True)
class Cell:
    """Verdict of a scenario in a row: the symbol for eyes, words for ears, the change, its class, its intervals."""

    scenario: str
    symbol: str
    words: str
    change: str
    style: str
    dots: tuple[Dot, ...]


@dataclass(frozen=True)
class Row:
    """Row of the grid: what is measured, under which theories, the level of the baseline, a cell a scenario."""

    title: str
    meaning: str
    group: str
    level: str
    filters: tuple[str, ...]
    cells: tuple[Cell, ...]


@dataclass(frozen=True)
class SideBlock:
    """Rows of one side, by outcome."""

    title: str
    outcomes: tuple[tuple[Row, ...], ...]


@dataclass(frozen=True)
class Grid:
    """Table of verdicts of some scenarios."""

    scenarios: tuple[str, ...]
    sides: tuple[SideBlock, ...]
    with_dots: bool


@dataclass(frozen=True)
class Filter:
    """Answer to a question by which rows are filtered."""

    name: str
    label: str


@dataclass(frozen=True)
class AnswerSection:
    """Content of the first screen."""

    headline: str
    answers: tuple[ScenarioAnswer, ...]
    baseline: str
    grids: tuple[Grid, ...]
    filters: tuple[Filter, ...]
    trade_off: TradeOff | None
    between: str
    flip: str
    trust: tuple[str, ...]
    has_too_few: bool


def section(
    comparison: Comparison | None, recorded: Sequence[Verdict], origins: Mapping[str, str]
) -> AnswerSection | None:
    """Answer of a comparison; None without a baseline. `origins` are the starts for which scenarios were written."""
    if comparison is None:
        return None
    family = comparison.family
    answers = tuple(scenario_answers(family).values())
    named = {outcome for answer in answers for outcome in answer.outcomes}
    return AnswerSection(
        headline=headline(answers),
        answers=answers,
        baseline=plain_name(family.baseline),
        grids=tuple(_grids(family)),
        filters=tuple(_filters(family)),
        trade_off=None if family.has_too_few else trade_off(family),
        between="" if family.has_too_few else " ".join(between_sentences(family)),
        flip="" if family.has_too_few else " ".join(flip_sentences(family)),
        trust=tuple(trust_sentences(family, comparison.baseline.manifest, named, recorded, origins)),
        has_too_few=family.has_too_few,
    )


def headline(answers: Sequence[ScenarioAnswer]) -> str:
    """Headline of the page; scenarios of one kind share it."""
    states = {answer.scenario: answer.states for answer in answers if answer.states is not None}
    return joint_headline(states) if len(states) == len(answers) else TOO_FEW


def _grids(family: VerdictFamily) -> Iterator[Grid]:
    with_dots = len(family.scenarios) <= WITH_DOTS
    for first in range(0, len(family.scenarios), IN_ONE_GRID):
        shown = family.scenarios[first : first + IN_ONE_GRID]
        rows = outcome_rows(family, shown)
        sides = tuple(SideBlock(f"Harm to {side}", tuple(_by_outcome(rows, side, family, with_dots))) for side in SIDES)
        yield Grid(tuple(plain_name(name) for name in shown), sides, with_dots)


def _by_outcome(
    rows: Sequence[OutcomeRow], side: str, family: VerdictFamily, with_dots: bool
) -> Iterator[tuple[Row, ...]]:
    of_side = [row for row in rows if row.primary.side == side]
    for primary in dict.fromkeys(row.primary for row in of_side):
        yield tuple(_row(row, family, with_dots) for row in of_side if row.primary == primary)


def _row(row: OutcomeRow, family: VerdictFamily, with_dots: bool) -> Row:
    measure = next(iter(row.cells.values())).measure
    return Row(
        title=row.primary.title,
        meaning=OUTCOMES[row.primary.outcome].meaning,
        group=row.group.name,
        level=level_cell(row.level, measure),
        filters=tuple(_answers_of(row.group, family)),
        cells=tuple(_cell(name, cell, with_dots) for name, cell in row.cells.items()),
    )


def _cell(scenario: str, cell: MergedVerdict, with_dots: bool) -> Cell:
    symbol = "".join(SYMBOLS[direction] for direction in cell.directions)
    return Cell(
        scenario=plain_name(scenario),
        symbol=symbol,
        words=" or ".join(cell.directions),
        change=change_cell(cell, brief=True).removeprefix(symbol).strip(),
        style=STYLES.get(cell.directions[0], "open") if len(cell.directions) == 1 else "open",
        dots=tuple(dot(verdict) for verdict in cell.verdicts) if with_dots else (),
    )


def _questions(family: VerdictFamily) -> list[str]:
    """Questions on which the theories differ."""
    return [name for name in family.theories[0] if len({poles[name] for poles in family.theories}) > 1]


def _answers_of(group: TheoryGroup, family: VerdictFamily) -> Iterator[str]:
    """Names of the filters under which a row is shown."""
    for question in _questions(family):
        for pole in dict.fromkeys(family.theories[number][question] for number in group.theories):
            yield f"{question}-{pole}"


def _filters(family: VerdictFamily) -> Iterator[Filter]:
    for question in _questions(family):
        for pole in dict.fromkeys(poles[question] for poles in family.theories):
            yield Filter(f"{question}-{pole}", hypotheses()[question].poles[pole].short)
