"""Curves, rates and ranks of made-up runs."""

import math

import numpy as np
import pytest
from scipy import stats

from scenarios.analysis import compared_runs
from scenarios.analysis.distributions import wilson
from scenarios.errors import RequestError
from tests.analysis.runs import row, run

FIRST = "days_to_first_us_deaths"


def both(scenario, base, outcomes=("deaths",)):
    return compared_runs([scenario], base, list(outcomes))


def test_exceedance_is_the_share_at_a_value_or_above():
    comparison = both(run(deaths=[1, 3, 3, 9]), run("base", deaths=[0, 0, 0, 0])).exceedance("deaths")
    curve = comparison[comparison["scenario"] == "mine"]
    assert curve["value"].tolist() == [1, 3, 9]
    assert curve["share"].tolist() == [1.0, 0.75, 0.25]
    assert curve["n"].tolist() == [4, 4, 4]


def test_time_to_event_is_the_share_that_had_one_censored_at_the_horizon():
    curves = both(run(**{FIRST: [10, 10, 40, np.nan]}), run("base", **{FIRST: [np.nan] * 4})).time_to_event("us_deaths")
    curve, base = (curves[curves["scenario"] == name] for name in ("mine", "base"))
    assert curve["day"].tolist() == [0, 10, 40, 100]
    assert curve["share"].tolist() == [0.0, 0.5, 0.75, 0.75]
    assert curve["at_risk"].tolist() == [4, 4, 2, 1]
    assert base["share"].tolist() == [0.0, 0.0]


def test_time_to_event_is_one_less_the_estimate_of_kaplan_and_meier():
    days = np.random.default_rng(2).exponential(60, 50).round()
    seen = np.where(days <= 100, days, np.nan)
    comparison = both(run(**{FIRST: seen}), run("base", **{FIRST: seen})).time_to_event(FIRST)
    censored = stats.CensoredData.right_censored(np.minimum(days, 100), days > 100)
    survival = stats.ecdf(censored).sf
    curve = comparison[(comparison["scenario"] == "mine") & (comparison["day"] > 0) & (comparison["day"] < 100)]
    assert 1 - curve["share"].to_numpy() == pytest.approx(survival.evaluate(curve["day"].to_numpy()))


def test_intervals_of_shares_are_those_of_wilson():
    low, high = wilson(np.array([0, 3, 20]), 20)
    expected = [stats.binomtest(k, 20).proportion_ci(method="wilson") for k in (0, 3, 20)]
    assert low == pytest.approx([expected_interval.low for expected_interval in expected], abs=1e-12)
    assert high == pytest.approx([expected_interval.high for expected_interval in expected])


@pytest.mark.parametrize("name", ["us_death", "days_to_first_us_death"])
def test_an_event_that_is_not_known_is_refused_with_the_nearest(name):
    comparison = both(run(deaths=[1, 2]), run("base", deaths=[1, 2]))
    with pytest.raises(RequestError, match="Did you mean us_deaths"):
        comparison.time_to_event(name)


def test_a_rate_is_the_ratio_of_sums_and_undefined_without_troops():
    scenario = run(attacks_on_troop_sites=[1, 9], us_deaths=[0, 0], troop_years=[1_000, 2_000])
    gone = run("gone", attacks_on_troop_sites=[0, 0], us_deaths=[0, 3], troop_years=[0, 0])
    base = run("base", attacks_on_troop_sites=[4, 2], troop_years=[1_000, 1_000])
    comparison = compared_runs([scenario, gone], base, ["deaths"])
    rate = row(comparison.rates, scenario="mine", event="attacks_on_troop_sites")
    assert rate["rate"] == pytest.approx(10 / 3)
    assert rate["difference"] == pytest.approx(10 / 3 - 3)
    none = comparison.rates[comparison.rates["scenario"] == "gone"]
    assert none[["rate", "low", "high", "difference"]].isna().all(axis=None)
    assert (none["troop_years"] == 0).all()


def test_runs_whose_intervals_overlap_are_not_ranked():
    luck = np.random.default_rng(4)
    base = luck.normal(100, 10, 40)
    noise = luck.normal(0, 1, (2, 40))
    runs = [run("worst", deaths=base + 20 + noise[0]), run("alike", deaths=base + noise[1])]
    table = compared_runs(runs, run("base", deaths=base), ["deaths"]).ranking("deaths").set_index("scenario")
    assert table["indistinguishable_from"].to_dict() == {"worst": [], "alike": ["base"], "base": ["alike"]}
    assert table[["best_rank", "worst_rank"]].to_numpy().tolist() == [[3, 3], [1, 2], [1, 2]]
    assert table.loc["alike", "better_than"] == ["worst"]


def test_a_partial_order_is_not_made_whole():
    """The first and the last are distinguishable, the middle from neither."""
    base = np.zeros(30)
    wide = np.tile([-1.0, 1.0], 15)
    runs = [run("low", deaths=base - 1), run("middle", deaths=base + 20 * wide)]
    table = compared_runs(runs, run("high", deaths=base + 1), ["deaths"]).ranking("deaths").set_index("scenario")
    assert table[["best_rank", "worst_rank"]].to_numpy().tolist() == [[1, 2], [1, 3], [2, 3]]
    assert table.loc["middle", "indistinguishable_from"] == ["low", "high"]


def test_where_less_is_worse_the_highest_is_ranked_first():
    days = np.full(12, 50.0)
    ranks = both(run(**{FIRST: days - 20}), run("base", **{FIRST: days}), [FIRST]).ranking(FIRST).set_index("scenario")
    assert ranks["best_rank"].to_dict() == {"mine": 2, "base": 1}


def test_ranking_by_what_was_not_compared_is_refused():
    with pytest.raises(RequestError, match="not among the outcomes compared"):
        both(run(deaths=[1, 2]), run("base", deaths=[1, 2])).ranking("us_deaths")


def test_a_curve_of_a_theory_without_replications_is_empty():
    scenario = run(deaths=[1.0, 2.0])
    scenario.outcomes = scenario.outcomes.iloc[:0]
    comparison = both(scenario, run("base", deaths=[1, 2]))
    assert comparison.exceedance("deaths").query("scenario == 'mine'").empty
    assert math.isnan(row(comparison.contrasts, outcome="deaths")["mean"])
