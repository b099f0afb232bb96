"""Tables and headings of text for the terminal, folded where they exceed its width."""

import textwrap
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from io import StringIO
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from rich.console import RenderableType

WIDTH = 118

GAP = 2  # blanks between columns

Row = tuple[str, Sequence[str]]  # name and cells; a row without cells is a heading


@dataclass(frozen=True)
class TableColumn:
    """Heading, least width and alignment of a column."""

    head: str
    least: int = 0
    align: Literal["left", "right"] = "right"

    def width(self, cells: Iterable[str]) -> int:
        """Width that its heading and cells need, the gap before them included."""
        return max(self.least, GAP + max([1, len(self.head), *map(len, cells)]))


def heading(words: str) -> list[str]:
    """Heading of a table, wrapped, after a blank line."""
    return ["", *textwrap.wrap(words, WIDTH)]


def list_lines(names: Iterable[str]) -> str:
    """Names separated by commas, or `nothing`."""
    return ", ".join(name.replace("_", " ") for name in names) or "nothing"


def grid(heads: Sequence[str | TableColumn], rows: Iterable[Row], width: int = WIDTH, names: int = 0) -> list[str]:
    """Format a table with right-aligned columns as lines; a row without cells is a heading.

    Columns that do not fit side by side follow below, with the row names repeated; `names` is their least width.
    """
    table = list(rows)
    columns = [head if isinstance(head, TableColumn) else TableColumn(head) for head in heads]
    names = max([1, names, *(len(name) for name, cells in table if cells)])
    widths = [column.width(cells[at] for _, cells in table if cells) for at, column in enumerate(columns)]
    parts = _fitting(widths, width - names)
    return [line for part in parts for line in _lines(table, names, {at: (columns[at], widths[at]) for at in part})]


def _fitting(widths: Sequence[int], room: int) -> list[list[int]]:
    """Numbers of columns, grouped into the parts of the table that fit the room."""
    parts: list[list[int]] = [[]]
    for at, width in enumerate(widths):
        if parts[-1] and sum(widths[other] for other in parts[-1]) + width > room:
            parts.append([])
        parts[-1].append(at)
    return parts


def _lines(rows: Sequence[Row], names: int, columns: dict[int, tuple[TableColumn, int]]) -> list[str]:
    """Lines of one part of a table; headings extend over all columns."""
    from rich.console import Console
    from rich.table import Table

    table = Table(box=None, padding=0, pad_edge=False)
    table.add_column(width=names, no_wrap=True)
    for column, width in columns.values():
        table.add_column(column.head, justify=column.align, width=width, no_wrap=True)
    for name, cells in rows:
        table.add_row(*((name, *(_padded(cells[at]) for at in columns)) if cells else ()))
    whole = names + sum(width for _, width in columns.values())
    console = Console(file=StringIO(), width=whole, color_system=None, markup=False, emoji=False, highlight=False)
    with console.capture() as capture:
        console.print(table)
    head, *lines = capture.get().splitlines()
    body = (line if cells else name for (name, cells), line in zip(rows, lines, strict=True))
    return [line.rstrip() for line in (head, *body)]


def _padded(cell: str) -> "RenderableType":
    """Cell that keeps the blanks at its end, by which marks such as stars are aligned."""
    from rich.padding import Padding

    return Padding(text, (0, len(cell) - len(text), 0, 0)) if (text := cell.rstrip()) != cell else cell
