"""The words that tab completion offers, by click as for a shell, in this process."""

from click.shell_completion import ShellComplete

from scenarios.cli import GROUP
from scenarios.cli.completion import SCRIPT, VARIABLE


def offered(*words: str) -> list[str]:
    """Words that fit the last of some words."""
    *before, at_cursor = words
    return [item.value for item in ShellComplete(GROUP, {}, SCRIPT, VARIABLE).get_completions(before, at_cursor)]
