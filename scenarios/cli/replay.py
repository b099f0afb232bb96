"""`replay`: a point of a study, or a replication, simulated again and compared with what is stored."""

import traceback
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from scenarios import resources
from scenarios.cli.words import counted, is_help, parted
from scenarios.errors import DONE, RequestError, SomeFailedError
from scenarios.execution import failure_of
from scenarios.text import CAVEAT

if TYPE_CHECKING:
    from scenarios.studies.replay import Replayed

HELP = """\
usage: python -m scenarios replay FOLDER POINT[/REPLICATION]     of a study; a point by its identifier or number
       python -m scenarios replay FOLDER /REPLICATION            of a run
       python -m scenarios replay ID[/REPLICATION] [results=PATH]  a point or run by its identifier, wherever it lies

Lives it again in this process, so that an error shows itself, with --traceback in full, and says whether the bits are
those that are stored."""


def main(arguments: Sequence[str]) -> int:
    """Replay, and print outcomes and verdict; SomeFailedError if the bits differ."""
    if is_help(arguments):
        print(HELP)
        return DONE
    flags, words = parted("replay", arguments, switches=("--traceback",))
    folder, what = _meant(words)
    point, slash, number = what.partition("/")
    replication = counted(number, "the replication", 0) if slash else None
    if (folder / "study.yaml").exists():
        return _of_study(folder, point, replication, in_full="--traceback" in flags)
    return _of_run(folder, point, replication)


def _meant(words: Sequence[str]) -> tuple[Path, str]:
    """The folder, and which point or replication of it."""
    keys = [word for word in words if word.startswith("results=")]
    given = [word for word in words if word not in keys]
    if len(given) == 2:
        return resources.given(given[0]), given[1]
    if len(given) != 1:
        raise RequestError("replay takes a folder and a point, or an identifier; see replay --help.")
    from scenarios.studies.replay import found_id

    name, slash, number = given[0].partition("/")
    folder, point = found_id(resources.given(keys[0].partition("=")[2] if keys else "results"), name)
    return folder, f"{point}{slash}{number}"


def _of_study(folder: Path, point: str, replication: int | None, *, in_full: bool) -> int:
    from scenarios.config.user_inputs import own_lines
    from scenarios.studies.replay import replayed

    found = replayed(folder, point, replication)
    if found.error is not None:
        if in_full:
            traceback.print_exception(found.error)
        raise SomeFailedError(f"{found.what} fails: {failed_at(found.error)}")
    print(f"{found.what}: {len(found.values):,} replications lived, {len(found.stored):,} are stored")
    below = [*own_lines({"own": found.own}), f"digest {found.digest}", CAVEAT]
    print("\n".join([*by_theory(found), *(f"  {line}" for line in below)]))
    if found.differing:
        raise SomeFailedError(f"{', '.join(found.differing[:5])} are not what is stored, bit for bit.")
    if not len(found.stored):
        raise SomeFailedError(f"of {found.what} nothing is stored to hold it against; sweep {folder} to its end.")
    print("  the same bits as stored")
    return DONE


def by_theory(found: "Replayed") -> list[str]:
    """The headlines under each theory; means with their Monte Carlo error if there is more than one draw."""
    from scenarios.outcomes import HEADLINES
    from scenarios.report.terminal.tables import grid
    from scenarios.studies.writer import NAMES, summarised
    from scenarios.text import shown

    told = summarised(found.values, found.theories)
    errors = len(found.values) > len(found.theories)
    cells = [shown(mean) + (f" ±{shown(error)}" if errors else "")
             for mean, error in zip(told["mean"], told["mc_error"], strict=True)]  # fmt: skip
    rows = [(f"  {name.replace('_', ' ')}", cells[NAMES.index(name) :: len(NAMES)]) for name in HEADLINES]
    return [*(["  mean ± Monte Carlo error"] if errors else []), *grid(found.theories, rows)]


def failed_at(error: BaseException) -> str:
    """An exception in one line, with its place."""
    last = traceback.extract_tb(error.__traceback__)[-1]
    return f"{failure_of(error)} ({Path(last.filename).name}, line {last.lineno}, in {last.name}); see --traceback"


def _of_run(folder: Path, point: str, replication: int | None) -> int:
    from scenarios.config.user_inputs import own_lines
    from scenarios.narrative.narrator import check_replication
    from scenarios.outcomes import HEADLINES
    from scenarios.runs.replay import lived_again
    from scenarios.runs.result import Result
    from scenarios.text import shown

    result = Result(folder)
    if replication is None:
        number = point if point.isdecimal() else "0"
        raise RequestError(f"{folder} is a run, which has no points; give one of its replications, as /{number}.")
    check_replication(result, replication)
    found = lived_again(result, [replication])[replication]
    theory = result.theories[replication % len(result.theories)]
    print(f"{result.scenario} {result.manifest['id']}, replication {replication}: {theory}")
    for name in HEADLINES:
        print(f"  {name.replace('_', ' '):32}{shown(found.outcomes[name]):>12}")
    print("\n".join(f"  {line}" for line in [*own_lines(result.manifest), CAVEAT]))
    if found.differs:
        because = f"; changed since: {', '.join(found.changed)}" if found.changed else ""
        raise SomeFailedError(f"{', '.join(found.differs[:5])} are not what is stored, bit for bit{because}.")
    print("  the same bits as stored")
    return DONE
