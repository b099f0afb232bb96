"""The reference pages of the site: the help of every command, and every outcome with unit and meaning."""

from collections.abc import Iterator
from pathlib import Path

import click

from docs.generate import regions
from docs.generate.regions import code, table
from scenarios.cli import COMMANDS, GROUP, PROGRAM
from scenarios.outcomes import OUTCOMES, Outcome, declaration
from scenarios.text import significant

WIDTH = 100

COMMANDS_HEAD = """\
# Commands

The help of every command, as `python -m scenarios COMMAND --help` prints it. [Which command when](../which-command.md)
says which of them answers which question. This page is generated: `python -m docs.generate reference`.
"""

OUTCOMES_HEAD = """\
# Outcomes

Every measured quantity, by the name of its column in `outcomes.parquet`, `series.parquet` and the tables of a
comparison. A *count* adds up over a period and a run, a *level* is averaged, a *total* is known at the end of a run.
*Event* is the value from which the outcome counts as having occurred. This page is generated:
`python -m docs.generate reference`.
"""

CONTRAST_ONLY = "An index: only differences have a meaning."


def files() -> dict[Path, str]:
    """Both pages."""
    folder = regions.DOCS / "reference"
    return {folder / "commands.md": commands_page(), folder / "outcomes.md": outcomes_page()}


def commands_page() -> str:
    """The help of every command, in the order of the table of commands."""
    return COMMANDS_HEAD + "".join(f"\n## {name}\n\n```text\n{help_of(name)}\n```\n" for name in COMMANDS)


def help_of(name: str) -> str:
    """The help of one command at a fixed width."""
    parent = click.Context(GROUP, info_name=PROGRAM)
    command = GROUP.get_command(parent, name)
    assert command is not None
    width = {"terminal_width": WIDTH, "max_content_width": WIDTH}
    return command.get_help(command.make_context(name, [], parent, resilient_parsing=True, **width)).strip()


def outcomes_page() -> str:
    """Name, unit, kind, worse direction, event and meaning of every outcome."""
    head = ("outcome", "unit", "kind", "direction", "event", "meaning")
    return f"{OUTCOMES_HEAD}\n{table(head, _outcomes())}\n"


def _outcomes() -> Iterator[tuple[str, ...]]:
    for name, outcome in OUTCOMES.items():
        yield (
            code(name), outcome.unit, outcome.kind, declaration.describe_worse(name),
            "" if outcome.event is None else f"from {significant(outcome.event)}", _meaning(outcome),
        )  # fmt: skip


def _meaning(outcome: Outcome) -> str:
    return f"{outcome.meaning} {CONTRAST_ONLY}" if outcome.contrast_only else outcome.meaning
