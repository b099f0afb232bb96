"""`report FOLDER...`: one self-contained page about finished runs, to be read offline or printed."""

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from scenarios import resources
from scenarios.cli.words import Parser
from scenarios.errors import DONE, RequestError, SomeFailedError
from scenarios.resources import docstring
from scenarios.text import CAVEAT

EPILOG = """\
FOLDER is the folder of a run, a folder of such folders, or a glob. The status quo that was run beside a scenario is
found beside it. Runs that are not alike (start, world, theories, seed, horizon) are refused.

exit codes: 0 done; 2 no folder can be used; 3 the page is written, but a folder or replications failed"""


def main(arguments: Sequence[str]) -> int:
    """Write the page, and say first what is wrong with the runs."""
    asked = _parser().read(arguments)
    if asked is None:
        return DONE
    from scenarios.report.page.page import write_page
    from scenarios.report.page.runs import collect_runs, notices

    runs = collect_runs(asked.folders)
    file = _file(asked.output)
    size = write_page(runs, file)
    for notice in notices(runs):
        print(f"note: {notice}")
    names = ", ".join(each.scenario for each in runs.all_runs)
    print(f"{file}: {names}; {size / 1e6:.1f} MB, to be read offline or printed")
    print(CAVEAT)
    if runs.is_incomplete:
        raise SomeFailedError("a folder was left out or replications failed; the page says so first.")
    return DONE


def _parser() -> Parser:
    parser = Parser(
        prog="python -m scenarios report", description=docstring(sys.modules[__name__]), epilog=EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )  # fmt: skip
    parser.add_argument("folders", nargs="+", metavar="FOLDER")
    parser.add_argument("-o", "--output", type=resources.given, default=Path("report.html"), metavar="PAGE.html")
    return parser


def _file(asked: Path) -> Path:
    """The file to be written; a folder that is missing is not made silently."""
    if asked.is_dir():
        raise RequestError(f"report: -o is {asked}, a folder; give a file as {asked}/report.html.")
    if not asked.resolve().parent.is_dir():
        raise RequestError(f"report: -o is {asked}, but there is no folder {asked.parent}; make it or give another.")
    return asked
