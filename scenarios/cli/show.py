"""`show NAME`: a scenario's story, claims and timeline in words."""

import textwrap
from collections.abc import Sequence
from datetime import date

from scenarios.cli.run import folder_of, parted
from scenarios.config import options
from scenarios.config.compose import composed
from scenarios.config.request import Request, request
from scenarios.config.world import timeline
from scenarios.errors import DONE, RequestError
from scenarios.text import CAVEAT

WIDTH = 100


def main(arguments: Sequence[str]) -> int:
    """Print one scenario; further words are overrides, as start=2021-07; --config-dir as in `run`."""
    flags, words = parted(arguments)
    if not words:
        raise RequestError(f"show needs the name of a scenario: {', '.join(options.options('scenario'))}.")
    name, *overrides = words
    found = request(composed([f"+scenario={name}", *overrides], folder_of(flags)))
    print("\n".join(lines(found)))
    return DONE


def lines(found: Request) -> list[str]:
    """A scenario in words."""
    scenario, when = found.scenario, date.fromisoformat(found.start.date)
    dated = timeline(scenario.policy, [*scenario.shocks, *found.world.shocks], when)
    said = [
        f"{scenario.name} [{scenario.code}]",
        "",
        *textwrap.wrap(scenario.story, WIDTH),
        "",
        f"as of {found.start.date} ({found.start.title})",
        f"world: {found.world.name}: {found.world.story}",
        "",
        "timeline:",
        *(f"  {line}" for line in dated),
        "",
        "what the texts expect:" if scenario.expects else "",
        *(f"  {each}" for each in scenario.expects),
        f"claims: {', '.join(scenario.claims)}",
        f"Each claim: python -m scenarios explain CLAIM. {CAVEAT}",
    ]
    return [line for number, line in enumerate(said) if line or said[number - 1]]
