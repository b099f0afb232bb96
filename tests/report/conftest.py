"""What the tests of the page share: two small runs with their baseline, their page, and a browser to open it."""

import os
from collections.abc import Iterator
from contextlib import chdir
from pathlib import Path

import pytest

from scenarios.config.compose import asked, composed
from scenarios.report.page.page import made
from scenarios.report.page.runs import Gathered, gathered
from scenarios.runs.runner import carry_out
from tests.report.browser import Page, chromium, opened
from tests.report.reading import Reader, read

SMALL = (
    "start=2021-12", "theory.isis=[enablers,spent]", "theory.strikes=both", "ensemble.replications=24",
    "ensemble.horizon=56",
)  # fmt: skip
SCENARIOS = ("full_withdrawal", "surge")


def run(folder: Path, scenario: str, *words: str) -> None:
    """A scenario and its baseline, in the results of a folder."""
    found = asked(composed([f"+scenario={scenario}", *SMALL, *words]))
    with chdir(folder):
        carry_out(
            [each for each in (found.request, found.against) if each], Path("results"), 1, lambda done, whole: None
        )


@pytest.fixture(scope="session")
def lived(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The results folder of two scenarios, which no test changes."""
    folder = tmp_path_factory.mktemp("lived")
    for scenario in SCENARIOS:
        run(folder, scenario)
    return folder / "results"


@pytest.fixture(scope="session")
def runs(lived: Path) -> Gathered:
    return gathered([lived])


@pytest.fixture(scope="session")
def page(runs: Gathered) -> str:
    return made(runs)


@pytest.fixture(scope="session")
def seen(page: str) -> Reader:
    return read(page)


@pytest.fixture(scope="session")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Page]:
    """A browser; a laptop without one skips, continuous integration (BROWSER_REQUIRED=1) does not."""
    program = chromium()
    if program is None:
        if os.environ.get("BROWSER_REQUIRED") == "1":
            pytest.fail("BROWSER_REQUIRED is set, but neither chromium nor google-chrome is installed")
        pytest.skip("neither chromium nor google-chrome is installed")
    with opened(program, tmp_path_factory.mktemp("profile")) as tab:
        yield tab


@pytest.fixture(scope="session")
def file(page: str, tmp_path_factory: pytest.TempPathFactory) -> Path:
    found = tmp_path_factory.mktemp("page") / "page.html"
    found.write_text(page, encoding="utf-8")
    return found
