"""Runs of different sizes: draws and pairs are printed wherever n is."""

import html
import re

import pandas as pd
import pytest

import scenarios
from scenarios.analysis import compared_runs
from scenarios.analysis.sizes import are_alike, describe_sizes
from scenarios.report.notebook_pages import comparison_page
from scenarios.report.terminal.comparison import full_header
from scenarios.report.terminal.contrasts import difference_lines
from tests.analysis.conftest import THEORY
from tests.analysis.runs import row, run

SHORT, LONG = [1, 2, 3], [1, 2, 4, 8, 3]


def of_unlike_sizes():
    return compared_runs([run("mine", deaths=SHORT), run("other", deaths=LONG)], run("base", deaths=LONG), ["deaths"])


def test_each_run_has_its_draws_and_its_pairs():
    comparison = of_unlike_sizes().sizes
    assert comparison.to_dict("list") == {
        "scenario": ["mine", "other", "base"], "baseline": ["base"] * 3, "draws": [3, 5, 5], "pairs": [3, 5, 5],
    }  # fmt: skip
    assert not are_alike(comparison)
    assert (
        describe_sizes(comparison)
        == "3 draws of mine (3 paired with base), 5 draws of other (5 paired with base), 5 draws of base"
    )


def test_runs_of_one_size_have_one_n():
    comparison = compared_runs([run("mine", deaths=LONG)], run("base", deaths=LONG), ["deaths"])
    assert describe_sizes(comparison.sizes) == "5 draws"
    assert "n = 5 draws under one theory" in " ".join(full_header(comparison))
    assert "n = " not in " ".join(difference_lines(comparison))


def test_draws_that_only_one_has_are_no_pairs():
    scenario = run("mine", deaths=SHORT)
    scenario.outcomes = scenario.outcomes.assign(draw=[0, 7, 9])
    comparison = compared_runs([scenario], run("base", deaths=SHORT), ["deaths"])
    assert describe_sizes(comparison.sizes) == "3 draws of mine (1 paired with base), 3 draws of base"
    assert row(comparison.contrasts, scenario="mine")["n"] == 1


def test_every_row_of_a_table_has_its_own_n():
    comparison = of_unlike_sizes()
    text = "\n".join(difference_lines(comparison))
    assert all(name in text for name in ("(base, n = 5)", "mine, n = 3", "other, n = 5"))
    assert "(3 paired with base)" in " ".join(" ".join(full_header(comparison)).split())
    contrasts = comparison.contrasts.set_index("scenario")
    assert contrasts[["draws", "draws_baseline", "n"]].to_numpy().tolist() == [[3, 5, 3], [5, 5, 5]]


def test_the_baseline_may_be_the_smaller_one():
    comparison = compared_runs([run("mine", deaths=LONG)], run("base", deaths=SHORT), ["deaths"])
    assert describe_sizes(comparison.sizes) == "5 draws of mine (3 paired with base), 3 draws of base"


@pytest.fixture
def unlike(place, monkeypatch, tmp_path):
    """A run of four draws and one of eight, as their folders."""
    monkeypatch.chdir(tmp_path)
    sizes = {"phased_3y": 8, "status_quo": 16}
    return [
        scenarios.run(name, start="2021-12", theory=THEORY, replications=size, horizon=14, against=None, workers=1)
        for name, size in sizes.items()
    ]


def test_terminal_file_notebook_and_report_say_what_each_run_has(unlike, command, tmp_path, capsys, monkeypatch):
    monkeypatch.chdir(tmp_path)
    longer, base = unlike
    words = "4 draws of phased_3y (4 paired with status_quo), 8 draws of status_quo"
    output = command(str(base.path), str(longer.path), "--full", "-o", str(tmp_path / "all.csv"))
    assert f"n = {words} under each of 2 theories" in " ".join(output.out.split())
    assert "phased_3y, n = 4" in output.out
    written = pd.read_csv(tmp_path / "all.csv")
    assert set(written["draws"]) == {4}
    assert set(written["draws_baseline"]) == {8}
    assert written["n"].max() == 4
    comparison = scenarios.compare(base, longer)
    assert words in repr(comparison)
    shown = " ".join(html.unescape(re.sub(r"<[^>]+>", " ", comparison_page(comparison))).split())
    assert f"{words} under each of 2 theories" in shown
    assert "phased 3y, n = 4" in shown
    assert scenarios.__main__.main(["report", str(longer.path), str(base.path), "-o", str(tmp_path / "page.html")]) == 0
    page = " ".join(html.unescape(re.sub(r"<[^>]+>", " ", (tmp_path / "page.html").read_text())).split())
    assert f"The runs differ in their number of draws: {words}." in page
    assert f"run unlike numbers of times ({words})" in page
    assert "Each difference: n = 4 pairs." in page
