"""`compare A B ...`: scenarios, or folders of results, against a baseline and one another, theory by theory."""

import math
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from scenarios import resources
from scenarios.cli.words import MOST_SHOWN, is_help, parted
from scenarios.errors import DONE, RequestError

HELP = """\
usage: python -m scenarios compare NAME|FOLDER ... [key=value ...] [--by-theory] [--pairwise] [-o PATH]

  NAME|FOLDER             scenarios by name, run if they are missing, or folders of finished results
  against=NAME|none       the baseline (status_quo); none: the first that is given
  start=NAME|FILE         the common start; by default that of the first scenario
  outcomes=NAME,NAME|all  what is compared, the headlines by default
  above.OUTCOME=VALUE     from which value on an outcome counts as an event, as above.deaths=500
  --by-theory             run every pole of H1-H9, one varied at a time, and print the signs and switch points
  --pairwise              print the differences between scenarios, too
  -o PATH                 FILE.csv or FILE.parquet: the contrasts; a folder: every table
  --config-dir PATH       a folder of configuration of your own

  world= theory.QUESTION= ensemble= ensemble.KEY= loop= parameters.NAME= beliefs= results= workers= are those of run.

examples:
  python -m scenarios compare full_withdrawal phased_3y relabel ensemble=quick
  python -m scenarios compare full_withdrawal --by-theory theory.isis=spent -o results/compared"""

VALUED = {"-o": "output", "--output": "output", "--config-dir": "extra", "-cd": "extra"}

SWITCHES = ("--by-theory", "--pairwise")


@dataclass
class Words:
    """A command line in its parts."""

    given: list[str] = field(default_factory=list)
    overrides: list[str] = field(default_factory=list)
    outcomes: list[str] | None = None
    above: dict[str, float] = field(default_factory=dict)
    by_theory: bool = False
    pairwise: bool = False
    output: Path | None = None
    extra: Path | None = None


def main(arguments: Sequence[str]) -> int:
    """Run what is missing, print the comparison, write it where asked; SomeFailedError if replications failed."""
    if is_help(arguments):
        print(HELP)
        return DONE
    words = parsed(arguments)
    from scenarios.analysis.comparison import check_writable, write
    from scenarios.config.compose import composed, unless_said
    from scenarios.report.terminal.comparison import compare_runs, raise_failures

    def configure(scenario: str, like: Sequence[str]) -> dict[str, Any]:
        chosen = [f"scenario={scenario}", *unless_said(like, words.overrides), *words.overrides]
        return composed(chosen, words.extra)

    if words.output is not None:
        check_writable(words.output)
    found = compare_runs(
        words.given, configure, extra=words.extra, outcomes=words.outcomes, above=words.above,
        by_theory=words.by_theory, pairwise=words.pairwise, quiet=False,
    )  # fmt: skip
    if words.output is not None:
        print("\n".join(f"written: {file}" for file in write(found, words.output)))
    raise_failures(found)
    return DONE


def parsed(arguments: Sequence[str]) -> Words:
    """Names, overrides, flags and their values; RequestError where one makes no sense."""
    flags, words = parted("compare", arguments, VALUED, SWITCHES)
    found = Words(by_theory="--by-theory" in flags, pairwise="--pairwise" in flags)
    for flag, name in VALUED.items():
        if flag in flags:
            setattr(found, name, resources.given(flags[flag]))
    for word in words:
        if "=" in word:
            _take(found, word)
        else:
            found.given.append(word)
    if found.extra is not None and not found.extra.is_dir():
        raise RequestError(f"--config-dir: there is no folder {found.extra}.")
    return found


def _take(found: Words, word: str) -> None:
    """An override: of the comparison itself, or of what is run."""
    key, _, value = word.lstrip("+").partition("=")
    if key == "scenario":
        raise RequestError(
            f"{word}: compare takes names as they are: python -m scenarios compare {value.replace(',', ' ')}"
        )
    if key.startswith("scenario."):
        raise RequestError(
            f"{word}: compare runs scenarios as their files have them; write one of your own (docs/own-files.md) "
            "and compare it by its name."
        )
    if key == "outcomes":
        found.outcomes = outcomes(value)
    elif key.startswith("above."):
        found.above[key.removeprefix("above.")] = _number(key, value)
    else:
        found.overrides.append(word)


def outcomes(value: str) -> list[str]:
    """Outcomes by name; all that are measured where the word is `all`."""
    from scenarios.outcomes import OUTCOMES

    names = [each.strip() for each in value.strip("[]").split(",") if each.strip()]
    if not names:
        raise RequestError("outcomes is empty; give names as outcomes=deaths,us_deaths, or outcomes=all.")
    return list(OUTCOMES) if names == ["all"] else list(dict.fromkeys(names))


def _number(key: str, value: str) -> float:
    try:
        number = float(value)
    except ValueError:
        number = math.nan
    if not math.isfinite(number):
        raise RequestError(f"{key}: {value[:MOST_SHOWN]!r} is not a finite number.")
    return number
