"""`status FOLDER`: how far a study is, while it runs or after."""

from collections.abc import Sequence

from scenarios import resources
from scenarios.cli.words import is_help, one_word, parted
from scenarios.errors import DONE

HELP = """\
usage: python -m scenarios status FOLDER

How much of a study is there, how fast it goes, what failed; also while a sweep is at work, which it does not touch."""


def main(arguments: Sequence[str]) -> int:
    """Print the state of a folder."""
    if is_help(arguments):
        print(HELP)
        return DONE
    _, words = parted("status", arguments)
    folder = resources.given(one_word("status", words, "the folder of a study"))
    from scenarios.studies.status import status

    print("\n".join(status(folder).lines))
    return DONE
