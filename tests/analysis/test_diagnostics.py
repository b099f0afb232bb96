"""Areas, thresholds and likelihood ratios against answers known by hand, by formula or by brute force."""

import numpy as np
import pytest
from scipy.stats import norm

from scenarios.analysis.diagnostics import area, likelihood_ratios, youden_threshold


def flags(text):
    return np.array([letter == "x" for letter in text])


@pytest.mark.parametrize(
    ("values", "positive", "expected"),
    [
        ([1, 2, 3, 4], "..xx", 1.0),
        ([1, 2, 3, 4], "xx..", 0.0),
        ([1, 1, 1, 1], ".x.x", 0.5),
        ([1, 2, 3, 4], ".x.x", 0.75),
        ([1, 2, 2, 3], ".x.x", 0.875),
    ],
)
def test_the_area_is_the_share_of_pairs_in_the_right_order(values, positive, expected):
    assert area(np.array(values, float), flags(positive), np.arange(4)).value == expected


def test_the_area_of_two_normals_is_what_theory_says():
    rng = np.random.default_rng(1)
    positive = np.arange(20_000) % 4 == 0
    values = rng.normal(size=20_000) + 0.8 * positive
    estimated = area(values, positive, np.arange(20_000))
    assert estimated.value == pytest.approx(norm.cdf(0.8 / np.sqrt(2)), abs=4 * estimated.error)
    assert estimated.interval.low < estimated.value < estimated.interval.high


def test_the_error_is_delongs_where_every_draw_stands_once():
    rng = np.random.default_rng(2)
    positive = rng.random(60) < 0.4
    values = np.round(rng.normal(size=60) + positive, 1)
    pairs = (values[positive][:, None] > values[~positive]) + 0.5 * (values[positive][:, None] == values[~positive])
    of_positive, of_negative = pairs.mean(axis=1), pairs.mean(axis=0)
    delong = of_positive.var(ddof=1) / of_positive.size + of_negative.var(ddof=1) / of_negative.size
    estimated = area(values, positive, np.arange(60))
    assert estimated.value == pytest.approx(pairs.mean(), abs=1e-12)
    assert estimated.error == pytest.approx(np.sqrt(delong), rel=1e-12)


def test_the_error_covers_what_it_says_where_draws_are_paired():
    rng = np.random.default_rng(3)
    draw = np.repeat(np.arange(100), 2)
    positive = np.tile([True, False], 100)
    areas = []
    for _ in range(300):
        values = np.repeat(rng.normal(size=100), 2) + 0.4 * rng.normal(size=200) + 0.2 * positive
        areas.append(area(values, positive, draw))
    spread = np.std([point.value for point in areas])
    assert np.mean([point.error for point in areas]) == pytest.approx(spread, rel=0.15)
    unpaired = area(values, positive, np.arange(200))
    assert unpaired.error > 1.5 * spread


def test_a_threshold_parts_what_can_be_parted():
    assert youden_threshold(np.array([1.0, 2, 3, 7, 8, 9]), flags("...xxx")) == 3.0
    assert youden_threshold(np.array([0.0, 0, 0, 1, 2, 0]), flags("...xx.")) == 0.0
    assert youden_threshold(np.array([4.0, 4, 4]), flags("x..")) == 4.0


def test_likelihood_ratios_by_hand():
    alarm, positive = flags("xxx.xx...."), flags("xxxx......")
    plus, minus = likelihood_ratios(alarm, positive)
    assert plus.value == pytest.approx((3 / 4) / (2 / 6))
    assert minus.value == pytest.approx((1 / 4) / (4 / 6))
    spread = 1.96 * np.sqrt(1 / 3 - 1 / 4 + 1 / 2 - 1 / 6)
    assert plus.low == pytest.approx(plus.value * np.exp(-spread))
    assert plus.high == pytest.approx(plus.value * np.exp(spread))


def test_an_empty_cell_gives_a_wide_interval_not_an_infinite_one():
    plus, minus = likelihood_ratios(flags("xx..."), flags("xx..."))
    assert plus.value == pytest.approx((2.5 / 3) / (0.5 / 4))
    assert 0 < minus.value < 1 < plus.low * 20
    assert np.isfinite(plus.high)
