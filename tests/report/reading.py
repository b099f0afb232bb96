"""A page read strictly: elements that are not closed in order, or that HTML does not know there, are errors."""

from dataclasses import dataclass, field
from html.parser import HTMLParser

VOID = {"img", "link", "meta", "br", "hr"}
PHRASING = {"a", "code", "strong", "span", "img"}
KNOWN = {
    "html", "head", "body", "title", "style", "header", "nav", "main", "section", "footer", "h1", "h2", "h3", "h4", "p",
    "ul", "ol", "li", "dl", "dt", "dd", "div", "table", "caption", "thead", "tbody", "tr", "th", "td", "figure",
    "figcaption", "details", "summary", "pre", *VOID, *PHRASING,
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
    text: str = ""
    children: list[str] = field(default_factory=list)


class Reader(HTMLParser):
    """Every element of a page with its attributes and text, in document order, and what is wrong with them."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[Element] = []
        self.open: list[Element] = []
        self.wrong: list[str] = []
        self.declared = ""

    def handle_decl(self, declaration: str) -> None:
        self.declared = declaration

    def handle_starttag(self, name: str, attributes: list[tuple[str, str | None]]) -> None:
        found = Element(name, dict(attributes), tuple(each.name for each in self.open))
        self._check(found, attributes)
        if self.open:
            self.open[-1].children.append(name)
        self.elements.append(found)
        if name not in VOID:
            self.open.append(found)

    def _check(self, found: Element, attributes: list[tuple[str, str | None]]) -> None:
        above = found.inside[-1] if found.inside else ""
        if found.name not in KNOWN:
            self.wrong.append(f"<{found.name}> is unknown")
        if len(found.attributes) < len(attributes):
            self.wrong.append(f"<{found.name}> has an attribute twice")
        if above in ONLY_PHRASES and found.name not in PHRASING:
            self.wrong.append(f"<{found.name}> inside <{above}>")
        if found.name in INSIDE and above not in INSIDE[found.name]:
            self.wrong.append(f"<{found.name}> inside <{above}>")
        if found.name == "a" and "a" in found.inside:
            self.wrong.append("a link inside a link")

    def handle_endtag(self, name: str) -> None:
        if not self.open or self.open[-1].name != name:
            self.wrong.append(f"</{name}> closes {self.open[-1].name if self.open else 'nothing'}")
        else:
            self.open.pop()

    def handle_data(self, data: str) -> None:
        if self.open and self.open[-1].name in ("html", "head", "table", "tr", "ul", "ol", "dl") and data.strip():
            self.wrong.append(f"text in <{self.open[-1].name}>: {data[:30]!r}")
        for each in self.open:
            each.text += data

    def named(self, *names: str) -> list[Element]:
        return [each for each in self.elements if each.name in names]

    def by_id(self, name: str) -> Element:
        return next(each for each in self.elements if each.attributes.get("id") == name)


def read(page: str) -> Reader:
    reader = Reader()
    reader.feed(page)
    reader.close()
    reader.wrong += [f"<{each.name}> is never closed" for each in reader.open]
    return reader
