"""Fixtures that tests of several rooms share, and how warnings count in the tests of the agents."""

import shutil
from collections.abc import Callable
from contextlib import chdir
from pathlib import Path

import pytest

from scenarios.__main__ import main
from scenarios.report import pictures as picture_module
from scenarios.runs.result import Result
from scenarios.runs.runner import run_experiments
from tests.processes import hear_signals
from tests.requests import TINY, Said, asks_all

TWO_THEORIES = ("theory.isis=[enablers,spent]", "theory.strikes=both", "record.period=day")


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder to work in."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def pictures(monkeypatch: pytest.MonkeyPatch) -> None:
    """No picture is drawn, which takes longer than a small run; a module that is about them has its own fixture."""
    monkeypatch.setattr(picture_module, "overview_png", lambda result, baseline: b"a picture")


@pytest.fixture
def command(here: Path, pictures: None, capsys: pytest.CaptureFixture[str]) -> Callable[..., Said]:
    """A command carried out in this process, in an empty folder; an exception that escapes fails the test."""

    def carried(*words: str) -> Said:
        capsys.readouterr()
        code = main(words)
        said = capsys.readouterr()
        return Said(code, said.out, said.err)

    return carried


@pytest.fixture(scope="session")
def finished(tmp_path_factory: pytest.TempPathFactory) -> Result:
    """A small run under two theories, day by day, with its baseline."""
    folder = tmp_path_factory.mktemp("finished")
    found = asks_all(*TWO_THEORIES, "ensemble.replications=16")
    with chdir(folder):
        mine, base = run_experiments([found.request, found.against], Path("results"), 1, lambda done, whole: None)
    result = Result(folder / mine.path)
    result.baseline = Result(folder / base.path)
    return result


@pytest.fixture(scope="session")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The results folder of the command `TINY_RUN`, to be copied."""
    folder = tmp_path_factory.mktemp("tiny")
    found = asks_all(of=TINY)
    with chdir(folder):
        run_experiments([found.request, found.against], Path("results"), 1, lambda done, whole: None)
    return folder / "results"


@pytest.fixture
def earlier(here: Path, tiny: Path) -> Path:
    """The folder of an earlier run of `TINY_RUN` in an otherwise empty working folder."""
    shutil.copytree(tiny, here / "results")
    return next((here / "results" / "full_withdrawal").iterdir())


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
