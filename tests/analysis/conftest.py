"""Shared by tests of comparisons: the command in this process, and small finished runs."""

from collections.abc import Callable
from contextlib import chdir
from pathlib import Path

import pytest

import scenarios
from scenarios.__main__ import main
from scenarios.analysis import Comparison
from tests.requests import Said

SMALL = ("ensemble.replications=8", "ensemble.horizon=14", "theory.isis=[enablers,spent]", "theory.strikes=both")
THEORY = {"isis": ["enablers", "spent"], "strikes": "both"}


@pytest.fixture(scope="session")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with finished runs of two scenarios and of status_quo under `results`."""
    folder = tmp_path_factory.mktemp("compared")
    with chdir(folder):
        scenarios.compare("full_withdrawal", "phased_3y", theory=THEORY, replications=8, horizon=14, workers=1)
    return folder


@pytest.fixture
def comparison(place: Path, monkeypatch: pytest.MonkeyPatch) -> Comparison:
    """The two scenarios of `place` against status_quo."""
    monkeypatch.chdir(place)
    return scenarios.compare("full_withdrawal", "phased_3y", theory=THEORY, replications=8, horizon=14, workers=1)


@pytest.fixture
def command(place: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Callable[..., Said]:
    """`compare` run in this process beside the finished runs; an exception that escapes fails the test."""
    monkeypatch.chdir(place)

    def run_command(*words: str) -> Said:
        capsys.readouterr()
        code = main(("compare", *words))
        captured = capsys.readouterr()
        return Said(code, captured.out, captured.err)

    return run_command


@pytest.fixture
def folder(comparison: Comparison) -> Callable[[str], str]:
    """The folder of one of the finished runs."""
    return lambda scenario: str(comparison.runs[scenario].path)
