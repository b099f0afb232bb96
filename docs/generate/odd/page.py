"""The tables of docs/odd.md by the name of their region."""

from collections.abc import Callable, Mapping

from docs.generate.odd import of_code, of_seeds

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
    return {name: make() for name, make in TABLES.items()}
