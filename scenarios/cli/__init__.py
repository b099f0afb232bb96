"""One thin module per command; this list is all that `--help` needs."""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Command:
    """A command as `--help` shows it."""

    module: str
    usage: str
    meaning: str
    plain: bool = False  # `--help` says no more than this


COMMANDS: Mapping[str, Command] = {
    "run": Command("run", "run +scenario=NAME [key=value ...]", "run a scenario, and status_quo beside it"),
    "compare": Command(
        "compare", "compare A B ... [key=value ...]", "scenarios against a baseline and one another, theory by theory"
    ),
    "sweep": Command(
        "sweep", "sweep +study=NAME [key=value ...]", "many points of a design: here, on Slurm, in shards"
    ),
    "status": Command("status", "status FOLDER", "how far a study is, while it runs or after"),
    "summarise": Command(
        "summarise", "summarise FOLDER [OUTCOME ...]", "points x outcomes of a study, with Monte Carlo errors"
    ),
    "merge": Command("merge", "merge FOLDER ...", "shards of one study put together, in any order"),
    "replay": Command(
        "replay", "replay FOLDER [POINT][/REPLICATION]", "live a point or replication again, bit for bit"
    ),
    "diff": Command("diff", "diff A B", "why two runs or studies differ"),
    "list": Command("list_options", "list [GROUP]", "scenarios, starts, worlds, theories and ensembles on offer", True),
    "show": Command("show", "show NAME", "a scenario's story, claims and timeline in words", True),
    "report": Command(
        "report",
        "report FOLDER ... [-o page.html]",
        "one self-contained page about finished runs, offline and printable",
    ),
    "explain": Command(
        "explain", "explain NAME", "why a number is believed: a parameter, question (H1, D5), article, claim, outcome"
    ),
    "explain-run": Command(
        "explain_run",
        "explain-run FOLDER [REPLICATION]",
        "why it came to this: a replication's causal chain in sentences",
    ),
    "watch": Command(
        "watch", "watch SCENARIO|FOLDER", "what to watch: quantities of the first 90 days that tell futures"
    ),
    "check": Command(
        "check", "check [ID ...]", "hold the model against its sources: stylised facts, counts, expectations"
    ),
    "prior": Command("prior", "prior", "the prior distribution of every outcome, at every start, in every world"),
    "variance": Command(
        "variance",
        "variance +scenario=NAME",
        "what an answer's spread rests on: theory, parameters by grade, chance",
        True,
    ),
    "new-start": Command(
        "new_start", "new-start FILE [from=START]", "a commented template of a start of your own: start=FILE"
    ),
    "new-beliefs": Command(
        "new_beliefs", "new-beliefs FILE [NAME ...]", "a commented template of priors of your own: beliefs=FILE"
    ),
    "completion": Command(
        "completion", "completion bash|zsh", "tab completion for `scenarios` and `python -m scenarios`", True
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


def said(command: Command) -> str:
    """The text of `--help` of a command that has no page of its own."""
    return f"usage: python -m scenarios {command.usage}\n\n{command.meaning}"
