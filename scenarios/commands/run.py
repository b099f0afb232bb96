"""`run +scenario=NAME`: one experiment and its baseline; Hydra composes, sweeps and launches."""

import os
import secrets
import sys
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path

from scenarios import catalog, checking, places
from scenarios.commands.words import is_help
from scenarios.errors import DONE, RequestError, SomeFailedError, nearest

HELP = """\
usage: python -m scenarios run +scenario=NAME [key=value ...] [-m] [--cfg job] [--config-dir PATH]

  +scenario=NAME          {scenarios}
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
  record.period=week|day  the grain of series.parquet; record.outcomes=[...] what stands in it
  record.events=N         draws whose events are written
  workers=N               processes
  -m                      a run for each of several values: +scenario=relabel,phased_3y
  --cfg job               print the composed configuration and stop
"""
ALONE = ("-m", "--multirun", "--resolve")
SEVERAL = {"-m", "--multirun"}
LOST = ("TerminatedWorkerError", "UncompletedJobError", "FailedJobError")  # by which launchers report that a job died
PICKLING = "submitit"  # how launchers begin that exchange jobs and results as pickles in files
EXCHANGE = ".multirun"  # folder of these files, as configs/config.yaml says
FOLDER = ("--config-dir", "-cd")
BEFORE_A_VALUE = (*FOLDER, "--cfg", "-c", "--info", "-i")
INFORMED = ("all", "config", "defaults", "defaults-tree", "plugins", "searchpath")
INSTEAD = (SEVERAL, {"--cfg", "-c"}, {"--info", "-i"})  # flags of which one alone makes sense


def main(arguments: Sequence[str]) -> int:
    """Pass the words to Hydra, and its errors to the user in one line."""
    if is_help(arguments):
        print(usage())
        return DONE
    words = prepared(arguments)
    os.environ.setdefault("HYDRA_FULL_ERROR", "1")
    from scenarios.composing import COMPLAINTS, explained
    from scenarios.hydra_door import compose_and_run, composed, troubles

    sys.argv = ["scenarios", *words]
    troubles.clear()
    composed.clear()
    try:
        compose_and_run()
        for trouble in troubles:
            raise trouble
    except COMPLAINTS as error:
        raise RequestError(explained(error)) from error
    except ValueError as error:  # of a key below a list that is no number
        if composed:
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
    return DONE


def lost(error: RuntimeError) -> Exception:
    """What a launcher says of a job that died, in a line; any other error as it is."""
    if type(error).__name__ not in LOST:
        return error
    first = str(error).strip().splitlines()[0].rstrip(".")
    return SomeFailedError(
        f"a job was lost (out of memory, perhaps): {first}. Runs that have ended are kept; the same command lives "
        "the rest."
    )


def usage() -> str:
    """The text of `run --help`."""
    from scenarios.evidence.reading import yaml_mapping
    from scenarios.places import seeds

    named = {f"{group}s": ", ".join(catalog.options(group)) for group in ("scenario", "start", "world", "ensemble")}
    return HELP.format(**named, theories=", ".join(yaml_mapping(seeds() / "theories.yaml")))


def prepared(arguments: Sequence[str]) -> list[str]:
    """Words as Hydra needs them: flags first, then overrides."""
    from scenarios.composing import checked, search_path

    flags, words = parted(arguments)
    extra, several = folder_of(flags), bool(SEVERAL & set(flags))
    checked_words = checked(words, extra, launches=True, many=several)
    return [*without_folder(flags), *search_path(extra), *checked_words, *exchange(words)]


def exchange(words: Sequence[str]) -> list[str]:
    """Make the folder of a launcher that pickles private; the override that gives its files names nobody can guess."""
    from scenarios.engines.slurm.private import shared

    given = {key: value for key, _, value in (word.partition("=") for word in words)}
    if not given.get("hydra/launcher", "").startswith(PICKLING) or "hydra.launcher.submitit_folder" in given:
        return []
    shared(Path(given.get("results", "results").strip("'\"")).expanduser() / EXCHANGE)
    return [f"hydra.launcher.submitit_folder='${{hydra.sweep.dir}}/.submitit/{secrets.token_hex(8)}_%j'"]


def without_folder(flags: Sequence[str]) -> list[str]:
    """Flags without a folder of configuration, which Hydra is to read by the catalog alone."""
    left, kept = iter(flags), list[str]()
    for flag in left:
        if flag in FOLDER:
            next(left)
        else:
            kept.append(flag)
    return kept


def parted(arguments: Sequence[str]) -> tuple[list[str], list[str]]:
    """Flags, each before its value, and the other words; RequestError for an unknown flag."""
    flags: list[str] = []
    words, left = [], list(arguments)
    while left:
        word = left.pop(0)
        if not word.startswith("-"):
            words.append(word)
            continue
        flag, equals, value = word.partition("=")
        if flag not in {*ALONE, *BEFORE_A_VALUE}:
            raise RequestError(f"{flag} is not a flag of run.{nearest(flag, [*ALONE, *BEFORE_A_VALUE])}")
        flags.append(flag)
        if flag in BEFORE_A_VALUE:
            if not equals and not left:
                raise RequestError(f"{flag} needs a value; see `python -m scenarios run --help`.")
            taken = value if equals else left.pop(0)
            flags.append(str(places.given(taken)) if flag in FOLDER else taken)
    return flags, words


def folder_of(flags: Sequence[str]) -> Path | None:
    """The folder given by --config-dir; RequestError if it is not there, or if a flag does not fit."""
    folder = None
    given = [flag for kind in INSTEAD for flag in flags if flag in kind]
    if len(given) > 1:
        raise RequestError(f"{given[0]} and {given[1]} do not go together; give one.")
    if "--resolve" in flags and not {"--cfg", "-c"} & set(flags):
        raise RequestError("--resolve goes with --cfg alone, as `--cfg job --resolve`.")
    for flag, value in pairwise(flags):
        if flag in ("--cfg", "-c"):
            checking.one_of(value, "--cfg", ("job", "hydra", "all"))
        if flag in ("--info", "-i"):
            checking.one_of(value, "--info", INFORMED)
        if flag in FOLDER:
            folder = Path(value)
            if not folder.is_dir():
                raise RequestError(f"--config-dir: there is no folder {value}.")
    return folder
