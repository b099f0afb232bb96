"""Finished runs for a reader: `report` writes the page, `explain-run` prints a replication, `watch` indicators."""

import re
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from scenarios import resources
from scenarios.cli import command
from scenarios.cli.grammar import RESULTS, as_words, check_source, folder_of, folders_of, one_result
from scenarios.cli.parameters import LONGEST, NameOrOverride, UserPath, own_words, words_argument
from scenarios.config import options
from scenarios.errors import RequestError, SomeFailedError
from scenarios.text import CAVEAT

if TYPE_CHECKING:
    from scenarios.runs.result import Result

OF_REPORT = """\
  NAME            a scenario: its newest run that is comparable with those of the others; older ones are listed
  FOLDER          the folder of a run, a folder of such folders, or a glob
  results=PATH    where runs are found by name (results)

The status quo that was run beside a scenario is found beside it. Runs that are not alike (start, world, theories, seed,
horizon) are refused.

Exit codes: 0 done; 2 no folder can be used; 3 the page is written, but a folder or replications failed"""

OF_EXPLAIN_RUN = """\
  NAME|FOLDER      a scenario by name (its newest run), or a finished result, as results/full_withdrawal/<id>
  REPLICATION      its number: the story of that replication
                   without one: a list of typical replications at 10, 50 and 90 per cent of deaths, by theory
  worst=OUTCOME    in place of these the worst 5 per cent by an outcome, as worst=us_deaths
  theory=NAME      those of one theory alone

A replication whose events were not recorded is simulated again from the manifest, with the same random numbers."""

OF_WATCH = """\
  NAME          a scenario by name; what is missing is run, with start=, world=, ensemble=, theory.QUESTION= as in `run`
  FOLDER        a finished result
  days=N        the window in which something is observed (90)"""


@command("report", details=OF_REPORT,
         examples=("report full_withdrawal relabel", "report results/full_withdrawal/* -o page.html"))  # fmt: skip
@click.argument("words", metavar="NAME|FOLDER ...", nargs=-1, required=True,
                type=NameOrOverride("scenario", ("results=",), requests=False))  # fmt: skip
@click.option("-o", "--output", type=UserPath(), default=Path("report.html"), metavar="PAGE.html", show_default=True)
@click.option(
    "--brief", is_flag=True, help="The first page alone: the answer, what would change it, how far to trust it."
)
def report_command(words: Sequence[str], output: Path, brief: bool) -> None:
    """Write the page, and print first what is wrong with the runs."""
    from scenarios.report.page.page import write_page
    from scenarios.report.page.runs import collect_runs, notices

    own, places = own_words(words, "results")
    runs = collect_runs(folders_of(places, resources.given(own.get("results", RESULTS))))
    _check_page(output)
    size = write_page(runs, output, brief=brief)
    for notice in notices(runs):
        print(f"note: {notice}")
    names = ", ".join(run.scenario for run in runs.all_runs)
    print(f"{output}: {names}; {size / 1e6:.1f} MB, to be read offline or printed")
    print(CAVEAT)
    if runs.is_incomplete:
        raise SomeFailedError("a folder was left out or replications failed; the page says so first.")


def _check_page(file: Path) -> None:
    """Refuse a file that is a folder, or whose folder is missing; none is made silently."""
    if file.is_dir():
        raise RequestError(f"report: -o is {file}, a folder; give a file as {file}/report.html.")
    if not file.resolve().parent.is_dir():
        raise RequestError(f"report: -o is {file}, but there is no folder {file.parent}; make it or give another.")


@command("explain-run", no_args_is_help=True, details=OF_EXPLAIN_RUN,
         context_settings={"ignore_unknown_options": True},
         examples=("explain-run full_withdrawal", "explain-run full_withdrawal worst=us_deaths",
                   "explain-run full_withdrawal 12"))  # fmt: skip
@words_argument("NAME|FOLDER [REPLICATION] [worst=OUTCOME] [theory=NAME]", "scenario", "worst=", "theory=",
                requests=False)  # fmt: skip
@click.option("--all", "everything", is_flag=True, help="every event with its cause instead of the story")
def explain_run_command(words: Sequence[str], everything: bool) -> None:
    """Print the story of a replication, its events, or a list of replications."""
    own, others = own_words(words, "worst", "theory")
    _check_replication(others)
    result = one_result(folder_of(others[0]))
    from scenarios.narrative import narrate
    from scenarios.report.terminal import replications

    theory, worst = own.get("theory"), own.get("worst")
    if len(others) == 2:
        number = int(others[1])
        print("\n".join(replications.event_lines(result, number)) if everything else narrate(result, number))
    elif everything:
        raise RequestError("--all lists the events of one replication; give its number.")
    elif worst is not None:
        print("\n".join(replications.worst_lines(result, worst, theory)))
    else:
        print("\n".join(replications.typical_lines(result, theory)))


def _check_replication(words: Sequence[str]) -> None:
    """Refuse words that are too many, no number, or no flag; a number below zero passes for a flag until here."""
    flags = [word for word in words if word.startswith("-") and not _is_number(word)]
    if flags:
        raise RequestError(f"{flags[0]} is not a flag of explain-run; it has --all alone.")
    if len(words) not in (1, 2):
        raise RequestError(f"explain-run takes a scenario or folder and one replication, not {len(words)} words.")
    if len(words) == 2 and not _is_number(words[1]):
        raise RequestError(f"{words[1][:LONGEST]!r} is not the number of a replication; give a whole number from 0.")


def _is_number(word: str) -> bool:
    return re.fullmatch(r"-?[0-9]{1,18}", word) is not None


@command("watch", no_args_is_help=True, details=OF_WATCH,
         examples=("watch full_withdrawal", "watch results/full_withdrawal/0e2a7802b304 days=60"))  # fmt: skip
@words_argument("NAME|FOLDER [days=N] [KEY=VALUE ...]", "scenario", "days=")
@click.option("-o", "--output", type=UserPath(), metavar="PAGE.md", help="write the page there instead of printing it")
def watch_command(words: Sequence[str], output: Path | None) -> None:
    """Print or write the page of a scenario."""
    own, others = own_words(words, "days")
    days = _days(own["days"]) if "days" in own else None
    result = result_of(others)
    from scenarios.report.indicators import page
    from scenarios.store.files import write_output

    text = page(result, **({} if days is None else {"days": days}))
    if output is None:
        print(text)
    else:
        write_output(output, f"{text}\n".encode())
        print(f"written to {output}")
    if result.failures:
        raise SomeFailedError(f"{len(result.failures)} draws failed; see {result.path}/manifest.json")


def _days(value: str) -> float:
    """The window that is requested."""
    from scenarios.config.fields import number

    try:
        return number(float(value), "days", 1.0, 10_000.0, "days")
    except RequestError:
        raise
    except ValueError as error:
        raise RequestError(f"days is {value!r}; it must be a number of days from 1 to 10,000.") from error


def result_of(words: Sequence[str]) -> "Result":
    """The result in a folder, or that of a scenario, which is run if it is missing."""
    bare, given = [word for word in words if "=" not in word], [word for word in words if "=" in word]
    if len(bare) > 1 or not words:
        raise RequestError("watch takes one scenario or one folder; see watch --help.")
    if not bare or bare[0] in options.options("scenario"):
        return run_missing(as_words(words))
    check_source(bare[0])
    if given:
        raise RequestError(f"{given[0]} requests a run, but {bare[0]} is a folder; give a scenario instead.")
    return one_result(bare[0])


def run_missing(words: Sequence[str]) -> "Result":
    """The result of a scenario; what is there already is not run again."""
    from scenarios.config.compose import command_request, composed
    from scenarios.execution.progress import Progress
    from scenarios.report.terminal.run import conclude
    from scenarios.runs.runner import run_experiments

    experiment = command_request(composed(words))
    with Progress() as progress:
        (folder,) = run_experiments([experiment.request], experiment.results, experiment.workers, progress)
    return conclude(folder, None, quiet=True)
