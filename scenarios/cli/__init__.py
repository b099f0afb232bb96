"""The command line: one group that loads a command when it is used, what commands are declared with, and exit codes."""

import re
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from importlib import import_module
from pathlib import Path
from typing import Any, NamedTuple

import click
from click.shell_completion import CompletionItem

from scenarios import resources
from scenarios.errors import DONE, INTERRUPTED, SOME_FAILED, WRONG_REQUEST, RequestError, SomeFailedError, nearest

PROGRAM = "python -m scenarios"

HIGHEST, LONGEST, MOST_SHOWN = 1_000_000_000, 30, 200  # of a number: its value and digits; characters of a complaint

SETTINGS = {"help_option_names": ["-h", "--help"], "max_content_width": 120}


class Listed(NamedTuple):
    """A command as `--help` lists it: the module that declares it as `NAME_command`, and what it is for."""

    module: str
    meaning: str


COMMANDS: Mapping[str, Listed] = {
    "run": Listed("run", "run a scenario, and status_quo beside it"),
    "compare": Listed("compare", "scenarios against a baseline and one another, theory by theory"),
    "sweep": Listed("sweep", "many points of a design: here, on Slurm, in shards"),
    "status": Listed("sweep", "how far a study is, while it runs or after"),
    "summarise": Listed("sweep", "points x outcomes of a study, with Monte Carlo errors"),
    "merge": Listed("sweep", "shards of one study put together, in any order"),
    "replay": Listed("reproduce", "simulate a point or replication again, bit for bit"),
    "diff": Listed("reproduce", "why two runs or studies differ"),
    "list": Listed("options", "scenarios, starts, worlds, theories and ensembles on offer"),
    "show": Listed("options", "a scenario's story, claims and timeline in words"),
    "report": Listed("results", "one self-contained page about finished runs, offline and printable"),
    "explain": Listed("explain", "why a number is believed: a parameter, question (H1, D5), article, claim, outcome"),
    "explain-run": Listed("results", "why one replication ended as it did: its causal chain in sentences"),
    "watch": Listed("results", "what to watch: quantities of the first 90 days that discriminate between futures"),
    "check": Listed("validate", "hold the model against its sources: stylised facts, counts, expectations"),
    "prior": Listed("validate", "the prior distribution of every outcome, at every start, in every world"),
    "variance": Listed("variance", "what an answer's spread rests on: theory, parameters by grade, chance"),
    "new-start": Listed("options", "a commented template of a start of your own: start=FILE"),
    "new-beliefs": Listed("options", "a commented template of priors of your own: beliefs=FILE"),
    "completion": Listed("completion", "tab completion for `scenarios`, to be sourced by bash or zsh"),
}

OVERVIEW = """\
What would different US postures in Iraq do to the risk of escalation?
A conditional exploration, not a forecast."""

EXAMPLES = """\
Examples:
  python -m scenarios run +scenario=full_withdrawal
  python -m scenarios run +scenario=relabel start=2021-12 world=calm ensemble=quick
  python -m scenarios run -m +scenario=full_withdrawal,phased_3y theory.isis=enablers,spent
  python -m scenarios explain strike_deterrence_effect

Exit codes: 0 done; 2 the request is wrong; 3 finished, but some replications failed; 130 interrupted, to be resumed"""


class Command(click.Command):
    """A command whose help ends with lines as they are written, some of which depend on the files on offer."""

    def __init__(self, *arguments: Any, details: str | Callable[[], str] = "", **settings: Any) -> None:
        settings["context_settings"] = {**SETTINGS, **settings.get("context_settings", {})}
        super().__init__(*arguments, **settings)
        self.details = details

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Parse words; none at all stand for --help where a command needs some, and -o=FILE for -o FILE."""
        if not args and self.no_args_is_help and not ctx.resilient_parsing:
            args = ["--help"]
        words = [part for word in args for part in re.split(r"(?<=\A-\w)=", word, maxsplit=1)]
        try:
            return super().parse_args(ctx, words)
        except click.UsageError as error:
            error.ctx = error.ctx or ctx
            raise

    def collect_usage_pieces(self, ctx: click.Context) -> list[str]:
        """Arguments before options in the line of usage."""
        options, *arguments = super().collect_usage_pieces(ctx)
        return [*arguments, options]

    def get_help(self, ctx: click.Context) -> str:
        """Help in the letters that the terminal has: click would write UTF-8 to one of ASCII."""
        coding = getattr(sys.stdout, "encoding", None) or "utf-8"
        return super().get_help(ctx).encode(coding, "replace").decode(coding)

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the details."""
        details = self.details if isinstance(self.details, str) else self.details()
        if details:
            formatter.write(f"\n{details.rstrip()}\n")


class Commands(click.Group):
    """The commands of `COMMANDS`; the module of one is imported when it is used."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Names in the order of the table."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import a command; None if there is none of that name."""
        if cmd_name not in COMMANDS:
            return None
        module = import_module(f"scenarios.cli.{COMMANDS[cmd_name].module}")
        command: click.Command = getattr(module, f"{cmd_name.replace('-', '_')}_command")
        return command

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Parse words; `help` stands for --help, also before the name of a command."""
        if args[:1] == ["help"] or not args:
            args = [*args[1:], "--help"]
        return super().parse_args(ctx, args)

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the command that the first word names; RequestError with the nearest name if none is."""
        name, *rest = args
        command = self.get_command(ctx, name)
        if command is None and not ctx.resilient_parsing:
            raise RequestError(f"{name[:MOST_SHOWN]!r} is not a command.{nearest(name, COMMANDS)}")
        return name, command, rest

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the commands without importing them."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, listed.meaning) for name, listed in COMMANDS.items()])

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write examples and exit codes."""
        formatter.write(f"\n{EXAMPLES}\n")

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[CompletionItem]:
        """Offer the names of commands without importing them."""
        names = [CompletionItem(name, help=COMMANDS[name].meaning) for name in fitting(COMMANDS, incomplete)]
        return [*names, *click.Command.shell_complete(self, ctx, incomplete)]


GROUP = Commands("scenarios", help=f"\b\n{OVERVIEW}", context_settings=SETTINGS)


def fitting(names: Iterable[str], incomplete: str) -> list[str]:
    """Names that begin as what is typed so far."""
    return [name for name in names if name.startswith(incomplete)]


class UserPath(click.Path):
    """A path as a user gives it, `~` standing for the home folder."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Path:
        """Convert a word to a path."""
        return resources.given(value)


class WholeNumber(click.ParamType):
    """A whole number within bounds, of a length that can be meant."""

    name = "N"

    def __init__(self, low: int = 1, high: int = HIGHEST) -> None:
        self.low, self.high = low, high

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> int:
        """Convert a word to a number; RequestError if it is none, or outside the bounds."""
        return value if isinstance(value, int) else whole_number(value, flag_of(param), self.low, self.high)


class OneOf(click.Choice[str]):
    """One of several names."""

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> str:
        """Check a word; RequestError with the nearest name if it is none of them."""
        if value not in self.choices:
            name = flag_of(param) if isinstance(param, click.Option) else param and param.name
            raise RequestError(f"{name} is {value[:MOST_SHOWN]!r}.{nearest(value, self.choices)}")
        return str(value)


def flag_of(parameter: click.Parameter | None) -> str:
    """The name by which a user knows a parameter: its longest flag, or what stands for an argument."""
    if isinstance(parameter, click.Option):
        return max(parameter.opts, key=len)
    return str(parameter.metavar if parameter and parameter.metavar else "an argument")


def whole_number(word: str, name: str, low: int, high: int = HIGHEST) -> int:
    """A whole number that a word gives; RequestError if it gives none, or one outside the bounds."""
    is_number = word.isascii() and word.isdecimal() and len(word) <= LONGEST
    if not is_number or not low <= int(word) <= high:
        raise RequestError(f"{name} is {word[:LONGEST]!r}; it must be a whole number from {low:,} to {high:,}.")
    return int(word)


def command(name: str, **settings: Any) -> Callable[[Callable[..., Any]], click.Command]:
    """Declare a command of the table; `details` are the lines at the end of its help."""
    return click.command(name, cls=Command, help=f"{COMMANDS[name].meaning[0].upper()}{COMMANDS[name].meaning[1:]}.",
                         **settings)  # fmt: skip


def words_argument(metavar: str = "[KEY=VALUE ...]", **settings: Any) -> Callable[[Any], Any]:
    """Declare the other words of a command: those for Hydra, and KEY=VALUE of its own."""
    from scenarios.cli.completion import complete_word

    settings = {"shell_complete": complete_word, **settings}
    return click.argument("words", metavar=metavar, nargs=-1, type=click.UNPROCESSED, **settings)


def _existing_folder(ctx: click.Context, parameter: click.Parameter, folder: Path | None) -> Path | None:
    if folder is not None and not folder.is_dir():
        raise RequestError(f"--config-dir: there is no folder {folder}.")
    return folder


config_dir_option = click.option("--config-dir", "-cd", "extra", type=UserPath(), metavar="FOLDER",
                                 callback=_existing_folder, help="a folder of configuration of your own")  # fmt: skip


def own_words(words: Sequence[str], *keys: str) -> tuple[dict[str, str], list[str]]:
    """Values of a command's own KEY=VALUE words, and the words that remain."""
    parted = [(word, *word.partition("=")) for word in words]
    values = {key: value for _, key, equals, value in parted if equals and key in keys}
    return values, [word for word, key, equals, _ in parted if not (equals and key in keys)]


def main(words: Sequence[str]) -> int:
    """Carry out one command; the exit code is 0 done, 2 the request is wrong, 3 some failed, 130 interrupted."""
    try:
        with GROUP.make_context(PROGRAM, list(words)) as context:
            return GROUP.invoke(context) or DONE
    except click.exceptions.Exit as ended:
        return ended.exit_code
    except click.UsageError as error:
        return _failed(f"error: {complaint(error)}", WRONG_REQUEST)
    except RequestError as error:
        return _failed(f"error: {error}", WRONG_REQUEST)
    except SomeFailedError as error:
        return _failed(f"finished, but {error}", SOME_FAILED)
    except KeyboardInterrupt:
        return _failed("\ninterrupted: whole blocks are kept; the same command goes on from there.", INTERRUPTED)
    except BrokenPipeError:
        sys.stderr.close()
        return DONE
    except OSError as error:
        where, why = error.filename or "a file", error.strerror or error
        return _failed(
            f"error: {where} cannot be read or written ({why}); see that it is there and yours.", WRONG_REQUEST
        )


def _failed(line: str, code: int) -> int:
    print(line, file=sys.stderr)
    return code


def complaint(error: click.UsageError) -> str:
    """An error of click in one line, with the nearest flag and where help is."""
    parameters = error.ctx.command.params if error.ctx else []
    name = str(error.ctx.info_name) if error.ctx and error.ctx.parent else "scenarios"
    see = f"see `{error.ctx.command_path if error.ctx else PROGRAM} --help`."
    if isinstance(error, click.NoSuchOption):
        flags = [flag for parameter in parameters if isinstance(parameter, click.Option) for flag in parameter.opts]
        return (
            f"{error.option_name[:MOST_SHOWN]} is not a flag of {name}.{nearest(error.option_name, [*flags, '--help'])}"
        )
    if isinstance(error, click.BadOptionUsage):
        takes_value = any(error.option_name in each.opts and not each.is_flag for each in parameters
                          if isinstance(each, click.Option))  # fmt: skip
        return f"{error.option_name} {'needs a' if takes_value else 'takes no'} value; {see}"
    if isinstance(error, click.MissingParameter):
        return f"{name} needs {flag_of(error.param)}; {see}"
    return f"{name}: {' '.join(error.message.split())[:MOST_SHOWN].rstrip('.')}; {see}"
