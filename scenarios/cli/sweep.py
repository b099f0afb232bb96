"""Commands about studies: `sweep` carries one out, `status` and `summarise` report on it, `merge` joins its shards."""

import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from scenarios import resources
from scenarios.cli import MOST_SHOWN, command
from scenarios.cli.grammar import folder_of
from scenarios.cli.parameters import NameOrOverride, UserPath, WholeNumber, own_words, whole_number, words_argument
from scenarios.config import options
from scenarios.errors import RequestError

if TYPE_CHECKING:
    import pandas as pd

    from scenarios.studies.dataset import Dataset
    from scenarios.studies.layout import Point
    from scenarios.studies.request import StudyRequest
    from scenarios.studies.runner import Drive

DETAILS = """\
Words:
  NAME | +study=FILE      a design (`python -m scenarios list studies`); study.sample.points=256 changes one key of it
  FOLDER [results=PATH]   go on with a study, or repeat it elsewhere
  start= world= theory.QUESTION= loop= ensemble= beliefs= parameters.NAME=   hold where no factor says otherwise
  engine=pool|slurm       where chunks are simulated; engine.partition= and others: docs/cluster.md
  workers=N               processes of the pool, by default as many as it may use cores
  results=PATH            where the folder is written (results)

The same command goes on where it was stopped. The last line is `dataset HASH`, one hash over all results."""

OF_FOLDER = ("results", "workers", "engine")

USELESS = ("record.", "against=")

USUAL = ("deaths", "us_deaths", "attacks_on_us_sites", "isis_attacks", "ladder_max")


@dataclass(frozen=True)
class Execution:
    """How a study is to be carried out."""

    results: Path
    workers: int | None
    engine: Mapping[str, object]
    shard: tuple[int, int] | None
    max_failures: int | None
    seconds: float | None
    retry: bool


class Shard(click.ParamType):
    """Part I of N."""

    name = "I/N"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> tuple[int, int]:
        """Convert a word to the number of a part and the number of parts."""
        number, _, parts = value.partition("/")
        try:
            whole = whole_number(parts, "--shard", 1)
            return whole_number(number, "--shard", 1, whole), whole
        except RequestError as error:
            raise RequestError(
                f"--shard is {value[:MOST_SHOWN]!r}; it must be I/N with I from 1 to N, as 2/8."
            ) from error


@command("sweep", details=DETAILS,
         examples=("sweep withdrawal_by_theory --plan", "sweep withdrawal_by_theory --shard 2/8"))  # fmt: skip
@words_argument("NAME|FOLDER [KEY=VALUE ...]", "study")
@click.option("--plan", is_flag=True, help="print points, replication-days, core-hours and disk; nothing is kept")
@click.option("--dry-run", is_flag=True, help="print the script that Slurm would be given; nothing is submitted")
@click.option("--shard", type=Shard(), help="simulate one part of N, for any other scheduler; `merge` joins the parts")
@click.option("--max-failures", type=WholeNumber(0), help="stop once more than N points have failed")
@click.option("--timeout", "seconds", type=WholeNumber(), metavar="SECONDS", help="that a point may take")
@click.option("--retry-failed", "retry", is_flag=True, help="simulate points again that failed before")
def sweep_command(words: Sequence[str], plan: bool, dry_run: bool, **flags: Any) -> int | None:
    """Carry out a study; SomeFailedError if points failed or are missing."""
    study, execution = requested(words, flags)
    if plan:
        from scenarios.studies.plan import planned

        folder = study.folder(execution.results)
        print(planned(study, folder, points_of(study, execution.shard), execution.workers))
        return None
    if dry_run:
        print(_script(study, execution))
        return None
    return run_study(study, execution)


def requested(words: Sequence[str], flags: Mapping[str, Any]) -> tuple["StudyRequest", Execution]:
    """The study that words request, and how it is to be carried out."""
    from scenarios.config.compose import composed, results_of
    from scenarios.studies.request import composed_study, study_request
    from scenarios.studies.stored_request import stored_study

    words = [f"+study={word}" if word in options.options("study") else word for word in words]
    folders = [word for word in words if "=" not in word]
    own, others = own_words(words, *OF_FOLDER)
    if len(folders) > 1 or (folders and others != folders):
        raise RequestError(
            "sweep takes the NAME of a study and keys, or one FOLDER of a study with results= and workers=."
        )
    if folders:
        folder, config = resources.given(folders[0]).resolve(), composed([word for word in words if "=" in word])
        results = results_of(config) if "results" in own else folder.parent.parent
        return stored_study(folder), _execution(config, results, flags)
    useless = [word for word in words if word.startswith(USELESS)]
    if useless:
        raise RequestError(f"{useless[0]} has no effect on a sweep, which keeps outcomes alone; leave it out.")
    config = composed_study(words)
    return study_request(config), _execution(config, results_of(config), flags)


def _execution(config: Mapping[str, object], results: Path, flags: Mapping[str, Any]) -> Execution:
    from scenarios.config.compose import workers_of

    engine = config.get("engine") or {"name": "pool"}
    assert isinstance(engine, Mapping)
    return Execution(results=results, workers=workers_of(config), engine=engine, **flags)


def _script(study: "StudyRequest", execution: Execution) -> str:
    """The script that sbatch would be given."""
    from scenarios.execution.slurm import Slurm
    from scenarios.execution.slurm.site import site
    from scenarios.studies.chunks import chunks

    described = site(execution.engine)
    if described is None:
        raise RequestError("--dry-run shows what Slurm would be given; ask for engine=slurm.")
    folder = study.folder(execution.results)
    return Slurm(described, folder).script(len(chunks(study, folder, study.layout.distinct)))


def run_study(study: "StudyRequest", execution: Execution) -> int | None:
    """Simulate what is missing, finish the data once all is there, and report."""
    from scenarios.execution import to_stderr
    from scenarios.execution.progress import Progress
    from scenarios.studies.folder import StudyFolder
    from scenarios.studies.runner import Drive, engine_of
    from scenarios.studies.status import report_finished, report_partial

    folder = StudyFolder(study, study.folder(execution.results)).open()
    seconds = None if execution.seconds is None else float(execution.seconds)
    with Progress() as progress:
        engine = engine_of(execution.engine, folder.path, execution.workers)
        drive = Drive(folder, engine, progress, to_stderr, execution.max_failures, seconds, execution.retry)
        _run(drive, points_of(study, execution.shard))
    if execution.shard and folder.missing(folder.store()):
        print(report_partial(folder, execution.shard))
        return None
    return report_finished(folder.path, folder.finish(drive.lost))


def points_of(study: "StudyRequest", shard: tuple[int, int] | None) -> "Sequence[Point]":
    """The points that are to be run here."""
    from scenarios.studies.runner import sharded

    return list(sharded(study.layout.distinct, shard)) if shard else study.layout.distinct


def _run(drive: "Drive", points: "Sequence[Point]") -> None:
    """Run points; on Ctrl-C report what is kept."""
    try:
        drive.run(points)
    except KeyboardInterrupt:
        print(f"\n{drive.done:,} of {drive.whole:,} replications are kept in {drive.folder.path}.", file=sys.stderr)
        raise


@command("status", details="What is there, how fast it goes, what failed; a sweep at work is not touched.",
         examples=("status withdrawal_by_theory", "status results/withdrawal_by_theory/0e2a7802b304"))  # fmt: skip
@click.argument("folder", metavar="NAME|FOLDER", type=NameOrOverride("study", requests=False))
def status_command(folder: str) -> None:
    """Print the state of a study."""
    from scenarios.studies.status import status

    print("\n".join(status(folder_of(folder)).lines))


@command("merge", examples=("merge shards/*/withdrawal_by_theory/* results=results",), details="""\
Folders as `sweep --shard I/N` left them, in any order and from any machine. The data are finished in the first folder,
or under PATH. The last line is `dataset HASH`, as of one sweep.""")  # fmt: skip
@click.argument("words", metavar="FOLDER ... [results=PATH]", nargs=-1, required=True,
                type=NameOrOverride(own=("results=",), requests=False))  # fmt: skip
def merge_command(words: Sequence[str]) -> int:
    """Merge folders; SomeFailedError if something is missing."""
    own, folders = own_words(words, "results")
    if not folders or any("=" in folder for folder in folders):
        raise RequestError("merge takes folders of one study, and results=PATH at most; see merge --help.")
    from scenarios.studies.merging import merge_studies
    from scenarios.studies.status import report_finished

    results = resources.given(own["results"]) if "results" in own else None
    return report_finished(*merge_studies([resources.given(folder) for folder in folders], results))


@command("summarise", examples=("summarise withdrawal_by_theory deaths --against scenario=status_quo",), details="""\
One row per point and theory: factors, and every outcome's mean with its Monte Carlo error. The table that -o writes has
one row per point, theory and outcome, with 5, 50 and 95 per cent points.""")  # fmt: skip
@click.argument("folder", metavar="NAME|FOLDER", type=NameOrOverride("study", requests=False))
@click.argument("names", metavar="[OUTCOME ...]", nargs=-1)
@click.option("--against", metavar="FACTOR=VALUE",
              help="paired differences from the point with that value, alike in all other factors")  # fmt: skip
@click.option("-o", "--output", type=UserPath(), metavar="FILE", help="FILE.csv or FILE.parquet: the whole tidy table")
def summarise_command(folder: str, names: Sequence[str], against: str | None, output: Path | None) -> None:
    """Print the summary of a study, and write it where requested."""
    from scenarios.report.terminal.study import study_lines
    from scenarios.studies.dataset import Dataset

    study, outcomes = Dataset(folder_of(folder)), tuple(names) or USUAL
    frame = _contrasts(study, against, outcomes) if against is not None else study.summarised(outcomes)
    if output:
        everything = frame if against is not None or names else study.summary
        print(f"{len(everything):,} rows written to {_write_table(everything, output)}")
    print("\n".join(study_lines(study, frame, outcomes, against or "")))


def _contrasts(study: "Dataset", written: str, names: Sequence[str]) -> "pd.DataFrame":
    """Paired differences from the points that have FACTOR=VALUE."""
    factor, equals, value = written.partition("=")
    if not equals:
        raise RequestError(f"--against is {written!r}; write it as FACTOR=VALUE, as scenario=status_quo.")
    return study.contrast(factor, value, names)


def _write_table(frame: "pd.DataFrame", file: Path) -> Path:
    """Write a table as CSV or Parquet, by the suffix of the file."""
    if file.suffix not in (".csv", ".parquet"):
        raise RequestError(f"-o is {file}; give a FILE.csv or FILE.parquet.")
    from scenarios.store.files import write_output

    as_csv = file.suffix == ".csv"
    write_output(file, frame.to_csv(index=False).encode() if as_csv else frame.to_parquet(index=False))
    return file
