"""A random number has an address: seed, decision, step and draw; nothing else moves it."""

from hashlib import blake2b

import numpy as np
import pytest
from numpy.random import Generator, Philox
from scipy import stats

from agents.ensemble.axis import Axis
from agents.ensemble.luck import Luck

NAMES = [f"actor_{number}.decision" for number in range(60)]


def luck_of(draws, seed=1, theories=1, step=0):
    luck = Luck(seed, Axis.crossing(draws, theories))
    luck.turn_to(step)
    return luck


def test_the_same_address_gives_the_same_number_whatever_is_drawn_before():
    one, other = luck_of(range(20), step=3), luck_of(range(20), step=3)
    for name in NAMES:
        other(name)
    other.turn_to(4)
    other("a")
    other.turn_to(3)
    np.testing.assert_array_equal(one("a"), other("a"))


@pytest.mark.parametrize(
    "draws", [*([draw] for draw in (0, 1, 2, 3, 4, 5, 6, 7, 63, 998, 999)), list(range(10)), [90, 3, 41]], ids=str
)
def test_any_draws_have_the_numbers_that_they_have_among_a_thousand(draws):
    luck = Luck(1, Axis(draws, [0] * len(draws)))
    luck.turn_to(12)
    np.testing.assert_array_equal(luck("a"), luck_of(range(1000), step=12)("a")[draws])


def test_theories_share_the_numbers_of_their_draw():
    shared = luck_of(range(50), theories=3)("a").reshape(50, 3)
    assert (shared == shared[:, :1]).all()


def test_the_address_is_philox_keyed_by_seed_and_name_with_the_step_in_the_last_word():
    seed, name, step = 20_240_131, "kataib_hezbollah.attack.anbar", 365
    key = np.array([seed, int.from_bytes(blake2b(name.encode(), digest_size=8).digest(), "little")], dtype=np.uint64)
    expected = Generator(Philox(key=key, counter=[0, 0, 0, step])).random(5_000)
    np.testing.assert_array_equal(luck_of(range(4_711, 5_000), seed=seed, step=step)(name), expected[4_711:])


@pytest.mark.parametrize("seed", [0, 2**63 - 1])
def test_any_valid_seed_gives_numbers_from_zero_to_below_one(seed):
    numbers = luck_of(range(10_000), seed=seed)("a")
    assert numbers.min() >= 0
    assert numbers.max() < 1
    assert stats.kstest(numbers, "uniform").pvalue > 1e-3


def test_seeds_names_steps_and_draws_are_independent():
    """Every stream is uniform, and no two of them go together, by whichever part of the address they differ."""
    draws = 4_000
    by_name = np.array([luck_of(range(draws))(name) for name in NAMES])
    by_step = np.array([luck_of(range(draws), step=step)("a") for step in range(60)])
    by_seed = np.array([luck_of(range(draws), seed=seed)("a") for seed in range(60)])
    for streams in (by_name, by_step, by_seed):
        values = [stats.kstest(stream, "uniform").pvalue for stream in streams]
        assert stats.kstest(values, "uniform").pvalue > 1e-3
        correlations = np.corrcoef(streams)[np.triu_indices(len(streams), 1)]
        assert np.abs(correlations).max() < 4.5 / np.sqrt(draws)
        assert abs(correlations.std() * np.sqrt(draws) - 1) < 0.06
    for lag in (1, 2, 3, 4, 8):
        neighbours = [np.corrcoef(stream[:-lag], stream[lag:])[0, 1] for stream in by_name]
        assert abs(np.mean(neighbours)) < 4 / np.sqrt(draws * len(NAMES))
    days = [np.corrcoef(by_step[:-1, draw], by_step[1:, draw])[0, 1] for draw in range(draws)]
    assert abs(np.mean(days) + 1 / 60) < 0.01  # a correlation estimated from so few days is that much too low


def test_an_address_drawn_twice_in_a_step_is_an_error_that_names_it():
    luck = luck_of(range(3), step=5)
    luck("sadrists.clash")
    with pytest.raises(ValueError, match=r"'sadrists.clash' was drawn twice in step 5"):
        luck("sadrists.clash")
    luck.turn_to(6)
    luck("sadrists.clash")
    luck.over("attack", ("anbar", "baghdad"))
    with pytest.raises(ValueError, match=r"'attack\.anbar' was drawn twice in step 6"):
        luck.over("attack", ("north", "anbar"))


def test_each_unit_has_a_name_of_its_own_and_none_moves_another():
    few = luck_of(range(30), step=2).over("attack", ("anbar", "baghdad"))
    more = luck_of(range(30), step=2).over("attack", ("erbil", "baghdad", "anbar"))
    assert few.shape == (30, 2)
    np.testing.assert_array_equal(few[:, 0], more[:, 2])
    np.testing.assert_array_equal(few[:, 1], more[:, 1])
    np.testing.assert_array_equal(few[:, 0], luck_of(range(30), step=2)("attack.anbar"))
    assert len(np.unique(more)) == more.size


def test_the_number_of_an_occurrence_does_not_depend_on_when_it_is_drawn():
    early, late = luck_of(range(25), theories=2), luck_of(range(25), theories=2)
    first = early.series("government.round_gap", 6)
    for step in range(400):
        late.turn_to(step)
    np.testing.assert_array_equal(first, late.series("government.round_gap", 6))
    np.testing.assert_array_equal(first, late.series("government.round_gap", 6))
    assert first.shape == (50, 6)
    assert len(np.unique(first)) == 25 * 6


def test_the_nth_occurrence_takes_its_own_place_in_the_series_and_those_beyond_share_the_last():
    luck = luck_of(range(6))
    occurrence = np.array([0, 3, 1, 2, 9, 0])
    series = luck_of(range(6)).series("region.attacks", 4)
    expected = series[np.arange(6), [0, 3, 1, 2, 3, 0]]
    np.testing.assert_array_equal(luck.nth("region.attacks", occurrence, 4), expected)
    luck.turn_to(77)
    np.testing.assert_array_equal(luck.nth("region.attacks", occurrence, 4), expected)


def test_an_attempt_may_be_looked_at_again_and_differs_from_the_next():
    luck = luck_of(range(8, 16))
    np.testing.assert_array_equal(luck.at("parameter.x", 2), luck.at("parameter.x", 2))
    np.testing.assert_array_equal(luck.at("parameter.x", 2), luck_of(range(16)).at("parameter.x", 2)[8:])
    assert (luck.at("parameter.x", 2) != luck.at("parameter.x", 3)).all()
