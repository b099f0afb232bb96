"""Attacks that bring about attacks: the Hawkes recursion, its limits and its stability."""

import numpy as np
import pytest

from agents.ensemble.axis import Axis
from agents.ensemble.chance import poisson
from agents.ensemble.luck import Luck
from agents.mechanisms import contagion

STEPS = np.linspace(0.0, 3.0, 13)
PAUSE = {
    "fear_effect": 0.8, "timetable_effect": 0.5, "war_against": 1.5, "war_for_ending": 1.5, "directive_for_ending": 0.5,
}  # fmt: skip
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


def test_the_memory_of_a_steady_stream_is_its_rate():
    assert contagion.excited(0.7, 0.7 * 0.5, 4.0, 0.5) == pytest.approx(0.7)


def test_memory_without_events_fades_and_with_them_never_turns_negative():
    assert contagion.excited(2.0, 0.0, 4.0, 4.0) == pytest.approx(2.0 * np.exp(-1))
    assert contagion.excited(0.0, 0.0, 4.0, 1.0) == 0


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
def test_the_mean_and_the_clustering_do_not_hang_on_the_length_of_a_step(days):
    usual, other = (
        hawkes(mean=0.6, branching=0.4, decay_time=8.0, days=each, horizon=200, draws=4_000) for each in (1.0, days)
    )
    assert other.mean() == pytest.approx(usual.mean(), rel=0.02)
    assert other.var() == pytest.approx(usual.var(), rel=0.15)


def test_an_intensity_has_all_its_limits():
    """Nothing to hit or nothing wanted: no attack. Without bound: capacity. Fear divides."""

    def intensity(motive=0.3, contagious=0.2, provoked=0.1, fear=0.0, opportunity=1.0, capacity=30.0):
        return contagion.attack_intensity(motive, contagious, provoked, fear, opportunity, capacity)

    assert intensity(opportunity=0.0) == 0
    assert intensity(motive=0.0, contagious=0.0, provoked=0.0) == 0
    assert intensity(motive=1e9) == 30.0
    assert intensity(fear=800.0) == pytest.approx(0.0)
    assert intensity(capacity=1e9) == pytest.approx(0.6)
    assert intensity(fear=np.log(2), capacity=1e9) == pytest.approx(0.3)
    assert intensity(motive=1e-6, contagious=0.0, provoked=0.0) == pytest.approx(1e-6)


@pytest.mark.parametrize(
    ("name", "sign"),
    [("motive", 1), ("contagious", 1), ("provoked", 1), ("fear", -1), ("opportunity", 1), ("capacity", 1)],
)
def test_an_intensity_is_monotone_in_each_cause(name, sign):
    order = ("motive", "contagious", "provoked", "fear", "opportunity", "capacity")
    usual = {"motive": 0.3, "contagious": 0.2, "provoked": 0.1, "fear": 0.5, "opportunity": 1.0, "capacity": 30.0}
    varied = {**usual, name: np.linspace(0.1, 5.0, 50)}
    assert (sign * np.diff(contagion.attack_intensity(*(varied[each] for each in order))) > 0).all()


def test_targets_beyond_reference_draw_more_attacks_but_make_none_more_contagious():
    motive = contagion.attack_intensity(0.3, 0.0, 0.0, 0.0, np.array([1.0, 10.0]), 1e9)
    answered = contagion.attack_intensity(0.0, 0.2, 0.1, 0.0, np.array([1.0, 10.0]), 1e9)
    assert motive[1] == pytest.approx(10 * motive[0])
    assert answered[1] == answered[0] == pytest.approx(0.3)


def test_the_escalation_number_is_the_spectral_radius_of_the_branching_matrix():
    for n, p, s in np.random.default_rng(1).uniform(0, [0.95, 18.0, 0.6], (200, 3)):
        radius = np.abs(np.linalg.eigvals(np.array([[n, p], [s, 0.0]]))).max()
        assert contagion.escalation_number(n, p, s) == pytest.approx(radius, rel=1e-9)


def test_the_escalation_number_is_contagion_alone_where_strikes_provoke_nothing_or_never_come():
    n = np.linspace(0, 0.95, 5)
    assert contagion.escalation_number(n, 0.0, 0.4).tolist() == n.tolist()
    assert contagion.escalation_number(n, 3.0, 0.0).tolist() == n.tolist()


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


def test_the_pause_and_its_end_come_at_the_same_rate_when_nothing_moves_them():
    pausing, resuming = contagion.pause_rates(2.0, 0.0, 0.0, 0.0, 0.0, **PAUSE)
    assert pausing == resuming == 2.0
    assert contagion.pause_rates(0.0, 3.0, 1.0, 1.0, 1.0, **PAUSE) == (0.0, 0.0)


def test_fear_and_timetables_bring_a_pause_war_and_iran_end_it():
    usual = {"switching": 2.0, "fear": 0.5, "timetable": 0.3, "war": 0.0, "directive": 0.0}
    pausing, resuming = contagion.pause_rates(**usual, **PAUSE)
    for cause, value, sooner_paused, sooner_resumed in (
        ("fear", 1.5, 1, 0), ("timetable", 0.9, 1, 0), ("war", 1.0, -1, 1), ("directive", 0.7, 0, 1),
    ):  # fmt: skip
        to_pause, to_resume = contagion.pause_rates(**{**usual, cause: value}, **PAUSE)
        assert (np.sign(to_pause - pausing), np.sign(to_resume - resuming)) == (sooner_paused, sooner_resumed), cause


def test_rivals_impress_up_to_a_ceiling_and_not_where_nobody_outbids():
    assert contagion.rivalry(STEPS, 0.0, 2.0).tolist() == [0.0] * 13
    rivals = contagion.rivalry(STEPS, 0.1, 2.0)
    assert rivals[0] == 0
    assert (np.diff(rivals[STEPS <= 2.0]) > 0).all()
    assert rivals[STEPS >= 2.0].tolist() == [0.2] * 5


@pytest.mark.parametrize("days", [0.25, 1.0, 7.0])
def test_a_count_of_recent_events_holds_a_steady_stream_at_its_rate_times_the_memory_whatever_the_step(days):
    count = 0.0
    for _ in range(round(400 / days)):
        count = contagion.remembered(count, 0.5 * days, 6.0, days)
    assert count == pytest.approx(0.5 * 6.0)


def test_a_recent_event_counts_nearly_whole_at_first_and_fades_to_a_third_in_the_memory_time():
    assert contagion.remembered(0.0, 3.0, 6.0, 1e-6) == pytest.approx(3.0)
    assert 0.9 * 3.0 < contagion.remembered(0.0, 3.0, 6.0, 1.0) < 3.0
    assert contagion.remembered(3.0, 0.0, 6.0, 6.0) == pytest.approx(3 * np.exp(-1))


def test_two_half_steps_count_recent_events_as_one():
    half = contagion.remembered(contagion.remembered(2.0, 1.5, 6.0, 1.0), 1.5, 6.0, 1.0)
    assert half == pytest.approx(contagion.remembered(2.0, 3.0, 6.0, 2.0))
