"""Grids of verdicts for the terminal, as wide as it is, in its letters."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from rich.console import Console
from rich.table import Table
from rich.text import Text

from scenarios.analysis.rows import LevelRow, MergedVerdict, OutcomeRow, TheoryGroup
from scenarios.analysis.verdicts import Direction, Measure, PrimaryOutcome
from scenarios.report.quantities import change_cell, level_cell, of_hundred, spread_cell, unsigned
from scenarios.text import DASH, MINUS, name_of, plain_name

STYLES = {
    Direction.MORE: "bold #d55e00", Direction.FEWER: "bold #0072b2", Direction.ALIKE: "dim",
    Direction.IDENTICAL: "dim",
}  # fmt: skip

LEGEND = "▲ more  ▼ fewer  ≈ within 5 % of the status quo  ○ undecided  = identical in every run"

SHORT_LEGEND = "▲ more  ▼ fewer  ≈ within 5 %  ○ undecided  = identical"

LETTERS = str.maketrans({"▲": "^", "▼": "v", "≈": "~", "○": "?", DASH: "-", MINUS: "-", "∞": "inf"})

WIDEST = 100

ROOMY = 100  # columns from which nothing is left out


@dataclass(frozen=True)
class GridColumn:
    """Heading and cells of a column."""

    head: str
    cells: Sequence[Text]
    align: Literal["left", "right"] = "right"

    @property
    def width(self) -> int:
        """Width that it needs."""
        return max(len(self.head), *(len(cell.plain) for cell in self.cells))


def answer_console(width: int | None = None) -> Console:
    """Console for an answer: at most 100 columns wide, and 100 where it is no terminal."""
    console = Console(highlight=False, markup=False, emoji=False)
    console.width = width or (min(WIDEST, console.width) if console.is_terminal else WIDEST)
    return console


def in_letters(text: str, encoding: str) -> str:
    """Text in letters that an encoding has; symbols become ^ v ~ ? and plain hyphens where it lacks them."""
    try:
        text.encode(encoding)
    except (UnicodeEncodeError, LookupError):
        return text.translate(LETTERS).encode("ascii", "replace").decode()
    return text


def verdict_text(cell: MergedVerdict, *, brief: bool = False) -> Text:
    """Verdict cell in its colour."""
    style = STYLES.get(cell.directions[0], "") if len(cell.directions) == 1 else ""
    return Text(change_cell(cell, brief=brief), style=style)


def run_grid(rows: Sequence[OutcomeRow], scenario: str, baseline: str, head: str, width: int) -> Table:
    """Grid of one scenario: level, typical change, 9 in 10 runs, share of runs that agree; the last two if they fit."""
    cells = [row.cells[scenario] for row in rows]
    few = any(Direction.TOO_FEW in cell.directions for cell in cells)
    pairs = max((verdict.pairs for cell in cells for verdict in cell.verdicts), default=0)
    agreeing = [_of_pairs(cell, pairs) if few else of_hundred(cell.range("agreeing")) for cell in cells]
    levels = [level_cell(row.level, row.cells[scenario].measure) for row in rows]
    core = [
        GridColumn(name_of(baseline), _texts(levels)),
        GridColumn("typical change", [verdict_text(cell) for cell in cells]),
    ]
    further = [
        GridColumn("9 in 10 runs", _texts(map(spread_cell, cells))),
        GridColumn(f"of {pairs if few else 100}", _texts(agreeing)),
    ]
    names = [(row.primary, row.group) for row in rows]
    return _fitting([[*lead, *core, *rest] for rest in (further, []) for lead in _leads(names, head)], width)


def _of_pairs(cell: MergedVerdict, pairs: int) -> str:
    """Number of pairs that agree, of so many."""
    ends = dict.fromkeys(unsigned(end * pairs) for end in cell.range("agreeing"))
    return DASH.join(ends)


def comparison_grid(rows: Sequence[OutcomeRow], scenarios: Sequence[str], baseline: str, width: int) -> Table:
    """Grid of several scenarios: level and typical changes; the level if it fits."""
    measures = [next(iter(row.cells.values())).measure for row in rows]
    level = [level_cell(row.level, measure) for row, measure in zip(rows, measures, strict=True)]
    levels = [GridColumn(name_of(baseline), _texts(level))] if width >= ROOMY else []
    columns = [
        GridColumn(plain_name(name), [verdict_text(row.cells[name], brief=True) for row in rows]) for name in scenarios
    ]
    names = [(row.primary, row.group) for row in rows]
    return _fitting(
        [[*lead, *rest, *columns] for rest in (levels, []) for lead in _leads(names, "typical change")], width
    )


def level_grid(rows: Sequence[LevelRow], head: str, width: int) -> Table:
    """Grid of a run without a baseline: typical level and 9 in 10 runs."""
    measures = [Measure.COUNT if row.primary.threshold is None else Measure.POINTS for row in rows]
    levels = [level_cell(row.level, measure) for row, measure in zip(rows, measures, strict=True)]
    spreads = ["" if row.spread[0] != row.spread[0] else " to ".join(map(unsigned, row.spread)) for row in rows]
    columns = [GridColumn("typical", _texts(levels)), GridColumn("9 in 10 runs", _texts(spreads))]
    names = [(row.primary, row.group) for row in rows]
    return _fitting([[*lead, *columns] for lead in _leads(names, head)], width)


def _texts(words: Iterable[str]) -> list[Text]:
    return [Text(word) for word in words]


def _leads(names: Sequence[tuple[PrimaryOutcome, TheoryGroup]], head: str) -> list[list[GridColumn]]:
    """Columns of outcomes and theories, with the names of theories in full and as tags; one theory has no name."""
    titles = [primary.title for primary, _ in names]
    shown = ["" if at and titles[at - 1] == title else title for at, title in enumerate(titles)]
    outcomes = GridColumn(head, _texts(shown), "left")
    if all(len(group.theories) == 1 and not group.answers for _, group in names):
        return [[outcomes]]
    forms = ([group.name for _, group in names], [group.tag for _, group in names])
    return [[outcomes, GridColumn("if", _texts(form), "left")] for form in forms]


def _fitting(layouts: Sequence[Sequence[GridColumn]], width: int) -> Table:
    """Table of the first layout that fits the width; of the last if none does."""
    layout = next((columns for columns in layouts if _width(columns) <= width), layouts[-1])
    table = Table(box=None, pad_edge=False, padding=(0, 1, 0, 0), header_style="dim")
    for column in layout:
        table.add_column(column.head, justify=column.align, width=column.width, no_wrap=True)
    for cells in zip(*(column.cells for column in layout), strict=True):
        table.add_row(*cells)
    table.width = _width(layout)
    return table


def _width(columns: Sequence[GridColumn]) -> int:
    return sum(column.width + 1 for column in columns) - 1
