"""What may be chosen and what is measured, from the files alone: the pages of `list`, and a scenario in words."""

import textwrap
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from scenarios import resources
from scenarios.config import options
from scenarios.errors import RequestError
from scenarios.evidence.seed_files import yaml_mapping
from scenarios.text import CAVEAT

if TYPE_CHECKING:
    from scenarios.config.request import Request

Lines = Mapping[str, str]  # by name

NEUTRAL = "neutral"

OTHERS = "others"  # scenarios of the user's own that name no group

WIDTH = 100

GAP = "  "  # between names

MORE = ("list outcomes", "parameters", "levers", "shocks", "sites", "questions", "disagreements")


def first_page() -> list[str]:
    """Everything that a request chooses from, by name."""
    scenarios, rival = list(options.options("scenario")), _rival_questions()
    courses = {name: _course(name) for name in scenarios}
    ensembles, studies = list(options.options("ensemble")), list(options.options("study"))
    further = len(_seeds("theories")) - len(rival)
    return [
        f"SCENARIOS ({len(scenarios)}), by what happens to US troops; run one: python -m scenarios run NAME",
        *(
            line
            for course in (*options.COURSES, OTHERS)
            if (names := [name for name in scenarios if courses[name] == course])
            for line in _block(f"  {course}", names)
        ),
        *_block("STARTS", [name for name in options.options("start") if name != "file"], "or a file of yours"),
        *_block("WORLDS", options.options("world")),
        *(line for head, entry in zip(["THEORIES", *[""] * len(rival)], rival.values(), strict=False)
          for line in _block(head, [f"{entry['question']}  {' | '.join(entry['poles'])}"])),
        *_block("", [f"{further} further questions: list questions"]),
        *_block("ENSEMBLES", ensembles),
        *_block("STUDIES", studies),
        *_block("MORE", [" | ".join(MORE)]),
        *_block("", ["what a word means: python -m scenarios explain WORD"]),
    ]  # fmt: skip


def _block(head: str, names: Sequence[str] | Mapping[str, Any], last: str = "") -> list[str]:
    """Names beside a heading, folded; a name is never parted."""
    text = GAP.join(name.replace(" ", "\N{NO-BREAK SPACE}") for name in [*names, *([last] if last else [])])
    lines = textwrap.wrap(text, WIDTH, initial_indent=f"{head:<17}", subsequent_indent=" " * 17,
                          break_on_hyphens=False, break_long_words=False)  # fmt: skip
    return [line.replace("\N{NO-BREAK SPACE}", " ") for line in lines]


def _course(scenario: str) -> str:
    """What happens to US troops in a scenario, as its file says."""
    try:
        return str(options.scenario(scenario).get("group", OTHERS))
    except RequestError:
        return OTHERS


def _rival_questions() -> dict[str, Any]:
    """Questions on which the theories that usually run differ."""
    return {name: entry for name, entry in _seeds("theories").items() if len(entry["default"]) > 1}


def listing(kind: str) -> list[str]:
    """What there is of a kind, a line each under a heading."""
    note, lines = NOTES.get(kind), LISTINGS[kind]()
    width = max((len(name) for name in lines), default=0)
    head = [f"{kind}:" + (f"  ({note})" if note else "")] if lines else []
    return [*head, *(f"  {name:<{width}}  {line}" for name, line in lines.items())]


def _offered(group: str) -> Callable[[], Lines]:
    """What lists the options of a group, each with a line about it, or why it cannot be used."""
    return lambda: {name: _line_or_trouble(group, name) for name in options.options(group)}


def _line_or_trouble(group: str, name: str) -> str:
    try:
        options.check_alone(group, name)
        return _line(group, name)
    except RequestError as error:
        return f"cannot be used: {error}"


def _line(group: str, name: str) -> str:
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


def _first_sentence(story: str) -> str:
    return story.split(". ")[0].rstrip(".") + "."


def _number(written: Any) -> str:
    return f"{written:,}" if isinstance(written, int) else str(written)


def _start(name: str) -> str:
    """Date and title of a start that ships."""
    file = resources.seeds() / "starts" / f"{name}.yaml"
    if not file.exists():
        return "an as-of state of your own: start=PATH.yaml"
    content = yaml_mapping(file)
    return f"{content['date']}: {content['title']}"


def _preset(content: Mapping[str, Any]) -> str:
    """Poles of a preset where they are not the neutral ones."""
    neutral = options.option("theory", NEUTRAL)
    preferred = {name: pole for name, pole in content.items() if pole != neutral.get(name)}
    poles = {
        name: "|".join(map(str, pole)) if isinstance(pole, list) else str(pole) for name, pole in preferred.items()
    }
    return ", ".join(f"{name}: {pole}" for name, pole in poles.items()) or "no pole preferred"


def _seeds(name: str) -> Mapping[str, Any]:
    return yaml_mapping(resources.seeds() / f"{name}.yaml")


def _questions() -> Lines:
    """What theories differ on, with the poles of each."""
    return {
        name: f"[{entry['hypothesis']}] {entry['question']} {' | '.join(entry['poles'])}"
        for name, entry in _seeds("theories").items()
    }


def _disagreements() -> Lines:
    """What the texts differ on: both positions, and what carries them."""
    lines = {}
    for number, entry in _seeds("disagreements").items():
        theories = ", ".join(f"theory.{name}" for name in entry.get("theories", ()))
        labels = all("levers" in position["held_by"] for position in entry["positions"].values())
        carriers = theories or ("a lever alone" if labels else "parameters of its own")
        lines[number] = f"{entry['question']} {' | '.join(entry['positions'])} ({carriers})"
    return lines


def _outcomes() -> Lines:
    from scenarios.outcomes import OUTCOMES

    return {name: f"[{outcome.unit}] {outcome.meaning}" for name, outcome in OUTCOMES.items()}


def _parameters() -> Lines:
    files = sorted((resources.seeds() / "parameters").glob("*.yaml"))
    entries = {name: entry for file in files for name, entry in yaml_mapping(file).items()}
    return {
        name: f"[{entry['grade']}] {_first_sentence(' '.join(str(entry['meaning']).split()))}"
        for name, entry in entries.items()
    }


def _levers() -> Lines:
    from scenarios.config.policy import LEVERS, MOST_TROOPS

    troops = f"announced US troops as a share of the start, 0 to {MOST_TROOPS:g}; see `show NAME`"
    return {"troops": troops} | {
        name: f"{lever.words}: {lever.unit}, {lever.low:g} to {lever.high:g}, usually {lever.usual:g}"
        for name, lever in LEVERS.items()
    }


def _shocks() -> Lines:
    from scenarios.config.shocks import KINDS

    return {
        name: kind.meaning + ("" if kind.largest == 1 else f"; size up to {kind.largest:g} {kind.unit}")
        for name, kind in KINDS.items()
    }


def _sites() -> Lines:
    from agents.roster import OTHER_TARGETS, SITES, TROOP_SITES

    troops = {name: "US troops and their bases" if name in TROOP_SITES else "US convoys on the road" for name in SITES}
    return troops | dict.fromkeys(OTHER_TARGETS, "no US site: what factions attack beside them")


LISTINGS: Mapping[str, Callable[[], Lines]] = {
    "scenarios": _offered("scenario"),
    "starts": _offered("start"),
    "worlds": _offered("world"),
    "theories": _offered("theory"),
    "questions": _questions,
    "disagreements": _disagreements,
    "ensembles": _offered("ensemble"),
    "studies": _offered("study"),
    "outcomes": _outcomes,
    "parameters": _parameters,
    "levers": _levers,
    "shocks": _shocks,
    "sites": _sites,
}

NOTES = {
    "theories": "every question not named is at its neutral poles; the poles are those of `list questions`",
    "questions": "theory.QUESTION=POLE, or a list of poles",
    "disagreements": "of the five texts; both sides with their claims: explain D5",
    "outcomes": "outcomes=NAME,NAME of compare; record.outcomes=[NAME] of run",
    "parameters": "by grade of evidence; +parameters.NAME=VALUE fixes one",
    "levers": "scenario.levers.NAME=VALUE, or anchors [[DAY, VALUE], ...]",
    "shocks": "scenario.shocks=[{shock: NAME, at: DAY}]",
}


def scenario_lines(request: "Request") -> list[str]:
    """A scenario in words."""
    from scenarios.config.world import describe_timeline

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
