"""Standard input, output and error that a caller has closed, replaced by the null device."""

import os
import sys

NAMES = {"stdin": "r", "stdout": "w", "stderr": "w"}


def stand_in() -> None:
    """Open the standard streams that the process lacks, so that writing to them does not fail."""
    open_descriptors()
    for name, mode in NAMES.items():
        stream = getattr(sys, name)
        if stream is None or stream.closed:
            setattr(sys, name, open(os.devnull, mode, encoding="utf-8"))  # noqa: SIM115 - open as long as the process


def open_descriptors() -> None:
    """Open the first three descriptors where they are closed, so that no file or pipe receives their numbers.

    A new descriptor has the lowest free number.
    """
    for number in range(len(NAMES)):
        try:
            os.fstat(number)
        except OSError:
            os.open(os.devnull, os.O_RDWR)
