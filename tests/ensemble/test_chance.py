"""Chance by inversion: every variate is the quantile that scipy.stats gives, or follows from a closed form."""

import numpy as np
import pytest
from scipy import integrate, stats
from scipy.special import ndtr

from agents.ensemble import chance
from agents.ensemble.axis import Axis
from agents.ensemble.luck import Luck

PAIRS = 200_000
TIES = 5  # quantiles of 200,000 that may differ, all where luck meets a boundary to within a few last digits
LARGEST = 1.0 - 2.0**-53


@pytest.fixture(scope="module")
def uniform():
    """Numbers as the ensemble draws them, with both ends."""
    numbers = Luck(7, Axis.crossing(range(PAIRS)))("uniform")
    numbers[:2] = 2.0**-53, 1.0 - 1e-9
    return numbers


def spread(low, high, seed):
    """Parameters spread evenly over orders of magnitude."""
    return np.exp(np.random.default_rng(seed).uniform(np.log(low), np.log(high), PAIRS))


def assert_quantiles(count, expected, luck, cumulative):
    """Equal counts but for a handful, where the number is within 1e-12 of the boundary between two counts."""
    odd = np.flatnonzero(count != expected)
    assert odd.size <= TIES, f"{odd.size} of {count.size} quantiles differ from scipy's"
    boundary = cumulative(np.minimum(count, expected), odd)
    np.testing.assert_allclose(boundary[odd], luck[odd], rtol=0, atol=1e-12)


@pytest.mark.parametrize(("low", "high"), [(1e-9, 1e-2), (1e-2, 30.0), (30.0, 299.9), (250.0, 1e5)])
def test_poisson_counts_are_quantiles_at_tiny_and_large_means(uniform, low, high):
    mean = spread(low, high, seed=1)
    count = chance.poisson(mean, uniform)
    assert_quantiles(count, stats.poisson.ppf(uniform, mean), uniform, lambda k, odd: stats.poisson.cdf(k, mean))


@pytest.mark.parametrize(("low", "high"), [(1, 12), (12, 300), (300, 20_000)])
def test_binomial_counts_are_quantiles_for_few_and_for_many_trials(uniform, low, high):
    trials = np.random.default_rng(2).integers(low, high, PAIRS)
    probability = 1.0 - np.exp(-spread(1e-7, 9.0, seed=3))
    count = chance.binomial(trials, probability, uniform)
    expected = stats.binom.ppf(uniform, trials, probability)
    assert_quantiles(count, expected, uniform, lambda k, odd: stats.binom.cdf(k, trials, probability))


@pytest.mark.parametrize(
    ("means", "dispersions"), [((1e-6, 1.0), (1e-2, 30.0)), ((1.0, 100.0), (0.1, 300.0)), ((100.0, 2e4), (1.0, 3e3))]
)
def test_negative_binomial_counts_are_quantiles_whatever_the_dispersion(uniform, means, dispersions):
    size = 20_000  # large counts are many steps away from zero
    mean, dispersion, luck = spread(*means, seed=4)[:size], spread(*dispersions, seed=5)[:size], uniform[:size]
    share = dispersion / (mean + dispersion)
    count = chance.negative_binomial(mean, dispersion, luck)
    expected = stats.nbinom.ppf(luck, dispersion, share)
    assert_quantiles(count, expected, luck, lambda k, odd: stats.nbinom.cdf(k, dispersion, share))


def test_counts_at_both_ends_are_whole_finite_and_never_negative():
    ends = np.array([0.0, 2.0**-53, LARGEST])
    for mean in (0.0, 1e-12, 0.3, 40.0, 299.0, 301.0, 4e4):
        counts = [
            chance.poisson(np.full(3, mean), ends),
            chance.negative_binomial(np.full(3, mean), np.full(3, 0.7 + mean / 3), ends),
            chance.binomial(np.full(3, round(mean) + 1), np.full(3, 0.4), ends),
        ]
        for count in counts:
            assert np.issubdtype(count.dtype, np.integer)
            assert count[0] == 0
            assert (np.diff(count) >= 0).all()
        assert counts[0][2] >= stats.poisson.ppf(1 - 1e-13, mean)
        assert counts[0][2] <= mean + 12 * np.sqrt(mean) + 40


def test_nothing_expected_never_happens_and_the_certain_at_every_trial():
    luck = np.array([0.0, 0.5, LARGEST])
    nothing = np.zeros(3)
    assert not chance.poisson(nothing, luck).any()
    assert not chance.negative_binomial(nothing, nothing, luck).any()
    assert not chance.binomial(np.zeros(3, dtype=int), np.full(3, 0.5), luck).any()
    assert not chance.binomial(np.full(3, 9), nothing, luck).any()
    assert chance.binomial(np.array([1, 50, 4_000]), np.ones(3), luck).tolist() == [1, 50, 4_000]


def test_counts_of_units_equal_counts_of_each_alone():
    luck = Luck(3, Axis.crossing(range(200))).over("attack", ("anbar", "baghdad", "erbil"))
    mean = np.exp(np.random.default_rng(6).normal(size=luck.shape) * 3)
    together = chance.poisson(mean, luck)
    apart = np.array(
        [[chance.poisson(mean[i, j : j + 1], luck[i, j : j + 1])[0] for j in range(3)] for i in range(200)]
    )
    np.testing.assert_array_equal(together, apart)


@pytest.mark.parametrize(
    "variate",
    [
        lambda luck: chance.poisson(np.full(luck.shape, 3.3), luck),
        lambda luck: chance.poisson(np.full(luck.shape, 800.0), luck),
        lambda luck: chance.negative_binomial(np.full(luck.shape, 5.0), np.full(luck.shape, 0.3), luck),
        lambda luck: chance.binomial(np.full(luck.shape, 40), np.full(luck.shape, 0.3), luck),
        lambda luck: chance.lognormal_frailty(2.0, luck),
        lambda luck: chance.gamma(0.4, luck),
        lambda luck: chance.truncated_pareto(10.0, 300.0, 2.5, luck),
        lambda luck: chance.categorical([0.2, 0.5, 0.3], luck),
        chance.normal,
    ],
)
def test_every_variate_rises_with_its_number_so_that_pairing_survives(variate):
    assert (np.diff(variate(np.linspace(0, LARGEST, 2_001))) >= 0).all()


def test_normal_numbers_are_quantiles_and_finite_at_zero(uniform):
    np.testing.assert_allclose(chance.normal(uniform), stats.norm.ppf(uniform), rtol=1e-12)
    assert np.isfinite(chance.normal(np.zeros(1))).all()
    assert stats.kstest(chance.normal(uniform[2:]), "norm").pvalue > 1e-3


def test_gamma_numbers_are_quantiles(uniform):
    shape = spread(0.05, 50.0, seed=8)[:20_000]
    np.testing.assert_allclose(
        chance.gamma(shape, uniform[:20_000]), stats.gamma.ppf(uniform[:20_000], shape), rtol=1e-7
    )
    assert stats.kstest(chance.gamma(2.5, uniform[2:]), "gamma", args=(2.5,)).pvalue > 1e-3


@pytest.mark.parametrize("variance", [0.0, 0.04, 1.0, 5.0])
def test_frailty_has_mean_one_and_the_variance_given(variance):
    """By a sum over the normal number behind it; without variance, exactly one."""
    ends = chance.lognormal_frailty(np.full(3, variance), np.array([0.0, 0.3, LARGEST]))
    assert variance > 0 or (ends == 1.0).all()
    normal = np.linspace(-7.5, 7.5, 3_001)
    weights = stats.norm.pdf(normal) / stats.norm.pdf(normal).sum()
    frailty = chance.lognormal_frailty(variance, ndtr(normal))
    assert weights @ frailty == pytest.approx(1.0, rel=1e-6)
    assert weights @ (frailty - 1.0) ** 2 == pytest.approx(variance, rel=1e-4, abs=1e-12)


@pytest.mark.parametrize(("low", "high", "exponent"), [(10.0, 300.0, 2.5), (1.0, 50.0, 1.2), (3.0, 4.0, 6.0)])
def test_the_truncated_pareto_inverts_its_own_density(low, high, exponent):
    luck = np.linspace(0.0, 1.0, 21)
    sizes = chance.truncated_pareto(low, high, exponent, luck)
    assert sizes[[0, -1]] == pytest.approx([low, high])
    whole = integrate.quad(lambda x: x**-exponent, low, high)[0]
    below = [integrate.quad(lambda x: x**-exponent, low, size)[0] / whole for size in sizes]
    np.testing.assert_allclose(below, luck, atol=1e-9)


def test_categories_come_as_often_as_their_shares(uniform):
    shares = [0.05, 0.0, 0.6, 0.35]
    seen = np.bincount(chance.categorical(shares, uniform), minlength=4) / PAIRS
    assert seen[1] == 0
    np.testing.assert_allclose(seen, shares, atol=4 / np.sqrt(PAIRS) / 2)


def test_categories_take_shares_of_each_replication_and_the_last_takes_what_is_left():
    shares = [np.array([1.0, 0.0, 0.25]), np.array([0.0, 0.0, 0.25]), np.array([0.0, 1.0, 0.5])]
    assert chance.categorical(shares, np.array([LARGEST, 0.0, 0.25])).tolist() == [0, 2, 1]
    assert chance.categorical([0.1] * 10, np.array([LARGEST])).tolist() == [9]  # though ten tenths add up to less


@pytest.mark.parametrize("mean", [1e20, np.inf])
def test_a_count_beyond_all_meaning_is_an_error_and_not_a_number(mean):
    with pytest.raises(FloatingPointError, match="1 counts of a step are too large for their quantiles"):
        chance.poisson(np.array([mean, 1.0]), np.array([0.3, 0.3]))
