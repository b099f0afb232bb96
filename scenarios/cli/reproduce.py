"""`replay` simulates a point or a replication again and compares it with the stored bits; `diff` compares folders."""

import traceback
from collections.abc import Sequence
from pathlib import Path

import click

from scenarios import resources
from scenarios.cli import command
from scenarios.cli.grammar import RESULTS, folder_of
from scenarios.cli.parameters import NameOrOverride, own_words, whole_number, words_argument
from scenarios.errors import RequestError, SomeFailedError
from scenarios.text import CAVEAT

DETAILS = """\
  NAME|FOLDER POINT[/REPLICATION]     of a study; a point by its identifier or number
  NAME|FOLDER /REPLICATION            of a run; the newest by the name of its scenario
  ID[/REPLICATION] [results=PATH]     a point or run by its identifier, wherever it is stored

Simulates it in this process, so that an error is raised here, and reports whether the bits are those stored."""


@command("replay", details=DETAILS, examples=("replay full_withdrawal /12", "replay 0e2a7802b304/12"))
@words_argument("NAME|FOLDER POINT[/REPLICATION] | ID[/REPLICATION]", "scenario", "results=", requests=False)
@click.option("--traceback", "in_full", is_flag=True, help="print an error in full")
def replay_command(words: Sequence[str], in_full: bool) -> None:
    """Replay, and print outcomes and verdict; SomeFailedError if the bits differ."""
    folder, what = _meant(words)
    point, slash, number = what.partition("/")
    replication = whole_number(number, "the replication", 0) if slash else None
    if (folder / "study.yaml").exists():
        _of_study(folder, point, replication, in_full=in_full)
    else:
        _of_run(folder, point, replication)


def _meant(words: Sequence[str]) -> tuple[Path, str]:
    """The folder, and which point or replication of it."""
    own, given = own_words(words, "results")
    if len(given) == 2:
        return folder_of(given[0], resources.given(own.get("results", RESULTS))), given[1]
    if len(given) != 1:
        raise RequestError("replay takes a folder and a point, or an identifier; see replay --help.")
    from scenarios.studies.replay import locate

    name, slash, number = given[0].partition("/")
    folder, point = locate(resources.given(own.get("results", RESULTS)), name)
    return folder, f"{point}{slash}{number}"


def _of_study(folder: Path, point: str, replication: int | None, *, in_full: bool) -> None:
    from scenarios.config.user_inputs import own_lines
    from scenarios.report.terminal.study import headline_lines
    from scenarios.studies.replay import replay

    repeated = replay(folder, point, replication)
    if repeated.error is not None:
        if in_full:
            traceback.print_exception(repeated.error)
        raise SomeFailedError(f"{repeated.what} fails: {failed_at(repeated.error)}")
    print(f"{repeated.what}: {len(repeated.values):,} replications simulated, {len(repeated.stored):,} are stored")
    below = [*own_lines({"own": repeated.own}), f"digest {repeated.digest}", CAVEAT]
    print("\n".join([*headline_lines(repeated), *(f"  {line}" for line in below)]))
    if repeated.differing:
        raise SomeFailedError(f"{', '.join(repeated.differing[:5])} are not what is stored, bit for bit.")
    if not len(repeated.stored):
        raise SomeFailedError(f"of {repeated.what} nothing is stored to hold it against; sweep {folder} to its end.")
    print("  the same bits as stored")


def failed_at(error: BaseException) -> str:
    """An exception in one line, with its place."""
    last = traceback.extract_tb(error.__traceback__)[-1]
    from scenarios.execution import failure_of

    return f"{failure_of(error)} ({Path(last.filename).name}, line {last.lineno}, in {last.name}); see --traceback"


def _of_run(folder: Path, point: str, replication: int | None) -> None:
    from scenarios.config.user_inputs import own_lines
    from scenarios.narrative.narrator import check_replication
    from scenarios.outcomes import HEADLINES
    from scenarios.runs.replay import simulate_again
    from scenarios.runs.result import Result
    from scenarios.text import significant

    result = Result(folder)
    if replication is None:
        number = point if point.isdecimal() else "0"
        raise RequestError(f"{folder} is a run, which has no points; give one of its replications, as /{number}.")
    check_replication(result, replication)
    repeated = simulate_again(result, [replication])[replication]
    theory = result.theories[replication % len(result.theories)]
    print(f"{result.scenario} {result.manifest['id']}, replication {replication}: {theory}")
    for name in HEADLINES:
        print(f"  {name.replace('_', ' '):32}{significant(repeated.outcomes[name]):>12}")
    print("\n".join(f"  {line}" for line in [*own_lines(result.manifest), CAVEAT]))
    if repeated.differs:
        because = f"; changed since: {', '.join(repeated.changed)}" if repeated.changed else ""
        raise SomeFailedError(f"{', '.join(repeated.differs[:5])} are not what is stored, bit for bit{because}.")
    print("  the same bits as stored")


@command("diff", details="What was requested differently, in which versions, and where the numbers differ.",
         examples=("diff full_withdrawal relabel", "diff relabel elsewhere/relabel/0e2a7802b304"))  # fmt: skip
@click.argument("first", metavar="A", type=NameOrOverride("scenario", requests=False))
@click.argument("second", metavar="B", type=NameOrOverride("scenario", requests=False))
def diff_command(first: str, second: str) -> None:
    """Print the differences of two runs or studies, by their folders or names."""
    from scenarios.studies.diff import describe_differences

    print("\n".join(describe_differences(folder_of(first), folder_of(second))))
