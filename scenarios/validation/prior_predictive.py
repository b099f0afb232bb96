"""Prior predictive distribution: outcomes of a year of status quo at every start, in every world."""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from scenarios.config import options
from scenarios.config.compose import configuration
from scenarios.errors import RequestError
from scenarios.evidence.parameters import starts
from scenarios.runs.result import Result
from scenarios.runs.runner import finished_run
from scenarios.text import significant

HORIZON = 365

THEORY = {"isis": "enablers", "strikes": "both"}  # the priors as shipped


def distributions(results: Path, replications: int, workers: int | None) -> Mapping[str, Mapping[str, Result | str]]:
    """Results of a year of status quo by start and world, or the reason why a world does not fit a start."""
    by_start = {
        start: {world: _simulated(start, world, results, replications, workers) for world in options.options("world")}
        for start in starts()
    }
    results_or_reasons = [entry for by_world in by_start.values() for entry in by_world.values()]
    if all(isinstance(entry, str) for entry in results_or_reasons):
        raise RequestError(str(results_or_reasons[0]))
    return by_start


def _simulated(start: str, world: str, results: Path, replications: int, workers: int | None) -> Result | str:
    try:
        words = {"scenario": "status_quo", "start": start, "world": world}
        sizes = {"horizon": HORIZON, "replications": replications}
        rest = {"against": "none", "results": results, "workers": workers}
        return finished_run(configuration(words, sizes, rest, THEORY))
    except RequestError as error:
        return str(error)


def medians(
    by_start: Mapping[str, Mapping[str, Result | str]], outcomes: Sequence[str]
) -> Iterator[tuple[str, list[str]]]:
    """Rows of medians of some outcomes, one for each start and world with a result."""
    for start, by_world in by_start.items():
        for world, result in by_world.items():
            if isinstance(result, Result):
                yield f"{start}, {world}", [significant(float(result.outcomes[name].median())) for name in outcomes]
