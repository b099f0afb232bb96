"""`diff A B`: why two runs or two studies differ."""

from collections.abc import Sequence

from scenarios import resources
from scenarios.cli.words import is_help, parted
from scenarios.errors import DONE, RequestError

HELP = """\
usage: python -m scenarios diff A B

Two folders, of runs or of studies: what was asked differently, in which versions, and where the numbers differ."""


def main(arguments: Sequence[str]) -> int:
    """Print the differences."""
    if is_help(arguments):
        print(HELP)
        return DONE
    _, words = parted("diff", arguments)
    if len(words) != 2:
        raise RequestError(f"diff takes two folders, {len(words)} were given; see diff --help.")
    from scenarios.studies.diff import told

    print("\n".join(told(resources.given(words[0]), resources.given(words[1]))))
    return DONE
