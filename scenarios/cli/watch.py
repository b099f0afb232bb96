"""`watch SCENARIO|FOLDER`: what to watch, in words; runs what is missing."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from scenarios import resources
from scenarios.cli.words import is_help, parted
from scenarios.config import options
from scenarios.errors import DONE, RequestError, SomeFailedError, nearest

if TYPE_CHECKING:
    from scenarios.runs.result import Result

HELP = """\
usage: python -m scenarios watch SCENARIO|FOLDER [days=90] [key=value ...] [-o PAGE.md]

  SCENARIO      a scenario by name; what is missing is run, with start=, world=, ensemble=, theory.QUESTION= as in `run`
  FOLDER        a finished result
  days=N        the window in which something is seen (90)
  -o PAGE.md    write the page there instead of printing it"""


def main(arguments: Sequence[str]) -> int:
    """Print or write the page of a scenario."""
    if not arguments or is_help(arguments):
        print(HELP)
        return DONE
    flags, words = parted("watch", arguments, ("-o",))
    if not words:
        raise RequestError("watch needs a scenario or a folder: python -m scenarios watch full_withdrawal")
    where, *rest = words
    given = [word for word in rest if word.startswith("days=")]
    days, others = _days(given), [word for word in rest if not word.startswith("days=")]
    result = found(where, others)
    from scenarios.report.indicators import page

    told = page(result, **({} if days is None else {"days": days}))
    if "-o" in flags:
        write(resources.given(flags["-o"]), told)
        print(f"written to {flags['-o']}")
    else:
        print(told)
    if result.failures:
        raise SomeFailedError(f"{len(result.failures)} draws failed; see {result.path}/manifest.json")
    return DONE


def _days(given: Sequence[str]) -> float | None:
    """The window that is asked for."""
    from scenarios.config.fields import number

    if not given:
        return None
    value = given[-1].removeprefix("days=")
    try:
        return number(float(value), "days", 1.0, 10_000.0, "days")
    except ValueError as error:
        raise RequestError(f"days is {value!r}; it must be a number of days from 1 to 10,000.") from error


def found(where: str, words: Sequence[str]) -> "Result":
    """The result in a folder, or that of a scenario, which is run if it is missing."""
    name = where.removeprefix("+").removeprefix("scenario=")
    if name in options.options("scenario"):
        return run(name, words)
    if not resources.given(where).exists():
        raise RequestError(f"{where!r} is neither a folder nor a scenario.{nearest(name, options.options('scenario'))}")
    if words:
        raise RequestError(f"{words[0]} asks for a run, but {where} is a folder; give a scenario instead.")
    from scenarios.cli.explain_run import one_result

    return one_result(where)


def run(name: str, words: Sequence[str]) -> "Result":
    """The result of a scenario; what is there already is not run again."""
    from scenarios.config.compose import asked, composed
    from scenarios.execution.progress import Progress
    from scenarios.report.terminal.run import conclude
    from scenarios.runs.runner import carry_out

    wanted = asked(composed([f"+scenario={name}", *words]))
    with Progress() as progress:
        (folder,) = carry_out([wanted.request], wanted.results, wanted.workers, progress)
    return conclude(folder, None, quiet=True)


def write(file: Path, told: str) -> None:
    """Write a page."""
    from scenarios.store.files import write_output

    write_output(file, f"{told}\n".encode())
