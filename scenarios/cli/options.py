"""What is on offer, from the files alone: `list`, `show`, and the templates of files of one's own."""

from collections.abc import Sequence
from pathlib import Path

import click

from scenarios.cli import command
from scenarios.cli.grammar import as_words
from scenarios.cli.parameters import KnownChoice, config_dir_option, own_words, words_argument
from scenarios.config import options
from scenarios.errors import RequestError, nearest
from scenarios.report.terminal.catalogue import LISTINGS, first_page, listing, scenario_lines

SINGULAR = {kind.removesuffix("s"): kind for kind in LISTINGS} | {"theory": "theories", "study": "studies"}


class Listable(KnownChoice):
    """A group of what may be chosen or measured, by its name in the plural or the singular."""

    def __init__(self) -> None:
        super().__init__(list(LISTINGS))

    def convert(self, value: str, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """Convert the singular to the plural; RequestError with the nearest name if it is neither."""
        return super().convert(SINGULAR.get(value, value), param, ctx)


@command("list", details=f"Groups: {', '.join(LISTINGS)}. Without one: the names of all that a request chooses from.",
         examples=("list", "list scenarios", "list outcomes"))  # fmt: skip
@click.argument("group", metavar="[GROUP ...]", nargs=-1, type=Listable())
def list_command(group: Sequence[str]) -> None:
    """Print the names of everything, or a line about each of some groups."""
    pages = [listing(name) for name in group] or [first_page()]
    print("\n".join(line for page in pages for line in page))


@command("show", details="Words are those of `run`, as start=2021-07 or world=calm; FOLDER is a finished run.",
         examples=("show full_withdrawal", "show full_withdrawal start=2019-01"))  # fmt: skip
@words_argument("NAME|FOLDER [KEY=VALUE ...]")
@config_dir_option
def show_command(words: Sequence[str], extra: Path | None) -> None:
    """Print one scenario."""
    if not words:
        raise RequestError(f"show needs the name of a scenario: {', '.join(options.options('scenario'))}.")
    from scenarios.config.compose import composed
    from scenarios.config.request import request

    print("\n".join(scenario_lines(request(composed(as_words(words, extra), extra)))))


@command("new-start", no_args_is_help=True, examples=("new-start mine.yaml from=2021-12",), details="""\
Every state of a start with its meaning, unit, bounds, prior and source, as the start named by from= has it (2024-01).
As written it is that start, to the last bit. Change what you know better, then run it with start=FILE.yaml.
A file that exists is never overwritten.""")  # fmt: skip
@click.argument("file", metavar="FILE.yaml")
@words_argument("[from=START]", "", "from=", requests=False)
def new_start_command(file: str, words: Sequence[str]) -> None:
    """Write the template and print how it is used."""
    from scenarios.config.scaffold import USUAL, start_template, write_new

    own, unknown = own_words(words, "from")
    if unknown:
        name = unknown[0].partition("=")[0]
        raise RequestError(f"new-start does not know {name!r}.{nearest(name, ['from'])}")
    origin = own.get("from", USUAL)
    write_new(file, start_template(origin, file))
    print(f"written: {file}, the start {origin} as it ships. Change it, then run it:")
    print(f"  python -m scenarios run full_withdrawal start={file}")


@command("new-beliefs", no_args_is_help=True, examples=("new-beliefs mine.yaml strike_deterrence_effect",), details="""\
The parameters named, or every uncertain one, with meaning, unit, bounds, prior and source. As written they are the
priors that ship, to the last bit. Change what you know better, delete the rest, then run it with beliefs=FILE.yaml.
A file that exists is never overwritten.""")  # fmt: skip
@click.argument("file", metavar="FILE.yaml")
@click.argument("names", metavar="[PARAMETER ...]", nargs=-1)
def new_beliefs_command(file: str, names: Sequence[str]) -> None:
    """Write the template and print how it is used."""
    from scenarios.config.scaffold import beliefs_template, selected_parameters, write_new

    write_new(file, beliefs_template(names, file))
    number = len(selected_parameters(names))
    print(f"written: {file}, {number} prior{'s' * (number != 1)} as they ship. Change them, then run them:")
    print(f"  python -m scenarios run full_withdrawal beliefs={file}")
