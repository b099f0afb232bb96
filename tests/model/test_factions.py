"""The factions: what each makes of what it sees, put before it piece by piece."""

from dataclasses import replace

import numpy as np
import pytest

from agents.roster import FACTIONS, OTHER_TARGETS
from tests.model.models import REFERENCE, UNCOUPLED, having, history_under, neutral_picture, one_theory, staged_under

TEMPER = {
    "sponsor_directive_effect": 1.2, "sponsor_control_over_vanguard": 0.6, "parochial_control_deficit": 0.2,
    "office_holding_restraint": 2.5, "credible_timetable_restraint": 0.5, "commitment_slippage_backlash": 0.5,
    "negotiation_spoiling_effect": 0.4, "frustrated_exit_hopes_effect": 0.4, "outbidding_effect": 0.1,
    "sadrist_brake_on_attacks": 0.3, "proxy_war_attack_effect": 1.0, "direct_war_attack_effect": 2.0,
    "slippage_index_after_missed_date": 0.5, "war_override_of_office_restraint": 0.8,
    "war_discount_of_timetable_effect": 0.5,
}  # fmt: skip


@pytest.fixture(scope="module")
def iraq():
    request = one_theory("scenario=status_quo", "world=calm")
    return staged_under(request, range(4), {"temper": TEMPER}, REFERENCE)


@pytest.fixture(scope="module")
def neutral(iraq):
    return neutral_picture(iraq)


def faction(iraq, name):
    return next(each for each in iraq.factions if each.name == name)


def test_in_a_neutral_picture_no_faction_has_a_reason_beyond_its_own(iraq, neutral):
    for actor in iraq.factions:
        for name, reason in actor.reasons_today(neutral).items():
            assert (np.abs(reason) == 0).all(), (actor.name, name)


@pytest.mark.parametrize(
    ("seen", "reason", "vanguard", "parochial"),
    [
        ({"iran__directive": 1.0}, "push", 1.2 * 0.6, 1.2 * 0.4),
        ({"iran__directive": -1.0}, "push", -1.2 * 0.6, -1.2 * 0.4),
        ({"iran__directive": 1.0, "iran__broker_loss": 0.5}, "push", 1.2 * 0.3, 1.2 * 0.2),
        ({"region__proxy_war": 1.0, "region__war": 1.0}, "solidarity", 1.0, 0.0),
        ({"region__proxy_war": 2.0, "region__war": 1.0}, "solidarity", 2.0, 0.0),
        ({"region__direct_war": 1.0, "region__war": 1.0, "region__attack_deviation": 0.3}, "solidarity", 2.3, 0.0),
        ({"camp__belief": 0.8}, "exit", -0.4, -0.4),
        ({"camp__belief": 0.8, "region__war": 1.0}, "exit", -0.2, -0.2),
        ({"government__round_ahead": 1.0}, "spoiling", 0.4, 0.4),
        ({"government__hopes_dashed": 0.5}, "dashed_hopes", 0.2, 0.2),
        ({"sadrists__excluded": 0.0}, "sadrist_brake", 0.0, -0.3),
    ],
)
def test_a_faction_has_one_reason_for_each_thing_that_it_sees(iraq, neutral, seen, reason, vanguard, parochial):
    for actor in iraq.factions:
        reasons = actor.reasons_today(having(neutral, **seen))
        heeds_sadr = reason == "sadrist_brake" and actor.name == "facade_cells"
        expected = vanguard if actor.vanguard and not heeds_sadr else parochial
        np.testing.assert_allclose(reasons[reason], expected, atol=1e-12, err_msg=actor.name)
        others = {name: value for name, value in reasons.items() if name != reason}
        assert not any(np.abs(value).any() for value in others.values()), others
        np.testing.assert_allclose(actor.urge(having(neutral, **seen)), expected, atol=1e-12)


def test_a_friendly_cabinet_restrains_a_faction_by_its_stake_and_a_war_overrides_it(iraq, neutral):
    for actor in iraq.factions:
        calm = actor.reasons_today(having(neutral, government__warmth=0.5))["office"]
        war = actor.reasons_today(having(neutral, government__warmth=0.5, region__war=1.0))["office"]
        np.testing.assert_allclose(calm, -2.5 * np.sqrt(actor.stake) * 0.5)
        np.testing.assert_allclose(war, 0.2 * calm)


def test_a_promise_overdue_and_unkept_angers_every_faction_and_one_kept_none(iraq, neutral):
    overdue = having(neutral, us__level=1.0)
    today = replace(overdue.today, levers=replace(overdue.levers, promised=0.0, lately_due=1.0))
    for kept, expected in ((0.0, 0.5 * 0.5), (0.5, 0.5 * 0.25), (1.0, 0.0)):
        seen = replace(having(neutral, us__level=1.0 - kept), today=today)
        for actor in iraq.factions:
            np.testing.assert_allclose(actor.reasons_today(seen)["slippage"], expected, atol=1e-12)


def test_a_faction_outbids_its_rivals_and_not_itself(iraq, neutral):
    kataib = faction(iraq, "kataib_hezbollah")
    for attacker, expected in (("kataib_hezbollah", 0.0), ("nujaba", 0.1 * 0.7)):
        recent = {name: np.full(4, 0.7 if name == attacker else 0.0) for name in FACTIONS}
        seen = replace(neutral, factions=replace(neutral.factions, recent=recent, total_recent=np.full(4, 0.7)))
        np.testing.assert_allclose(kataib.reasons_today(seen)["rivalry"], expected, atol=1e-12)


def test_a_pause_holds_back_the_vanguard_alone(iraq, neutral):
    level = iraq.assumed.factions.attack_level_during_pause
    for actor in iraq.factions:
        paused = actor.campaigning(having(neutral, camp__paused=1.0))
        np.testing.assert_array_equal(paused, level if actor.vanguard else 1.0)
        np.testing.assert_array_equal(actor.campaigning(neutral), 1.0)


def test_anger_at_home_grows_with_a_push_a_war_a_lost_vote_and_a_crackdown(iraq, neutral):
    assumed = iraq.assumed
    for actor in iraq.factions:
        for seen, expected in (
            ({}, 1.0),
            ({"iran__directive": 1.0}, np.exp(1.2 * (0.6 if actor.vanguard else 0.4))),
            ({"region__proxy_war": 1.0},
             np.exp(actor.vanguard * np.array(assumed.factions.war_effect_share_on_other_targets))),
            ({"government__election_lost": 0.5}, np.exp(0.5 * np.array(assumed.factions.lost_election_coercion))),
            ({"security__backlash": 1.0},
             1.0 + np.array(assumed.security_forces.confrontation_effect_on_other_targets)),
        ):  # fmt: skip
            actor.reasons = actor.reasons_today(having(neutral, **seen))
            np.testing.assert_allclose(actor.anger_at_home(having(neutral, **seen)), expected, rtol=1e-12)


def test_attacks_on_other_targets_come_at_their_own_rate_and_in_their_shares():
    request = one_theory("scenario=status_quo", "world=calm", "ensemble.horizon=60")
    quiet = {**UNCOUPLED, "lost_election_coercion": 0.0}
    start = {**REFERENCE, "faction_fear": 0.0, "vanguard_paused": 0.0}
    history = history_under(request, range(1_500), {"quiet": quiet}, start)
    assumed = history.iraq.assumed.factions
    rate = assumed.baseline_attack_rate_on_other_targets
    by_target = assumed.target_shares_of_other_attacks
    assert history.outcomes["attacks_on_others"].mean() / 60 == pytest.approx(rate.mean(), rel=0.05)
    for number, name in enumerate(OTHER_TARGETS):
        expected = (rate * by_target[:, number]).mean()
        assert history.outcomes[f"attacks_on_{name}"].mean() / 60 == pytest.approx(expected, rel=0.08)


def test_the_vanguard_turns_at_the_rate_of_the_pause_and_of_its_end():
    request = one_theory("scenario=status_quo", "world=calm")
    swift = {
        "truce_switching_rate": 13.0, "war_effect_on_ending_pause": 3.0, "war_effect_against_pause": 3.0,
        "fear_effect_on_pause": 0.0, "timetable_effect_on_pause": 0.0, "directive_effect_on_ending_pause": 0.0,
    }  # fmt: skip
    daily = 13.0 / 365.25
    for paused, expected in ((0.0, daily * np.exp(-3.0)), (1.0, daily * np.exp(3.0))):
        iraq = staged_under(request, range(4_000), {"swift": swift}, {"vanguard_paused": paused})
        seen = iraq.observe()
        seen = replace(seen, region=replace(seen.region, war=np.ones(4_000)))
        iraq.luck.turn_to(1)
        iraq.camp.decide(seen)
        assert iraq.camp.turns.mean() == pytest.approx(-np.expm1(-expected), abs=0.02)


def test_attacks_are_thinned_by_what_the_army_stops():
    request = one_theory("scenario=status_quo", "world=calm", "ensemble.horizon=60", "+scenario.levers.disarmament=1")
    base = {**UNCOUPLED, "baseline_attack_rate": 3.0, "crackdown_confrontation_rate": 0.05}
    start = {**REFERENCE, "faction_fear": 0.0, "vanguard_paused": 0.0, "attack_rate": 0.0}
    variants = {"none": {**base, "interdiction_share_under_disarmament": 0.0},
                "half": {**base, "interdiction_share_under_disarmament": 0.5}}  # fmt: skip
    history = history_under(request, range(200), variants, start)
    none, half = (history.of(name, "attacks_on_us").mean() for name in variants)
    assert half == pytest.approx(0.5 * none, rel=0.03)
