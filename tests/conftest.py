"""What all tests of the agents share."""

from pathlib import Path

import pytest

from tests.processes import hear_signals

HERE = Path(__file__).parent
STRICT = ("ensemble", "mechanisms", "model")


def pytest_configure():
    """The tests run as from a terminal, whatever they inherit."""
    hear_signals()


def pytest_collection_modifyitems(items):
    """In the tests of the agents a numerical warning (overflow, invalid value) is a failure."""
    for item in items:
        if HERE in item.path.parents and item.path.relative_to(HERE).parts[0] in STRICT:
            item.add_marker(pytest.mark.filterwarnings("error::RuntimeWarning"))
