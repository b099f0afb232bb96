"""Shared by the tests of the page: two small runs with their baseline, their page, and a browser to open it."""

import os
from collections.abc import Iterator
from contextlib import chdir
from pathlib import Path

import pytest

from scenarios.analysis import Comparison, compared_runs
from scenarios.config.compose import command_request, composed
from scenarios.report.page.page import render_page
from scenarios.report.page.runs import PageRuns, collect_runs
from scenarios.runs.runner import run_experiments
from tests.report.browser import Tab, browser_tab, chromium
from tests.report.reading import Document, read_html

SMALL = (
    "start=2021-12", "theory.isis=[enablers,spent]", "theory.strikes=both", "ensemble.replications=128",
    "ensemble.horizon=190",
)  # fmt: skip
SCENARIOS = ("full_withdrawal", "surge")


def simulate_beside_baseline(folder: Path, scenario: str, *words: str) -> None:
    """Run a scenario and its baseline into the results of a folder."""
    pair = command_request(composed([f"+scenario={scenario}", *SMALL, *words]))
    with chdir(folder):
        run_experiments(
            [each for each in (pair.request, pair.against) if each], Path("results"), 1, lambda done, whole: None
        )


@pytest.fixture(scope="session")
def results(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The results folder of two scenarios, which no test changes."""
    folder = tmp_path_factory.mktemp("reported")
    for scenario in SCENARIOS:
        simulate_beside_baseline(folder, scenario)
    return folder / "results"


@pytest.fixture(scope="session")
def runs(results: Path) -> PageRuns:
    return collect_runs([results])


@pytest.fixture(scope="session")
def comparison(runs: PageRuns) -> Comparison:
    return compared_runs(runs.results, runs.baseline)


@pytest.fixture(scope="session")
def page(runs: PageRuns) -> str:
    return render_page(runs)


@pytest.fixture(scope="session")
def document(page: str) -> Document:
    return read_html(page)


@pytest.fixture(scope="session")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Tab]:
    """A browser; a laptop without one skips, continuous integration (BROWSER_REQUIRED=1) does not."""
    program = chromium()
    if program is None:
        if os.environ.get("BROWSER_REQUIRED") == "1":
            pytest.fail("BROWSER_REQUIRED is set, but neither chromium nor google-chrome is installed")
        pytest.skip("neither chromium nor google-chrome is installed")
    with browser_tab(program, tmp_path_factory.mktemp("profile")) as tab:
        yield tab


@pytest.fixture(scope="session")
def file(page: str, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("page") / "page.html"
    path.write_text(page, encoding="utf-8")
    return path
