"""`sweep +study=NAME`: many points of a design, run by a pool of processes, by Slurm, or in shards."""

import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from scenarios import resources
from scenarios.cli.words import MOST_SHOWN, counted, is_help, parted
from scenarios.errors import DONE, RequestError

if TYPE_CHECKING:
    from scenarios.studies.layout import Point
    from scenarios.studies.request import Asked
    from scenarios.studies.runner import Drive

HELP = """\
usage: python -m scenarios sweep +study=NAME|FILE [key=value ...] [--plan] [--shard I/N] ...
       python -m scenarios sweep FOLDER [results=PATH]     go on with a study, or repeat it elsewhere

  +study=NAME|FILE        a design (`python -m scenarios list study`); study.sample.points=256 changes one key of it
  start= world= theory.QUESTION= loop= ensemble= beliefs= parameters.NAME=   hold where no factor says otherwise
  engine=pool|slurm       where chunks are lived; engine.partition= and others: docs/cluster.md
  workers=N               processes of the pool, by default as many as it may use cores
  results=PATH            where the folder is written (results)
  --plan                  points, replication-days, core-hours, disk; nothing is kept
  --dry-run               the script that Slurm would be given; nothing is submitted
  --shard I/N             live one part of N, for any other scheduler; `merge` puts the parts together
  --max-failures N        stop once more than N points have failed
  --timeout SECONDS       that a point may take
  --retry-failed          live points again that failed before

The same command goes on where it was stopped. The last line is `dataset HASH`, one hash over all results."""

VALUED = ("--shard", "--max-failures", "--timeout")

SWITCHES = ("--plan", "--dry-run", "--retry-failed")

OF_FOLDER = ("results", "workers", "engine")

USELESS = ("record.", "against=")


@dataclass(frozen=True)
class Words:
    """How a study is to be carried out."""

    results: Path
    workers: int | None
    engine: Mapping[str, object]
    shard: tuple[int, int] | None
    most_failures: int | None
    seconds: float | None
    retry: bool


def main(arguments: Sequence[str]) -> int:
    """Carry out a study; SomeFailedError if points failed or are missing."""
    if is_help(arguments):
        print(HELP)
        return DONE
    flags, given = parted("sweep", arguments, VALUED, SWITCHES)
    asked, words = asked_of(given, flags)
    if "--plan" in flags:
        from scenarios.studies.plan import planned

        print(planned(asked, asked.folder(words.results), points_of(asked, words.shard), words.workers))
        return DONE
    if "--dry-run" in flags:
        print(script(asked, words))
        return DONE
    return carry_out(asked, words)


def asked_of(given: Sequence[str], flags: Mapping[str, str]) -> tuple["Asked", Words]:
    """The study that words ask for, and how it is to be carried out."""
    from scenarios.config.compose import composed, results_of
    from scenarios.studies.request import asked, composed_study
    from scenarios.studies.stored_request import asked_in

    folders = [word for word in given if "=" not in word]
    if len(folders) > 1 or (folders and any(word.partition("=")[0] not in OF_FOLDER for word in given if "=" in word)):
        raise RequestError("sweep takes +study=NAME and keys, or one FOLDER of a study with results= and workers=.")
    if folders:
        folder, config = resources.given(folders[0]).resolve(), composed([word for word in given if "=" in word])
        moved = any(word.startswith("results=") for word in given)
        return asked_in(folder), _words(config, results_of(config) if moved else folder.parent.parent, flags)
    useless = [word for word in given if word.startswith(USELESS)]
    if useless:
        raise RequestError(f"{useless[0]} has no effect on a sweep, which keeps outcomes alone; leave it out.")
    config = composed_study(given)
    return asked(config), _words(config, results_of(config), flags)


def _words(config: Mapping[str, object], results: Path, flags: Mapping[str, str]) -> Words:
    from scenarios.config.compose import workers_of

    engine = config.get("engine") or {"name": "pool"}
    assert isinstance(engine, Mapping)
    return Words(
        results=results,
        workers=workers_of(config),
        engine=engine,
        shard=shard(flags["--shard"]) if "--shard" in flags else None,
        most_failures=counted(flags["--max-failures"], "--max-failures", 0) if "--max-failures" in flags else None,
        seconds=float(counted(flags["--timeout"], "--timeout", 1)) if "--timeout" in flags else None,
        retry="--retry-failed" in flags,
    )


def shard(written: str) -> tuple[int, int]:
    """Part I of N."""
    number, _, of = written.partition("/")
    try:
        parts = counted(of, "--shard", 1)
        return counted(number, "--shard", 1, parts), parts
    except RequestError as error:
        raise RequestError(
            f"--shard is {written[:MOST_SHOWN]!r}; it must be I/N with I from 1 to N, as 2/8."
        ) from error


def script(asked: "Asked", words: Words) -> str:
    """What sbatch would be given."""
    from scenarios.execution.slurm import Slurm
    from scenarios.execution.slurm.site import site
    from scenarios.studies.chunks import chunks

    described = site(words.engine)
    if described is None:
        raise RequestError("--dry-run shows what Slurm would be given; ask for engine=slurm.")
    folder = asked.folder(words.results)
    return Slurm(described, folder).script(len(chunks(asked, folder, asked.layout.distinct)))


def carry_out(asked: "Asked", words: Words) -> int:
    """Simulate what is missing, finish the data once all is there, and report."""
    from scenarios.execution import to_stderr
    from scenarios.execution.progress import Progress
    from scenarios.studies.folder import Folder
    from scenarios.studies.runner import Drive, engine_of
    from scenarios.studies.status import ended, partly

    folder = Folder(asked, asked.folder(words.results)).open()
    with Progress() as progress:
        engine = engine_of(words.engine, folder.path, words.workers)
        drive = Drive(folder, engine, progress, to_stderr, words.most_failures, words.seconds, words.retry)
        _driven(drive, points_of(asked, words.shard))
    if words.shard and folder.missing(folder.store()):
        print(partly(folder, words.shard))
        return DONE
    return ended(folder.path, folder.finish(drive.lost))


def points_of(asked: "Asked", shard: tuple[int, int] | None) -> "Sequence[Point]":
    """The points that are to be run here."""
    from scenarios.studies.runner import sharded

    return list(sharded(asked.layout.distinct, shard)) if shard else asked.layout.distinct


def _driven(drive: "Drive", points: "Sequence[Point]") -> None:
    """Run points; on Ctrl-C say what is kept."""
    try:
        drive.run(points)
    except KeyboardInterrupt:
        print(f"\n{drive.done:,} of {drive.whole:,} replications are kept in {drive.folder.path}.", file=sys.stderr)
        raise
