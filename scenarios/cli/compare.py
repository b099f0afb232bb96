"""`compare A B ...`: scenarios, or folders of results, against a baseline and one another, theory by theory."""

import math
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click

from scenarios.cli import MOST_SHOWN, command
from scenarios.cli.parameters import UserPath, config_dir_option, words_argument
from scenarios.errors import RequestError

DETAILS = """\
Words:
  NAME|FOLDER             scenarios by name, run if they are missing, or folders of finished results
  against=NAME|none       the baseline (status_quo); none: the first that is given
  start=NAME|FILE         the common start; by default that of the first scenario
  outcomes=NAME,NAME|all  what is compared, the headlines by default
  above.OUTCOME=VALUE     from which value on an outcome counts as an event, as above.deaths=500

  world= theory.QUESTION= ensemble= ensemble.KEY= loop= parameters.NAME= beliefs= results= workers= are those of run."""

EXAMPLES = (
    "compare full_withdrawal phased_3y relabel ensemble=quick",
    "compare full_withdrawal --by-theory theory.isis=spent -o results/compared",
)


@command("compare", details=DETAILS, examples=EXAMPLES)
@words_argument("NAME|FOLDER ... [KEY=VALUE ...]", "scenario", "outcomes=", "above.")
@click.option(
    "--by-theory", is_flag=True, help="run every pole of H1-H9, one varied at a time; print signs and switch points"
)
@click.option("--pairwise", is_flag=True, help="print the differences between scenarios, too")
@click.option("--full", is_flag=True, help="print every table, in place of the answer; outcomes= and above. do, too")
@click.option("-o", "--output", type=UserPath(), metavar="PATH",
              help="FILE.csv or FILE.parquet: the contrasts; a folder: every table")  # fmt: skip
@config_dir_option
def compare_command(
    words: Sequence[str], by_theory: bool, pairwise: bool, full: bool, output: Path | None, extra: Path | None
) -> None:
    """Run what is missing, print the comparison, write it where requested; SomeFailedError if replications failed."""
    names, thresholds, chosen, overrides = parted(words)
    from scenarios.analysis.comparison import check_output, write
    from scenarios.config.compose import composed, without_replaced
    from scenarios.report.terminal.comparison import compare_runs, raise_failures

    def configure(scenario: str, like: Sequence[str]) -> dict[str, Any]:
        return composed([f"scenario={scenario}", *without_replaced(like, overrides), *overrides], extra)

    if output is not None:
        check_output(output)
    comparison = compare_runs(
        names, configure, extra=extra, outcomes=chosen, above=thresholds, by_theory=by_theory, pairwise=pairwise,
        quiet=False, full=full,
    )  # fmt: skip
    if output is not None:
        print("\n".join(f"written: {file}" for file in write(comparison, output)))
    raise_failures(comparison)


def parted(words: Sequence[str]) -> tuple[list[str], dict[str, float], list[str] | None, list[str]]:
    """Names, thresholds by outcome, outcomes, and overrides of what is run; RequestError for a word that is wrong."""
    names = [word for word in words if "=" not in word]
    thresholds, outcomes, overrides = dict[str, float](), None, []
    for word in words:
        key, equals, value = word.lstrip("+").partition("=")
        _refuse_scenario(word, key, value)
        if key == "outcomes" and equals:
            outcomes = parsed_outcomes(value)
        elif key.startswith("above.") and equals:
            thresholds[key.removeprefix("above.")] = _finite_number(key, value)
        elif equals:
            overrides.append(word)
    return names, thresholds, outcomes, overrides


def _refuse_scenario(word: str, key: str, value: str) -> None:
    if key == "scenario" and "=" in word:
        raise RequestError(
            f"{word}: compare takes names as they are: python -m scenarios compare {value.replace(',', ' ')}"
        )
    if key.startswith("scenario.") and "=" in word:
        raise RequestError(
            f"{word}: compare runs scenarios as their files have them; write one of your own (docs/own-files.md) "
            "and compare it by its name."
        )


def parsed_outcomes(value: str) -> list[str]:
    """Outcomes by name; all that are measured where the word is `all`."""
    from scenarios.outcomes import OUTCOMES

    names = [name.strip() for name in value.strip("[]").split(",") if name.strip()]
    if not names:
        raise RequestError("outcomes is empty; give names as outcomes=deaths,us_deaths, or outcomes=all.")
    return list(OUTCOMES) if names == ["all"] else list(dict.fromkeys(names))


def _finite_number(key: str, value: str) -> float:
    try:
        number = float(value)
    except ValueError:
        number = math.nan
    if not math.isfinite(number):
        raise RequestError(f"{key}: {value[:MOST_SHOWN]!r} is not a finite number.")
    return number
