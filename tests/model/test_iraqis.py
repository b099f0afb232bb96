"""Baghdad, its army, Kurds and Sadrists, each by itself, and the toll of each kind of violence."""

from dataclasses import replace

import numpy as np
import pytest

from tests.model.models import REFERENCE, history_under, one_theory, staged_under, step_through


def test_talks_are_held_as_often_as_their_gaps_say():
    talks = {"negotiation_round_gap": 100.0, "negotiation_round_regularity": 8.0}
    request = one_theory("scenario=status_quo", "ensemble.step_days=7", "ensemble.horizon=700")
    iraq = staged_under(request, range(60), {"talks": talks}, {"days_since_round": 0.0})
    gaps = iraq.government.round_gaps[:, 1:]
    assert gaps.mean() == pytest.approx(100.0, rel=0.03)
    assert gaps.std() == pytest.approx(100.0 / np.sqrt(8), rel=0.05)
    dates = np.cumsum(iraq.government.round_gaps, axis=1)
    for _ in range(100):
        iraq.step()
    expected = (dates <= 700).sum(axis=1)
    assert (iraq.government.rounds == expected).all()
    assert (iraq.government.next_round > 700).all()


def test_an_announcement_covers_the_cabinet_for_its_time_and_no_longer():
    request = one_theory(
        "scenario=status_quo", "+scenario.levers.troops={announced: 1, announced_on: [3]}", "world=calm",
    )  # fmt: skip
    plain = {"timetable_agreement_rate": 0.01, "expulsion_pressure_effect_on_timetable": 0.0,
             "announcement_cover_duration": 60.0}  # fmt: skip
    iraq = staged_under(request, range(30), {"plain": plain})
    covered, agreed = [], np.zeros(30, dtype=bool)
    for _ in range(80):
        iraq.step()
        covered.append(iraq.government.cover_days > 0)
        agreed |= iraq.settled.timetable_agreed
    days = np.array(covered)[:, ~agreed]
    assert days.shape[1] > 20
    assert not days[:3].any()
    assert days[3:63].all()
    assert not days[63:].any()


def test_an_election_moves_seats_either_way_and_a_loss_rankles_for_its_time():
    request = one_theory("scenario=status_quo", "+scenario.shocks=[{shock: early_election, at: 2}]", "world=calm")
    swing = {"electoral_swing_spread": 0.4, "lost_election_coercion_duration": 45.0}
    iraq = staged_under(request, range(300), {"swing": swing}, {"seats_alignment": 0.0})
    for _ in range(3):
        iraq.step()
    government = iraq.government
    lost, won = government.seats < 0, government.seats > 0
    assert abs(lost.mean() - 0.5) < 0.12
    assert government.seats.std() == pytest.approx(0.4, abs=0.05)
    assert government.falls.all()
    assert (government.caretaker_days > 0).all()
    shown = government.shows().election_lost
    np.testing.assert_allclose(shown[lost], -government.seats[lost])
    assert not shown[won].any()
    for _ in range(44):
        iraq.step()
        assert (iraq.government.shows().election_lost[lost] > 0).all()
    iraq.step()
    assert not iraq.government.shows().election_lost.any()


def test_confrontations_cost_the_cabinet_its_alignment_and_open_a_backlash():
    request = one_theory("scenario=status_quo", "+scenario.levers.disarmament=1", "world=calm")
    drive = {"crackdown_confrontation_rate": 4.4, "alignment_loss_in_confrontation": 0.1,
             "civil_war_probability_per_confrontation": 0.0, "confrontation_backlash_duration": 20.0}  # fmt: skip
    iraq = staged_under(request, range(100), {"drive": drive}, {"cabinet_alignment": 0.5, "caretaker_days": 0.0})
    clashes, fallen = np.zeros(100), np.zeros(100, dtype=bool)
    for _ in range(40):
        iraq.step()
        clashes = clashes + iraq.settled.confrontations
        fallen |= iraq.government.falls
    kept = ~fallen
    np.testing.assert_allclose(iraq.government.alignment[kept], 0.5 - 0.1 * clashes[kept], atol=1e-9)
    assert clashes.sum() == pytest.approx(100 * 40 * 4.4 / 365.25, rel=0.3)
    assert ((iraq.security_forces.backlash_days > 0) <= (clashes > 0)).all()
    interdiction = iraq.security_forces.shows(iraq.today).interdiction
    assert interdiction.min() > iraq.assumed.security_forces.baseline_interdiction_share


def test_capability_follows_enablers_and_coordination_the_troops_in_erbil():
    request = one_theory("scenario=full_withdrawal", "+scenario.levers.troops.announced=[[0, 0]]",
                         "+scenario.levers.enablers=[[0, 0.2]]", "world=calm")  # fmt: skip
    army = {
        "capability_adjustment_time": 100.0, "baseline_coordination_with_peshmerga": 0.3,
        "us_uplift_of_coordination": 0.4, "coordination_adjustment_time": 50.0, "army_collapse_rate": 0.001,
    }  # fmt: skip
    iraq = staged_under(request, range(20), {"army": army}, REFERENCE)
    np.testing.assert_allclose(iraq.security_forces.coordination, 0.7)
    for _ in range(101):
        iraq.step()
    np.testing.assert_allclose(iraq.security_forces.capability, 0.2 + 0.8 * np.exp(-1.0), rtol=1e-6)
    np.testing.assert_allclose(iraq.security_forces.coordination, 0.3 + 0.4 * np.exp(-2.0), rtol=1e-6)


def test_kurds_clash_at_their_rate_times_tension_and_more_without_americans():
    clash = {"lethal_kurdish_federal_clash_rate": 0.5, "us_mediation_of_kurdish_federal_tension": 1.5}
    known = one_theory("scenario=status_quo").beliefs
    clash = {name: min(value, known[name].bounds[1]) for name, value in clash.items()}
    request = one_theory("scenario=status_quo", "ensemble.horizon=120", "ensemble.step_days=2", "world=calm")
    full = history_under(request, range(1_000), {"clash": clash}, REFERENCE)
    empty = history_under(request, range(1_000), {"clash": clash}, {**REFERENCE, "troops_erbil": 0.0})
    for history in (full, empty):
        tension = history.outcomes["kurdish_tension"].mean()
        expected = clash["lethal_kurdish_federal_clash_rate"] * 120 / 365.25 * tension
        assert history.outcomes["kurdish_clashes"].mean() == pytest.approx(expected, rel=0.15)
        per_clash = np.maximum(history.iraq.assumed.kurdistan.deaths_per_kurdish_federal_clash, 1.0)
        expected_deaths = (per_clash * history.outcomes["kurdish_clashes"]).sum()
        assert history.outcomes["deaths_kurdish_clashes"].sum() == pytest.approx(expected_deaths, rel=0.1)
    assert empty.outcomes["kurdish_tension"].mean() > 1.5 * full.outcomes["kurdish_tension"].mean()


def test_sadrists_left_out_take_to_the_street_and_clash_more():
    request = one_theory("scenario=status_quo", "ensemble.horizon=100", "ensemble.step_days=2", "world=calm")
    variants = {"often": {"intra_shia_clash_rate": 1.0, "exclusion_effect_on_mobilisation": 2.0}}
    variants["often"] = {n: min(v, request.beliefs[n].bounds[1]) for n, v in variants["often"].items()}
    inside, outside = (
        history_under(request, range(300), variants, {"sadrists_excluded": excluded, "caretaker_days": 1_000.0})
        for excluded in (0.0, 1.0)
    )
    assert outside.outcomes["sadrist_mobilisation"].mean() > 1.3 * inside.outcomes["sadrist_mobilisation"].mean()
    assert outside.outcomes["intra_shia_clashes"].mean() > inside.outcomes["intra_shia_clashes"].mean()
    deaths, clashes = (outside.outcomes[name].sum() for name in ("deaths_intra_shia_clashes", "intra_shia_clashes"))
    assert deaths >= 10 * clashes


def test_isis_attacks_at_its_activity_and_in_ramadan_by_so_much_more():
    request = one_theory("scenario=status_quo", "world=calm")
    isis = {"ramadan_offensive_effect": 1.0, "isis_attack_count_dispersion": 5.0}
    iraq = staged_under(request, range(5_000), {"isis": isis})
    seen = iraq.observe()
    means = []
    for step, ramadan in enumerate((0.0, 0.5, 1.0), start=1):
        iraq.luck.turn_to(step)
        for cell in iraq.isis_cells:
            cell.decide(replace(seen, today=replace(seen.today, ramadan=ramadan)))
        means.append(sum(cell.attacks.mean() for cell in iraq.isis_cells))
    activity = sum(cell.activity.mean() for cell in iraq.isis_cells)
    np.testing.assert_allclose(means, activity * np.exp([0.0, 0.5, 1.0]), rtol=0.03)


def test_the_toll_of_each_kind_of_violence_has_the_mean_that_is_assumed():
    request = one_theory("scenario=retaliation_spiral", "world=gaza_war", "ensemble.horizon=100")
    history = step_through(staged_under(request, range(300)), 100)
    outcomes = history.outcomes
    assumed = history.iraq.assumed

    def expected(per_event, events):
        return (per_event * outcomes[events]).sum()

    factions, us, isis = assumed.factions, assumed.us_forces, assumed.isis
    may_kill = factions.militia_violence_ceiling >= 1  # below that rung nobody is killed at home
    killing = may_kill * factions.deaths_per_attack_on_other_targets
    beside = expected(factions.iraqi_deaths_per_base_attack, "attacks_on_us_sites") + expected(
        factions.deaths_per_convoy_attack, "attacks_on_convoys"
    )
    for kind, mean in (
        ("deaths_iraqis_beside_us_targets", beside),
        ("deaths_us_in_attacks", expected(1.0 + factions.added_deaths_in_lethal_attack, "lethal_attacks")),
        ("deaths_civilians_in_us_strikes", expected(us.civilians_killed_per_us_strike, "us_strikes")),
        ("us_wounded", expected(factions.wounded_per_base_attack, "attacks_on_us_sites")),
        ("deaths_isis_members", expected(isis.isis_members_killed_per_isis_attack, "isis_attacks")),
        ("isis_wounded", expected(isis.wounded_per_isis_attack, "isis_attacks")),
        ("deaths_attacks_on_other_targets", expected(killing, "attacks_on_others")),
    ):
        assert outcomes[kind].sum() == pytest.approx(mean, rel=0.12), kind
    mass = isis.mass_casualty_probability_per_isis_attack
    ordinary = expected(isis.deaths_per_isis_attack, "isis_attacks")
    assert ordinary < outcomes["deaths_isis_attacks"].sum() < 1.2 * ordinary + expected(mass * 60.0, "isis_attacks")
