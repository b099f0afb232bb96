"""Theory presets: each sees the world as one article does; derived from its claims by one rule, never set by hand."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from scenarios.errors import RequestError, nearest
from scenarios.evidence.claims import claims, sources
from scenarios.evidence.disagreements import readings, weights
from scenarios.evidence.parameters import Belief
from scenarios.evidence.theories import Hypothesis, Stratum, hypotheses

NEUTRAL = "neutral"


@dataclass(frozen=True)
class Choice:
    """What a preset takes of one question, and why."""

    poles: tuple[str, ...]
    reason: str
    spoken: bool  # whether the article decides it


def presets() -> dict[str, str]:
    """The presets by name, each with its article; the neutral one has none."""
    return {**{article.lower(): article for article in sources()}, NEUTRAL: ""}


def preset(name: str) -> Mapping[str, Choice]:
    """Of every question the poles that a preset takes."""
    known = presets()
    if name not in known:
        raise RequestError(f"preset {name!r} is unknown.{nearest(name, known)}")
    return {question: choice(theory, known[name]) for question, theory in hypotheses().items()}


def choice(theory: Hypothesis, article: str) -> Choice:
    """The poles of the row that leads in the article by strength and by number; else the neutral ones."""
    if not article:
        return Choice(theory.neutral, "", spoken=False)
    row = decided(theory.number, article)
    if not row:
        said = standing(theory.number, article)
        return Choice(theory.neutral, f"undecided: {said}" if said else "silent", spoken=False)
    poles = tuple(pole.name for pole in theory.poles.values() if pole.weight_of == row)
    return Choice(poles, standing(theory.number, article), spoken=True)


def standing(question: str, article: str) -> str:
    """What an article has for each pole of a question: strength, and number of claims."""
    strong, plain = (counted(question, each_one=each_one, only=article) for each_one in (False, True))
    return ", ".join(f"{pole} {strong[pole]} ({plain[pole]})" for pole in readings()[question] if strong[pole])


Counts = Mapping[str, int]

TIE, NOTHING = "a tie", "nothing"

FOR, AGAINST = "for", "against"


def points(names: Iterable[str], *, each_one: bool = False) -> dict[str, int]:
    """What claims add up to, by article: their strength, or their number; articles that are silent are left out."""
    found = dict.fromkeys(sources(), 0)
    for name in names:
        found[claims()[name].source.name] += 1 if each_one else claims()[name].strength
    return {article: number for article, number in found.items() if number}


def counted(question: str, *, each_one: bool = False, only: str = "", without: str = "") -> dict[str, int]:
    """What each pole of a question has behind it, in all articles, in one alone, or in all but one."""
    return {
        pole: sum(
            number
            for article, number in points(reading.claims, each_one=each_one).items()
            if article != without and only in ("", article)
        )
        for pole, reading in readings()[question].items()
    }


def weighed(question: str, *, each_one: bool = False, only: str = "", without: str = "") -> dict[str, float]:
    """The weight of each pole of a question, (0.5 + its points) / (0.5 for each pole + all points)."""
    return weights(counted(question, each_one=each_one, only=only, without=without))


def leading(of: Counts) -> str:
    """The pole with the most behind it; a tie or nothing where there is none."""
    most = max(of.values())
    if not most:
        return NOTHING
    ahead = [pole for pole, number in of.items() if number == most]
    return ahead[0] if len(ahead) == 1 else TIE


def turns(question: str, *, each_one: bool = False) -> dict[str, str]:
    """The articles without which another pole leads, and which one then does."""
    now = leading(counted(question, each_one=each_one))
    then = {each: leading(counted(question, each_one=each_one, without=each)) for each in sources()}
    return {article: pole for article, pole in then.items() if pole != now}


def decided(question: str, article: str) -> str:
    """The pole that leads in one article alone, by strength and by number of claims; empty where they do not agree."""
    ways = {leading(counted(question, each_one=each_one, only=article)) for each_one in (False, True)}
    return ways.pop() if len(ways) == 1 and not ways & {TIE, NOTHING} else ""


def directions(of: Belief, *, each_one: bool = False) -> dict[str, float]:
    """The weight of the stated sign or size of a parameter and of what speaks against it, by the same formula."""
    cited = {FOR: of.claims_for, AGAINST: of.claims_against}
    return weights({way: sum(points(names, each_one=each_one).values()) for way, names in cited.items()})


def weights_lines(of: Sequence[Stratum]) -> list[str]:
    """One line for each question whose poles are run side by side: how firmly the texts assert each pole."""
    lived = [dict(each.poles) for each in of]
    found = []
    for name, theory in hypotheses().items():
        poles = list(dict.fromkeys(each[name] for each in lived if each.get(name) in theory.poles))
        if len(poles) > 1:
            found.append(f"what the texts weigh, {theory.number} {name}: {_beside(theory, poles)}; not probabilities")
    return found


def _beside(theory: Hypothesis, poles: Iterable[str]) -> str:
    rows = dict.fromkeys(theory.poles[pole].weight_of for pole in poles if theory.poles[pole].weight_of)
    strong, plain = (weighed(theory.number, each_one=each_one) for each_one in (False, True))
    by_row = {row: " and ".join(pole for pole in poles if theory.poles[pole].weight_of == row) for row in rows}
    said = ", ".join(f"{names} {strong[row]:.2f}" for row, names in by_row.items())
    open_ones = [pole for pole in poles if not theory.poles[pole].weight_of]
    said += f", no weight for {' and '.join(open_ones)}" if open_ones else ""
    return f"{said} (each claim as one {', '.join(f'{plain[row]:.2f}' for row in rows)})"
