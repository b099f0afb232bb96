"""`completion bash|zsh`: tab completion by click, and the words that may stand at the cursor."""

import os
import re
from collections.abc import Sequence
from contextlib import suppress

import click
from click.shell_completion import BashComplete, CompletionItem, ShellComplete, ZshComplete, shell_complete

from scenarios.cli import GROUP, OneOf, command, fitting
from scenarios.config import options
from scenarios.errors import DONE, RequestError
from scenarios.evidence.seed_files import yaml_mapping
from scenarios.resources import configs, seeds

VARIABLE, SCRIPT = "_SCENARIOS_COMPLETE", "scenarios"  # of the environment, and the name that is completed

CHOICES = {"loop": ("open", "closed"), "record.period": ("week", "day"), "scale": ("log", "raw")}


class Bash(BashComplete):
    """Completion for bash, which parts words at `=`, puts the part at the cursor alone, and a blank after it."""

    source_template = BashComplete.source_template.replace(
        "    return 0\n", '    [[ "${COMPREPLY[*]}" == *= ]] && compopt -o nospace\n    return 0\n'
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


@command("completion", no_args_is_help=True, details='In ~/.bashrc:  eval "$(scenarios completion bash)"')
@click.argument("shell", metavar="bash|zsh", type=OneOf(SHELLS))
def completion_command(shell: str) -> None:
    """Print the script for a shell."""
    print(ShellComplete.source(SHELLS[shell](GROUP, {}, SCRIPT, VARIABLE)), end="")


def print_completions() -> int:
    """Answer a shell that asks for the words that fit at the cursor; none where options cannot be read."""
    click.shell_completion.add_completion_class(Bash)
    with suppress(RequestError, OSError):
        shell_complete(GROUP, {}, SCRIPT, VARIABLE, os.environ[VARIABLE])
    return DONE


def complete_word(context: click.Context, parameter: click.Parameter, incomplete: str) -> list[str]:
    """Keys that may be set, or values after `key=`, `key=one,` or `key=[one,`."""
    if "=" not in incomplete:
        return fitting(["+scenario=", *(f"{name}=" for name in keys())], incomplete)
    key, _, written = incomplete.partition("=")
    done = incomplete[: len(incomplete) - len(re.split(r"[\[,]", written)[-1])]
    return fitting([f"{done}{name}" for name in values(key.lstrip("+"))], incomplete)


def complete_path(context: click.Context, parameter: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Files and folders, which the shell completes itself."""
    return [CompletionItem(incomplete, type="file")]


def complete_scenario(context: click.Context, parameter: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Names of scenarios, or a path."""
    names = [CompletionItem(name) for name in fitting(options.options("scenario"), incomplete)]
    return names or complete_path(context, parameter, incomplete)


def complete_compared(context: click.Context, parameter: click.Parameter, incomplete: str) -> list[CompletionItem]:
    """Names of scenarios and the words of a comparison, or a path."""
    names = fitting([*options.options("scenario"), "outcomes=", "above."], incomplete)
    words = [*names, *complete_word(context, parameter, incomplete)]
    return [CompletionItem(word) for word in words] or complete_path(context, parameter, incomplete)


def complete_explainable(context: click.Context, parameter: click.Parameter, incomplete: str) -> list[str]:
    """Names that `explain` knows."""
    from scenarios.explain.lookup import explainable_names

    return fitting(dict.fromkeys(explainable_names()), incomplete)


def values(key: str) -> Sequence[str]:
    """What a key may be set to, where that is one of several names."""
    if key in options.GROUPS:
        return list(options.options(key))
    if key == "against":
        return [*options.options("scenario"), "none"]
    if key.startswith("theory."):
        return list(yaml_mapping(seeds() / "theories.yaml").get(key.removeprefix("theory."), {}).get("poles", ()))
    return CHOICES.get(key, ())


def keys() -> list[str]:
    """Keys that may be set, in full."""
    config = yaml_mapping(configs() / "config.yaml", interpolated=True)
    top = [name for name in config if name not in ("defaults", "hydra", "record")]
    ensemble = [f"ensemble.{name}" for name in ("replications", "seed", "step_days", "horizon")]
    theories = [f"theory.{name}" for name in yaml_mapping(seeds() / "theories.yaml")]
    groups = [name for name in options.GROUPS if name != "scenario"]
    files = sorted((seeds() / "parameters").glob("*.yaml"))
    parameters = [f"+parameters.{name}" for file in files for name in yaml_mapping(file)]
    return [*groups, *top, *ensemble, *theories, *parameters, "record.period", "record.events", "hydra/launcher"]
