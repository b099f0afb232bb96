"""Promises of exit: office, belief, slippage, hopes."""

import numpy as np
import pytest

from agents.mechanisms import bargaining

STEPS = np.linspace(0.0, 1.0, 11)
OFFICE = {"effect": 2.5, "war_override": 0.8}


def test_a_hostile_cabinet_or_no_stake_restrains_nobody():
    assert bargaining.office_restraint(0.0, 0.7, 0.0, **OFFICE) == 0
    assert bargaining.office_restraint(0.9, 0.0, 0.0, **OFFICE) == 0


def test_office_restrains_the_more_the_warmer_the_cabinet_and_the_larger_the_stake():
    assert (np.diff(bargaining.office_restraint(STEPS, 0.5, 0.0, **OFFICE)) > 0).all()
    assert (np.diff(bargaining.office_restraint(0.5, STEPS, 0.0, **OFFICE)) > 0).all()
    assert bargaining.office_restraint(1.0, 1.0, 0.0, **OFFICE) == 2.5
    assert bargaining.office_restraint(0.8, 0.25, 0.0, **OFFICE) == pytest.approx(2.5 * 0.8 * 0.5)


def test_a_war_sets_most_of_office_aside_and_all_of_it_at_full_override():
    calm, war = (bargaining.office_restraint(1.0, 1.0, at_war, **OFFICE) for at_war in (0.0, 1.0))
    assert war == pytest.approx(0.2 * calm)
    assert bargaining.office_restraint(1.0, 1.0, 1.0, effect=2.5, war_override=1.0) == 0


def test_a_believed_exit_restrains_or_emboldens_by_the_sign_of_its_effect_and_only_as_it_is_believed():
    """Hypothesis H5: the two readings are one parameter."""
    lull = bargaining.exit_restraint(STEPS, 0.0, effect=0.5, war_discount=0.5)
    embolden = bargaining.exit_restraint(STEPS, 0.0, effect=-0.5, war_discount=0.5)
    assert lull[0] == embolden[0] == 0
    assert (np.diff(lull) > 0).all()
    np.testing.assert_allclose(embolden, -lull)
    np.testing.assert_allclose(bargaining.exit_restraint(STEPS, 1.0, effect=0.5, war_discount=0.5), 0.5 * lull)


def test_a_promise_kept_in_time_or_not_yet_due_leaves_no_slippage():
    assert bargaining.slippage(0.0, 1.0, 0.5) == 0
    assert bargaining.slippage(1.0, 0.0, 0.5) == 0
    assert bargaining.slippage(0.4, 1.0, 0.5) == pytest.approx(0.2)


def test_of_a_cut_that_nobody_announced_nothing_is_carried_out():
    level = np.array([1.0, 0.5, 0.0, 1.8])
    assert not bargaining.announced_cut_carried_out(level, np.ones(4)).any()
    assert not bargaining.announced_cut_carried_out(level, np.full(4, 1.8)).any()


def test_an_announced_cut_shows_in_proportion_and_is_whole_when_the_level_is_reached():
    shown = bargaining.announced_cut_carried_out(np.array([1.0, 0.75, 0.5, 0.25]), np.full(4, 0.5))
    np.testing.assert_allclose(shown, [0.0, 0.5, 1.0, 1.5])
    np.testing.assert_allclose(bargaining.announced_cut_carried_out(STEPS, np.zeros(11)), 1 - STEPS)


def test_hopes_are_dashed_in_full_without_a_credible_exit_and_not_at_all_with_one():
    assert bargaining.hopes_gap(0.0) == 1
    assert bargaining.hopes_gap(1.0) == 0
    assert (np.diff(bargaining.hopes_gap(STEPS)) < 0).all()
