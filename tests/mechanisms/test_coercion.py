"""Strikes that answer attacks, and what they do."""

import numpy as np
import pytest

from agents.mechanisms import coercion

ATTACKS = np.linspace(0.0, 40.0, 41)
LIMITED = {"scale": 3.7e-4, "elasticity": 2.1, "ceiling": 0.3}
MAJOR = {"response": 0.25, "ceiling": 2.0}


def test_no_attack_brings_no_strike_however_hawkish_washington_is():
    for posture in (-3.0, 0.0, 3.0):
        assert coercion.limited_strike_hazard(np.zeros(3), posture, **LIMITED).tolist() == [0.0] * 3
        assert coercion.major_strike_hazard(np.zeros(3), posture, **MAJOR).tolist() == [0.0] * 3


def test_limited_strikes_rise_with_attacks_and_posture_up_to_their_ceiling():
    calm, hawkish = (coercion.limited_strike_hazard(ATTACKS, posture, **LIMITED) for posture in (0.0, 1.1))
    assert (np.diff(calm) > 0).all()
    assert (hawkish[1:] > calm[1:]).all()
    assert hawkish.max() <= 0.3
    assert coercion.limited_strike_hazard(np.array([1e6]), 3.0, **LIMITED)[0] == pytest.approx(0.3)


def test_a_few_attacks_are_answered_as_the_scale_says_far_below_the_ceiling():
    few = np.array([0.01])
    rate = coercion.limited_strike_hazard(few, 0.0, **LIMITED)
    np.testing.assert_allclose(rate, 3.7e-4 * (1.01**2.1 - 1), rtol=1e-3)


def test_major_strikes_answer_lethal_attacks_in_proportion_up_to_a_number_of_them():
    hazard = coercion.major_strike_hazard(np.array([0.5, 1.0, 2.0, 50.0]), 0.0, **MAJOR)
    np.testing.assert_allclose(hazard, [0.125, 0.25, 0.5, 0.5])
    assert coercion.major_strike_hazard(1.0, np.log(3), **MAJOR) == pytest.approx(0.75)


def test_severity_counts_each_strike_once_and_adds_for_major_ones_and_commanders():
    assert coercion.severity(0, 0, 0, major_adds=1.5, commander_adds=1.5) == 0
    assert coercion.severity(2, 0, 0, major_adds=1.5, commander_adds=1.5) == 2
    assert coercion.severity(0, 1, 0, major_adds=1.5, commander_adds=1.5) == 2.5
    assert coercion.severity(1, 1, 2, major_adds=1.5, commander_adds=0.5) == 1 + 2.5 + 1


def test_fear_falls_on_the_struck_and_spills_over_to_the_rest():
    added = coercion.fear_added(2.0, np.array([1.0, 0.0]), deterrence=0.4, spillover=0.3)
    np.testing.assert_allclose(added, [2.0 * 0.4 * 1.3, 2.0 * 0.4 * 0.3])


def test_where_strikes_only_provoke_or_none_fall_nobody_fears():
    assert coercion.fear_added(5.0, 1.0, deterrence=0.0, spillover=1.0) == 0
    assert coercion.fear_added(0.0, 1.0, deterrence=0.4, spillover=1.0) == 0


def test_fear_in_force_has_a_ceiling_and_a_direct_war_discounts_it():
    fear = np.array([0.0, 1.0, 3.0, 80.0])
    assert coercion.deterrence(fear, 0.0, ceiling=3.0, war_discount=0.7).tolist() == [0.0, 1.0, 3.0, 3.0]
    np.testing.assert_allclose(coercion.deterrence(fear, 1.0, ceiling=3.0, war_discount=0.7), [0.0, 0.3, 0.9, 0.9])


def test_an_early_exit_grows_likelier_with_its_cost_up_to_a_ceiling_and_not_where_washington_does_not_care():
    cost = np.array([0.0, 1.0, 3.0, 99.0])
    rate = coercion.early_exit_rate(cost, base=0.03, sensitivity=0.5, ceiling=3.0)
    assert rate[0] == 0.03
    assert (np.diff(rate[:3]) > 0).all()
    assert rate[3] == rate[2]
    assert coercion.early_exit_rate(cost, base=0.03, sensitivity=0.0, ceiling=3.0).tolist() == [0.03] * 4
