"""The files of the theory presets in configs/theory/, derived from the claims and never set by hand."""

import textwrap
from pathlib import Path

from scenarios import resources
from scenarios.evidence.claims import sources
from scenarios.evidence.weights import preset, presets

ORIGIN = "Derived from seeds/: python -m docs.generate presets"

WIDTH = 118

COMMENT_AT = 40


def files() -> dict[Path, str]:
    """Every preset file as the claims give it."""
    return {resources.configs() / "theory" / f"{name}.yaml": preset_file(name) for name in presets()}


def preset_file(name: str) -> str:
    """The file of one preset: a pole or poles of every question, with the reason."""
    lines = [f"# {line}" for line in textwrap.wrap(_story(presets()[name]), WIDTH - 2)]
    for question, choice in preset(name).items():
        value = choice.poles[0] if len(choice.poles) == 1 else f"[{', '.join(choice.poles)}]"
        line = f"{question}: {value}"
        lines.append(f"{line:<{COMMENT_AT}}  # {choice.reason}" if choice.reason else line)
    return "\n".join(lines) + "\n"


def _story(article: str) -> str:
    if not article:
        return f"No reading preferred: of every question its neutral poles. {ORIGIN}"
    return (
        f"The world as {article} has it ({sources()[article].title}): of each question the pole that leads among its "
        "claims alone, by strength and by number (in brackets); the neutral poles where it is silent or undecided. "
        f"{ORIGIN}"
    )
