"""The marked regions of a page, whose content is generated and never written by hand."""

import re
from collections.abc import Iterable, Mapping
from pathlib import Path

from scenarios.errors import RequestError, nearest

DOCS = Path(__file__).resolve().parents[1]

REGION = re.compile(r"(<!-- generated: (?P<name>[\w -]+?) -->\n)(?P<content>.*?)(<!-- end -->)", re.DOTALL)


def page_with(name: str, tables: Mapping[str, str]) -> dict[Path, str]:
    """A page of docs/ with every region made anew."""
    page = DOCS / name
    if not page.is_file():
        raise RequestError(f"there is no page {page}; restore it from the repository.")
    return {page: filled(page.read_text(encoding="utf-8"), tables)}


def regions(page: str) -> Mapping[str, str]:
    """The content of each marked region of a page."""
    contents: dict[str, str] = {}
    for match in REGION.finditer(page):
        if match["name"] in contents:
            raise RequestError(f"the page has two regions named {match['name']!r}; keep one.")
        contents[match["name"]] = match["content"]
    return contents


def filled(page: str, tables: Mapping[str, str]) -> str:
    """The page with every table in its region; RequestError for a region without a table, or a table without one."""
    shown = regions(page)
    for name in shown:
        if name not in tables:
            raise RequestError(f"the page asks for a table {name!r}, which nothing makes.{nearest(name, tables)}")
    for name in tables:
        if name not in shown:
            raise RequestError(f"the page has no region for the table {name!r}; add <!-- generated: {name} -->.")
    return REGION.sub(lambda match: f"{match[1]}\n{tables[match['name']].strip()}\n\n{match[4]}", page)


def changed_regions(page: str, new: str) -> list[str]:
    """Names of the regions in which two versions of a page differ."""
    before = regions(page)
    return [name for name, content in regions(new).items() if content != before.get(name)]


def table(head: Iterable[object], rows: Iterable[Iterable[object]]) -> str:
    """A Markdown table."""
    columns = list(head)
    return "\n".join([_row(columns), "|" + "---|" * len(columns), *(_row(row) for row in rows)])


def _row(cells: Iterable[object]) -> str:
    return "| " + " | ".join(str(cell).replace("|", "\\|").replace("\n", " ") for cell in cells) + " |"


def code(text: str) -> str:
    """A name as code."""
    return f"`{text}`"
