"""Tables of cells for the terminal: as wide as they need, folded where the columns do not fit."""

from collections.abc import Iterable, Sequence

WIDTH = 118


def grid(heads: Sequence[str], rows: Iterable[tuple[str, Sequence[str]]], width: int = WIDTH) -> list[str]:
    """Lines of a table with right-aligned columns; a row without cells is a heading.

    Columns that do not fit side by side follow below, with the row names repeated.
    """
    found = list(rows)
    names = max((len(name) for name, cells in found if cells), default=0)
    sizes = [max(len(head), *(len(cells[at]) for _, cells in found if cells), 1) + 2 for at, head in enumerate(heads)]
    lines: list[str] = []
    for part in _fitting(sizes, width - names):
        head = "".join(f"{heads[at]:>{sizes[at]}}" for at in part)
        lines.append(f"{'':{names}}{head}")
        for name, cells in found:
            lines.append((f"{name:{names}}" + "".join(f"{cells[at]:>{sizes[at]}}" for at in part if cells)).rstrip())
    return lines


def _fitting(sizes: Sequence[int], room: int) -> list[list[int]]:
    """Columns grouped into the parts of the table that fit the width."""
    parts: list[list[int]] = [[]]
    for at, size in enumerate(sizes):
        if parts[-1] and sum(sizes[each] for each in parts[-1]) + size > room:
            parts.append([])
        parts[-1].append(at)
    return parts
