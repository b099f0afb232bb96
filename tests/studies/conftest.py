"""Fixtures of a small finished study."""

import shutil

import pytest

from scenarios.__main__ import main
from tests.studies.sweeps import ONE, swept


@pytest.fixture(scope="session")
def intact(tmp_path_factory):
    """The folder of a finished study of two points, to be copied."""
    return swept(tmp_path_factory.mktemp("intact"), **ONE)[0].path


@pytest.fixture
def folder(intact, tmp_path):
    """A copy of that folder, to be changed."""
    return shutil.copytree(intact, tmp_path / "results" / "small" / intact.name)


@pytest.fixture
def output_of(capsys):
    """Exit code, standard output and standard error of a command in this process."""

    def run(*words):
        code = main([str(word) for word in words])
        captured = capsys.readouterr()
        return code, captured.out, captured.err

    return run
