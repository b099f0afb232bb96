"""Iran and its clients."""

import numpy as np
import pytest

from agents.mechanisms import sponsorship

STEPS = np.linspace(0.0, 1.0, 11)
RESTRAINT = {"effect": 1.2, "timetable_weight": 0.5}
DIRECT = {"grievance_effect": 2.0, "war_effect": 3.0, "deterrence": 0.5}
VISIT = {"highest": 365.25 * 0.02, "slope": 4.0, "offset": -1.0}


def test_without_a_motive_iran_tolerates_and_however_many_it_has_it_stays_between_restraint_and_push():
    assert sponsorship.intention([0.0]) == 0
    assert sponsorship.intention([1.0, -1.0]) == 0
    assert sponsorship.intention([50.0, 9.0]) == pytest.approx(1.0)
    assert sponsorship.intention([-50.0]) == pytest.approx(-1.0)
    motives = np.linspace(-5, 5, 21)
    np.testing.assert_allclose(sponsorship.intention([motives]), -sponsorship.intention([-motives]))


def test_a_friendly_cabinet_and_a_credible_exit_restrain_iran_and_a_war_sets_the_cabinet_aside():
    assert sponsorship.restraint(0.0, 0.0, 0.0, **RESTRAINT) == 0
    assert sponsorship.restraint(1.0, 0.0, 0.0, **RESTRAINT) == pytest.approx(1.2)
    assert sponsorship.restraint(1.0, 1.0, 0.0, **RESTRAINT) == 0
    assert sponsorship.restraint(0.0, 1.0, 1.0, **RESTRAINT) == pytest.approx(0.6)


def test_where_a_timetable_emboldens_it_lifts_restraint():
    """Hypothesis H5."""
    assert sponsorship.restraint(0.5, 0.0, 1.0, effect=1.2, timetable_weight=-0.5) < sponsorship.restraint(
        0.5, 0.0, 0.0, effect=1.2, timetable_weight=-0.5
    )


def test_a_faction_that_follows_nobody_is_not_pushed():
    assert sponsorship.push(1.0, 0.0, 1.2) == 0
    assert sponsorship.push(0.0, 1.0, 1.2) == 0
    assert sponsorship.push(-1.0, 0.5, 1.2) == pytest.approx(-0.6)
    assert (np.diff(sponsorship.push(np.linspace(-1, 1, 9), 0.5, 1.2)) > 0).all()


def test_parochial_factions_follow_less_nobody_less_than_not_at_all_and_all_less_without_the_broker():
    assert sponsorship.control(1.0, 0.6, 0.2, 0.0) == pytest.approx(0.6)
    assert sponsorship.control(0.0, 0.6, 0.2, 0.0) == pytest.approx(0.4)
    assert sponsorship.control(0.0, 0.1, 0.2, 0.0) == 0
    assert (np.diff(sponsorship.control(1.0, 0.6, 0.2, STEPS)) < 0).all()
    assert sponsorship.control(1.0, 0.6, 0.2, 1.0) == 0


def test_iran_strikes_itself_at_its_base_rate_and_more_when_aggrieved_at_war_or_undeterred():
    assert sponsorship.direct_strike_rate(365.25 * 0.001, 0.0, 0.0, 1.0, **DIRECT) == pytest.approx(0.001)
    assert sponsorship.direct_strike_rate(0.0, 4.0, 1.0, 0.0, **DIRECT) == 0
    assert (np.diff(sponsorship.direct_strike_rate(0.2, STEPS, 0.0, 1.0, **DIRECT)) > 0).all()
    assert (np.diff(sponsorship.direct_strike_rate(0.2, 0.5, STEPS, 1.0, **DIRECT)) > 0).all()
    assert (np.diff(sponsorship.direct_strike_rate(0.2, 0.5, 0.0, STEPS, **DIRECT)) < 0).all()


def test_the_envoy_comes_more_often_ahead_of_a_push_and_at_most_at_the_highest_rate():
    rate = sponsorship.visit_rate(np.linspace(-1, 1, 9), **VISIT)
    assert (np.diff(rate) > 0).all()
    assert rate[-1] < 0.02
    assert sponsorship.visit_rate(0.25, **VISIT) == pytest.approx(0.01)
    assert not sponsorship.visit_rate(np.linspace(-1, 1, 9), **{**VISIT, "highest": 0.0}).any()


def test_influence_is_an_index_between_none_and_all():
    assert sponsorship.influence([0.0] * 6) == 0.5
    assert 0 < sponsorship.influence([-9.0, -9.0]) < 0.01
    assert (np.diff(sponsorship.influence([np.linspace(-2, 2, 9), 0.3])) > 0).all()
