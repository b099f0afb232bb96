"""Kurds, Sunnis and Sadrists."""

import numpy as np
import pytest

from agents.mechanisms import communities

STEPS = np.linspace(0.0, 1.0, 11)
ALIENATION = {"intercept": -1.0, "warmth_effect": 1.2, "member_effect": 1.0, "caretaker_effect": 0.5}
TENSION = {"mediation": 0.8, "coordination_effect": 0.5, "budget_effect": 0.3}
STREET = {"intercept": -1.5, "exclusion_effect": 0.8, "distress_effect": 0.8}
CLASHES = {"base": 365.25, "full_cabinet": 0.3, "caretaker_adds": 2.0, "idle_share": 0.5}


def test_fear_of_a_vacuum_rises_as_troops_go_and_no_further_when_they_are_gone_or_more_than_enough():
    fear = communities.fear_of_vacuum(0.8, STEPS, 0.3)
    assert (np.diff(fear) < 0).all()
    assert fear[0] == pytest.approx(0.8)
    assert fear[-1] == pytest.approx(0.24)
    assert communities.fear_of_vacuum(0.8, 5.0, 0.3) == fear[-1]
    assert communities.fear_of_vacuum(0.0, 0.0, 0.3) == 0


def test_sunnis_are_alienated_by_a_hostile_camp_in_office_and_by_caretakers_and_won_by_a_seat():
    target = communities.alienation_target
    assert (np.diff(target(STEPS, 1.0, 0.0, **ALIENATION)) > 0).all()
    assert target(0.5, 1.0, 0.0, **ALIENATION) < target(0.5, 0.0, 0.0, **ALIENATION)
    assert target(0.5, 1.0, 1.0, **ALIENATION) > target(0.5, 1.0, 0.0, **ALIENATION)
    assert 0 < target(1.0, 0.0, 1.0, **ALIENATION) < 1


def test_tension_is_one_where_all_is_well_and_rises_as_troops_go_forces_part_and_budgets_stop():
    assert communities.tension(1.0, 1.0, 0.0, **TENSION) == 1
    assert communities.tension(9.0, 1.0, 0.0, **TENSION) == 1
    assert (np.diff(communities.tension(STEPS, 0.5, 0.0, **TENSION)) < 0).all()
    assert (np.diff(communities.tension(0.5, STEPS, 0.0, **TENSION)) < 0).all()
    assert (np.diff(communities.tension(0.5, 0.5, STEPS, **TENSION)) > 0).all()


def test_where_washington_does_not_mediate_its_troops_calm_nobody():
    """Hypothesis H7."""
    closed = {**TENSION, "mediation": 0.0}
    assert np.ptp(communities.tension(STEPS, 0.5, 0.2, **closed)) == 0


def test_exclusion_and_distress_bring_sadrists_to_the_street():
    assert communities.mobilisation(1.0, 0.0, **STREET) > communities.mobilisation(0.0, 0.0, **STREET)
    assert (np.diff(communities.mobilisation(0.0, np.linspace(-4, 4, 9), **STREET)) > 0).all()
    assert 0 < communities.mobilisation(1.0, 4.0, **STREET) < 1


def test_shia_groups_clash_more_under_a_caretaker_and_with_the_street_full():
    quiet, full, caretaker = (
        communities.intra_shia_rate(mobilised, without, **CLASHES)
        for mobilised, without in ((0.0, 0.0), (1.0, 0.0), (1.0, 1.0))
    )
    assert (quiet, full, caretaker) == pytest.approx((0.15, 0.45, 3.45))
    assert communities.intra_shia_rate(1.0, 1.0, **{**CLASHES, "base": 0.0}) == 0
