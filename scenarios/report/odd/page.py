"""The page docs/odd.md and its tables."""

from collections.abc import Callable, Mapping
from pathlib import Path

import scenarios
from scenarios.errors import RequestError
from scenarios.report.odd import of_code, of_seeds

TABLES: Mapping[str, Callable[[], str]] = {
    "agents": of_code.agents,
    "states": of_code.state_variables,
    "processes": of_code.processes,
    "seen": of_code.seen,
    "given": of_code.given,
    "decisions": of_code.decisions,
    "grades": of_seeds.grades,
    "initial-states": of_seeds.initial_states,
    "calendars": of_seeds.calendars,
    "theories": of_seeds.theories,
    "levers": of_code.levers,
    "shocks": of_code.shocks,
    "outcomes": of_code.outcomes,
    "parameters": of_seeds.parameters,
}


def tables() -> dict[str, str]:
    """Every table of the page, made anew."""
    return {name: made() for name, made in TABLES.items()}


def page() -> Path:
    """The page, which stands in a clone alone."""
    file = Path(scenarios.__file__).resolve().parent.parent / "docs" / "odd.md"
    if not file.is_file():
        raise RequestError(f"odd: there is no {file}; the page stands in a clone of the repository alone.")
    return file
