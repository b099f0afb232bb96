"""Tables of a comparison in a terminal."""

import math

import numpy as np
import pytest

from scenarios.analysis import compared_runs
from scenarios.report.terminal import contrasts, theories
from scenarios.report.terminal.comparison import loops
from scenarios.report.terminal.tables import grid
from scenarios.text import brief_difference
from tests.analysis.runs import run
from tests.analysis.test_theories import STAR

LUCK = np.random.default_rng(11)
BASE = LUCK.poisson(100, 120).astype(float)


def text(lines):
    return "\n".join(lines)


def test_columns_that_do_not_fit_follow_below_under_the_same_names():
    lines = grid(["one", "two"], [("deaths", []), ("  mine", ["1" * 20, "2" * 20])], width=40)
    assert [line.split() for line in lines] == [
        ["one"], ["deaths"], ["mine", "1" * 20], ["two"], ["deaths"], ["mine", "2" * 20],
    ]  # fmt: skip


def test_a_difference_is_starred_only_where_it_holds_for_the_whole_family():
    rows = {"mean": 2.0, "low": 1.0, "high": 3.0, "adjusted_low": 0.2, "adjusted_high": 3.8}
    assert contrasts.difference_cell(rows) == "+2.0 [+1.0, +3.0]*"
    assert contrasts.difference_cell({**rows, "adjusted_low": -0.2}) == "+2.0 [+1.0, +3.0] "
    assert contrasts.difference_cell({**rows, "mean": 0.0, "low": 0.0, "high": 0.0}).strip() == "="
    assert contrasts.difference_cell({**rows, "mean": math.nan}).strip() == "undefined"


def test_what_moves_in_no_run_is_named_once_and_takes_no_block():
    comparison = compared_runs([run(deaths=BASE + 1)], run("base", deaths=BASE), ["deaths", "us_strikes"])
    shown = text(contrasts.difference_lines(comparison))
    assert "the same in every draw of every run under every theory: us strikes" in shown
    assert "us strikes [strikes]" not in shown


def test_a_constant_difference_is_no_outcome_that_never_moves():
    comparison = compared_runs([run(deaths=BASE + 1)], run("base", deaths=BASE), ["deaths"])
    assert contrasts.unmoved_outcomes(comparison.contrasts) == []


def test_the_worst_draws_are_reported_once_there_are_a_hundred():
    comparison = compared_runs([run(deaths=BASE + 7)], run("base", deaths=BASE), ["deaths"])
    assert "+7.0 [+7.0, +7.0]" in text(contrasts.tail_lines(comparison))
    few = compared_runs([run(deaths=BASE[:50])], run("base", deaths=BASE[:50]), ["deaths"])
    assert "needs 100 draws for it and has 50" in text(contrasts.tail_lines(few))


def test_ranks_are_reported_from_the_best_on_and_withheld_where_they_overlap():
    noise = LUCK.normal(0, 1, 120)
    runs = [run("worst", deaths=BASE + 20 + noise), run("alike", deaths=BASE + LUCK.normal(0, 1, 120))]
    shown = text(contrasts.ranks(compared_runs(runs, run("base", deaths=BASE), ["deaths", "us_strikes"])))
    assert "one theory: 1-2 alike, base; 3 worst" in shown.replace("enablers / both", "one theory")
    assert "no two runs are distinguished by us strikes." in shown


def test_a_rate_without_troops_says_so_and_is_not_zero():
    comparison = compared_runs([run(us_deaths=[1, 2])], run("base", troop_years=[10, 10]), ["us_deaths"])
    rows = [line for line in contrasts.rate_lines(comparison) if line.startswith("  mine")]
    assert all("undefined, no troops" in line for line in rows[:3])


def test_every_outcome_has_its_line_of_what_pairing_saves():
    noisy = run(deaths=BASE + LUCK.normal(0, 1, 120))
    comparison = compared_runs([noisy], run("base", deaths=BASE), ["deaths", "us_strikes"])
    lines = contrasts.reduction_lines(comparison)
    assert float(next(line for line in lines if line.startswith("  deaths")).split()[-1]) > 50
    assert next(line for line in lines if line.startswith("  us strikes")).split()[-1] == "-"


def test_signs_stand_under_their_questions_with_the_count_that_agrees():
    values = np.stack([BASE + 30, BASE - 10, BASE - 20], axis=1)
    comparison = compared_runs([run("mine", STAR, deaths=values)], run("base", STAR, deaths=BASE), ["deaths"])
    shown = text(theories.sign_lines(comparison))
    assert "columns: H1 isis: enablers, spent; H2 strikes: deter, both" in shown
    assert "centre, the same theory under every question: isis enablers, strikes both" in shown
    cells = next(line for line in shown.splitlines() if line.startswith("  mine")).split()
    assert " ".join(cells) == "mine + 1, - 2 of 3 + 1, - 2 + - - +"
    points = text(theories.switching_lines(comparison))
    assert "mine: fewer deaths than base unless P(US support holds ISIS down) > 0.25 (0.25 to 0.25)" in points
    assert "n = 120" in points


def test_a_difference_of_loops_is_reported():
    scenario, base = run(deaths=[1, 2]), run("base", deaths=[1, 2])
    scenario.manifest["request"]["closed_loop"] = True
    assert loops(compared_runs([scenario], base)) == [
        "loop: closed in mine, so that events may override the path; open in the others"
    ]


@pytest.mark.parametrize(
    ("value", "words"),
    [(0.0, "0"), (1234.5, "+1,234"), (-48.76, "-48.8"), (0.5, "+0.50"), (-0.004, "-0.004"), (math.nan, "-")],
)
def test_a_difference_reads_briefly(value, words):
    assert brief_difference(value) == words
