"""`list`: what is on offer, from the files alone."""

from collections.abc import Mapping, Sequence
from typing import Any

from scenarios.config import fields, options
from scenarios.errors import DONE, RequestError

SHOWN = ("scenario", "start", "world", "theory", "question", "disagreement", "ensemble", "study")

SAYS = {
    "theory": "every question not named is at its neutral poles",
    "question": "theory.QUESTION=POLE, or a list of poles",
    "disagreement": "of the five texts; both sides with their claims: explain D5",
}

NEUTRAL = "neutral"


def main(arguments: Sequence[str]) -> int:
    """Print the options of every group, or of one."""
    groups = [fields.one_of(name, "group", SHOWN) for name in arguments] or list(SHOWN)
    for group in groups:
        lines = _lines(group)
        if lines:
            print(f"{group}:" + (f"  ({SAYS[group]})" if group in SAYS else ""))
        width = max((len(name) for name in lines), default=0)
        for name, line in lines.items():
            print(f"  {name:<{width}}  {line}")
    return DONE


def _lines(group: str) -> dict[str, str]:
    """One line for each option of a group."""
    if group in ("question", "disagreement"):
        return _questions() if group == "question" else _disagreements()
    return {name: _line_or_trouble(group, name) for name in options.options(group)}


def _line_or_trouble(group: str, name: str) -> str:
    """One line about an option, or why it cannot be used."""
    try:
        options.check_alone(group, name)
        return _line(group, name)
    except RequestError as error:
        return f"cannot be used: {error}"


def _questions() -> dict[str, str]:
    """What theories differ on, with the poles of each."""
    return {
        name: f"[{each['hypothesis']}] {each['question']} {' | '.join(each['poles'])}"
        for name, each in _seeds("theories").items()
    }


def _disagreements() -> dict[str, str]:
    """What the texts differ on: both positions, and what carries them."""
    lines = {}
    for number, each in _seeds("disagreements").items():
        theories = ", ".join(f"theory.{name}" for name in each.get("theories", ()))
        labels = all("levers" in position["held_by"] for position in each["positions"].values())
        carriers = theories or ("a lever alone" if labels else "parameters of its own")
        lines[number] = f"{each['question']} {' | '.join(each['positions'])} ({carriers})"
    return lines


def _seeds(name: str) -> Mapping[str, Any]:
    from scenarios.evidence.seed_files import yaml_mapping
    from scenarios.resources import seeds

    return yaml_mapping(seeds() / f"{name}.yaml")


def _line(group: str, name: str) -> str:
    """One line about an option."""
    if group == "scenario":
        node = options.scenario(name)
        return f"[{node.get('code', '-')}] {_first_sentence(str(node.get('story', '')))}"
    content = options.option(group, name)
    if group == "start":
        return _start(str(content.get("name", "")))
    if group == "ensemble":
        size, days, seed = (_number(content.get(key)) for key in ("replications", "horizon", "seed"))
        return f"{size} replications, {days} days, seed {seed}"
    if group == "theory":
        return _preset(content)
    return _first_sentence(str(content.get("story", "")))


def _number(written: Any) -> str:
    return f"{written:,}" if isinstance(written, int) else str(written)


def _start(name: str) -> str:
    """Date and title of a start that ships."""
    from scenarios.evidence.seed_files import yaml_mapping
    from scenarios.resources import seeds

    file = seeds() / "starts" / f"{name}.yaml"
    if not file.exists():
        return "an as-of state of your own: start=PATH.yaml"
    content = yaml_mapping(file)
    return f"{content['date']}: {content['title']}"


def _preset(content: Mapping[str, Any]) -> str:
    """What a preset prefers: its poles where they are not the neutral ones."""
    neutral = options.option("theory", NEUTRAL)
    preferred = {name: pole for name, pole in content.items() if pole != neutral.get(name)}
    return ", ".join(f"{name}: {_poles(pole)}" for name, pole in preferred.items()) or "no reading preferred"


def _poles(pole: Any) -> str:
    return "|".join(str(each) for each in pole) if isinstance(pole, list) else str(pole)


def _first_sentence(story: str) -> str:
    return story.split(". ")[0].rstrip(".") + "."
