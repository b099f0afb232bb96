"""Plain-text pages: one Jinja2 environment, its filters, and a kind of page."""

import re
import textwrap
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from scenarios import resources
from scenarios.evidence.claims import POLARITIES, STRENGTHS, Claim, claims
from scenarios.evidence.parameters import GRADES
from scenarios.text import name_of

if TYPE_CHECKING:
    from jinja2 import Environment

WIDTH, INDENT, LABEL = 108, "  ", 11

READABLE = {
    "author_judgement": "author's judgement", "iran_aligned_factions": "Iran-aligned factions", "sadrists": "Sadrists",
    "krg_peshmerga": "Kurdistan Region and Peshmerga", "kurdistan": "the Kurdistan Region",
    "factions": "the factions", "government": "the government", "security_forces": "the security forces",
    "region": "the region", "governorates": "the governorates",
}  # fmt: skip


@dataclass(frozen=True)
class Kind:
    """A kind of thing that can be explained: its names, and the content that its template shows of one."""

    name: str
    names: Callable[[], Iterable[str]]
    content: Callable[[str], Mapping[str, Any]]
    prefixes: tuple[str, ...] = ()  # what may precede a name, beside the kind itself

    def page(self, name: str) -> str:
        """The page of a name."""
        template = text_environment().get_template(f"{self.name.replace(' ', '_')}.txt.j2")
        text = template.render({"name": name, **self.content(name)})
        return re.sub(r"\n{3,}", "\n\n", text).strip("\n")


@cache
def text_environment() -> "Environment":
    """The environment of all templates; Jinja2 is imported with the first page, so that names are listed quickly."""
    from jinja2 import Environment, PackageLoader, StrictUndefined

    filled = Environment(
        loader=PackageLoader("scenarios.explain"), trim_blocks=True, lstrip_blocks=True, undefined=StrictUndefined
    )
    filters = (wrap, item, items, fields, titled_section, claims_named, unit_in_words, readable)
    filled.filters.update({each.__name__: each for each in filters})
    filled.globals.update(GRADES=GRADES, POLARITIES=POLARITIES, STRENGTHS=STRENGTHS)
    filled.globals["page"] = filled.get_template("macros.txt.j2").module
    return filled


def wrap(text: str, first: str = "", rest: str | None = None) -> str:
    """A text broken into lines, the first and the others indented."""
    return textwrap.fill(
        text, WIDTH, initial_indent=first, subsequent_indent=first if rest is None else rest, break_on_hyphens=False,
        break_long_words=False,
    )  # fmt: skip


def item(text: str, name: str, width: int = 0) -> str:
    """A name with its text beside it, or alone."""
    start = f"{INDENT}{name:<{width}}  "
    return wrap(text, start, " " * len(start)) if text else start.rstrip()


def items(pairs: Iterable[tuple[str, str]]) -> str:
    """Names with their texts in one column, as far as the names are short."""
    rows = list(pairs)
    width = max((len(name) for name, _ in rows if len(name) <= WIDTH // 2), default=0)
    return "\n".join(item(text, name, width) for name, text in rows)


def fields(block: str) -> str:
    """Fields `label: text`, each from a line of its own, in two columns; those without a text are left out."""
    pairs = (entry.partition(":") for entry in re.split(rf"^(?=[a-z ]{{0,{LABEL}}}:)", block, flags=re.MULTILINE))
    return "\n".join(item(text.strip(), label, LABEL) for label, _, text in pairs if text.strip())


def titled_section(content: str, title: str) -> str:
    """A section below its title, after a blank line; nothing where it is empty."""
    return f"\n\n{title}\n{content}" if content.strip() else ""


def claims_named(names: Iterable[str]) -> list[Claim]:
    """The claims of these names."""
    return [claims()[name] for name in names]


def unit_in_words(name: str) -> str:
    """A unit in words."""
    return "a number or share without a unit" if name == "1" else name


def figure(value: float) -> str:
    """A number in three digits, thousands in full."""
    return f"{value:,.0f}" if abs(value) >= 1_000 else f"{value:.3g}"


def readable(name: str) -> str:
    """A name of code as words."""
    return READABLE.get(name) or name_of(name)


def entry_place(file: Path, name: str, indent: int = 0) -> str:
    """File and line of an entry of seeds/ or configs/, by its name at the start of a line."""
    pattern = re.compile(rf"^{' ' * indent}['\"]?{re.escape(name)}['\"]?[:,]")
    lines = file.read_text(encoding="utf-8").splitlines()
    line = next((number for number, text in enumerate(lines, start=1) if pattern.match(text)), 1)
    return f"{resources.shown_path(file).as_posix()} line {line}"
