"""What there is to hit, and where attacks go when it is gone."""

import numpy as np
import pytest

from agents.mechanisms import exposure

STEPS = np.linspace(0.0, 1.0, 11)
REACH = np.array([[0.3, 0.2, 0.0, 0.1, 0.4]])


def test_a_site_at_reference_draws_one_and_an_empty_one_nothing_whatever_the_elasticity():
    for elasticity in (0.0, 0.5, 1.0):
        pulls = exposure.pull(np.array([[1.0, 0.0]]), np.array([elasticity]))
        assert pulls.tolist() == [[1.0, 0.0]]


def test_pull_rises_with_exposure_and_by_less_than_in_proportion():
    pulls = exposure.pull(np.linspace(0, 4, 9)[:, np.newaxis], np.full(9, 0.6))[:, 0]
    assert (np.diff(pulls) > 0).all()
    assert (np.diff(pulls, 2) < 0).all()


def test_everything_at_reference_is_one_target():
    assert exposure.reachable(np.ones((1, 5)), REACH)[0] == pytest.approx(1.0)
    assert exposure.reachable(np.zeros((1, 5)), REACH)[0] == 0


def test_without_a_target_there_is_no_opportunity_even_under_full_substitution():
    for substitution in (0.0, 0.5, 1.0):
        assert exposure.opportunity(np.zeros(1), substitution)[0] == 0
        assert exposure.opportunity(np.ones(1), substitution)[0] == 1


def test_attacks_vanish_with_sites_or_move_to_what_remains():
    """Hypothesis H6: substitution of zero and of one."""
    assert exposure.opportunity(np.array([0.25]), 0.0)[0] == 0.25
    assert exposure.opportunity(np.array([0.25]), 1.0)[0] == 1.0
    assert (np.diff(exposure.opportunity(np.full(11, 0.25), STEPS)) > 0).all()


def test_attacks_by_site_add_up_and_fall_only_where_there_is_something_in_reach():
    pulls = np.array([[1.0, 0.5, 2.0, 0.0, 0.7]])
    targets = exposure.reachable(pulls, REACH)
    attacks = exposure.by_site(np.array([3.0]), pulls, REACH, targets)
    assert attacks.sum() == pytest.approx(3.0)
    assert attacks[0, 2] == attacks[0, 3] == 0
    np.testing.assert_allclose(attacks[0, 0] / attacks[0, 1], 0.3 / 0.1)
    assert not exposure.by_site(np.array([3.0]), np.zeros((1, 5)), REACH, np.zeros(1)).any()


def test_violence_that_moves_goes_from_one_share_to_the_other_as_troops_go():
    assert exposure.displaced_share(1.0, 0.2, 0.6) == pytest.approx(0.2)
    assert exposure.displaced_share(3.0, 0.2, 0.6) == pytest.approx(0.2)
    assert exposure.displaced_share(0.0, 0.2, 0.6) == pytest.approx(0.6)
    assert (np.diff(exposure.displaced_share(STEPS, 0.2, 0.6)) < 0).all()


def test_other_targets_are_attacked_less_out_of_fear_and_more_by_what_is_displaced():
    assert exposure.other_attacks(0.0, 0.0, 0.0, 0.5) == 0
    assert exposure.other_attacks(0.03, 0.1, 0.0, 0.5) == pytest.approx(0.13)
    assert (np.diff(exposure.other_attacks(0.03, STEPS, 1.0, 0.5)) > 0).all()
    assert (np.diff(exposure.other_attacks(0.03, 0.1, STEPS, 0.5)) < 0).all()
    assert np.ptp(exposure.other_attacks(0.03, 0.1, STEPS, 0.0)) == 0


def test_diplomats_are_all_that_is_left_in_baghdad_without_troops_and_nobody_without_an_embassy():
    np.testing.assert_allclose(exposure.diplomatic_share(np.full(3, 0.5), np.array([0.0, 0.5, 1.5])), [1.0, 0.5, 0.25])
    assert exposure.diplomatic_share(np.zeros(2), np.array([0.0, 1.0])).tolist() == [0.0, 0.0]


def test_drones_take_over_with_the_years():
    share = exposure.drone_share(np.linspace(-1, 8, 10), 0.0, initial=-2.5, growth=0.9, spread=0.3)
    assert (np.diff(share) > 0).all()
    assert 0 < share[0] < 0.05
    assert 0.9 < share[-1] < 1
    lucky, unlucky = (
        exposure.drone_share(2.0, deviation, initial=-2.5, growth=0.9, spread=0.3) for deviation in (-1.0, 1.0)
    )
    assert lucky < unlucky


def test_lethal_intent_is_its_normaliser_in_ordinary_times_and_grows_with_push_and_war():
    usual = {"directive_effect": 0.8, "war_effect": 0.4, "normaliser": 1.25}
    assert exposure.lethal_intent(0.0, 0.0, **usual) == pytest.approx(1 / 1.25)
    assert (np.diff(exposure.lethal_intent(np.linspace(-1, 1, 5), 0.0, **usual)) > 0).all()
    assert exposure.lethal_intent(0.3, 1.0, **usual) > exposure.lethal_intent(0.3, 0.0, **usual)
