"""Weights of poles by the claims for them, and the theory presets of the articles, derived from them by one rule."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from scenarios.errors import RequestError, nearest
from scenarios.evidence.claims import sources, sum_points
from scenarios.evidence.disagreements import weighed_poles, weights
from scenarios.evidence.parameters import Belief
from scenarios.evidence.theories import Hypothesis, Stratum, hypotheses

NEUTRAL = "neutral"

TIE, NOTHING = "a tie", "nothing"

FOR, AGAINST = "for", "against"

Counts = Mapping[str, int]


@dataclass(frozen=True)
class Choice:
    """Poles that a preset takes of one question, with the reason."""

    poles: tuple[str, ...]
    reason: str
    decided: bool  # by the article


def presets() -> dict[str, str]:
    """Presets by name, each with its article; the neutral one has none."""
    return {**{article.lower(): article for article in sources()}, NEUTRAL: ""}


def preset(name: str) -> Mapping[str, Choice]:
    """Poles that a preset takes of every question."""
    known = presets()
    if name not in known:
        raise RequestError(f"preset {name!r} is unknown.{nearest(name, known)}")
    return {question: choice(theory, known[name]) for question, theory in hypotheses().items()}


def choice(theory: Hypothesis, article: str) -> Choice:
    """Poles of the row that leads in the article by strength and by number; else the neutral ones."""
    if not article:
        return Choice(theory.neutral, "", decided=False)
    row = decided(theory.number, article)
    if not row:
        reason = describe_points(theory.number, article)
        return Choice(theory.neutral, f"undecided: {reason}" if reason else "silent", decided=False)
    poles = tuple(pole.name for pole in theory.poles.values() if pole.weight_of == row)
    return Choice(poles, describe_points(theory.number, article), decided=True)


def describe_points(question: str, article: str) -> str:
    """Strength and number of an article's claims for each pole of a question."""
    strong, plain = (count_points(question, by_count=by_count, only=article) for by_count in (False, True))
    return ", ".join(f"{pole} {strong[pole]} ({plain[pole]})" for pole in weighed_poles()[question] if strong[pole])


def count_points(question: str, *, by_count: bool = False, only: str = "", without: str = "") -> dict[str, int]:
    """Points of each pole of a question, in all articles, in one alone, or in all but one."""
    return {
        pole: sum(
            number
            for article, number in sum_points(weighed.claims, by_count=by_count).items()
            if article != without and only in ("", article)
        )
        for pole, weighed in weighed_poles()[question].items()
    }


def pole_weights(question: str, *, by_count: bool = False, only: str = "", without: str = "") -> dict[str, float]:
    """Weight of each pole of a question, (0.5 + its points) / (0.5 for each pole + all points)."""
    return weights(count_points(question, by_count=by_count, only=only, without=without))


def leading(points_of: Counts) -> str:
    """Pole with the most points; a tie or nothing where there is none."""
    most = max(points_of.values())
    if not most:
        return NOTHING
    ahead = [pole for pole, number in points_of.items() if number == most]
    return ahead[0] if len(ahead) == 1 else TIE


def reversals(question: str, *, by_count: bool = False) -> dict[str, str]:
    """Articles without which another pole leads, with that pole."""
    now = leading(count_points(question, by_count=by_count))
    then = {article: leading(count_points(question, by_count=by_count, without=article)) for article in sources()}
    return {article: pole for article, pole in then.items() if pole != now}


def decided(question: str, article: str) -> str:
    """Pole that leads in one article alone, by strength and by number of claims; empty where they differ."""
    ways = {leading(count_points(question, by_count=by_count, only=article)) for by_count in (False, True)}
    return ways.pop() if len(ways) == 1 and not ways & {TIE, NOTHING} else ""


def directions(belief: Belief, *, by_count: bool = False) -> dict[str, float]:
    """Weights of a parameter's stated sign or size and of the claims against it, by the same formula."""
    cited = {FOR: belief.claims_for, AGAINST: belief.claims_against}
    return weights({way: sum(sum_points(names, by_count=by_count).values()) for way, names in cited.items()})


def weights_lines(theories: Sequence[Stratum]) -> list[str]:
    """Lines for the questions whose poles are simulated side by side: the weight of each pole in the texts."""
    simulated = [dict(stratum.poles) for stratum in theories]
    lines = []
    for name, theory in hypotheses().items():
        poles = list(dict.fromkeys(stratum[name] for stratum in simulated if stratum.get(name) in theory.poles))
        if len(poles) > 1:
            lines.append(f"weights in the texts, {theory.number} {name}: {_beside(theory, poles)}; not probabilities")
    return lines


def _beside(theory: Hypothesis, poles: Iterable[str]) -> str:
    rows = dict.fromkeys(theory.poles[pole].weight_of for pole in poles if theory.poles[pole].weight_of)
    strong, plain = (pole_weights(theory.number, by_count=by_count) for by_count in (False, True))
    by_row = {row: " and ".join(pole for pole in poles if theory.poles[pole].weight_of == row) for row in rows}
    listed = ", ".join(f"{names} {strong[row]:.2f}" for row, names in by_row.items())
    open_ones = [pole for pole in poles if not theory.poles[pole].weight_of]
    listed += f", no weight for {' and '.join(open_ones)}" if open_ones else ""
    return f"{listed} (each claim as one {', '.join(f'{plain[row]:.2f}' for row in rows)})"
