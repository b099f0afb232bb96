"""`python -m scenarios COMMAND [overrides]`: the command line."""

import io
import os
import sys
from collections.abc import Sequence
from importlib import import_module

from scenarios import packages, streams
from scenarios.cli import COMMANDS, overview, said
from scenarios.errors import DONE, INTERRUPTED, SOME_FAILED, WRONG_REQUEST, RequestError, SomeFailedError, nearest

packages.take_back(__name__)


def main(arguments: Sequence[str] | None = None) -> int:
    """Carry out one command; the exit code is 0 done, 2 the request is wrong, 3 some failed, 130 interrupted."""
    streams.stand_in()
    words = list(sys.argv[1:] if arguments is None else arguments)
    substitute_letters()
    if not words or words[0] in ("help", "--help", "-h"):
        print(overview())
        return DONE
    name, *rest = words
    if name not in COMMANDS:
        print(f"error: {name!r} is not a command.{nearest(name, COMMANDS)}", file=sys.stderr)
        return WRONG_REQUEST
    if COMMANDS[name].plain and {"-h", "--help"} & set(rest):
        print(said(COMMANDS[name]))
        return DONE
    try:
        return import_module(f"scenarios.cli.{COMMANDS[name].module}").main(rest)
    except RequestError as error:
        print(f"error: {error}", file=sys.stderr)
        return WRONG_REQUEST
    except SomeFailedError as error:
        print(f"finished, but {error}", file=sys.stderr)
        return SOME_FAILED
    except KeyboardInterrupt:
        print("\ninterrupted: whole blocks are kept; the same command goes on from there.", file=sys.stderr)
        return INTERRUPTED
    except BrokenPipeError:
        sys.stderr.close()
        return DONE
    except OSError as error:
        where, why = error.filename or "a file", error.strerror or error
        print(f"error: {where} cannot be read or written ({why}); see that it is there and yours.", file=sys.stderr)
        return WRONG_REQUEST


def substitute_letters() -> None:
    """Have letters that a terminal lacks replaced by a mark, where they would end the command."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper) and stream.errors == "strict":
            stream.reconfigure(errors="replace")


def script() -> None:
    """The `scenarios` command; whatever Python it starts takes our packages, and nothing from the working folder."""
    os.environ.update(packages.environment())
    sys.exit(main())


if __name__ == "__main__":
    script()
