"""Attacks that bring about attacks: the Hawkes recursion, its limits and its stability."""

import numpy as np
import pytest

from agents.ensemble.axis import Axis
from agents.ensemble.chance import poisson
from agents.ensemble.luck import Luck
from agents.mechanisms import contagion
from tests.mechanisms.test_rules import PAUSE

ANSWER = {
    "scale": 3.7e-4, "elasticity": 2.1, "ceiling": 0.3, "memory_time": 6.0, "limited_severity": 1.15,
    "lethal_share": 0.02, "lethal_response": 0.25, "major_severity": 3.0,
}  # fmt: skip


def hawkes(mean, branching, decay_time, days, horizon, draws):
    """Attacks of each draw over a horizon, with the mechanisms and addressed luck alone, from the steady state."""
    luck = Luck(11, Axis.crossing(range(draws)))
    memory = np.full(draws, mean / (1 - branching))
    total = np.zeros(draws)
    for step in range(round(horizon / days)):
        luck.turn_to(step)
        rate = contagion.attack_intensity(np.full(draws, mean), branching * memory, 0.0, 0.0, 1.0, 1e9)
        attacks = poisson(rate * days, luck("attack"))
        memory = contagion.excited(memory, attacks, decay_time, days)
        total += attacks
    return total


@pytest.mark.parametrize("days", [0.25, 1.0, 7.0])
@pytest.mark.parametrize("decay_time", [0.4, 4.0, 35.0])
def test_two_half_steps_carry_the_memory_as_far_as_one(days, decay_time):
    """Exactly, for the same events in the mean: half of them in each half."""
    memory, events = np.array([0.0, 0.3, 2.0]), np.array([3.0, 0.0, 1.0])
    half = contagion.excited(memory, events / 2, decay_time, days / 2)
    twice = contagion.excited(half, events / 2, decay_time, days / 2)
    np.testing.assert_allclose(twice, contagion.excited(memory, events, decay_time, days), rtol=1e-12)


@pytest.mark.parametrize("days", [0.25, 1.0, 7.0])
def test_one_attack_brings_about_as_many_more_as_the_branching_ratio_says(days):
    """The memory of one event, times a branching ratio of one, adds up to one further event."""
    memory, further = contagion.excited(0.0, 1.0, 4.0, days), 0.0
    for _ in range(2_000):
        further += memory * days
        memory = contagion.excited(memory, 0.0, 4.0, days)
    assert further == pytest.approx(1.0)


def test_the_process_has_the_mean_and_the_clustering_of_a_hawkes_process():
    """Mean mu / (1 - n) within one per cent, variance over mean near 1 / (1 - n)**2 within ten (linear limit)."""
    branching, horizon = 0.4, 400
    total = hawkes(mean=0.6, branching=branching, decay_time=2.0, days=1.0, horizon=horizon, draws=4_000)
    assert total.mean() == pytest.approx(0.6 * horizon / (1 - branching), rel=0.01)
    assert total.var() / total.mean() == pytest.approx(1 / (1 - branching) ** 2, rel=0.1)


def test_without_contagion_the_process_is_poisson():
    total = hawkes(mean=0.5, branching=0.0, decay_time=2.0, days=1.0, horizon=100, draws=4_000)
    assert total.mean() == pytest.approx(50, rel=0.01)
    assert total.var() / total.mean() == pytest.approx(1, rel=0.1)


@pytest.mark.parametrize("days", [0.5, 2.0])
def test_the_mean_and_the_clustering_do_not_depend_on_the_length_of_a_step(days):
    usual, other = (
        hawkes(mean=0.6, branching=0.4, decay_time=8.0, days=each, horizon=200, draws=4_000) for each in (1.0, days)
    )
    assert other.mean() == pytest.approx(usual.mean(), rel=0.02)
    assert other.var() == pytest.approx(usual.var(), rel=0.15)


def test_the_escalation_number_is_the_spectral_radius_of_the_branching_matrix():
    for n, p, s in np.random.default_rng(1).uniform(0, [0.95, 18.0, 0.6], (200, 3)):
        radius = np.abs(np.linalg.eigvals(np.array([[n, p], [s, 0.0]]))).max()
        assert contagion.escalation_number(n, p, s) == pytest.approx(radius, rel=1e-9)


def test_an_action_reaction_process_dies_out_below_one_and_grows_above():
    """Richardson's condition, with the mean recursion of attacks and strikes."""

    def expected(n, p, s, generations=200):
        attacks, severity, total = 1.0, 0.0, 0.0
        for _ in range(generations):
            attacks, severity = n * attacks + p * severity, s * attacks
            total += attacks
        return attacks

    assert contagion.escalation_number(0.4, 2.0, 0.25) < 1
    assert expected(0.4, 2.0, 0.25) < 1e-3
    assert contagion.escalation_number(0.4, 2.0, 0.35) > 1
    assert expected(0.4, 2.0, 0.35) > 10


def test_severity_per_attack_is_the_slope_of_the_strike_hazard_times_the_memory_of_an_attack():
    from agents.mechanisms.coercion import limited_strike_hazard, major_strike_hazard

    for attacks in (0.0, 3.0, 12.0, 60.0):
        step = 1e-5
        hazard = [
            limited_strike_hazard(np.array([attacks + shift]), 0.0, scale=3.7e-4, elasticity=2.1, ceiling=0.3)[0]
            for shift in (-step / 2, step / 2)
        ]
        lethal = major_strike_hazard(0.02, 0.0, response=0.25, ceiling=2.0)
        expected = 6.0 * ((hazard[1] - hazard[0]) / step * 1.15 + lethal * 3.0)
        assert contagion.severity_per_attack(attacks, **ANSWER) == pytest.approx(expected, rel=1e-4)


def test_fear_and_timetables_bring_a_pause_war_and_iran_end_it():
    usual = {"switching": 2.0, "fear": 0.5, "timetable": 0.3, "war": 0.0, "directive": 0.0}
    pausing, resuming = contagion.pause_rates(**usual, **PAUSE)
    for cause, value, sooner_paused, sooner_resumed in (
        ("fear", 1.5, 1, 0), ("timetable", 0.9, 1, 0), ("war", 1.0, -1, 1), ("directive", 0.7, 0, 1),
    ):  # fmt: skip
        to_pause, to_resume = contagion.pause_rates(**{**usual, cause: value}, **PAUSE)
        assert (np.sign(to_pause - pausing), np.sign(to_resume - resuming)) == (sooner_paused, sooner_resumed), cause


@pytest.mark.parametrize("days", [0.25, 1.0, 7.0])
def test_a_count_of_recent_events_keeps_a_steady_stream_at_its_rate_times_the_memory_whatever_the_step(days):
    count = 0.0
    for _ in range(round(400 / days)):
        count = contagion.remembered(count, 0.5 * days, 6.0, days)
    assert count == pytest.approx(0.5 * 6.0)
