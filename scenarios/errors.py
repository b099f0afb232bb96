"""Errors that a user can fix, and the exit codes that report them."""

from collections.abc import Iterable
from difflib import get_close_matches

DONE, WRONG_REQUEST, SOME_FAILED, INTERRUPTED = 0, 2, 3, 130


class RequestError(ValueError):
    """Wrong request; the message says what, where, the bound and the remedy, and nothing was written."""


class SomeFailedError(Exception):
    """Finished run of which some replications failed."""


def nearest(name: object, valid: Iterable[str]) -> str:
    """Hint at the nearest valid names, with a leading space; at the first valid names where none is near."""
    options = sorted({str(option) for option in valid})
    close = get_close_matches(str(name), options, n=2, cutoff=0.6)
    if close:
        return f" Did you mean {' or '.join(close)}?"
    return f" Valid: {', '.join(options[:12])}{', ...' if len(options) > 12 else '.'}" if options else ""
