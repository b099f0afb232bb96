"""`check`: the model held against its sources: stylised facts, counts to 2022, and what the texts expect."""

import sys
from collections.abc import Sequence
from pathlib import Path

from scenarios import resources
from scenarios.cli.words import Parser
from scenarios.errors import DONE, RequestError, nearest
from scenarios.resources import docstring
from scenarios.validation import tables
from scenarios.validation.checks import held, verdicts
from scenarios.validation.counts import tallies
from scenarios.validation.expectations import predictions
from scenarios.validation.histories import Runs

USUAL = 900  # replications, three hundred under each theory of strikes


def main(arguments: Sequence[str]) -> int:
    """Run the checks, or those named; a failing check is a finding, so the exit code stays 0."""
    parser = Parser(prog="python -m scenarios check", description=docstring(sys.modules[__name__]))
    parser.add_argument("names", nargs="*", metavar="ID", help="stylised facts, as P11; all by default")
    parser.add_argument("--replications", type=int, default=USUAL)
    parser.add_argument("--results", type=resources.given, default=Path("results/checks"))
    parser.add_argument("--workers", type=int, default=None)
    asked = parser.read(arguments)
    if asked is None:
        return DONE
    if asked.replications < 6:
        raise RequestError(f"--replications is {asked.replications}; at least 6 are needed, two under each theory.")
    names = [name.upper() for name in asked.names] or list(held())
    for name in names:
        if name not in held():
            raise RequestError(f"{name} is no stylised fact.{nearest(name, held())}")
    runs = Runs(asked.results, asked.replications, asked.workers)
    print(tables.verdict_lines(verdicts(runs, names)))
    if not asked.names:
        expected = predictions(asked.results, asked.replications, asked.workers)
        print(f"\n{tables.tally_lines(tallies(runs))}\n\n{tables.prediction_lines(expected)}")
    print("\nA conditional exploration, not a forecast; a failure is a finding and is explained in docs/patterns.md.")
    return DONE
