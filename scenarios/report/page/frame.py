"""The frame of the page: head, landmarks, contents, sections in reading order."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from importlib.resources import files

from scenarios.caveat import CAVEAT
from scenarios.report.page.markup import Child, Markup, document, joined, link, listed, paragraph, styled, tag

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
