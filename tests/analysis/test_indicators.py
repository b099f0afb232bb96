"""Indicators predict later outcomes on draws that chose neither direction nor threshold."""

import numpy as np
import pandas as pd
import pytest
from scipy.stats import norm

from scenarios.analysis.indicators import (
    ACROSS,
    COLUMNS,
    FUTURES,
    SEEN,
    high_cutoff,
    in_training,
    indicators,
    informative,
)
from scenarios.errors import RequestError
from scenarios.outcomes import OUTCOMES
from tests.analysis.synthetic import DRAWS, normals, synthetic

Z = normals(3)
HIGH = Z[:, 0] > norm.ppf(0.75)  # a quarter of the draws
SHIFTED = Z[:, 1] + 1.5 * HIGH


def test_the_area_and_the_ratios_are_those_that_were_built_in():
    table = indicators(synthetic({"claimed_attacks": SHIFTED, "us_strikes": Z[:, 2]}, {"deaths": 10.0 * HIGH}))
    row = table[(table["indicator"] == "claimed_attacks") & (table["future"] == "deaths")].iloc[0]
    truth = norm.cdf(1.5 / np.sqrt(2))
    assert row["auc_low"] < truth < row["auc_high"]
    at = row["threshold"]
    plus = norm.sf(at - 1.5) / norm.sf(at)
    assert row["lr_plus_low"] < plus < row["lr_plus_high"]
    assert row["lr_minus_low"] < norm.cdf(at - 1.5) / norm.cdf(at) < row["lr_minus_high"]
    assert row["share"] == pytest.approx(0.25, abs=0.07)
    assert informative(table)[["indicator", "future"]].values.tolist() == [["claimed_attacks", "deaths"]]


def test_what_predicts_nothing_is_no_indicator():
    table = indicators(synthetic({"claimed_attacks": Z[:, 1], "us_strikes": Z[:, 2]}, {"deaths": 10.0 * HIGH}))
    assert len(table) == 2
    assert informative(table).empty


def test_an_indicator_may_work_by_being_low():
    table = indicators(synthetic({"claimed_attacks": -SHIFTED}, {"deaths": 10.0 * HIGH}))
    row = table.iloc[0]
    assert row["direction"] == "below"
    assert row["auc"] > 0.75
    assert row["lr_plus"] > 2
    assert row["threshold"] < 0


def test_the_future_is_known_from_the_days_after_alone_and_what_is_seen_from_those_before():
    late = synthetic({}, {"claimed_attacks": SHIFTED, "deaths": 10.0 * HIGH})
    assert indicators(late).empty  # nothing varies in the window
    early = synthetic({"deaths": 10.0 * HIGH, "claimed_attacks": SHIFTED}, {})
    assert indicators(early).empty  # nothing varies after it


def test_chances_are_adjusted_for_the_number_of_rows():
    seen = {"claimed_attacks": SHIFTED, "us_strikes": Z[:, 2], "us_deaths": Z[:, 1] + 0.2 * HIGH}
    table = indicators(synthetic(seen, {"deaths": 10.0 * HIGH})).sort_values("chance", ignore_index=True)
    first, second, third = table["chance"]
    assert table["adjusted"].tolist() == pytest.approx([3 * first, min(1.5 * second, third), third])


def test_numbers_come_from_draws_on_which_nothing_was_chosen():
    training = np.array([in_training(number) for number in range(DRAWS)])
    assert 0.45 < training.mean() < 0.55
    predictor = np.where(training, 10.0 * HIGH, Z[:, 2])  # predicts all in training, nothing in testing
    table = indicators(synthetic({"claimed_attacks": predictor}, {"deaths": 10.0 * HIGH}))
    row = table.iloc[0]
    assert row["auc_low"] < 0.5 < row["auc_high"]
    assert row["n"] == (~training).sum()


def test_the_same_result_gives_the_same_indicators_whatever_else_draws_numbers():
    of = synthetic({"claimed_attacks": SHIFTED}, {"deaths": 10.0 * HIGH})
    first = indicators(of)
    np.random.seed(3)
    pd.testing.assert_frame_equal(first, indicators(of), check_exact=True)


def test_theories_are_discriminated_where_they_look_different():
    two = ("enablers", "spent")
    poles = [[["isis", pole], ["strikes", "both"]] for pole in two]
    seen = np.array([SHIFTED, SHIFTED + 1.0]).T
    table = indicators(
        synthetic({"claimed_attacks": seen, "us_strikes": Z[:, 2]}, {"deaths": 10.0 * HIGH}, two, poles=poles)
    )
    assert set(table["theory"]) == {*two, ACROSS}
    across = informative(table[table["theory"] == ACROSS])
    assert across[["indicator", "future"]].values.tolist() == [["claimed_attacks", "isis.spent"]]
    same = table[(table["indicator"] == "us_strikes") & (table["theory"] == ACROSS)].iloc[0]
    assert same["auc"] == 0.5


def test_rare_futures_count_as_any_at_all_and_too_rare_ones_not_at_all():
    some = Z[:, 0] > norm.ppf(0.9)
    table = indicators(
        synthetic({"claimed_attacks": SHIFTED}, {"expulsion_votes": 1.0 * some, "kurdish_clashes": 1.0 * (Z[:, 0] > 3)})
    )
    assert set(table["future"]) == {"expulsion_votes"}
    assert table["exceeds"].tolist() == [0.0]
    assert table["share"].iloc[0] == pytest.approx(0.1, abs=0.05)


@pytest.mark.parametrize(
    ("values", "exceeds"),
    [([0] * 6 + [1] * 4, 0), ([0] * 9 + [1], 0), (range(100), 74), ([0] * 5 + [1] * 3 + [2] * 2, 1), ([3] * 4, 3)],
)
def test_high_is_the_share_nearest_to_a_top_quarter(values, exceeds):
    assert high_cutoff(np.array(values, dtype=float)) == exceeds


def test_the_ladder_and_the_exit_are_futures():
    later = {"days_at_level_6": 3.0 * HIGH, "troops": -2_500.0 * (Z[:, 1] > 0)}
    table = indicators(synthetic({"claimed_attacks": SHIFTED}, later))
    assert set(table["future"]) == {"ladder_5_or_above", "troops_gone"}


def test_the_window_is_whole_periods_and_is_reported():
    of = synthetic({"claimed_attacks": SHIFTED}, {"deaths": 10.0 * HIGH})
    assert set(indicators(of, days=90)["days"]) == {84.0}
    assert set(indicators(of, days=7)["days"]) == {7.0}


@pytest.mark.parametrize("days", [6.9, 0, 203.1, 1_000])
def test_a_window_that_does_not_fit_is_refused(days):
    of = synthetic({"claimed_attacks": SHIFTED}, {"deaths": 10.0 * HIGH})
    if days == 203.1:
        assert len(indicators(of, days=days)) == 1  # 29 of 30 weeks
        days = 210
    with pytest.raises(RequestError, match=r"days is .* one period of 7 days at least on either side"):
        indicators(of, days=days)


def test_an_unknown_future_is_refused_with_the_nearest_name():
    of = synthetic({"claimed_attacks": SHIFTED}, {"deaths": 10.0 * HIGH})
    with pytest.raises(RequestError, match=r"'death', which is no future\. Did you mean deaths"):
        indicators(of, outcomes=["death"])
    assert set(indicators(of, outcomes=["deaths"])["future"]) == {"deaths"}


def test_series_that_were_not_written_are_requested():
    of = synthetic({"claimed_attacks": SHIFTED}, {"deaths": 10.0 * HIGH})
    of.series_names = lambda: ["claimed_attacks", "deaths"]
    with pytest.raises(RequestError, match=r"no series of .*; run it with record\.outcomes=null"):
        indicators(of)
    assert len(indicators(of, outcomes=["deaths"])) == 1


def test_only_what_an_observer_could_count_is_used():
    hidden = {"iranian_directive", "iranian_influence", "expulsion_pressure", "kurdish_tension", "sunni_alienation",
              "isis_activity", "isis_attacks", "exit_belief", "iraqi_capability", "escalation_number"}  # fmt: skip
    assert set(SEEN) <= set(OUTCOMES)
    assert not hidden & set(SEEN)
    assert set(COLUMNS) == set(indicators(synthetic({}, {})).columns)
    assert "deaths" in FUTURES
