"""Tables whose headers are named for those who hear them, in a box of their own that scrolls on narrow screens."""

from collections.abc import Iterable, Sequence

from scenarios.report.page.markup import Child, Markup, tag


def table(
    caption: Child,
    columns: Sequence[Child],
    rows: Iterable[Sequence[Child]],
    *,
    words: Iterable[int] = (0,),
    name: str,
) -> Markup:
    """A table; the first cell of a row heads it, and columns numbered in `words` hold text and not numbers."""
    texts = set(words)
    head = tag("tr", [tag("th", each, scope="col", class_=_kind(at, texts)) for at, each in enumerate(columns)])
    body = [tag("tr", [_cell(at, each, texts) for at, each in enumerate(row)]) for row in rows]
    whole = tag("table", tag("caption", caption, id=name), tag("thead", head), tag("tbody", body))
    return tag("div", whole, class_="scrolls", role="region", aria_labelledby=name, tabindex="0")


def _cell(at: int, content: Child, texts: set[int]) -> Markup:
    if at == 0:
        return tag("th", content, scope="row")
    return tag("td", content, class_=_kind(at, texts))


def _kind(at: int, texts: set[int]) -> str | None:
    return None if at in texts else "number"
