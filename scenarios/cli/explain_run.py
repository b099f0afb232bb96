"""`explain-run FOLDER [REPLICATION]`: why it came to this in one replication, from its events."""

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

from scenarios.cli.words import is_help
from scenarios.errors import DONE, RequestError

if TYPE_CHECKING:
    from scenarios.runs.result import Result

HELP = """\
usage: python -m scenarios explain-run FOLDER [REPLICATION] [--all] [theory=NAME]

  FOLDER         a finished result, as results/full_withdrawal/<id>
  REPLICATION    its number; without one, the typical replications at 10, 50 and 90 per cent of deaths, by theory
  --all          every event with its cause instead of the story
  theory=NAME    the typical replications of one theory alone

A replication whose events were not recorded is lived again from the manifest, on the same luck."""


def main(arguments: Sequence[str]) -> int:
    """Print the story of a replication, its events, or the stories of the typical ones."""
    if not arguments or is_help(arguments):
        print(HELP)
        return DONE
    from scenarios.narrative import narrated

    words = [word for word in arguments if not word.startswith(("-", "theory="))]
    flags = [word for word in arguments if word.startswith("-") and not _is_number(word)]
    words += [word for word in arguments if word.startswith("-") and _is_number(word)]
    check(words, flags)
    result = one_result(words[0])
    theory = next((word.removeprefix("theory=") for word in arguments if word.startswith("theory=")), None)
    if len(words) == 1:
        print("\n".join(typical(result, theory, everything="--all" in flags)))
        return DONE
    number = int(words[1])
    print("\n".join(every_event(result, number)) if "--all" in flags else narrated(result, number))
    return DONE


def check(words: Sequence[str], flags: Sequence[str]) -> None:
    """Refuse words that are too many, no number, or no flag."""
    unknown = [flag for flag in flags if flag != "--all"]
    if unknown:
        raise RequestError(f"{unknown[0]} is not a flag of explain-run; it has --all alone.")
    if not words:
        raise RequestError("explain-run needs a folder: python -m scenarios explain-run results/NAME/ID 12")
    if len(words) > 2:
        raise RequestError(f"explain-run takes a folder and one replication, not {len(words)} words.")
    if len(words) == 2 and not _is_number(words[1]):
        raise RequestError(f"{words[1]!r} is not the number of a replication; give a whole number from 0.")


def _is_number(word: str) -> bool:
    return re.fullmatch(r"-?\d{1,18}", word) is not None


def one_result(where: str) -> "Result":
    """The one finished result that a folder holds."""
    from scenarios.load import load
    from scenarios.runs.result import Result, Results

    found = load(where)
    if isinstance(found, Result):
        return found
    if not isinstance(found, Results):
        raise RequestError(f"{where} is a study of many points, not one result; run the one that matters by itself.")
    named = ", ".join(str(each.path) for each in found[:5]) + (", ..." if len(found) > 5 else "")
    raise RequestError(f"{where} holds {len(found)} results; give one of {named}.")


def every_event(result: "Result", replication: int) -> list[str]:
    """Every event of a replication, a line each."""
    from datetime import date

    from scenarios.narrative import events_of
    from scenarios.narrative.chains import Chains
    from scenarios.narrative.phrases import how_often, on, said
    from scenarios.narrative.story import CAVEAT

    start = date.fromisoformat(result.manifest["as_of"])
    lines = [
        f"e{each.number:<6}{on(each.day, start)}  {said(each)}{how_often(each)}"
        f"  <- {'' if each.cause is None else f'e{each.cause} '}{each.reason}"
        for each in Chains.of(events_of(result, replication)).events.values()
    ]
    return [*lines, "", CAVEAT]


def typical(result: "Result", theory: str | None, *, everything: bool) -> list[str]:
    """The typical replications: which they are, then each one's story."""
    from scenarios.narrative import all_narrated, medoids

    if everything:
        raise RequestError("--all lists the events of one replication; give its number.")
    found = medoids(result, theory)
    if not found:
        raise RequestError(f"{result.path} has no replication that did not fail.")
    lines = ["Typical replications, by quantile of deaths (docs/why.md says how they are chosen):"]
    lines += [f"  {each.theory:30} {100 * each.quantile:3.0f} %   replication {each.replication}" for each in found]
    stories = all_narrated(result, list(dict.fromkeys(each.replication for each in found)))
    return [*lines, *(line for story in stories for line in ("", "-" * 100, "", str(story)))]
