"""The verbs in which behaviour is written."""

import numpy as np
import pytest

from agents.ensemble import verbs
from agents.ensemble.verbs import across, bounded, choose, column, fade, first_of, gathered, happens, toward, within

LARGEST = 1.0 - 2.0**-53


def test_choose_takes_each_replication_by_itself():
    assert choose(np.array([True, False]), np.array([1.0, 2.0]), 9.0).tolist() == [1.0, 9.0]


def test_the_first_case_that_is_true_wins():
    value = np.arange(4)
    values = first_of([(value >= 3, 30), (value >= 2, 20), (value >= 1, np.full(4, 10))], -1)
    assert values.tolist() == [-1, 10, 20, 30]
    assert first_of([], 5) == 5


def test_the_impossible_never_happens_and_the_certain_always():
    luck = np.array([0.0, 0.5, LARGEST])
    assert not happens(0.0, luck).any()
    assert happens(1.0, luck).all()
    assert happens(np.array([0.5, 0.5, 0.5]), luck).tolist() == [True, False, False]


def test_occurrences_are_poisson_counts():
    mean, luck = np.array([0.0, 1.0, 1.0]), np.array([0.9, np.exp(-1) - 1e-12, np.exp(-1) + 1e-12])
    assert verbs.occurrences(mean, luck).tolist() == [0, 0, 1]


def test_bounds_limit_and_leave_the_inside_alone():
    assert bounded(np.array([-0.1, 0.4, 1.1])).tolist() == [0.0, 0.4, 1.0]
    assert bounded(np.array([-9.0, 0.4, 9.0]), -2.0, 3.0).tolist() == [-2.0, 0.4, 3.0]


def test_nothing_of_nothing_is_no_share():
    assert verbs.share(np.array([0.0, 1.0, 3.0]), np.array([0.0, 4.0, 3.0])).tolist() == [0.0, 0.25, 1.0]
    assert verbs.share(np.ones((2, 3)), column(np.array([0.0, 2.0]))).tolist() == [[0.0] * 3, [0.5] * 3]


@pytest.mark.parametrize("days", [0.25, 1.0, 7.0])
def test_stocks_and_chances_over_two_half_steps_are_those_over_the_whole(days):
    stock, target, time, rate = np.array([0.0, 2.0, 5.0]), np.array([1.0, 1.0, -3.0]), np.array([0.4, 6.0, 1500.0]), 0.3
    half = toward(toward(stock, target, time, days / 2), target, time, days / 2)
    np.testing.assert_allclose(half, toward(stock, target, time, days), rtol=1e-12)
    np.testing.assert_allclose(fade(fade(stock, time, days / 2), time, days / 2), fade(stock, time, days), rtol=1e-12)
    assert 1 - (1 - within(rate, days / 2)) ** 2 == pytest.approx(within(rate, days), rel=1e-12)


def test_a_stock_at_its_target_stays_and_one_without_input_fades_to_a_third_in_its_time():
    assert toward(3.0, 3.0, 10.0, 1.0) == 3.0
    assert fade(1.0, 10.0, 10.0) == pytest.approx(np.exp(-1))
    assert toward(5.0, 1.0, 10.0, 20.0) == pytest.approx(1.0 + 4.0 * np.exp(-2))
    assert toward(0.0, 1.0, 10.0, 1e6) == pytest.approx(1.0)


def test_rare_events_keep_their_rate():
    assert within(1e-14, 1.0) == pytest.approx(1e-14, rel=1e-9, abs=0)
    assert within(0.3, 2.0) == pytest.approx(1 - np.exp(-0.6))
    assert within(0.0, 7.0) == 0.0
    assert verbs.DAYS_PER_YEAR == 365.25
    assert verbs.a_day(verbs.DAYS_PER_YEAR) == 1.0


def test_even_odds_are_a_half_and_long_odds_stay_probabilities():
    assert verbs.logistic(0.0) == 0.5
    odds = np.linspace(-30, 30, 61)
    np.testing.assert_allclose(verbs.logistic(odds) + verbs.logistic(-odds), 1.0)
    assert (np.diff(verbs.logistic(odds)) > 0).all()


def test_sums_over_agents_are_folded_from_the_left():
    """Pairwise sums would round otherwise as more replications are stacked."""
    parts = [np.array([value]) for value in (1e16, 1.0, -1e16, 1.0, 1.0)]
    folded = ((((1e16 + 1.0) - 1e16) + 1.0) + 1.0,)
    assert tuple(gathered(parts)) == folded
    assert tuple(gathered(iter(parts))) == folded
    assert tuple(across(np.array([[1e16, 1.0, -1e16, 1.0, 1.0]]))) == folded


def test_a_column_sets_replications_against_units():
    assert (np.ones((2, 3)) * column(np.array([1.0, 5.0]))).tolist() == [[1.0] * 3, [5.0] * 3]
    assert column(2.0).shape == (1,)
