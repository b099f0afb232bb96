"""Curves, rates and ranks of made-up runs."""

import math

import numpy as np
import pytest
from scipy import stats

from scenarios.analysis import compared
from scenarios.analysis.distributions import wilson
from scenarios.errors import RequestError
from tests.analysis.runs import row, run

FIRST = "days_to_first_us_deaths"


def both(mine, base, outcomes=("deaths",)):
    return compared([mine], base, list(outcomes))


def test_exceedance_is_the_share_at_a_value_or_above():
    found = both(run(deaths=[1, 3, 3, 9]), run("base", deaths=[0, 0, 0, 0])).exceedance("deaths")
    mine = found[found["scenario"] == "mine"]
    assert mine["value"].tolist() == [1, 3, 9]
    assert mine["share"].tolist() == [1.0, 0.75, 0.25]
    assert mine["n"].tolist() == [4, 4, 4]


def test_time_to_event_is_the_share_that_had_one_censored_at_the_horizon():
    found = both(run(**{FIRST: [10, 10, 40, np.nan]}), run("base", **{FIRST: [np.nan] * 4})).time_to_event("us_deaths")
    mine, base = (found[found["scenario"] == name] for name in ("mine", "base"))
    assert mine["day"].tolist() == [0, 10, 40, 100]
    assert mine["share"].tolist() == [0.0, 0.5, 0.75, 0.75]
    assert mine["at_risk"].tolist() == [4, 4, 2, 1]
    assert base["share"].tolist() == [0.0, 0.0]


def test_time_to_event_is_one_less_the_estimate_of_kaplan_and_meier():
    days = np.random.default_rng(2).exponential(60, 50).round()
    seen = np.where(days <= 100, days, np.nan)
    found = both(run(**{FIRST: seen}), run("base", **{FIRST: seen})).time_to_event(FIRST)
    censored = stats.CensoredData.right_censored(np.minimum(days, 100), days > 100)
    survival = stats.ecdf(censored).sf
    mine = found[(found["scenario"] == "mine") & (found["day"] > 0) & (found["day"] < 100)]
    assert 1 - mine["share"].to_numpy() == pytest.approx(survival.evaluate(mine["day"].to_numpy()))


def test_intervals_of_shares_are_those_of_wilson():
    low, high = wilson(np.array([0, 3, 20]), 20)
    expected = [stats.binomtest(k, 20).proportion_ci(method="wilson") for k in (0, 3, 20)]
    assert low == pytest.approx([each.low for each in expected], abs=1e-12)
    assert high == pytest.approx([each.high for each in expected])


@pytest.mark.parametrize("name", ["us_death", "days_to_first_us_death"])
def test_an_event_that_is_not_known_is_refused_with_the_nearest(name):
    found = both(run(deaths=[1, 2]), run("base", deaths=[1, 2]))
    with pytest.raises(RequestError, match="Did you mean us_deaths"):
        found.time_to_event(name)


def test_a_rate_is_the_ratio_of_sums_and_undefined_without_troops():
    mine = run(attacks_on_troop_sites=[1, 9], us_deaths=[0, 0], troop_years=[1_000, 2_000])
    gone = run("gone", attacks_on_troop_sites=[0, 0], us_deaths=[0, 3], troop_years=[0, 0])
    found = compared([mine, gone], run("base", attacks_on_troop_sites=[4, 2], troop_years=[1_000, 1_000]), ["deaths"])
    rate = row(found.rates, scenario="mine", event="attacks_on_troop_sites")
    assert rate["rate"] == pytest.approx(10 / 3)
    assert rate["difference"] == pytest.approx(10 / 3 - 3)
    none = found.rates[found.rates["scenario"] == "gone"]
    assert none[["rate", "low", "high", "difference"]].isna().all(axis=None)
    assert (none["troop_years"] == 0).all()


def test_runs_whose_intervals_overlap_are_not_ranked():
    luck = np.random.default_rng(4)
    base = luck.normal(100, 10, 40)
    noise = luck.normal(0, 1, (2, 40))
    runs = [run("worst", deaths=base + 20 + noise[0]), run("alike", deaths=base + noise[1])]
    found = compared(runs, run("base", deaths=base), ["deaths"]).ranking("deaths").set_index("scenario")
    assert found["not_told_apart"].to_dict() == {"worst": [], "alike": ["base"], "base": ["alike"]}
    assert found[["best_rank", "worst_rank"]].to_numpy().tolist() == [[3, 3], [1, 2], [1, 2]]
    assert found.loc["alike", "better_than"] == ["worst"]


def test_a_partial_order_is_not_made_whole():
    """The first and the last are told apart, the middle from neither."""
    base = np.zeros(30)
    wide = np.tile([-1.0, 1.0], 15)
    runs = [run("low", deaths=base - 1), run("middle", deaths=base + 20 * wide)]
    found = compared(runs, run("high", deaths=base + 1), ["deaths"]).ranking("deaths").set_index("scenario")
    assert found[["best_rank", "worst_rank"]].to_numpy().tolist() == [[1, 2], [1, 3], [2, 3]]
    assert found.loc["middle", "not_told_apart"] == ["low", "high"]


def test_where_less_is_worse_the_highest_is_ranked_first():
    days = np.full(12, 50.0)
    found = both(run(**{FIRST: days - 20}), run("base", **{FIRST: days}), [FIRST]).ranking(FIRST).set_index("scenario")
    assert found["best_rank"].to_dict() == {"mine": 2, "base": 1}


def test_ranking_by_what_was_not_compared_is_refused():
    with pytest.raises(RequestError, match="not among the outcomes compared"):
        both(run(deaths=[1, 2]), run("base", deaths=[1, 2])).ranking("us_deaths")


def test_a_curve_of_a_theory_without_replications_is_empty():
    mine = run(deaths=[1.0, 2.0])
    mine.outcomes = mine.outcomes.iloc[:0]
    found = both(mine, run("base", deaths=[1, 2]))
    assert found.exceedance("deaths").query("scenario == 'mine'").empty
    assert math.isnan(row(found.contrasts, outcome="deaths")["mean"])
