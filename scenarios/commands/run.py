"""`run +scenario=NAME`: one experiment, and the status quo beside it; Hydra composes, sweeps and launches."""

import os
import sys
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path

from scenarios import catalog
from scenarios.errors import DONE, SOME_FAILED, RequestError, SomeFailedError

HELP = """\
usage: python -m scenarios run +scenario=NAME [key=value ...] [-m] [--cfg job] [--config-dir PATH]

  +scenario=NAME          {scenarios}
  start=NAME|FILE         {starts}
  world=NAME              {worlds}
  theory.QUESTION=POLE    or a list of poles: theory.isis=[enablers,spent]; questions: {theories}
  ensemble=NAME           {ensembles}; or ensemble.replications=, .seed=, .horizon=, .step_days=
  against=NAME|none       the scenario to set the run against (status_quo)
  loop=open|closed        open: the path is imposed; closed: votes, costs and deaths may override it
  parameters.NAME=VALUE   fix a parameter at a value of your own (with a plus: +parameters.NAME=VALUE)
  beliefs=FILE            an expert's own priors
  results=PATH            where folders are written (results)
  record.period=week|day  the grain of series.parquet; record.outcomes=[...] what stands in it
  record.events=N         draws whose events are written
  workers=N               processes
  -m                      a run for each of several values: +scenario=relabel,phased_3y
  --cfg job               print the composed configuration and stop
"""


def main(arguments: Sequence[str]) -> int:
    """Hand the words to Hydra, and its complaints to the user in one line."""
    if any(word in ("-h", "--help") for word in arguments):
        print(usage())
        return DONE
    words = prepared(arguments)
    os.environ.setdefault("HYDRA_FULL_ERROR", "1")
    from hydra.errors import HydraException
    from omegaconf.errors import OmegaConfBaseException

    from scenarios.composing import explained
    from scenarios.hydra_door import compose_and_run, troubles

    sys.argv = ["scenarios", *words]
    troubles.clear()
    try:
        compose_and_run()
        for trouble in troubles:
            raise trouble
    except (HydraException, OmegaConfBaseException) as error:
        raise RequestError(explained(error)) from error
    except OSError as error:
        raise RequestError(
            f"results: {error.filename} cannot be written ({error.strerror}); give results=PATH."
        ) from error
    except SomeFailedError as error:
        print(f"finished, but {error}", file=sys.stderr)
        return SOME_FAILED
    return DONE


def usage() -> str:
    """The text of `run --help`."""
    from scenarios.evidence.reading import yaml_mapping
    from scenarios.places import seeds

    named = {f"{group}s": ", ".join(catalog.options(group)) for group in ("scenario", "start", "world", "ensemble")}
    return HELP.format(**named, theories=", ".join(yaml_mapping(seeds() / "theories.yaml")))


def prepared(arguments: Sequence[str]) -> list[str]:
    """Flags before overrides, as Hydra needs them; `scenario=` as `+scenario=`; `start=FILE` as a file."""
    flags, overrides, words = [], [], list(arguments)
    while words:
        word = words.pop(0)
        if word.startswith("-"):
            takes = (
                word in ("--config-dir", "-cd", "--cfg", "-c", "--package", "-p", "--info", "-i") and "=" not in word
            )
            flags += [word, words.pop(0)] if takes and words else [word]
        else:
            overrides += override(word)
    check_folder(flags)
    own = [str(folder) for folder in catalog.folders()[:-1]]
    path = [f"hydra.searchpath=[{','.join(f'file://{each}' for each in own)}]"] if own else []
    return [*flags, *path, *overrides]


def override(word: str) -> list[str]:
    """An override as Hydra takes it."""
    name, _, value = word.partition("=")
    if name == "scenario":
        return [f"+{word}"]
    if name == "start" and value.endswith((".yaml", ".yml")):
        file = Path(value)
        if not file.is_file():
            raise RequestError(f"start: there is no file {value}; `python -m scenarios new-start` writes a template.")
        return ["start=file", f"start.name={file.stem}", f"start.file={file.resolve()}"]
    if name == "beliefs" and value not in ("null", "none") and not Path(value).is_file():
        raise RequestError(f"beliefs: there is no file {value}.")
    return [word]


def check_folder(flags: Sequence[str]) -> None:
    """Refuse a folder of configuration that is not there; Hydra alone would only warn."""
    for flag, value in pairwise(flags):
        if flag in ("--config-dir", "-cd") and not Path(value).is_dir():
            raise RequestError(f"--config-dir: there is no folder {value}.")
