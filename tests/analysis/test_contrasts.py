"""Paired differences, their tails and their adjustment, against numbers worked out by hand."""

import math

import numpy as np
import pandas as pd
import pytest
from scipy import stats

from scenarios.analysis import compared_runs
from scenarios.analysis.contrasts import exceedance_contrast, reaches, shortfall, shortfall_contrast, threshold
from scenarios.analysis.estimates import RATE
from scenarios.analysis.multiplicity import adjusted, holm, p_value
from tests.analysis.runs import row, run

LUCK = np.random.default_rng(7)


def test_a_constant_difference_has_its_exact_mean_and_no_error():
    base = LUCK.poisson(20, 30)
    shown = row(compared_runs([run(deaths=base + 3)], run("base", deaths=base), ["deaths"]).contrasts, outcome="deaths")
    assert (shown["mean"], shown["mc_error"]) == (3.0, 0.0)
    assert (shown["low"], shown["high"], shown["adjusted_low"], shown["adjusted_high"]) == (3.0, 3.0, 3.0, 3.0)
    assert (shown["p_value"], shown["worse"], shown["variance_reduction"]) == (0.0, 1.0, math.inf)


def test_two_runs_that_agree_in_every_draw_differ_in_nothing():
    base = LUCK.poisson(20, 30)
    shown = row(compared_runs([run(deaths=base)], run("base", deaths=base), ["deaths"]).contrasts, outcome="deaths")
    assert (shown["mean"], shown["p_value"], shown["worse"]) == (0.0, 1.0, 0.5)


def test_a_contrast_has_the_interval_and_the_p_value_of_a_paired_t_test():
    values, base = LUCK.normal(2, 3, 20), LUCK.normal(0, 3, 20)
    shown = row(compared_runs([run(deaths=values)], run("base", deaths=base), ["deaths"]).contrasts, outcome="deaths")
    test = stats.ttest_rel(values, base)
    assert shown["p_value"] == pytest.approx(test.pvalue)
    assert (shown["low"], shown["high"]) == pytest.approx(tuple(test.confidence_interval(0.95)))
    assert shown["n"] == 20


def test_holm_gives_the_p_values_of_a_known_example():
    assert holm(np.array([0.01, 0.04, 0.03, 0.005])) == pytest.approx([0.03, 0.06, 0.06, 0.02])
    assert holm(np.array([0.6, 0.9])) == pytest.approx([1.0, 1.0])


def test_what_has_no_p_value_is_no_part_of_the_family():
    adjusted_values = holm(np.array([0.02, math.nan, 0.03]))
    assert adjusted_values[[0, 2]] == pytest.approx([0.04, 0.04])
    assert math.isnan(adjusted_values[1])


def test_holm_rejects_a_true_hypothesis_in_one_family_of_twenty_at_most():
    families = np.random.default_rng(3).uniform(size=(4_000, 10))
    assert np.mean([holm(family).min() < 0.05 for family in families]) == pytest.approx(0.05, abs=0.012)


def test_adjusted_intervals_share_the_error_among_the_contrasts_of_the_family():
    frame = adjusted(pd.DataFrame({"mean": [2.0, 1.0, math.nan], "mc_error": [0.5, 1.0, math.nan], "n": [12, 12, 0]}))
    reach = stats.t.ppf(1 - 0.05 / 2 / 2, 11)
    assert frame.attrs["family"] == 2
    assert frame["adjusted_low"].tolist()[:2] == pytest.approx([2 - reach * 0.5, 1 - reach])
    assert math.isnan(frame["adjusted_low"][2])


def test_where_an_adjusted_interval_excludes_zero_holm_agrees():
    means = LUCK.normal(0, 2, 40)
    frame = adjusted(pd.DataFrame({"mean": means, "mc_error": 1.0, "n": 15}))
    firm = (frame["adjusted_low"] > 0) | (frame["adjusted_high"] < 0)
    assert (frame.loc[firm, "p_adjusted"] < 0.05).all()


def test_one_replication_has_no_p_value():
    assert math.isnan(p_value(3.0, math.nan, 1))


def test_the_shortfall_is_the_mean_of_the_worst_replications():
    values = np.arange(1.0, 101.0)
    assert shortfall("deaths", values).mean() == pytest.approx(np.mean([96, 97, 98, 99, 100]))
    assert shortfall("days_to_first_us_deaths", values).mean() == pytest.approx(np.mean([1, 2, 3, 4, 5]))


def test_a_replication_that_falls_in_the_tail_in_part_counts_in_part():
    values = np.arange(1.0, 111.0)  # the worst 5.5
    assert shortfall("deaths", values).mean() == pytest.approx((110 + 109 + 108 + 107 + 106 + 0.5 * 105) / 5.5)


def test_the_error_of_a_shortfall_is_that_of_many_repetitions():
    many = np.random.default_rng(5).exponential(size=(1_500, 400))
    shortfalls = np.array([(part.mean(), part.std(ddof=1) / 20) for part in (shortfall("deaths", one) for one in many)])
    assert shortfalls[:, 1].mean() == pytest.approx(shortfalls[:, 0].std(), rel=0.1)


def test_a_tail_of_fewer_than_five_replications_is_not_reported():
    few, enough = np.arange(99.0), np.arange(100.0)
    assert math.isnan(shortfall_contrast("deaths", few, few)["tail"])
    assert shortfall_contrast("deaths", enough + 2, enough)["tail_difference"] == pytest.approx(2.0)


def test_a_threshold_is_given_or_declared_or_the_bad_end_of_the_baseline():
    base = np.arange(1.0, 101.0)
    assert threshold("deaths", base, 7.0) == 7.0
    assert threshold("us_deaths", base) == 1.0
    assert reaches("deaths", base, threshold("deaths", base)).mean() == pytest.approx(0.06)  # 95 itself reaches it
    assert threshold("days_to_first_us_deaths", base) == 6.0
    assert math.isnan(threshold("deaths", np.array([])))


def test_reaching_a_threshold_is_counted_in_both_runs():
    shares = exceedance_contrast("deaths", np.array([5.0, 6.0, 1.0, 1.0]), np.array([5.0, 1.0, 1.0, 1.0]), 5.0)
    assert (shares["exceeds"], shares["exceeds_baseline"], shares["exceeds_difference"]) == (0.5, 0.25, 0.25)


def test_an_earlier_event_is_worse_and_one_that_never_comes_counts_as_the_horizon():
    first = "days_to_first_us_deaths"
    scenario, base = run(**{first: [10, 50, np.nan, np.nan]}), run("base", **{first: [20, np.nan, np.nan, 30]})
    shown = row(compared_runs([scenario], base, [first]).contrasts, outcome=first)
    assert shown["mean"] == pytest.approx(np.mean([-10, -50, 0, 70]))
    assert shown["worse"] == pytest.approx((2 + 0.5) / 4)
    assert (shown["worse_if"], shown["n"]) == ("lower", 4)


def test_a_rate_is_contrasted_as_a_ratio_of_sums():
    attacks, years = np.array([2.0, 10.0]), np.array([1_000.0, 3_000.0])
    scenario = run(attacks_on_troop_sites=attacks, troop_years=years, **{RATE: 1_000 * attacks / years})
    base = run("base", attacks_on_troop_sites=attacks, troop_years=2 * years, **{RATE: 500 * attacks / years})
    assert row(compared_runs([scenario], base, [RATE]).contrasts, outcome=RATE)["mean"] == pytest.approx(
        12 / 4 - 12 / 8
    )


def test_replications_without_a_partner_are_left_out_and_counted():
    base = run("base", deaths=[1, 2, 3, 4])
    base.outcomes = base.outcomes.iloc[:-1]
    shown = row(compared_runs([run(deaths=[2, 3, 4, 50])], base, ["deaths"]).contrasts, outcome="deaths")
    assert (shown["mean"], shown["n"], shown["without_partner"]) == (1.0, 3, 1)
