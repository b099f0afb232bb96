"""`run NAME`: one experiment and its baseline; Hydra composes, sweeps and launches."""

import os
import secrets
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

import click

from scenarios.cli import command
from scenarios.cli.grammar import as_words
from scenarios.cli.parameters import KnownChoice, config_dir_option, words_argument
from scenarios.config import options
from scenarios.errors import RequestError, SomeFailedError

DETAILS = """\
Words:
  NAME | +scenario=NAME   {scenarios}
  FOLDER                  a finished run, requested again with the changes that other words make
  start=NAME|FILE         {starts}
  world=NAME              {worlds}
  theory.QUESTION=POLE    or a list of poles: "theory.isis=[enablers,spent]", in quotation marks for zsh;
                          questions: {theories}
  ensemble=NAME           {ensembles}; or ensemble.replications=, .seed=, .horizon=, .step_days=
  against=NAME|none       the scenario to set the run against (status_quo)
  loop=open|closed        open: the path is imposed; closed: votes, costs and deaths may override it
  parameters.NAME=VALUE   fix a parameter at a value of your own
  beliefs=FILE            an expert's own priors
  results=PATH            where folders are written (results)
  record.period=week|day  the grain of series.parquet; record.outcomes=[...] what it contains
  record.events=N         draws whose events are written
  workers=N               processes"""

EXAMPLES = (
    "run full_withdrawal", "run relabel start=2021-12 world=calm ensemble=quick",
    "run -m full_withdrawal,phased_3y theory.isis=enablers,spent",
)  # fmt: skip

LOST = ("TerminatedWorkerError", "UncompletedJobError", "FailedJobError")  # by which launchers report that a job died

PICKLING = "submitit"  # how launchers begin that exchange jobs and results as pickles in files

EXCHANGE = ".multirun"  # folder of these files, as configs/config.yaml says

INFORMED = ("all", "config", "defaults", "defaults-tree", "plugins", "searchpath")


def details() -> str:
    """The words of `run`, with the options on offer."""
    from scenarios.evidence.seed_files import yaml_mapping
    from scenarios.resources import seeds

    names = {f"{group}s": ", ".join(options.options(group)) for group in ("scenario", "start", "world", "ensemble")}
    return DETAILS.format(**names, theories=", ".join(yaml_mapping(seeds() / "theories.yaml")))


@command("run", details=details, examples=EXAMPLES)
@words_argument("NAME|FOLDER [KEY=VALUE ...]")
@click.option("-m", "--multirun", is_flag=True, help="a run for each of several values: relabel,phased_3y")
@click.option(
    "--cfg", "-c", type=KnownChoice(("job", "hydra", "all")), help="print the composed configuration and stop"
)
@click.option("--resolve", is_flag=True, help="resolve what the printed configuration refers to")
@click.option("--info", "-i", type=KnownChoice(INFORMED), help="print how Hydra composes, and stop")
@click.option("--full", is_flag=True, help="print every outcome by theory, in place of the answer")
@config_dir_option
def run_command(
    words: Sequence[str], multirun: bool, cfg: str | None, resolve: bool, info: str | None, full: bool,
    extra: Path | None,
) -> None:  # fmt: skip
    """Pass words to Hydra, and its errors to the user in one line."""
    flags = hydra_flags({"-m": multirun, "--cfg": cfg, "--info": info}, resolve)
    compose_and_report([*flags, *prepared(words, extra, many=multirun)], full=full)


def hydra_flags(given: Mapping[str, str | bool | None], resolve: bool) -> list[str]:
    """Flags as Hydra takes them; RequestError for those that do not go together."""
    names = [name for name, value in given.items() if value]
    if len(names) > 1:
        raise RequestError(f"{names[0]} and {names[1]} do not go together; give one.")
    if resolve and not given["--cfg"]:
        raise RequestError("--resolve goes with --cfg alone, as `--cfg job --resolve`.")
    flags = [part for name in names for part in (name, given[name]) if isinstance(part, str)]
    return [*flags, *(["--resolve"] if resolve else [])]


def prepared(words: Sequence[str], extra: Path | None = None, *, many: bool = False) -> list[str]:
    """Overrides as Hydra takes them, with the folders that it searches; RequestError for a word that is wrong."""
    from scenarios.config.compose import checked, search_path

    words = as_words(words, extra)
    return [*search_path(extra), *checked(words, extra, launches=True, many=many), *exchange(words)]


def compose_and_report(words: Sequence[str], *, full: bool = False) -> None:
    """Have Hydra compose and run; RequestError or SomeFailedError for whatever it reports."""
    os.environ.setdefault("HYDRA_FULL_ERROR", "1")
    from scenarios.cli.hydra import compose_and_run, compositions, failures, printed
    from scenarios.config.compose import COMPLAINTS, describe_error

    sys.argv = ["scenarios", *words]
    failures.clear()
    compositions.clear()
    printed.full = full
    try:
        compose_and_run()
        for failure in failures:
            raise failure
    except COMPLAINTS as error:
        raise RequestError(describe_error(error)) from error
    except ValueError as error:  # of a key below a list that is no number
        if compositions:
            raise
        raise RequestError(f"the words cannot be put together ({error}); see their keys.") from error
    except RuntimeError as error:
        raise lost(error) from error
    except OSError as error:
        if error.filename is None:
            raise
        raise RequestError(
            f"results: {error.filename} cannot be written ({error.strerror}); give results=PATH."
        ) from error


def lost(error: RuntimeError) -> Exception:
    """A launcher's report of a job that died, in a line; any other error as it is."""
    if type(error).__name__ not in LOST:
        return error
    first = str(error).strip().splitlines()[0].rstrip(".")
    return SomeFailedError(
        f"a job was lost (out of memory, perhaps): {first}. Runs that have ended are kept; the same command simulates "
        "the rest."
    )


def exchange(words: Sequence[str]) -> list[str]:
    """Make the folder of a launcher that pickles private; the override that gives its files names nobody can guess."""
    from scenarios.execution.slurm.private import shared

    given = {key: value for key, _, value in (word.partition("=") for word in words)}
    if not given.get("hydra/launcher", "").startswith(PICKLING) or "hydra.launcher.submitit_folder" in given:
        return []
    shared(Path(given.get("results", "results").strip("'\"")).expanduser() / EXCHANGE)
    return [f"hydra.launcher.submitit_folder='${{hydra.sweep.dir}}/.submitit/{secrets.token_hex(8)}_%j'"]
