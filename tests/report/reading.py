"""A strict reader of pages: elements not closed in order, or that HTML does not allow there, are errors."""

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser

VOID = {"img", "link", "meta", "br", "hr", "input"}
VECTORS = {"svg", "line", "rect", "circle", "text", "title", "desc"}
PHRASING = {"a", "b", "code", "strong", "span", "img", "input", "label", "svg"}
KNOWN = {
    "html", "head", "body", "title", "style", "header", "nav", "main", "section", "footer", "h1", "h2", "h3", "h4", "p",
    "ul", "ol", "li", "dl", "dt", "dd", "div", "table", "caption", "thead", "tbody", "tr", "th", "td", "figure",
    "figcaption", "details", "summary", "pre", "script", "fieldset", "legend", *VECTORS, *VOID, *PHRASING,
}  # fmt: skip
ONLY_PHRASES = {"p", "h1", "h2", "h3", "h4", "summary", "caption", "dt", "pre", "code", "strong", "span", "a"}
INSIDE = {
    "li": {"ul", "ol"}, "tr": {"thead", "tbody"}, "th": {"tr"}, "td": {"tr"}, "caption": {"table"},
    "thead": {"table"}, "tbody": {"table"}, "figcaption": {"figure"}, "summary": {"details"}, "dt": {"dl"},
    "dd": {"dl"},
}  # fmt: skip


@dataclass
class Element:
    name: str
    attributes: dict[str, str | None]
    inside: tuple[str, ...]
    source: str = ""
    children: list[str] = field(default_factory=list)

    @property
    def text(self) -> str:
        """The text as a browser shows it: white space collapsed."""
        return re.sub(r"[ \n]+", " ", self.source)


class Document(HTMLParser):
    """Every element of a page with its attributes and text, in document order, and the errors in them."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[Element] = []
        self.open: list[Element] = []
        self.errors: list[str] = []
        self.declared = ""

    def handle_decl(self, declaration: str) -> None:
        self.declared = declaration

    def handle_starttag(self, name: str, attributes: list[tuple[str, str | None]]) -> None:
        element = Element(name, dict(attributes), tuple(each.name for each in self.open))
        self._check(element, attributes)
        if self.open:
            self.open[-1].children.append(name)
        self.elements.append(element)
        if name not in VOID:
            self.open.append(element)

    def handle_startendtag(self, name: str, attributes: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(name, attributes)
        if name not in VOID:
            self.open.pop()

    def _check(self, element: Element, attributes: list[tuple[str, str | None]]) -> None:
        above = element.inside[-1] if element.inside else ""
        if element.name not in KNOWN:
            self.errors.append(f"<{element.name}> is unknown")
        if len(element.attributes) < len(attributes):
            self.errors.append(f"<{element.name}> has an attribute twice")
        if above in ONLY_PHRASES and element.name not in PHRASING:
            self.errors.append(f"<{element.name}> inside <{above}>")
        if element.name in INSIDE and above not in INSIDE[element.name]:
            self.errors.append(f"<{element.name}> inside <{above}>")
        if element.name == "a" and "a" in element.inside:
            self.errors.append("a link inside a link")

    def handle_endtag(self, name: str) -> None:
        if not self.open or self.open[-1].name != name:
            self.errors.append(f"</{name}> closes {self.open[-1].name if self.open else 'nothing'}")
        else:
            self.open.pop()

    def handle_data(self, data: str) -> None:
        if self.open and self.open[-1].name in ("html", "head", "table", "tr", "ul", "ol", "dl") and data.strip():
            self.errors.append(f"text in <{self.open[-1].name}>: {data[:30]!r}")
        for each in self.open:
            each.source += data

    def named(self, *names: str) -> list[Element]:
        return [each for each in self.elements if each.name in names]

    def by_id(self, name: str) -> Element:
        return next(each for each in self.elements if each.attributes.get("id") == name)


def read_html(page: str) -> Document:
    document = Document()
    document.feed(page)
    document.close()
    document.errors += [f"<{each.name}> is never closed" for each in document.open]
    return document
