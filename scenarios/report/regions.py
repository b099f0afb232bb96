"""The marked regions of a page, whose content is generated and never written by hand."""

import re
from collections.abc import Iterable, Mapping
from pathlib import Path

from scenarios.errors import RequestError, nearest
from scenarios.store.files import write_output

REGION = re.compile(r"(<!-- generated: (?P<name>[\w -]+?) -->\n)(?P<content>.*?)(<!-- end -->)", re.DOTALL)


def regions(page: str) -> Mapping[str, str]:
    """What stands in each marked region of a page."""
    found: dict[str, str] = {}
    for match in REGION.finditer(page):
        if match["name"] in found:
            raise RequestError(f"the page has two regions named {match['name']!r}; keep one.")
        found[match["name"]] = match["content"]
    return found


def filled(page: str, tables: Mapping[str, str]) -> str:
    """The page with the tables given in their regions; other regions stay as they are."""
    _check_regions(page, tables)
    return REGION.sub(lambda match: _filled(match, tables), page)


def write(page: Path, tables: Mapping[str, str]) -> None:
    """Put tables into their regions of a page."""
    if not page.is_file():
        raise RequestError(f"--write: there is no page {page}.")
    write_output(page, filled(page.read_text(encoding="utf-8"), tables).encode(), "--write")


def drifted(page: str, tables: Mapping[str, str]) -> list[str]:
    """Names of the tables that the page does not show as they are."""
    _check_tables(page, tables)
    _check_regions(page, tables)
    return [name for name, content in regions(page).items() if content != _framed(tables[name])]


def _framed(table: str) -> str:
    return f"\n{table.strip()}\n\n"


def _filled(match: re.Match[str], tables: Mapping[str, str]) -> str:
    name = match["name"]
    return f"{match[1]}{_framed(tables[name])}{match[4]}" if name in tables else match[0]


def _check_tables(page: str, tables: Mapping[str, str]) -> None:
    """Every region has a table."""
    for name in regions(page):
        if name not in tables:
            raise RequestError(f"the page asks for a table {name!r}, which nothing makes.{nearest(name, tables)}")


def _check_regions(page: str, tables: Mapping[str, str]) -> None:
    """Every table has a region."""
    shown = regions(page)
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
