"""HTML by construction: text becomes markup only through `escape`, so that no value can be taken for a tag."""

import base64
import html
from collections.abc import Iterable, Mapping
from typing import TypeAlias

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
