"""`merge FOLDER ...`: shards of one study put together, in any order."""

from collections.abc import Sequence

from scenarios import resources
from scenarios.cli.words import is_help, parted
from scenarios.errors import DONE, RequestError

HELP = """\
usage: python -m scenarios merge FOLDER [FOLDER ...] [results=PATH]

Put together what shards of one study have lived: folders as `sweep --shard I/N` left them, in any order and from any
machine. The data are finished in the first folder, or under PATH. The last line is `dataset HASH`, as of one sweep."""


def main(arguments: Sequence[str]) -> int:
    """Merge folders; SomeFailedError if something is missing."""
    if is_help(arguments):
        print(HELP)
        return DONE
    _, words = parted("merge", arguments)
    folders = [resources.given(word) for word in words if "=" not in word]
    keys = [word for word in words if "=" in word]
    if not folders or len(keys) > 1 or any(not key.startswith("results=") for key in keys):
        raise RequestError("merge takes folders of one study, and results=PATH at most; see merge --help.")
    from scenarios.studies.merging import merged
    from scenarios.studies.status import ended

    results = resources.given(keys[0].partition("=")[2]) if keys else None
    return ended(*merged(folders, results))
