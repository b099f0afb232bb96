"""The weights as a table: one row per pole, one column per article, and what leaving one text out would change."""

import textwrap
from collections.abc import Iterable
from itertools import zip_longest

from scenarios.evidence.claims import sources
from scenarios.evidence.disagreements import disagreements, readings
from scenarios.evidence.page import Lines
from scenarios.evidence.theories import hypotheses
from scenarios.evidence.weighing import NOTHING, TIE, counted, leading, points, turns, weighed

ASKED, POLE = 34, 19


def asked(number: str) -> str:
    """The question of a hypothesis or disagreement."""
    if number in disagreements():
        return disagreements()[number].question
    return next(each.question for each in hypotheses().values() if each.number == number)


def head(first: str, *, each_one: bool) -> Lines:
    """The lines above the table."""
    articles = " ".join(f"{article:>4}" for article in sources())
    counts = "claims in" if each_one else "strength in"
    top = f"{'':{ASKED + POLE}}{'  weight by':<14}{counts}"
    return [top, f"{first:<{ASKED}}{'  position':<{POLE}}  str. count {articles}  without"]


def table(numbers: Iterable[str], *, each_one: bool = False) -> Lines:
    """The rows of questions, in their order."""
    return [line for number in numbers for line in rows(number, each_one=each_one)]


def rows(number: str, *, each_one: bool = False, only: str = "") -> Lines:
    """One row per pole, the question beside them; `>` marks the pole that leads, in all texts or in one."""
    question = textwrap.wrap(f"{number:<4}{asked(number)}", ASKED - 2, subsequent_indent="    ")
    poles = [pole_row(number, pole, each_one=each_one, only=only) for pole in readings()[number]]
    changes = [f"{article}: {then}" for article, then in turns(number, each_one=each_one).items() if not only]
    blank = " " * max(map(len, poles))
    return [
        f"{text or '':<{ASKED}}{row or blank}  {change or ''}".rstrip()
        for text, row, change in zip_longest(question, poles, changes)
    ]


def pole_row(number: str, pole: str, *, each_one: bool = False, only: str = "") -> str:
    """A pole with its weights, and what each article has for it."""
    ahead = leading(counted(number, each_one=each_one, only=only)) == pole
    strong, plain = (weighed(number, each_one=way, only=only)[pole] for way in (False, True))
    said = points(readings()[number][pole].claims, each_one=each_one)
    cells = " ".join(f"{said.get(article, '.') if only in ('', article) else '':>4}" for article in sources())
    return f"{('> ' if ahead else '  ') + pole:<{POLE}}{strong:>7.3f} {plain:.3f} {cells}"


def led(number: str, *, each_one: bool = False, without: str = "") -> str:
    """What leads, in words."""
    found = leading(counted(number, each_one=each_one, without=without))
    return {TIE: "a tie", NOTHING: "nothing, for no text speaks"}.get(found, found)
