"""The prior predictive distribution: what the model says of a year of status quo before any scenario is asked."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from scenarios.config import options
from scenarios.config.compose import configuration
from scenarios.errors import RequestError
from scenarios.evidence.parameters import starts
from scenarios.runs.result import Result
from scenarios.runs.runner import finished_run
from scenarios.text import shown

HORIZON = 365

THEORY = {"isis": "enablers", "strikes": "both"}  # the priors as shipped


def distributions(results: Path, replications: int, workers: int | None) -> Mapping[str, Mapping[str, Result | str]]:
    """A year of status quo by start and world; where a world does not fit a start, the reason in place of a result."""
    found = {
        start: {world: _lived(start, world, results, replications, workers) for world in options.options("world")}
        for start in starts()
    }
    reasons = [each for by_world in found.values() for each in by_world.values()]
    if all(isinstance(reason, str) for reason in reasons):
        raise RequestError(str(reasons[0]))
    return found


def _lived(start: str, world: str, results: Path, replications: int, workers: int | None) -> Result | str:
    try:
        words = {"scenario": "status_quo", "start": start, "world": world}
        sizes = {"horizon": HORIZON, "replications": replications}
        rest = {"against": "none", "results": results, "workers": workers}
        return finished_run(configuration(words, sizes, rest, THEORY))
    except RequestError as error:
        return str(error)


def brief(found: Mapping[str, Mapping[str, Result | str]], outcomes: Sequence[str]) -> str:
    """Medians of some outcomes by start and world, for the terminal."""
    lines = [f"{'start, world':28}" + "".join(f"{name.replace('_', ' '):>24}" for name in outcomes)]
    for start, by_world in found.items():
        for world, each in by_world.items():
            if isinstance(each, Result):
                cells = "".join(f"{shown(float(each.outcomes[name].median())):>24}" for name in outcomes)
                lines.append(f"{f'{start}, {world}':28}{cells}")
    return "\n".join(lines)
