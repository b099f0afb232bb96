"""One module a command, thin; this list is all that `--help` needs."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Command:
    """A command as `--help` shows it."""

    module: str
    usage: str
    meaning: str


COMMANDS: Mapping[str, Command] = {
    "run": Command("run", "run +scenario=NAME [key=value ...]", "run a scenario, and status_quo beside it"),
    "list": Command("list_options", "list [GROUP]", "scenarios, starts, worlds, theories and ensembles on offer"),
    "show": Command("show", "show NAME", "a scenario's story, claims and timeline in words"),
    "explain": Command(
        "explain", "explain NAME", "why a number is believed: parameter, mechanism, claim, scenario, outcome"
    ),
    "evidence": Command(
        "evidence", "evidence [NAME ...]", "what the five texts assert and how firmly: H1, D5, a parameter, S001"
    ),
    "check": Command(
        "check", "check [ID ...]", "hold the model against its sources: stylised facts, counts, expectations"
    ),
    "prior": Command("prior", "prior", "the prior distribution of every outcome, at every start, in every world"),
    "variance": Command(
        "variance", "variance +scenario=NAME", "what an answer's spread rests on: theory, parameters by grade, chance"
    ),
    "odd": Command("odd", "odd [--check | --write]", "the tables of docs/odd.md, from the code and from seeds/"),
    "derive": Command("derive", "derive NAME", "compute a derived constant again"),
    "completion": Command(
        "completion", "completion bash|zsh", "tab completion for `scenarios` and `python -m scenarios`"
    ),
}

HEAD = """\
What would different US postures in Iraq do to the risk of escalation?
A conditional exploration, not a forecast.

usage: python -m scenarios COMMAND [arguments]
"""

TAIL = """
examples:
  python -m scenarios run +scenario=full_withdrawal
  python -m scenarios run +scenario=relabel start=2021-12 world=calm ensemble=quick
  python -m scenarios run -m +scenario=full_withdrawal,phased_3y theory.isis=enablers,spent
  python -m scenarios explain strike_deterrence_effect

exit codes: 0 done; 2 the request is wrong; 3 finished, but some replications failed; 130 interrupted, to be resumed"""


def overview() -> str:
    """The text of `--help`."""
    width = max(len(each.usage) for each in COMMANDS.values())
    lines = [f"  {each.usage:<{width}}  {each.meaning}" for each in COMMANDS.values()]
    return "\n".join([HEAD, "commands:", *lines, TAIL])
