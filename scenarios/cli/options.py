"""What is on offer, from the files alone: `list`, `show`, and the templates of files of one's own."""

import textwrap
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from scenarios.cli import OneOf, command, config_dir_option, own_words, words_argument
from scenarios.cli.completion import complete_scenario
from scenarios.config import options
from scenarios.errors import RequestError, nearest

if TYPE_CHECKING:
    from scenarios.config.request import Request

LISTED = ("scenario", "start", "world", "theory", "question", "disagreement", "ensemble", "study")

NOTES = {
    "theory": "every question not named is at its neutral poles",
    "question": "theory.QUESTION=POLE, or a list of poles",
    "disagreement": "of the five texts; both sides with their claims: explain D5",
}

NEUTRAL = "neutral"

WIDTH = 100


@command("list", details=f"Groups: {', '.join(LISTED)}.")
@click.argument("group", metavar="[GROUP ...]", nargs=-1, type=OneOf(LISTED))
def list_command(group: Sequence[str]) -> None:
    """Print the options of every group, or of some."""
    for kind in group or LISTED:
        lines = _lines(kind)
        if lines:
            print(f"{kind}:" + (f"  ({NOTES[kind]})" if kind in NOTES else ""))
        width = max((len(name) for name in lines), default=0)
        for name, line in lines.items():
            print(f"  {name:<{width}}  {line}")


def _lines(group: str) -> dict[str, str]:
    """One line for entry option of a group."""
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
    """What theories differ on, with the poles of entry."""
    return {
        name: f"[{entry['hypothesis']}] {entry['question']} {' | '.join(entry['poles'])}"
        for name, entry in _seeds("theories").items()
    }


def _disagreements() -> dict[str, str]:
    """What the texts differ on: both positions, and what carries them."""
    lines = {}
    for number, entry in _seeds("disagreements").items():
        theories = ", ".join(f"theory.{name}" for name in entry.get("theories", ()))
        labels = all("levers" in position["held_by"] for position in entry["positions"].values())
        carriers = theories or ("a lever alone" if labels else "parameters of its own")
        lines[number] = f"{entry['question']} {' | '.join(entry['positions'])} ({carriers})"
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
    return "|".join(str(entry) for entry in pole) if isinstance(pole, list) else str(pole)


def _first_sentence(story: str) -> str:
    return story.split(". ")[0].rstrip(".") + "."


@command("show", details="Words are those of `run`, as start=2021-07 or world=calm.")
@click.argument("name", metavar="NAME", default="", shell_complete=complete_scenario)
@words_argument()
@config_dir_option
def show_command(name: str, words: Sequence[str], extra: Path | None) -> None:
    """Print one scenario."""
    if not name:
        raise RequestError(f"show needs the name of a scenario: {', '.join(options.options('scenario'))}.")
    from scenarios.config.compose import composed
    from scenarios.config.request import request

    print("\n".join(scenario_lines(request(composed([f"+scenario={name}", *words], extra)))))


def scenario_lines(request: "Request") -> list[str]:
    """A scenario in words."""
    from scenarios.config.world import describe_timeline
    from scenarios.text import CAVEAT

    scenario, start = request.scenario, request.start
    dated = describe_timeline(
        scenario.policy, [*scenario.shocks, *request.world.shocks], date.fromisoformat(start.date)
    )
    lines = [
        f"{scenario.name} [{scenario.code}]",
        "",
        *textwrap.wrap(scenario.story, WIDTH),
        "",
        f"as of {start.date} ({start.title})",
        f"world: {request.world.name}: {request.world.story}",
        "",
        "timeline:",
        *(f"  {line}" for line in dated),
        "",
        "what the texts expect:" if scenario.expects else "",
        *(f"  {line}" for line in scenario.expects),
        f"claims: {', '.join(scenario.claims)}",
        f"Each claim: python -m scenarios explain CLAIM. {CAVEAT}",
    ]
    return [line for number, line in enumerate(lines) if line or lines[number - 1]]


@command("new-start", no_args_is_help=True, details="""\
Every state of a start with its meaning, unit, bounds, prior and source, as the start named by from= has it (2024-01).
As written it is that start, to the last bit. Change what you know better, then:
  python -m scenarios run +scenario=NAME start=FILE.yaml
A file that exists is never overwritten.""")  # fmt: skip
@click.argument("file", metavar="FILE.yaml")
@words_argument("[from=START]", shell_complete=None)
def new_start_command(file: str, words: Sequence[str]) -> None:
    """Write the template and print how it is used."""
    from scenarios.config.scaffold import USUAL, start_template, write_new

    own, unknown = own_words(words, "from")
    if unknown:
        name = unknown[0].partition("=")[0]
        raise RequestError(f"new-start does not know {name!r}.{nearest(name, ['from'])}")
    origin = own.get("from", USUAL)
    write_new(file, start_template(origin, file))
    print(f"written: {file}, the start {origin} as it ships. Change it, then run it:")
    print(f"  python -m scenarios run +scenario=full_withdrawal start={file}")


@command("new-beliefs", no_args_is_help=True, details="""\
The parameters named, or every uncertain one, with meaning, unit, bounds, prior and source. As written they are the
priors that ship, to the last bit. Change what you know better, delete the rest, then:
  python -m scenarios run +scenario=NAME beliefs=FILE.yaml
A file that exists is never overwritten.""")  # fmt: skip
@click.argument("file", metavar="FILE.yaml")
@click.argument("names", metavar="[PARAMETER ...]", nargs=-1)
def new_beliefs_command(file: str, names: Sequence[str]) -> None:
    """Write the template and print how it is used."""
    from scenarios.config.scaffold import beliefs_template, selected_parameters, write_new

    write_new(file, beliefs_template(names, file))
    number = len(selected_parameters(names))
    print(f"written: {file}, {number} prior{'s' * (number != 1)} as they ship. Change them, then run them:")
    print(f"  python -m scenarios run +scenario=full_withdrawal beliefs={file}")
