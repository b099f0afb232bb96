"""How a template looks: comments that say what a quantity is, entries that give it as it ships."""

import textwrap
from collections.abc import Iterable, Sequence

import numpy as np

from scenarios import resources
from scenarios.config import fields
from scenarios.errors import RequestError
from scenarios.evidence.parameters import GRADES, Belief, beliefs, start, starts
from scenarios.evidence.priors import FAMILIES, Prior

WIDTH = 110

NOTATION = (
    "prior      what is believed, cut at the bounds; at most 1 % of it may be cut off. One of:",
    "             {fixed: 2}",
    *(f"             {{{kind}: {{{': ..., '.join(family.takes)}: ...}}}}" for kind, family in FAMILIES.items()),
    "             {categorical: {none: 0.7, some: 0.3}}, the shares of the values 0, 1, ...",
    "origin     articles (the five texts put it there), literature (published work or data), assumption (you do)",
    *(f"{'grade' if grade == 'A' else '':<11}{grade} {meaning}" for grade, meaning in GRADES.items()),
    "because    the reason, in a sentence; claims_for and claims_against name claims, reference a publication",
)


def write_new(path: str, lines: Iterable[str]) -> None:
    """Write a file that is not there yet; RequestError if it is, or if it cannot be written."""
    file = resources.given(path)
    if file.suffix not in (".yaml", ".yml"):
        raise RequestError(f"{path} must end in .yaml, so that `run` knows it for a file.")
    try:
        with file.open("x", encoding="utf-8") as opened:
            opened.write("\n".join(lines) + "\n")
    except FileExistsError:
        raise RequestError(f"{path} is there already and is not overwritten; give another name, or move it.") from None
    except OSError as error:
        raise RequestError(f"{path} cannot be written ({error.strerror}); give another place.") from error


def comment(text: str, indent: str = "") -> list[str]:
    """A text as comment lines."""
    start = f"{indent}# "
    return textwrap.wrap(text, WIDTH, initial_indent=start, subsequent_indent=start, break_on_hyphens=False)


def head(title: str, lines: Iterable[str]) -> list[str]:
    """The comment at the top of a template: what the file is, how it is run, how a prior is written."""
    return [*comment(title), "#", *(f"# {line}".rstrip() for line in lines), "#", *(f"# {line}" for line in NOTATION)]


def entry(name: str, believed: Belief) -> list[str]:
    """One quantity: its meaning as a comment, and its prior as it ships."""
    low, high = (f"{each:,.10g}" for each in believed.bounds)
    labels = f" One value each for {', '.join(believed.labels)}." if believed.labels else ""
    about = f"{believed.meaning} {spoken(believed.unit)}, {low} to {high}.{labels}"
    sources = {"claims_for": believed.claims_for, "claims_against": believed.claims_against}
    return [
        "",
        *comment(about, "  "),
        f"  {name}:",
        f"    prior: {{{written(believed.prior)}}}",
        f"    origin: {believed.origin}",
        f"    grade: {believed.grade}",
        *(f"    {key}: [{', '.join(cited)}]" for key, cited in sources.items() if cited),
        *([f"    reference: {quoted(believed.reference)}"] if believed.reference else []),
        *folded("because", believed.because),
    ]


def spoken(unit: str) -> str:
    """A unit in words, at the head of a phrase."""
    return "A number without a unit" if unit == "1" else f"Unit: {unit}"


def written(prior: Prior) -> str:
    """A prior as a seed file has it, to the last bit."""
    if prior.is_fixed and list(prior.numbers) == ["value"]:
        return f"fixed: {number(prior.numbers['value'])}"
    return f"{prior.kind}: {{{', '.join(f'{name}: {number(value)}' for name, value in prior.numbers.items())}}}"


def folded(key: str, text: str) -> list[str]:
    """A text of any length and content under its key."""
    inside = " " * 6
    wrapped = textwrap.wrap(text, WIDTH, initial_indent=inside, subsequent_indent=inside, break_on_hyphens=False)
    return [f"    {key}: >-", *wrapped]


def quoted(text: str) -> str:
    """A text in quotation marks, whatever stands in it."""
    return "'" + " ".join(text.split()).replace("'", "''") + "'"


def number(value: float) -> str:
    """A number in full, without an exponent, that reads back as itself."""
    return np.format_float_positional(value, trim="-")


def beliefs_template(names: Sequence[str], file: str) -> list[str]:
    """A beliefs file about some parameters, or all uncertain ones, with the shipped priors, as lines."""
    title = (
        "Beliefs of your own in place of the priors that ship. As they stand they are those, to the last bit. Change "
        "what you know better, say why, and delete the rest: what is not named stays as it ships."
    )
    used = (
        f"python -m scenarios run +scenario=full_withdrawal beliefs={file}",
        "python -m scenarios explain NAME     why a prior is what it is",
        "",
        "expert     whose beliefs these are; a name or a team, as you want it quoted",
    )
    return [*head(title, used), "", "expert: an analyst", "priors:", *_by_actor(chosen(names))]


def chosen(names: Sequence[str]) -> list[str]:
    """The parameters that are named, each of which must exist; every uncertain one if none is."""
    known = beliefs()
    named = list(dict.fromkeys(fields.one_of(name, "parameter", known) for name in names))
    return named or [name for name, each in known.items() if not each.prior.is_fixed]


def _by_actor(names: Iterable[str]) -> list[str]:
    known, lines, actor = beliefs(), list[str](), ""
    for name in names:
        if known[name].actor != actor:
            actor = known[name].actor
            lines += ["", *comment(f"---- {actor.replace('_', ' ')}", "  ")]
        lines += entry(name, known[name])
    return lines


USUAL = "2024-01"


def start_template(name: str, file: str) -> list[str]:
    """A start file with the states of a shipped start, as lines."""
    shipped = start(fields.one_of(name, "from", starts()))
    title = (
        f"A start of your own: the state of Iraq at an as-of date, written from the start {name}, which it still is to "
        "the last bit. Change what you know better, and say why."
    )
    used = (
        f"python -m scenarios run +scenario=full_withdrawal start={file}",
        f"python -m scenarios show full_withdrawal start={file}",
        "",
        "date       the as-of date; days, elections and known wars are counted from it",
        "based_on   the start that ships beside which every table tells what you changed",
        "Every state must be there; each is drawn once a draw, like a parameter.",
    )
    return [
        *head(title, used),
        "",
        f"date: {shipped.date}",
        f"based_on: {quoted(shipped.name)}",
        f"title: {quoted(shipped.title)}",
        "states:",
        *(line for each, believed in shipped.states.items() for line in entry(each, believed)),
    ]
