"""Results and comparisons as IPython shows them: failures first, then request, estimates, a figure, grades."""

import html
import subprocess
import sys
from types import SimpleNamespace

import pytest

from scenarios.analysis.comparison import Comparison, compared_runs
from scenarios.report import notebook_pages
from scenarios.report.notebook_pages import comparison_page, result_page, results_page
from scenarios.report.terminal import contrasts
from scenarios.runs.result import Results
from tests.report.reading import read_html

SHELL = """
import sys
from IPython.core.interactiveshell import InteractiveShell
shell = InteractiveShell.instance()
import scenarios
assert not {"pandas", "jinja2", "matplotlib"} & set(sys.modules), "importing scenarios is not light"
from scenarios.load import load
result = load(sys.argv[1])
for shown in (result, type(result).__mro__[0]):
    print("text/html" in shell.display_formatter.format(shown)[0])
print(shell.display_formatter.format(result)[0]["text/html"])
"""


def text(page):
    """The text of a page as a browser shows it."""
    document = read_html(page)
    assert document.errors == []
    return document.elements[0].text.strip()


@pytest.fixture
def without_figures(monkeypatch):
    monkeypatch.setattr(notebook_pages, "drawn", lambda result: [])


def test_ipython_shows_a_result_as_its_page_and_importing_scenarios_stays_light(finished):
    pytest.importorskip("IPython")
    words = [sys.executable, "-c", SHELL, str(finished.path)]
    shown = subprocess.run(words, capture_output=True, text=True, check=True).stdout
    assert shown.startswith("True\nFalse\n<div>")
    assert "A conditional exploration, not a forecast." in shown


def test_the_page_of_a_result_has_caveat_request_headlines_by_theory_figure_and_grades(finished):
    page = result_page(finished)
    for part in (
        "A conditional exploration, not a forecast.",
        "8 draws under each of 2 theories",
        "28 days from 2021-12-13",
        "enablers, n = 8",
        "US deaths [deaths]",
        finished.manifest["grades"],
        "A fitted to data and backtested",
        "announced troops",
        str(finished.path),
    ):
        assert part in text(page)
    assert [each.name for each in read_html(page).elements][:2] == ["div", "h3"]
    assert len(read_html(page).named("img")) == 1


def test_every_value_of_a_page_is_escaped(finished):
    odd = "<script>alert('x')</script>&"
    manifest = {**finished.manifest, "scenario": odd, "world": odd, "grades": odd}
    kept = {name: getattr(finished, name) for name in ("outcomes", "theories", "path", "bands")}
    fake = SimpleNamespace(**kept, scenario=odd, failures=[{"draw": 1, "error": odd}], manifest=manifest, baseline=None,
                           series_names=list, troubles=[odd])  # fmt: skip
    page = result_page(fake)
    assert not read_html(page).named("script")
    assert page.count("&lt;script&gt;") >= 5


@pytest.mark.usefixtures("without_figures")
def test_what_failed_and_what_could_not_be_read_comes_first(finished, monkeypatch):
    monkeypatch.setitem(finished.manifest, "failures", [{"draw": 3, "error": "ValueError: not counted"}])
    shown = text(results_page(Results([finished], ["this folder is empty"])))
    unreadable = "Read this first Could not be read and is left out: this folder is empty"
    assert shown.startswith(unreadable)
    assert shown.removeprefix(unreadable).startswith(
        "full_withdrawal: 1 of 8 draws failed under all 2 theories and are left out of every number"
    )
    assert "Reasons: ValueError: not counted." in shown


@pytest.mark.usefixtures("without_figures")
def test_the_page_of_many_results_names_all_and_shows_the_first(finished):
    page = results_page(Results([finished] * 6))
    assert "6 results" in text(page)
    assert "The first 4 can be unfolded; show another by its number, as results[4]." in text(page)
    assert "Mean ± Monte Carlo standard error:" in text(page)
    assert len(read_html(page).named("details")) == 4 * 2
    assert len(read_html(page).named("tr")) > 6


def test_the_page_of_a_comparison_shows_what_is_compared_theory_by_theory(comparison):
    page = comparison_page(comparison)
    start = "full withdrawal, surge against status quo A conditional exploration, not a forecast."
    assert text(page).startswith(start)
    assert "64 draws under each of 2 theories, every run with common random numbers" in text(page)
    assert "n = 64" in html.unescape(page), "the figure is described to those who do not see it"
    assert f"Rests on {comparison.baseline.manifest['grades']}." in text(page)
    assert all(theory in text(page) for theory in comparison.theories)


def test_the_numbers_of_a_comparison_are_those_of_the_table(comparison):
    shown = text(comparison_page(comparison))
    moved = comparison.contrasts[
        ~comparison.contrasts["outcome"].isin(contrasts.unmoved_outcomes(comparison.contrasts))
    ]
    assert len(moved)
    assert all(contrasts.difference_cell(row).strip() in shown for row in moved.to_dict("records"))


def test_of_many_theories_the_page_shows_under_how_many_each_sign_stands(comparison, monkeypatch):
    monkeypatch.setattr(notebook_pages, "is_centred", lambda comparison: True)
    page = comparison_page(comparison)
    assert all(agreement in text(page) for agreement in comparison.theory_table["agreement"])
    assert not read_html(page).named("table")


def test_what_failed_in_a_comparison_comes_before_any_number(comparison, monkeypatch):
    lost = {**comparison.baseline.manifest, "failures": [{"draw": 1, "error": "a <b> & c"}]}
    monkeypatch.setattr(comparison.baseline, "manifest", lost)
    again = compared_runs(list(comparison.results.values()), comparison.baseline)
    assert isinstance(again, Comparison)
    page = comparison_page(again)
    assert text(page).startswith("Read this first status_quo: 1 of 64 draws failed under all 2 theories")
    assert "a &lt;b&gt; &amp; c" in page
