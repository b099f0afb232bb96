"""Baghdad: cabinets, votes, compliance, timetables, money."""

import numpy as np
import pytest

from agents.mechanisms import politics

STEPS = np.linspace(0.0, 1.0, 11)
FALL = {"base": 365.25 * 0.001, "pressure_effect": 0.6, "stress_effect": 0.8, "cover_effect": 0.3}
VOTE = {"base": 365.25 * 0.002, "pressure_effect": 1.2, "veto_effect": 0.5}
COLLAPSE = {"base": 365.25 * 1e-5, "politicisation_effect": 2.0}


def test_a_cabinet_falls_at_its_base_rate_when_nothing_weighs_on_it_and_never_at_a_base_of_zero():
    assert politics.cabinet_fall_rate(0.0, 0.0, 0.0, **FALL) == pytest.approx(0.001)
    assert politics.cabinet_fall_rate(3.0, 1.0, 0.0, **{**FALL, "base": 0.0}) == 0


def test_pressure_and_stress_bring_cabinets_down_and_an_announcement_shields_them():
    assert (np.diff(politics.cabinet_fall_rate(STEPS, 0.0, 0.0, **FALL)) > 0).all()
    assert (np.diff(politics.cabinet_fall_rate(0.5, STEPS, 0.0, **FALL)) > 0).all()
    covered, bare = (politics.cabinet_fall_rate(0.5, 0.2, cover, **FALL) for cover in (1.0, 0.0))
    assert covered == pytest.approx(bare * np.exp(-0.3))


def test_kurds_and_sunnis_veto_only_together_and_the_veto_is_whole_at_most():
    assert politics.veto(1.0, 0.0, 0.0, 0.3) == 0
    assert politics.veto(0.0, 1.0, 0.0, 0.3) == 0
    assert politics.veto(1.0, 1.0, 0.0, 0.3) == 1
    assert politics.veto(1.0, 1.0, 1.0, 0.3) == 1
    assert politics.veto(0.5, 0.5, 1.0, 0.3) == pytest.approx(0.55)


def test_parliament_votes_sooner_under_pressure_and_later_against_opposition():
    assert politics.expulsion_vote_rate(0.0, 0.0, **VOTE) == pytest.approx(0.002)
    assert (np.diff(politics.expulsion_vote_rate(STEPS, 0.3, **VOTE)) > 0).all()
    assert (np.diff(politics.expulsion_vote_rate(0.5, STEPS, **VOTE)) < 0).all()
    assert politics.expulsion_vote_rate(3.0, 1.0, **{**VOTE, "veto_effect": 1.0}) == 0


def test_compliance_is_a_probability_that_every_reason_shifts_its_own_way():
    assert politics.compliance_probability([0.0, 0.0]) == 0.5
    assert politics.compliance_probability([-2.5, 1.0]) > politics.compliance_probability([-2.5, 0.0])
    assert politics.compliance_probability([-2.5, -1.0]) < politics.compliance_probability([-2.5, 0.0])
    assert 0 < politics.compliance_probability([-20.0, -10.0]) < politics.compliance_probability([20.0]) <= 1


def test_a_timetable_comes_sooner_under_pressure():
    rate = politics.timetable_rate(STEPS, base=365.25 * 0.001, pressure_effect=0.8)
    assert rate[0] == pytest.approx(0.001)
    assert (np.diff(rate) > 0).all()


def test_sanctions_strain_and_deals_relieve_the_budget():
    assert politics.fiscal_target(0.0, 0.6, 0.0, 0.2) == 0
    assert politics.fiscal_target(1.0, 0.6, 0.0, 0.2) == pytest.approx(0.6)
    assert politics.fiscal_target(0.0, 0.6, 1.0, 0.2) == pytest.approx(-0.2)


def test_without_a_drive_to_disarm_nobody_is_confronted():
    assert politics.confrontation_rate(0.0, 4.4) == 0
    assert politics.confrontation_rate(1.0, 365.25) == 1
    assert (np.diff(politics.confrontation_rate(STEPS, 0.5)) > 0).all()


def test_an_army_collapses_sooner_where_it_is_politicised_and_isis_has_grown():
    assert politics.collapse_rate(0.5, 1.0, **COLLAPSE) == pytest.approx(1e-5)
    assert politics.collapse_rate(0.5, 0.1, **COLLAPSE) == politics.collapse_rate(0.5, 1.0, **COLLAPSE)
    assert politics.collapse_rate(0.5, 3.0, **COLLAPSE) == pytest.approx(3e-5)
    assert (np.diff(politics.collapse_rate(STEPS, 1.0, **COLLAPSE)) > 0).all()
