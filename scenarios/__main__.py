"""`python -m scenarios COMMAND [overrides]`: the command line."""

import io
import os
import sys
from collections.abc import Sequence

from scenarios import cli, packages, streams

packages.take_back(__name__)


def main(arguments: Sequence[str] | None = None) -> int:
    """Carry out one command; the exit code is 0 done, 2 the request is wrong, 3 some failed, 130 interrupted."""
    streams.stand_in()
    substitute_letters()
    return cli.main(sys.argv[1:] if arguments is None else arguments)


def substitute_letters() -> None:
    """Have letters that a terminal lacks replaced by a mark, where they would end the command."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper) and stream.errors == "strict":
            stream.reconfigure(errors="replace")


def script() -> None:
    """The `scenarios` command; whatever Python it starts takes our packages, and nothing from the working folder."""
    os.environ.update(packages.child_environment())
    if "_SCENARIOS_COMPLETE" in os.environ:
        from scenarios.cli.completion import print_completions

        sys.exit(print_completions())
    sys.exit(main())


if __name__ == "__main__":
    script()
