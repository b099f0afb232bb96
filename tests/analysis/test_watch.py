"""The page that says what to watch, and the command that prints it."""

import numpy as np
import pytest
from scipy.stats import norm

from scenarios.__main__ import main
from scenarios.analysis.indicators import indicators, informative
from scenarios.report.indicators import after, describe_indicator, page
from scenarios.runs.result import Result
from tests.analysis.synthetic import made, normals
from tests.requests import asks, carried_out

Z = normals(3)
HIGH = Z[:, 0] > norm.ppf(0.75)
SEEN = np.random.default_rng(2).poisson(5.0 + 5.0 * HIGH)
WORDS = ("ensemble.replications=40", "ensemble.horizon=42", "theory.isis=enablers", "theory.strikes=both", "workers=1")


@pytest.fixture(scope="module")
def tied():
    return made({"claimed_attacks": SEEN}, {"deaths": 10.0 * HIGH})


def test_an_indicator_reads_as_a_sentence_with_its_numbers(tied):
    row = informative(indicators(tied)).iloc[0].to_dict()
    text = describe_indicator(row)
    limit = f"{row['threshold']:.0f}"
    assert text.startswith(f"If more than {limit} claimed attacks are seen in the first 84 days, it becomes ")
    for number in ("lr_plus", "lr_plus_low", "lr_plus_high", "lr_minus"):
        assert f"{row[number]:.1f}" in text
    assert f"Area {row['auc']:.2f}" in text
    assert f"{100 * after(row['share'], row['lr_plus']):.0f} %" in text


def test_a_probability_moves_as_its_odds_do():
    assert after(0.5, 1.0) == 0.5
    assert after(0.25, 3.0) == pytest.approx(0.5)


def test_the_page_names_the_future_its_share_and_the_comparisons(tied):
    text = page(tied)
    assert "# What to watch: made_up as of 2021-12-13, world calm" in text
    assert "(until 2022-03-06, whole periods of the series)" in text
    assert "**Any deaths in the days after: 2" in text
    assert "1 comparisons were made" in text
    assert "Not a forecast" in text


def test_where_nothing_separates_futures_that_is_reported():
    text = page(made({"claimed_attacks": Z[:, 2]}, {"deaths": 10.0 * HIGH}))
    assert "Nothing observable in 84 days separates these futures." in text


def test_where_too_little_was_run_that_is_reported(tied):
    few = made({"claimed_attacks": SEEN[:20]}, {"deaths": 10.0 * HIGH[:20]}, draws=20)
    assert "Nothing can be tested: no future leaves 8 replications on either side" in page(few)


@pytest.fixture
def here(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_a_scenario_is_run_where_it_is_missing_and_the_page_written(here, capsys):
    assert main(["watch", "status_quo", *WORDS, "days=14", "-o", "page.md"]) == 0
    assert capsys.readouterr().out == "written to page.md\n"
    written = (here / "page.md").read_text()
    (folder,) = (here / "results" / "status_quo").iterdir()
    assert main(["watch", str(folder), "days=14"]) == 0
    assert capsys.readouterr().out == written
    assert written == f"{page(Result(folder), 14)}\n"
    assert "first 14 days" in written


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return str(carried_out(asks("ensemble.horizon=14", "ensemble.replications=2"), tmp_path_factory.mktemp("short")))


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        (("status_qou",), "Did you mean status_quo"),
        (("FOLDER", "days=many"), "days is 'many'; it must be a number of days from 1 to 10,000."),
        (("FOLDER", "days=-3"), "days"),
        (("FOLDER",), "days is 90; it must leave one period of 7 days"),
        (("FOLDER", "world=calm"), "world=calm requests a run"),
        (("FOLDER", "days=7", "-o", "nowhere/page.md"), "-o: nowhere/page.md cannot be written"),
        (("FOLDER", "-x"), "-x is not a flag of watch"),
        (("FOLDER", "-o"), "-o needs a value"),
        (("days=90",), "watch takes one scenario or one folder"),
    ],
)
def test_what_is_wrong_is_reported_in_one_line(here, folder, capsys, words, expected):
    assert main(["watch", *(folder if word == "FOLDER" else word for word in words)]) == 2
    err = capsys.readouterr().err
    assert expected in err
    assert len(err.strip().splitlines()) == 1


def test_help_says_what_may_be_given(capsys):
    for words in ([], ["--help"]):
        assert main(["watch", *words]) == 0
        assert "watch NAME|FOLDER" in capsys.readouterr().out
