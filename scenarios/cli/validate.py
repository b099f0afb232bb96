"""The model compared with its record: `check` of facts, counts and expectations, `prior` of every outcome."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import click

from scenarios.cli import command
from scenarios.cli.parameters import UserPath, WholeNumber
from scenarios.errors import RequestError, nearest
from scenarios.text import CAVEAT

CHECKED, PRIOR_PREDICTIVE = 900, 400  # replications; of a check three hundred under each theory of strikes

LEAST = 6

SHOWN = ("attacks_on_us", "us_deaths", "us_strikes", "isis_attacks", "deaths")


def size_options(replications: int) -> Callable[[Any], Any]:
    """Declare how much is simulated, where it is kept, and by how many processes."""
    count = click.option(
        "--replications", type=WholeNumber(0), default=replications, show_default=True, help="of every run"
    )
    results = click.option(
        "--results", type=UserPath(), metavar="PATH", default=Path("results/checks"), help="where runs are kept"
    )
    workers = click.option("--workers", type=WholeNumber(), help="processes")
    return lambda function: count(results(workers(function)))


@command("check", details="A failing check is a finding, so the exit code is 0; docs/patterns.md explains it.",
         examples=("check", "check P11 --replications 300"))  # fmt: skip
@click.argument("names", metavar="[ID ...]", nargs=-1)
@size_options(CHECKED)
def check_command(names: Sequence[str], replications: int, results: Path, workers: int | None) -> None:
    """Run the checks of stylised facts, or those named as P11."""
    from scenarios.validation import tables
    from scenarios.validation.checks import criteria, verdicts
    from scenarios.validation.counts import compare_counts
    from scenarios.validation.expectations import predictions
    from scenarios.validation.histories import Runs

    if replications < LEAST:
        raise RequestError(f"--replications is {replications}; at least {LEAST} are needed, two under each theory.")
    facts = [name.upper() for name in names] or list(criteria())
    for name in facts:
        if name not in criteria():
            raise RequestError(f"{name} is no stylised fact.{nearest(name, criteria())}")
    runs = Runs(results, replications, workers)
    print(tables.verdict_lines(verdicts(runs, facts)))
    if not names:
        expected = predictions(results, replications, workers)
        print(f"\n{tables.tally_lines(compare_counts(runs))}\n\n{tables.prediction_lines(expected)}")
    print("\nA conditional exploration, not a forecast; a failure is a finding and is explained in docs/patterns.md.")


@command("prior", examples=("prior --replications 100",))
@size_options(PRIOR_PREDICTIVE)
def prior_command(replications: int, results: Path, workers: int | None) -> None:
    """Run a year of status quo everywhere, and print medians."""
    from scenarios.report.terminal.tables import grid
    from scenarios.validation import prior_predictive

    distributions = prior_predictive.distributions(results, replications, workers)
    heads = [name.replace("_", " ") for name in SHOWN]
    print("\n".join(grid(heads, prior_predictive.medians(distributions, SHOWN))))
    print(f"medians of a year of status quo under the priors as shipped. {CAVEAT}")
