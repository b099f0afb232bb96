"""How an explanation looks as plain text: a heading, labelled lines, sections, claims down to file and line."""

import re
import textwrap
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from scenarios import resources
from scenarios.evidence import weights
from scenarios.evidence.claims import POLARITIES, STRENGTHS, Claim, claims
from scenarios.evidence.disagreements import Reading
from scenarios.explain.source_code import Reader, definition, mechanism_named

WIDTH = 108

LABEL = 11

Lines = list[str]

SPOKEN = {
    "author_judgement": "author's judgement", "us_forces": "US forces", "us_government": "US government",
    "iran": "Iran", "iran_aligned_factions": "Iran-aligned factions", "iraqi_government": "Iraqi government",
    "iraqi_security_forces": "Iraqi security forces", "krg_peshmerga": "Kurdistan Region and Peshmerga",
    "sadrists": "Sadrists", "sunni_bloc": "Sunni bloc", "isis": "ISIS", "kurdistan": "the Kurdistan Region",
    "factions": "the factions", "government": "the government", "security_forces": "the security forces",
    "region": "the region", "governorates": "the governorates",
}  # fmt: skip


@dataclass(frozen=True)
class Kind:
    """A kind of thing that can be explained: how it is called, which there are, and the page of one."""

    name: str
    names: Callable[[], Iterable[str]]
    page: Callable[[str], Lines]


def heading(name: str, what: str, says: str = "") -> Lines:
    """What the page is about, in two lines or three."""
    return [f"{name}: {what}", *textwrap.wrap(says, WIDTH), ""]


def labelled(label: str, text: str) -> Lines:
    """A label and its text; nothing where the text is empty."""
    return _hanging(f"  {label:<{LABEL}}  ", text) if text else []


def item(head: str, text: str, width: int = 0) -> Lines:
    """An item of a section: its name, and what there is to say of it."""
    return _hanging(f"  {head:<{max(width, len(head))}}  ", text) if text else [f"  {head}"]


def items(found: Iterable[tuple[str, str]]) -> Lines:
    """Items with their texts in one column, as far as their names are short."""
    pairs = list(found)
    width = max((len(head) for head, _ in pairs if len(head) <= WIDTH // 2), default=0)
    return [line for head, text in pairs for line in item(head, text, width)]


def section(title: str, lines: Iterable[str]) -> Lines:
    """A section with its title; nothing where it is empty."""
    inside = list(lines)
    return ["", title, *inside] if inside else []


def paragraph(text: str) -> Lines:
    """A text of its own, indented."""
    return textwrap.wrap(text, WIDTH, initial_indent="  ", subsequent_indent="  ")


def figure(value: float) -> str:
    """A number in three digits, thousands in full."""
    return f"{value:,.0f}" if abs(value) >= 1_000 else f"{value:.3g}"


def unit(name: str) -> str:
    """A unit in words."""
    return "a number or share without a unit" if name == "1" else name


def _hanging(start: str, text: str) -> Lines:
    return textwrap.wrap(
        text, WIDTH, initial_indent=start, subsequent_indent=" " * len(start), break_on_hyphens=False,
        break_long_words=False,
    )  # fmt: skip


def claim_lines(names: Iterable[str]) -> Lines:
    """Claims with paraphrase, strength, file and line."""
    return [line for name in names for line in one_claim(claims()[name])]


def one_claim(claim: Claim) -> Lines:
    """A claim with paraphrase, strength, file and line."""
    inset = " " * (len(claim.name) + 4)
    return [
        *item(claim.name, claim.says),
        f"{inset}strength {claim.strength} ({STRENGTHS[claim.strength]}); {spoken(claim.kind)}; "
        f"{POLARITIES[claim.polarity]}",
        f"{inset}{claim.place}",
    ]


def weighed(reading: Reading) -> str:
    """How firmly the texts assert a pole, with and without strength, and what to know of these numbers."""
    plain = weights.weighed(reading.question, each_one=True)[reading.pole]
    said = f"{reading.weight:.3f} by strength, {plain:.3f} with every claim counted one"
    return said + (f": {reading.note}" if reading.note else "")


def spoken(name: str) -> str:
    """A name of code as words."""
    return SPOKEN.get(name, name.replace("_", " "))


def rule_lines(paths: Iterable[str]) -> Lines:
    """Rules of the code with file and line."""
    found = ((path, definition(path)) for path in paths)
    return items((str(place), path) for path, place in found if place)


def reader_lines(readers: Iterable[Reader]) -> Lines:
    """The functions that read a quantity, and the mechanism that they hand it to."""
    return items((str(each.place), _reading(each)) for each in readers)


def _reading(reader: Reader) -> str:
    carrier = mechanism_named(reader.handed_to)
    return reader.place.name + (f", which hands it to {reader.handed_to} ({carrier})" if carrier else "")


def standing(file: Path, name: str, indent: int = 0) -> str:
    """File and line of an entry of seeds/ or configs/, by its name at the start of a line."""
    pattern = re.compile(rf"^{' ' * indent}['\"]?{re.escape(name)}['\"]?[:,]")
    lines = file.read_text(encoding="utf-8").splitlines()
    line = next((number for number, text in enumerate(lines, start=1) if pattern.match(text)), 1)
    for folder, shown in ((resources.seeds(), "seeds"), (resources.configs(), "configs")):
        if folder in file.parents:
            return f"{shown}/{file.relative_to(folder).as_posix()} line {line}"
    return f"{file} line {line}"
