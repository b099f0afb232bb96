"""Commented templates of a user's own beliefs and starts, with every quantity as it ships."""

import textwrap
from collections.abc import Iterable, Sequence

import numpy as np

from scenarios import resources
from scenarios.config import fields
from scenarios.errors import RequestError
from scenarios.evidence.parameters import GRADES, Belief, beliefs, start, starts
from scenarios.evidence.priors import FAMILIES, Prior

WIDTH = 110

USUAL = "2024-01"  # start from which a template is written by default

NOTATION = (
    "prior      distribution, truncated at the bounds; at most 1 % of its mass may lie outside. One of:",
    "             {fixed: 2}",
    *(f"             {{{kind}: {{{': ..., '.join(family.takes)}: ...}}}}" for kind, family in FAMILIES.items()),
    "             {categorical: {none: 0.7, some: 0.3}}, the shares of the values 0, 1, ...",
    "origin     articles (the five texts), literature (published work or data), assumption (your own)",
    *(f"{'grade' if grade == 'A' else '':<11}{grade} {meaning}" for grade, meaning in GRADES.items()),
    "because    the reason, in a sentence; claims_for and claims_against name claims, reference a publication",
)


def write_new(path: str, lines: Iterable[str]) -> None:
    """Write a new file; RequestError if it exists, or if it cannot be written."""
    file = resources.given(path)
    if file.suffix not in (".yaml", ".yml"):
        raise RequestError(f"{path} must end in .yaml, so that `run` recognises it as a file.")
    try:
        with file.open("x", encoding="utf-8") as opened:
            opened.write("\n".join(lines) + "\n")
    except FileExistsError:
        raise RequestError(f"{path} exists already and is not overwritten; give another name, or move it.") from None
    except OSError as error:
        raise RequestError(f"{path} cannot be written ({error.strerror}); give another place.") from error


def beliefs_template(names: Sequence[str], file: str) -> list[str]:
    """Lines of a beliefs file with the shipped priors of some parameters, or of all uncertain ones."""
    title = (
        "Beliefs of your own in place of the shipped priors; as written here, they equal those to the last bit. Change "
        "what you know better, give the reason, and delete the rest: a parameter not named keeps its shipped prior."
    )
    used = (
        f"python -m scenarios run +scenario=full_withdrawal beliefs={file}",
        "python -m scenarios explain NAME     why a prior is what it is",
        "",
        "expert     person or team whose beliefs these are, as they wish to be quoted",
    )
    return [*head(title, used), "", "expert: an analyst", "priors:", *_by_actor(selected_parameters(names))]


def selected_parameters(names: Sequence[str]) -> list[str]:
    """Named parameters, each of which must exist; every uncertain one if none is named."""
    known = beliefs()
    named = list(dict.fromkeys(fields.one_of(name, "parameter", known) for name in names))
    return named or [name for name, belief in known.items() if not belief.prior.is_fixed]


def _by_actor(names: Iterable[str]) -> list[str]:
    known, lines, actor = beliefs(), list[str](), ""
    for name in names:
        if known[name].actor != actor:
            actor = known[name].actor
            lines += ["", *comment(f"---- {actor.replace('_', ' ')}", "  ")]
        lines += entry(name, known[name])
    return lines


def start_template(name: str, file: str) -> list[str]:
    """Lines of a start file with the states of a shipped start."""
    shipped = start(fields.one_of(name, "from", starts()))
    title = (
        f"A start of your own: the state of Iraq at an as-of date; as written here, it equals the start {name} to the "
        "last bit. Change what you know better, and give the reason."
    )
    used = (
        f"python -m scenarios run +scenario=full_withdrawal start={file}",
        f"python -m scenarios show full_withdrawal start={file}",
        "",
        "date       the as-of date; days, elections and known wars are counted from it",
        "based_on   the shipped start with which every table compares your changes",
        "Every state must be given; each is drawn once per draw, like a parameter.",
    )
    return [
        *head(title, used),
        "",
        f"date: {shipped.date}",
        f"based_on: {in_quotes(shipped.name)}",
        f"title: {in_quotes(shipped.title)}",
        "states:",
        *(line for state, belief in shipped.states.items() for line in entry(state, belief)),
    ]


def head(title: str, lines: Iterable[str]) -> list[str]:
    """Comment at the top of a template: the purpose of the file, its use, and the notation of priors."""
    return [*comment(title), "#", *(f"# {line}".rstrip() for line in lines), "#", *(f"# {line}" for line in NOTATION)]


def comment(text: str, indent: str = "") -> list[str]:
    """Text as comment lines."""
    start = f"{indent}# "
    return textwrap.wrap(text, WIDTH, initial_indent=start, subsequent_indent=start, break_on_hyphens=False)


def entry(name: str, belief: Belief) -> list[str]:
    """One quantity: its meaning as a comment, and its prior as it ships."""
    low, high = (f"{bound:,.10g}" for bound in belief.bounds)
    labels = f" One value each for {', '.join(belief.labels)}." if belief.labels else ""
    about = f"{belief.meaning} {prior_in_words(belief.unit)}, {low} to {high}.{labels}"
    sources = {"claims_for": belief.claims_for, "claims_against": belief.claims_against}
    return [
        "",
        *comment(about, "  "),
        f"  {name}:",
        f"    prior: {{{prior_as_yaml(belief.prior)}}}",
        f"    origin: {belief.origin}",
        f"    grade: {belief.grade}",
        *(f"    {key}: [{', '.join(cited)}]" for key, cited in sources.items() if cited),
        *([f"    reference: {in_quotes(belief.reference)}"] if belief.reference else []),
        *folded("because", belief.because),
    ]


def prior_in_words(unit: str) -> str:
    """Unit in words, at the head of a phrase."""
    return "A number without a unit" if unit == "1" else f"Unit: {unit}"


def prior_as_yaml(prior: Prior) -> str:
    """Prior as a seed file has it, to the last bit."""
    if prior.is_fixed and list(prior.numbers) == ["value"]:
        return f"fixed: {full_precision(prior.numbers['value'])}"
    return f"{prior.kind}: {{{', '.join(f'{name}: {full_precision(value)}' for name, value in prior.numbers.items())}}}"


def folded(key: str, text: str) -> list[str]:
    """Text of any length and content under its key."""
    inside = " " * 6
    wrapped = textwrap.wrap(text, WIDTH, initial_indent=inside, subsequent_indent=inside, break_on_hyphens=False)
    return [f"    {key}: >-", *wrapped]


def in_quotes(text: str) -> str:
    """Text in quotation marks, whatever it contains."""
    return "'" + " ".join(text.split()).replace("'", "''") + "'"


def full_precision(value: float) -> str:
    """Number in full, without an exponent, that reads back as itself."""
    return np.format_float_positional(value, trim="-")
