"""Standard input, output and error where a caller has closed them: the null device stands in for each."""

import os
import sys

NAMES = {"stdin": "r", "stdout": "w", "stderr": "w"}


def stand_in() -> None:
    """Give the process the streams that it lacks, so that whatever writes to them goes on."""
    open_descriptors()
    for name, mode in NAMES.items():
        stream = getattr(sys, name)
        if stream is None or stream.closed:
            setattr(sys, name, open(os.devnull, mode, encoding="utf-8"))  # noqa: SIM115 - open as long as the process


def open_descriptors() -> None:
    """Open the first three descriptors where they are closed, lest a file or pipe get their numbers and be written to.

    A descriptor that is opened has the lowest number that is free.
    """
    for number in range(len(NAMES)):
        try:
            os.fstat(number)
        except OSError:
            os.open(os.devnull, os.O_RDWR)
