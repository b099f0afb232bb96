"""`list`: what is on offer, from the files alone."""

from collections.abc import Mapping, Sequence
from typing import Any

from scenarios import catalog, checking
from scenarios.errors import DONE

SHOWN = ("scenario", "start", "world", "theory", "ensemble", "study")


def main(arguments: Sequence[str]) -> int:
    """Print the options of every group, or of one."""
    groups = [checking.one_of(name, "group", SHOWN) for name in arguments] or list(SHOWN)
    for group in groups:
        options = catalog.options(group)
        if not options:
            continue
        print(f"{group}:")
        width = max(len(name) for name in options)
        for name in options:
            print(f"  {name:<{width}}  {_line(group, catalog.option(group, name))}")
    return DONE


def _line(group: str, content: Mapping[str, Any]) -> str:
    """One line about an option."""
    if group == "scenario":
        node = content.get("scenario", {})
        return f"[{node.get('code', '-')}] {_first_sentence(node.get('story', ''))}"
    if group == "start":
        return _start(str(content.get("name", "")))
    if group == "ensemble":
        return (
            f"{content.get('replications'):,} replications, {content.get('horizon')} days, seed {content.get('seed')}"
        )
    if group == "theory":
        return ", ".join(f"{name}: {_poles(pole)}" for name, pole in content.items())
    return _first_sentence(str(content.get("story", "")))


def _start(name: str) -> str:
    """Date and title of a start that ships."""
    from scenarios.evidence.reading import yaml_mapping
    from scenarios.places import seeds

    file = seeds() / "starts" / f"{name}.yaml"
    if not file.exists():
        return "an as-of state of your own: start=PATH.yaml"
    content = yaml_mapping(file)
    return f"{content['date']}: {content['title']}"


def _poles(pole: Any) -> str:
    return "|".join(pole) if isinstance(pole, list) else str(pole)


def _first_sentence(story: str) -> str:
    return story.split(". ")[0].rstrip(".") + "."
