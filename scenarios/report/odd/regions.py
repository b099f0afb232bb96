"""The marked regions of a page: what stands between their marks is made, never written by hand."""

import re
from collections.abc import Iterable, Mapping

from scenarios.errors import RequestError, nearest

REGION = re.compile(r"(<!-- generated: (?P<name>[\w-]+) -->\n)(?P<content>.*?)(<!-- end -->)", re.DOTALL)


def regions(page: str) -> Mapping[str, str]:
    """What stands in each marked region of a page."""
    found: dict[str, str] = {}
    for match in REGION.finditer(page):
        if match["name"] in found:
            raise RequestError(f"the page has two regions named {match['name']!r}; keep one.")
        found[match["name"]] = match["content"]
    return found


def filled(page: str, tables: Mapping[str, str]) -> str:
    """The page with every region as its table has it."""
    _check_names(page, tables)
    return REGION.sub(lambda match: f"{match[1]}{_framed(tables[match['name']])}{match[4]}", page)


def drifted(page: str, tables: Mapping[str, str]) -> list[str]:
    """Names of the tables that the page does not show as they are."""
    _check_names(page, tables)
    return [name for name, content in regions(page).items() if content != _framed(tables[name])]


def by_hand(page: str) -> str:
    """The page without what is made."""
    return REGION.sub("", page)


def _framed(table: str) -> str:
    return f"\n{table.strip()}\n\n"


def _check_names(page: str, tables: Mapping[str, str]) -> None:
    """Every region has a table, and every table a region."""
    shown = regions(page)
    for name in shown:
        if name not in tables:
            raise RequestError(f"the page asks for a table {name!r}, which nothing makes.{nearest(name, tables)}")
    for name in tables:
        if name not in shown:
            raise RequestError(f"the page has no region for the table {name!r}; add <!-- generated: {name} -->.")


def table(head: tuple[str, ...], rows: Iterable[tuple[object, ...]]) -> str:
    """A Markdown table."""
    lines = [_row(head), "|" + "---|" * len(head), *(_row(row) for row in rows)]
    return "\n".join(lines)


def _row(cells: tuple[object, ...]) -> str:
    return "| " + " | ".join(str(cell).replace("|", "\\|").replace("\n", " ") for cell in cells) + " |"


def code(text: str) -> str:
    """A name as code."""
    return f"`{text}`"
