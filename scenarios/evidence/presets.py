"""Theory presets: each sees the world as one article does; derived from its claims by one rule, never set by hand."""

import textwrap
from collections.abc import Mapping
from dataclasses import dataclass

from scenarios import places
from scenarios.errors import RequestError, nearest
from scenarios.evidence.claims import sources
from scenarios.evidence.disagreements import readings
from scenarios.evidence.theories import Hypothesis, hypotheses
from scenarios.evidence.weighing import counted, decided

NEUTRAL = "neutral"
REDONE = "Derived from seeds/: python -m scenarios evidence presets --write"
WIDTH = 118
COMMENT_AT = 40


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


def written(name: str) -> str:
    """The file of a preset, as it must stand in configs/theory/."""
    article = presets()[name]
    lines = [f"# {line}" for line in textwrap.wrap(_story(article), WIDTH - 2)]
    for question, each in preset(name).items():
        value = each.poles[0] if len(each.poles) == 1 else f"[{', '.join(each.poles)}]"
        line = f"{question}: {value}"
        lines.append(f"{line:<{COMMENT_AT}}  # {each.reason}" if each.reason else line)
    return "\n".join(lines) + "\n"


def _story(article: str) -> str:
    if not article:
        return f"No reading preferred: of every question its neutral poles. {REDONE}"
    return (
        f"The world as {article} has it ({sources()[article].title}): of each question the pole that leads among its "
        "claims alone, by strength and by number (in brackets); the neutral poles where it is silent or undecided. "
        f"{REDONE}"
    )


def drifted() -> list[str]:
    """The presets whose file is missing or differs from what the claims give."""
    folder = places.configs() / "theory"
    files = {name: folder / f"{name}.yaml" for name in presets()}
    return [
        name for name, file in files.items() if not file.exists() or file.read_text(encoding="utf-8") != written(name)
    ]


def write() -> list[str]:
    """Write the files that have drifted; their names."""
    names = drifted()
    for name in names:
        (places.configs() / "theory" / f"{name}.yaml").write_text(written(name), encoding="utf-8")
    return names
