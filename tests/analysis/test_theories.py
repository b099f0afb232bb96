"""Theory by theory: strata, signs, switch points."""

import math

import numpy as np
import pytest

from scenarios.analysis import compared_runs
from scenarios.analysis.switching_values import switch
from scenarios.analysis.theories import CENTRE, centre_of, one_at_a_time, theory_names
from scenarios.evidence.theories import hypotheses, phrase, strata
from tests.analysis.runs import row, run

TWO = ({"isis": "enablers", "strikes": "both"}, {"isis": "spent", "strikes": "both"})
STAR = (
    {"isis": "enablers", "strikes": "both"},
    {"isis": "spent", "strikes": "both"},
    {"isis": "enablers", "strikes": "deter"},
)
LUCK = np.random.default_rng(9)


def designed():
    chosen = {name: list(topic.default) for name, topic in hypotheses().items()}
    return [dict(theory.poles) for theory in one_at_a_time(strata(chosen))]


def test_every_pole_of_the_nine_hypotheses_is_simulated_once():
    poles = {
        (name, pole) for name, topic in hypotheses().items() if topic.number.startswith("H") for pole in topic.poles
    }
    strata_run = designed()
    assert {(name, pole) for theory in strata_run for name, pole in theory.items()} >= poles
    assert len({tuple(theory.items()) for theory in strata_run}) == len(strata_run) == 19


def test_each_theory_departs_from_the_centre_by_one_pole():
    strata_run = designed()
    assert centre_of(strata_run) == 0
    assert strata_run[0]["strikes"] == "both"
    assert strata_run[0]["isis"] == "enablers"
    assert all(sum(theory[name] != strata_run[0][name] for name in theory) == 1 for theory in strata_run[1:])


def test_a_pole_that_is_requested_is_the_centre():
    chosen = {
        **{name: list(topic.default) for name, topic in hypotheses().items()},
        "isis": "spent",
        "timetable": "lull",
    }
    centre = dict(one_at_a_time(strata(chosen))[0].poles)
    assert (centre["isis"], centre["timetable"]) == ("spent", "lull")


def test_crossed_theories_have_no_centre():
    crossed = [{"isis": one, "strikes": other} for one in ("enablers", "spent") for other in ("deter", "provoke")]
    assert centre_of(crossed) is None
    assert centre_of(list(TWO)) is None


def test_theories_around_a_centre_are_named_by_what_sets_them_apart():
    assert theory_names(run("mine", STAR, deaths=[1, 2])) == [CENTRE, "isis spent", "strikes deter"]
    assert theory_names(run("mine", TWO, deaths=[1, 2])) == ["enablers / both", "spent / both"]


def test_theories_are_reported_one_by_one_and_never_pooled():
    base = LUCK.normal(100, 10, 50)
    values = np.stack([base + 5, base - 5], axis=1)
    comparison = compared_runs([run("mine", TWO, deaths=values)], run("base", TWO, deaths=base), ["deaths"])
    assert comparison.contrasts.set_index("theory")["mean"].to_dict() == pytest.approx(
        {"enablers / both": 5, "spent / both": -5}
    )
    assert comparison.signs["sign"].tolist() == ["+", "-"]
    table = row(comparison.theory_table, outcome="deaths")
    assert (table["higher"], table["lower"], table["theories"]) == (1, 1, 2)
    assert "the sign turns" in table["agreement"]


def test_a_sign_is_undecided_where_the_interval_holds_zero_and_the_same_where_nothing_moves():
    base = LUCK.normal(100, 10, 50)
    values = np.stack([base + LUCK.normal(0, 1, 50) * 3 - 0.1, base], axis=1)
    comparison = compared_runs([run("mine", TWO, deaths=values)], run("base", TWO, deaths=base), ["deaths"])
    assert comparison.signs["sign"].tolist() == ["?", "="]
    assert row(comparison.theory_table, outcome="deaths")["agreement"] == "the same under 1 of 2, undecided under 1"


def test_the_switch_point_of_constant_differences_is_where_the_line_crosses_zero():
    mix = switch(np.full(10, 30.0), np.full(10, -10.0))
    assert (mix.point, mix.low, mix.high) == pytest.approx((0.25, 0.25, 0.25))
    assert mix.decided


def test_means_of_the_same_sign_have_no_switch_point():
    assert switch(np.array([1.0, 2.0]), np.array([3.0, 0.5])) is None


def test_a_switch_point_is_decided_exactly_where_both_means_differ_from_zero():
    luck = np.random.default_rng(6)
    for shift in (0.05, 0.2, 0.5, 1.0):
        common = luck.normal(0, 1, 40)
        up, down = common + luck.normal(shift, 1, 40), common + luck.normal(-shift, 1, 40)
        mix = switch(up, down)
        if mix is None:
            continue
        reach = 2.0226909  # Student's t, 39 degrees of freedom
        apart = [abs(values.mean()) > reach * values.std(ddof=1) / np.sqrt(40) for values in (up, down)]
        assert mix.decided == (all(apart) and mix.low < mix.high)


def test_the_interval_of_a_switch_point_covers_the_truth_as_often_as_it_says():
    luck = np.random.default_rng(8)
    truth, hits, tries = 2 / 3, 0, 600
    for _ in range(tries):
        common = luck.normal(0, 1, 60)
        mix = switch(common + luck.normal(1, 1, 60), common + luck.normal(-2, 1, 60))
        hits += bool(mix and mix.low <= truth <= mix.high)
    assert hits / tries == pytest.approx(0.95, abs=0.03)


def test_poles_that_hardly_differ_give_no_bounds():
    values = LUCK.normal(0, 1, 30)
    values -= values.mean()
    mix = switch(values + 1e-3, -values[::-1] - 1e-3)
    assert math.isnan(mix.low)
    assert not mix.decided


def test_a_switch_point_is_reported_for_poles_of_one_question_and_in_words():
    base = LUCK.normal(100, 10, 50)
    values = np.stack([base + 30, base - 10, base - 20], axis=1)
    table = compared_runs([run("mine", STAR, deaths=values)], run("base", STAR, deaths=base), ["deaths"]).switch_points
    isis = row(table, question="isis")
    assert (isis["pole"], isis["other_pole"], isis["point"]) == ("enablers", "spent", pytest.approx(0.25))
    assert isis["sentence"].startswith("mine: fewer deaths than base unless P(US support holds ISIS down) > 0.25 (")
    assert row(table, question="strikes")["point"] == pytest.approx(0.4)
    assert len(table) == 2  # spent and deter differ in two questions


def test_a_comparison_without_switch_points_has_an_empty_table():
    table = compared_runs([run(deaths=[2, 3])], run("base", deaths=[1, 2]), ["deaths"]).switch_points
    assert table.empty
    assert table[~table["significant"]].empty
    assert "sentence" in table.columns


def test_every_pole_of_the_nine_hypotheses_has_its_words():
    topics = [topic for topic in hypotheses().values() if topic.number.startswith("H")]
    assert all(pole.phrase for topic in topics for pole in topic.poles.values())
    assert phrase("army", "alone") == "Iraqi forces manage"
