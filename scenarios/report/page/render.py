"""HTML by construction: text becomes markup only through `escape`, so that no value can be taken for a tag."""

import base64
import html
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import files
from typing import TypeAlias

from scenarios.evidence.claims import claims
from scenarios.text import CAVEAT

VOID = {"br", "hr", "img", "link", "meta"}


class Markup(str):
    """Text that is HTML already; only this module makes it."""

    __slots__ = ()


Child: TypeAlias = "str | int | Iterable[Child]"


def escape(text: object) -> Markup:
    """Any value as text of a page."""
    return text if isinstance(text, Markup) else Markup(html.escape(str(text), quote=True))


def joined(children: Child) -> Markup:
    """Children in their order: markup as it is, all else escaped."""
    if isinstance(children, Iterable) and not isinstance(children, str):
        return Markup("".join(joined(each) for each in children))
    return escape(children)


def tag(element: str, *children: Child, **attributes: object) -> Markup:
    """An element; `class_` stands for class, `aria_label` for aria-label; None and False leave an attribute out."""
    opened = f"<{element}{_attributes(attributes)}>"
    return Markup(opened if element in VOID else f"{opened}{joined(children)}</{element}>")


def _attributes(given: Mapping[str, object]) -> str:
    written = {name.rstrip("_").replace("_", "-"): value for name, value in given.items()}
    return "".join(
        f" {name}" if value is True else f' {name}="{html.escape(str(value), quote=True)}"'
        for name, value in written.items()
        if value is not None and value is not False
    )


def paragraph(*children: Child, **attributes: object) -> Markup:
    """A paragraph."""
    return tag("p", *children, **attributes)


def listed(items: Iterable[Child], *, ordered: bool = False, **attributes: object) -> Markup:
    """A list."""
    return tag("ol" if ordered else "ul", [tag("li", each) for each in items], **attributes)


def link(anchor: str, *children: Child, **attributes: object) -> Markup:
    """A link within the page."""
    return tag("a", *children, href=f"#{anchor}", **attributes)


def folded(summary: Child, *children: Child, **attributes: object) -> Markup:
    """A part that is opened by a click or the enter key; it is open in print."""
    return tag("details", tag("summary", summary), *children, **attributes)


def styled(sheet: str) -> Markup:
    """A style sheet of our own; the one text that is not escaped, so it may not end its element."""
    if "</" in sheet:
        raise ValueError("the style sheet holds '</' and would end its element")
    return Markup(f"<style>{sheet}</style>")


def picture(content: bytes, kind: str, words: str) -> Markup:
    """An image within the page, with what it shows in words."""
    held = base64.b64encode(content).decode("ascii")
    return tag("img", src=f"data:image/{kind};base64,{held}", alt=words)


def document(language: str, head: Child, body: Child) -> str:
    """A whole page."""
    return f"<!DOCTYPE html>\n{tag('html', tag('head', head), tag('body', body), lang=language)}\n"


POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'"

SHEET = "page.css"


@dataclass(frozen=True)
class Section:
    """A part of the page with its heading and the anchor by which it is found."""

    name: str
    title: str
    content: Child

    def __str__(self) -> str:
        title = tag("h2", self.title, id=f"{self.name}-title")
        return tag("section", title, self.content, id=self.name, aria_labelledby=f"{self.name}-title")


def page(title: str, under: Sequence[str], first: Markup, sections: Iterable[Section]) -> str:
    """The whole page: what is wrong stands `first`, then the sections in their order."""
    found = list(sections)
    body = [
        tag("a", "Skip to the summary", href="#main", class_="skip"),
        tag("header", tag("h1", title), paragraph(tag("strong", CAVEAT), class_="caveat"), _lines(under)),
        tag("nav", listed([link(each.name, each.title) for each in found]), aria_label="Contents"),
        tag("main", first, [Markup(each) for each in found], id="main", tabindex="-1"),
        tag("footer", paragraph(CAVEAT, " ", under[0] if under else "")),
    ]
    return document("en", _head(title), body)


def _lines(under: Sequence[str]) -> Markup:
    return joined([paragraph(each, class_="under") for each in under])


def _head(title: str) -> Markup:
    sheet = files("scenarios.report.page").joinpath(SHEET).read_text(encoding="utf-8")
    return joined(
        [
            tag("meta", charset="utf-8"),
            tag("meta", http_equiv="Content-Security-Policy", content=POLICY),
            tag("meta", name="viewport", content="width=device-width, initial-scale=1"),
            tag("meta", name="color-scheme", content="light dark"),
            tag("meta", name="description", content=CAVEAT),
            tag("title", title),
            styled(sheet),
        ]
    )


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


def claim_links(names: Sequence[str]) -> Child:
    """Links to claims further down the page, with commas."""
    known = [name for name in names if name in claims()]
    return [[", " if at else "", link(f"claim-{name}", name)] for at, name in enumerate(known)]
