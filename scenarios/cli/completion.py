"""`completion bash|zsh`: tab completion by click, for a shell that parts words at `=`."""

import os
import re
from contextlib import suppress

import click
from click.shell_completion import BashComplete, CompletionItem, ShellComplete, ZshComplete, shell_complete

from scenarios.cli import GROUP, command
from scenarios.cli.parameters import KnownChoice
from scenarios.errors import DONE, RequestError

VARIABLE, SCRIPT = "_SCENARIOS_COMPLETE", "scenarios"  # of the environment, and the name that is completed


class Bash(BashComplete):
    """Completion for bash, which parts words at `=`, puts the part at the cursor alone, and a blank after it."""

    source_template = BashComplete.source_template.replace(
        "    return 0\n", '    [[ "${COMPREPLY[*]}" == *[=/] ]] && compopt -o nospace\n    return 0\n'
    )

    def get_completion_args(self) -> tuple[list[str], str]:
        """Words before the cursor and the one at it, their parts joined."""
        before, at_cursor = super().get_completion_args()
        *words, word = re.sub(r"\n=\n?", "=", "\n".join([*before, at_cursor])).split("\n")
        self.is_there = "" if word == at_cursor else word[: word.rfind("=") + 1]
        return words, word

    def format_completion(self, item: CompletionItem) -> str:
        """The part that bash puts at the cursor."""
        return f"{item.type},{item.value.removeprefix(self.is_there)}"


SHELLS: dict[str, type[ShellComplete]] = {"bash": Bash, "zsh": ZshComplete}


@command("completion", no_args_is_help=True, details='In ~/.bashrc:  eval "$(scenarios completion bash)"',
         examples=("completion bash",))  # fmt: skip
@click.argument("shell", metavar="bash|zsh", type=KnownChoice(SHELLS))
def completion_command(shell: str) -> None:
    """Print the script for a shell."""
    print(ShellComplete.source(SHELLS[shell](GROUP, {}, SCRIPT, VARIABLE)), end="")


def print_completions() -> int:
    """Print for a shell the words that fit at the cursor; none where options cannot be read."""
    click.shell_completion.add_completion_class(Bash)
    with suppress(RequestError, OSError):
        shell_complete(GROUP, {}, SCRIPT, VARIABLE, os.environ[VARIABLE])
    return DONE
