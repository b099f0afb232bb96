"""`prior`: the prior predictive distribution of every outcome, at every start, in every world."""

import sys
from collections.abc import Sequence
from pathlib import Path

from scenarios import resources
from scenarios.cli.words import Parser
from scenarios.errors import DONE
from scenarios.report.terminal.tables import grid
from scenarios.resources import docstring
from scenarios.text import CAVEAT
from scenarios.validation import prior_predictive

USUAL = 400

SHOWN = ("attacks_on_us", "us_deaths", "us_strikes", "isis_attacks", "deaths")


def main(arguments: Sequence[str]) -> int:
    """Run a year of status quo everywhere, and print medians."""
    parser = Parser(prog="python -m scenarios prior", description=docstring(sys.modules[__name__]))
    parser.add_argument("--replications", type=int, default=USUAL)
    parser.add_argument("--results", type=resources.given, default=Path("results/checks"))
    parser.add_argument("--workers", type=int, default=None)
    asked = parser.read(arguments)
    if asked is None:
        return DONE
    found = prior_predictive.distributions(asked.results, asked.replications, asked.workers)
    heads = [name.replace("_", " ") for name in SHOWN]
    print("\n".join(grid(heads, prior_predictive.medians(found, SHOWN))))
    print(f"medians of a year of status quo under the priors as shipped. {CAVEAT}")
    return DONE
