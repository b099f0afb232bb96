"""The command line: one group that loads a command when it is used, what commands are declared with, and exit codes."""

import re
import sys
import textwrap
from collections.abc import Callable, Mapping, Sequence
from importlib import import_module
from typing import Any, NamedTuple

import click
from click.shell_completion import CompletionItem

from scenarios import packages
from scenarios.errors import DONE, INTERRUPTED, SOME_FAILED, WRONG_REQUEST, RequestError, SomeFailedError, nearest

PROGRAM = "python -m scenarios"

MOST_SHOWN = 200  # characters of a complaint

SETTINGS = {"help_option_names": ["-h", "--help"], "max_content_width": 120}


class Listed(NamedTuple):
    """A command as `--help` lists it: the module that declares it as `NAME_command`, and what it is for."""

    module: str
    meaning: str


TASKS: Mapping[str, Mapping[str, Listed]] = {
    "What would follow": {
        "run": Listed("run", "run a scenario, and status_quo beside it"),
        "compare": Listed("compare", "scenarios against a baseline and one another, theory by theory"),
        "report": Listed("results", "one self-contained page about finished runs, offline and printable"),
        "watch": Listed("results", "what to watch: quantities of the first 90 days that discriminate between futures"),
    },
    "What is on offer": {
        "list": Listed("options", "scenarios, starts, worlds, theories and what else may be chosen or measured"),
        "show": Listed("options", "a scenario's story, claims and timeline in words"),
        "new-start": Listed("options", "a commented template of a start of your own: start=FILE"),
        "new-beliefs": Listed("options", "a commented template of priors of your own: beliefs=FILE"),
    },
    "Why": {
        "explain": Listed("explain", "why a number is believed: a parameter, question, article, claim, outcome"),
        "explain-run": Listed("results", "why one replication ended as it did: its causal chain in sentences"),
        "variance": Listed("variance", "what an answer's spread rests on: theory, parameters by grade, chance"),
        "check": Listed("validate", "hold the model against its sources: stylised facts, counts, expectations"),
        "prior": Listed("validate", "the prior distribution of every outcome, at every start, in every world"),
    },
    "Many points": {
        "sweep": Listed("sweep", "many points of a design: here, on Slurm, in shards"),
        "status": Listed("sweep", "how far a study is, while it runs or after"),
        "summarise": Listed("sweep", "points x outcomes of a study, with Monte Carlo errors"),
        "merge": Listed("sweep", "shards of one study put together, in any order"),
    },
    "What is stored": {
        "results": Listed("stored", "what is in the folder of results; prune removes what is superseded"),
        "replay": Listed("reproduce", "simulate a point or replication again, bit for bit"),
        "diff": Listed("reproduce", "why two runs or studies differ"),
        "completion": Listed("completion", "tab completion for `scenarios`, to be sourced by bash or zsh"),
    },
}  # fmt: skip

COMMANDS = {name: listed for commands in TASKS.values() for name, listed in commands.items()}

OVERVIEW = """\
What would different US postures in Iraq do to the risk of escalation?
A conditional exploration, not a forecast."""

EXAMPLES = (
    "run full_withdrawal", "compare full_withdrawal relabel start=2021-12", "report full_withdrawal relabel",
    "explain strike_deterrence_effect",
)  # fmt: skip

CODES = """\
Exit codes: 0 done; 2 the request is wrong; 3 finished, but some replications failed; 130 interrupted, to be resumed"""

TERM = re.compile(r" *(\S.*?  +)?")  # the indentation of a line of help, and the term that it explains


class Command(click.Command):
    """A command whose help ends with lines on its words, some of which depend on the files on offer, and examples."""

    def __init__(
        self, *arguments: Any, details: str | Callable[[], str] = "", examples: Sequence[str] = (), **settings: Any
    ) -> None:
        settings["context_settings"] = {**SETTINGS, **settings.get("context_settings", {})}
        super().__init__(*arguments, **settings)
        self.details, self.examples = details, examples

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Parse words; none at all mean --help where a command needs some, and -o=FILE for -o FILE."""
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
        """Write the details, wrapped to the terminal, and the examples."""
        details = self.details if isinstance(self.details, str) else self.details()
        if details:
            wrapped = (wrap_line(line, formatter.width) for line in details.rstrip().splitlines())
            formatter.write("\n" + "\n".join(wrapped) + "\n")
        write_examples(formatter, self.examples)


class Commands(click.Group):
    """The commands of `TASKS`; the module of one is imported when it is used."""

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
        """Parse words; `help` means --help, also before the name of a command."""
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
        """List the commands by task, without importing them."""
        width = max(map(len, COMMANDS))
        for task, commands in TASKS.items():
            with formatter.section(task):
                formatter.write_dl([(name.ljust(width), listed.meaning) for name, listed in commands.items()])

    def format_epilog(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write examples and exit codes."""
        write_examples(formatter, EXAMPLES)
        formatter.write(f"\n{wrap_line(CODES, formatter.width)}\n")

    def shell_complete(self, ctx: click.Context, incomplete: str) -> list[CompletionItem]:
        """Offer the names of commands without importing them."""
        names = [name for name in COMMANDS if name.startswith(incomplete)]
        flags = click.Command.shell_complete(self, ctx, incomplete)
        return [*(CompletionItem(name, help=COMMANDS[name].meaning) for name in names), *flags]


def _print_version(ctx: click.Context, parameter: click.Parameter, is_given: bool) -> None:
    if is_given and not ctx.resilient_parsing:
        print(f"scenarios {packages.version()}")
        ctx.exit()


VERSION = click.Option(["--version"], is_flag=True, is_eager=True, expose_value=False, callback=_print_version,
                       help="Show the version and exit.")  # fmt: skip

GROUP = Commands("scenarios", help=f"\b\n{OVERVIEW}", params=[VERSION], context_settings=SETTINGS)


def wrap_line(line: str, width: int) -> str:
    """A line of help, continued below the meaning of the term that it begins with."""
    term = TERM.match(line)
    indent = " " * (len(term[0]) if term else 0)
    return textwrap.fill(line, width, subsequent_indent=indent, break_long_words=False, break_on_hyphens=False)


def write_examples(formatter: click.HelpFormatter, examples: Sequence[str]) -> None:
    """Write commands as they are typed."""
    formatter.write("".join(["\nExamples:\n", *(f"  {PROGRAM} {example}\n" for example in examples)]))


def command(name: str, **settings: Any) -> Callable[[Callable[..., Any]], click.Command]:
    """Declare a command of the table; `details` and `examples` are the lines at the end of its help."""
    return click.command(name, cls=Command, help=f"{COMMANDS[name].meaning[0].upper()}{COMMANDS[name].meaning[1:]}.",
                         **settings)  # fmt: skip


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
    from scenarios.cli.parameters import flag_of

    parameters = error.ctx.command.params if error.ctx else []
    options = [parameter for parameter in parameters if isinstance(parameter, click.Option)]
    name = str(error.ctx.info_name) if error.ctx and error.ctx.parent else "scenarios"
    see = f"see `{error.ctx.command_path if error.ctx else PROGRAM} --help`."
    if isinstance(error, click.NoSuchOption):
        flags = [flag for option in options for flag in option.opts]
        hint = nearest(error.option_name, [*flags, "--help"])
        return f"{error.option_name[:MOST_SHOWN]} is not a flag of {name}.{hint}"
    if isinstance(error, click.BadOptionUsage):
        takes_value = any(error.option_name in option.opts and not option.is_flag for option in options)
        return f"{error.option_name} {'needs a' if takes_value else 'takes no'} value; {see}"
    if isinstance(error, click.MissingParameter):
        return f"{name} needs {flag_of(error.param)}; {see}"
    return f"{name}: {' '.join(error.message.split())[:MOST_SHOWN].rstrip('.')}; {see}"
