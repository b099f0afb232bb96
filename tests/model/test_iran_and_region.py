"""Iran and the wars around Iraq, each by itself."""

from dataclasses import replace

import numpy as np
import pytest

from agents.mechanisms.war import CALM, DIRECT_WAR, PROXY_WAR
from tests.model.models import REFERENCE, having, history_under, neutral_picture, one_theory, staged_under


@pytest.mark.parametrize(
    ("seen", "motive", "sign"),
    [
        ({"us__presence": 0.0}, "presence", -1), ({"region__proxy_war": 1.0}, "proxy_war", 1),
        ({"region__direct_war": 1.0}, "direct_war", 1), ({"government__warmth": 1.0}, "friends", -1),
        ({"government__credibility": 1.0}, "friends", -1),
    ],
)  # fmt: skip
def test_iran_has_one_motive_for_each_thing_that_it_sees(seen, motive, sign):
    mind = {
        "presence_effect_on_iranian_push": 0.5, "proxy_war_push": 1.6, "direct_war_push": 1.0,
        "iranian_restraint_under_aligned_government": 1.2, "timetable_weight_in_iranian_restraint": 0.5,
    }  # fmt: skip
    iraq = staged_under(one_theory("scenario=status_quo", "world=calm"), range(4), {"mind": mind}, REFERENCE)
    plain = neutral_picture(iraq)
    before, after = iraq.iran.motives_today(plain), iraq.iran.motives_today(having(plain, **seen))
    assert (sign * (after[motive] - before[motive]) > 0).all()
    for name in before:
        if name != motive:
            np.testing.assert_array_equal(after[name], before[name], err_msg=name)
    assert (sign * (iraq.iran.intention(having(plain, **seen)) - iraq.iran.intention(plain)) > 0).all()


def test_grief_pushes_iran_and_cost_and_an_understanding_hold_it_back():
    mind = {"commander_grievance_push": 0.5, "lasting_grievance_effect": 0.4, "iranian_cost_sensitivity": 0.6,
            "detente_restraint": 1.2}  # fmt: skip
    iraq = staged_under(one_theory("scenario=status_quo", "world=calm"), range(4), {"mind": mind})
    seen = iraq.observe()
    understood = replace(seen, today=replace(seen.today, levers=replace(seen.levers, detente=1.0)))
    iran = iraq.iran
    for state, motive, slope in (
        ("fresh_grievance", "fresh_grievance", 0.5), ("lasting_grievance", "lasting_grievance", 0.4),
        ("cost_felt", "cost", -0.6),
    ):  # fmt: skip
        for value in (0.0, 1.5):
            setattr(iran, state, np.full(4, value))
            np.testing.assert_allclose(iran.motives_today(seen)[motive], slope * value, atol=1e-12)
    np.testing.assert_allclose(iran.motives_today(understood)["detente"], -1.2)
    iran.understanding = np.zeros(4)
    np.testing.assert_allclose(iran.motives_today(understood)["detente"], 0.0, atol=1e-12)


def test_iran_strikes_no_us_site_where_no_troops_are_and_the_kurdish_opposition_all_the_same():
    hot = {"iranian_direct_strike_rate": 1.4, "iranian_strike_rate_on_kurdish_opposition": 2.0}
    request = one_theory("scenario=status_quo", "world.regime=direct_war", "ensemble.horizon=40")
    empty = history_under(request, range(100), {"hot": hot}, dict.fromkeys(REFERENCE, 0.0))
    full = history_under(request, range(100), {"hot": hot}, REFERENCE)
    assert not empty.outcomes["iranian_strikes_on_us"].any()
    assert full.outcomes["iranian_strikes_on_us"].sum() > 50
    for history in (empty, full):
        assert history.outcomes["iranian_strikes_on_kurdistan"].sum() > 50


def test_the_regime_is_the_worlds_where_it_is_forced_and_each_direct_war_has_a_character_of_its_own():
    request = one_theory(
        "scenario=status_quo", "world.regime=[[0, calm], [3, direct_war], [9, calm], [12, direct_war]]"
    )
    iraq = staged_under(request, range(50), start={"regional_war": 0.0})
    seen, traits = [], []
    for _ in range(18):
        iraq.step()
        seen.append(iraq.region.regime[0])
        traits.append(iraq.region.shows(iraq.today).attack_deviation)
    assert seen == [CALM] * 3 + [DIRECT_WAR] * 6 + [CALM] * 3 + [DIRECT_WAR] * 6
    first, second, calm = traits[5], traits[15], traits[1]
    assert not calm.any()
    np.testing.assert_array_equal(first, traits[4])
    assert (first != second).all()
    spread = iraq.assumed.factions.direct_war_episode_spread_in_attacks
    assert (first / spread).std() == pytest.approx(1.0, abs=0.25)


def test_wars_left_to_chance_begin_at_their_rate_and_last_their_time():
    war = {"regional_war_onset_rate": 0.5, "direct_share_of_war_onsets": 0.05, "direct_war_onset_rate": 0.07,
           "proxy_war_mean_duration": 100.0}  # fmt: skip
    request = one_theory("scenario=status_quo", "ensemble.step_days=7", "ensemble.horizon=728", "world=simulated")
    history = history_under(request, range(400), {"war": war}, {"regional_war": 0.0})
    onset, ends = 0.5 / 365.25, 1 / 100.0
    at_war = onset / (onset + ends)
    relaxing = (1 - np.exp(-(onset + ends) * 728)) / (onset + ends)
    expected = at_war * (728 - relaxing)
    assert history.outcomes["war_days"].mean() == pytest.approx(expected, rel=0.25)
    assert history.iraq.region.regime.max() in (PROXY_WAR, DIRECT_WAR)
