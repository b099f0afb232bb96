"""Finished runs for a reader: `report` writes the page, `explain-run` prints a replication, `watch` indicators."""

import re
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from scenarios import resources
from scenarios.cli import LONGEST, UserPath, command, own_words, words_argument
from scenarios.cli.completion import complete_path, complete_scenario
from scenarios.config import options
from scenarios.errors import RequestError, SomeFailedError, nearest
from scenarios.text import CAVEAT

if TYPE_CHECKING:
    from scenarios.runs.result import Result

OF_REPORT = """\
FOLDER is the folder of a run, a folder of such folders, or a glob. The status quo that was run beside a scenario is
found beside it. Runs that are not alike (start, world, theories, seed, horizon) are refused.

Exit codes: 0 done; 2 no folder can be used; 3 the page is written, but a folder or replications failed"""

OF_EXPLAIN_RUN = """\
  FOLDER         a finished result, as results/full_withdrawal/<id>
  REPLICATION    its number; without one, the typical replications at 10, 50 and 90 per cent of deaths, by theory
  theory=NAME    the typical replications of one theory alone

A replication whose events were not recorded is simulated again from the manifest, with the same random numbers."""

OF_WATCH = """\
  SCENARIO      a scenario by name; what is missing is run, with start=, world=, ensemble=, theory.QUESTION= as in `run`
  FOLDER        a finished result
  days=N        the window in which something is observed (90)"""


@command("report", details=OF_REPORT)
@click.argument("folders", metavar="FOLDER ...", nargs=-1, required=True, shell_complete=complete_path)
@click.option("-o", "--output", type=UserPath(), default=Path("report.html"), metavar="PAGE.html", show_default=True)
def report_command(folders: Sequence[str], output: Path) -> None:
    """Write the page, and print first what is wrong with the runs."""
    from scenarios.report.page.page import write_page
    from scenarios.report.page.runs import collect_runs, notices

    runs = collect_runs(folders)
    _check_page(output)
    size = write_page(runs, output)
    for notice in notices(runs):
        print(f"note: {notice}")
    names = ", ".join(each.scenario for each in runs.all_runs)
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
         context_settings={"ignore_unknown_options": True})  # fmt: skip
@click.argument("folder", metavar="FOLDER", shell_complete=complete_path)
@words_argument("[REPLICATION] [theory=NAME]", shell_complete=complete_path)
@click.option("--all", "everything", is_flag=True, help="every event with its cause instead of the story")
def explain_run_command(folder: str, words: Sequence[str], everything: bool) -> None:
    """Print the story of a replication, its events, or the stories of the typical ones."""
    from scenarios.narrative import narrate

    own, numbers = own_words(words, "theory")
    _check_replication([folder, *numbers])
    result = one_result(folder)
    if not numbers:
        print("\n".join(exemplar_lines(result, own.get("theory"), everything=everything)))
        return
    number = int(numbers[0])
    print("\n".join(event_lines(result, number)) if everything else narrate(result, number))


def _check_replication(words: Sequence[str]) -> None:
    """Refuse words that are too many, no number, or no flag; a number below zero passes for a flag until here."""
    flags = [word for word in words if word.startswith("-") and not _is_number(word)]
    if flags:
        raise RequestError(f"{flags[0]} is not a flag of explain-run; it has --all alone.")
    if len(words) > 2:
        raise RequestError(f"explain-run takes a folder and one replication, not {len(words)} words.")
    if len(words) == 2 and not _is_number(words[1]):
        raise RequestError(f"{words[1][:LONGEST]!r} is not the number of a replication; give a whole number from 0.")


def _is_number(word: str) -> bool:
    return re.fullmatch(r"-?[0-9]{1,18}", word) is not None


def one_result(where: str) -> "Result":
    """The one finished result that a folder holds."""
    from scenarios.load import load
    from scenarios.runs.result import Result, Results

    results = load(where)
    if isinstance(results, Result):
        return results
    if not isinstance(results, Results):
        raise RequestError(f"{where} is a study of many points, not one result; run the one that matters by itself.")
    paths = ", ".join(str(each.path) for each in results[:5]) + (", ..." if len(results) > 5 else "")
    raise RequestError(f"{where} holds {len(results)} results; give one of {paths}.")


def event_lines(result: "Result", replication: int) -> list[str]:
    """Every event of a replication, a line each."""
    from datetime import date

    from scenarios.narrative import events_of
    from scenarios.narrative.chains import Chains
    from scenarios.narrative.phrases import clause, on, repetitions
    from scenarios.narrative.story import CAVEAT

    start = date.fromisoformat(result.manifest["as_of"])
    lines = [
        f"e{each.number:<6}{on(each.day, start)}  {clause(each)}{repetitions(each)}"
        f"  <- {'' if each.cause is None else f'e{each.cause} '}{each.reason}"
        for each in Chains.of(events_of(result, replication)).events.values()
    ]
    return [*lines, "", CAVEAT]


def exemplar_lines(result: "Result", theory: str | None, *, everything: bool) -> list[str]:
    """The typical replications: which they are, then each one's story."""
    from scenarios.narrative import medoids, narrate_all

    if everything:
        raise RequestError("--all lists the events of one replication; give its number.")
    exemplars = medoids(result, theory)
    if not exemplars:
        raise RequestError(f"{result.path} has no replication that did not fail.")
    lines = ["Typical replications, by quantile of deaths (docs/why.md says how they are chosen):"]
    lines += [f"  {each.theory:30} {100 * each.quantile:3.0f} %   replication {each.replication}" for each in exemplars]
    stories = narrate_all(result, list(dict.fromkeys(each.replication for each in exemplars)))
    return [*lines, *(line for story in stories for line in ("", "-" * 100, "", str(story)))]


@command("watch", no_args_is_help=True, details=OF_WATCH)
@click.argument("where", metavar="SCENARIO|FOLDER", shell_complete=complete_scenario)
@words_argument("[days=N] [KEY=VALUE ...]")
@click.option("-o", "--output", type=UserPath(), metavar="PAGE.md", help="write the page there instead of printing it")
def watch_command(where: str, words: Sequence[str], output: Path | None) -> None:
    """Print or write the page of a scenario."""
    own, others = own_words(words, "days")
    days = _days(own["days"]) if "days" in own else None
    result = result_of(where, others)
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


def result_of(where: str, words: Sequence[str]) -> "Result":
    """The result in a folder, or that of a scenario, which is run if it is missing."""
    name = where.removeprefix("+").removeprefix("scenario=")
    if name in options.options("scenario"):
        return run_missing(name, words)
    if not resources.given(where).exists():
        raise RequestError(f"{where!r} is neither a folder nor a scenario.{nearest(name, options.options('scenario'))}")
    if words:
        raise RequestError(f"{words[0]} asks for a run, but {where} is a folder; give a scenario instead.")
    return one_result(where)


def run_missing(name: str, words: Sequence[str]) -> "Result":
    """The result of a scenario; what is there already is not run again."""
    from scenarios.config.compose import command_request, composed
    from scenarios.execution.progress import Progress
    from scenarios.report.terminal.run import conclude
    from scenarios.runs.runner import run_experiments

    experiment = command_request(composed([f"+scenario={name}", *words]))
    with Progress() as progress:
        (folder,) = run_experiments([experiment.request], experiment.results, experiment.workers, progress)
    return conclude(folder, None, quiet=True)
