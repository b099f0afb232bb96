"""Levers in force: troops by site, promises, passing dates, and their description."""

from datetime import date

import numpy as np
import pytest

from agents.roster import TROOP_SITES
from scenarios.config.dated import Context
from scenarios.config.fields import validated
from scenarios.config.policy import LEVERS, describe_policy
from scenarios.config.specs import LeversSpec
from scenarios.evidence.parameters import beliefs
from scenarios.simulation.timeline import PolicyInForce

START = date(2021, 12, 13)
TROOPS = np.array([[1000.0, 500.0, 0.0, 500.0], [200.0, 200.0, 100.0, 500.0]])
DRAWN = {
    "slippage_index_duration": np.array([30.0, 60.0]),
    "realised_fraction_of_announced_cut": np.array([0.25, 1.0]),
    "timetable_delay_multiplier": np.array([1.0, 2.0]),
    "timetable_duration": np.array([100.0, 200.0]),
    "timetable_end_share": np.array([0.2, 0.4]),
}


def written(levers):
    context = Context(start=START, horizon=1_000, parameters=beliefs())
    return validated(LeversSpec, levers, "scenario.levers", context).policy()


def in_force(levers):
    return PolicyInForce(written(levers), DRAWN.__getitem__, TROOPS)


def troops(levers, day):
    return in_force({"troops": levers}).troops(day)


def total(levers, day):
    """Share of the starting troops that is there, in each replication."""
    return (troops(levers, day) * TROOPS).sum(axis=1) / TROOPS.sum(axis=1)


def test_without_levers_everything_stays_as_usual():
    levers = in_force({}).on(100, 1)
    assert levers.troops == pytest.approx(np.ones((2, 4)))
    usual = {"promised": 1.0, "lately_due": 0.0, "announced": 0.0, **{n: each.usual for n, each in LEVERS.items()}}
    assert {name: getattr(levers, name).tolist() for name in usual} == {name: [v] * 2 for name, v in usual.items()}


def test_an_announced_cut_is_carried_out_at_every_site_alike():
    assert troops({"announced": [[0, 1], [100, 0]]}, 25) == pytest.approx(np.full((2, 4), 0.75))


def test_a_cut_of_which_a_part_is_carried_out_keeps_its_pace_and_then_stops():
    cut = {"announced": [[0, 1], [100, 0]], "realised": "realised_fraction_of_announced_cut"}
    assert total(cut, 10) == pytest.approx([0.9, 0.9])
    assert total(cut, 25) == pytest.approx([0.75, 0.75])
    assert total(cut, 80) == pytest.approx([0.75, 0.2])
    assert total(cut, 500) == pytest.approx([0.75, 0.0])


def test_a_cut_that_is_not_carried_out_leaves_the_troops_and_the_promise():
    levers = {"troops": {"announced": [[0, 1], [100, 0]], "realised": 0}}
    assert in_force(levers).troops(500) == pytest.approx(np.ones((2, 4)))
    assert in_force(levers).promised() == 0.0


@pytest.mark.parametrize("day", [0, 50, 100, 250, 400, 900])
def test_a_path_that_goes_down_and_up_again_is_followed_where_all_of_it_is_carried_out(day):
    announced = [[0, 1], [100, 0.2], [300, 0.2], [400, 1]]
    expected = np.interp(day, *zip(*announced, strict=True))
    assert total({"announced": announced}, day) == pytest.approx([expected] * 2)


def test_a_surge_is_carried_out_whatever_share_of_cuts_is():
    assert total({"announced": [[0, 1], [10, 1.5]], "realised": 0.2}, 50) == pytest.approx([1.5, 1.5])


def test_a_delay_moves_the_path_and_not_the_promised_date():
    late = in_force({"troops": {"announced": [[0, 1], [100, 0]], "delay": "timetable_delay_multiplier"}})
    assert late.troops(100)[:, 0] == pytest.approx([0.0, 0.5])
    assert late.on(99, 1).lately_due.tolist() == [0.0, 0.0]
    assert late.on(100, 1).lately_due.tolist() == [1.0, 1.0]


@pytest.mark.parametrize("level", [1.0, 0.9, 0.6, 0.3, 0.25, 0.1, 0.0])
def test_federal_sites_empty_first_and_the_sum_is_as_announced(level):
    plan = {"announced": [[0, level]], "order": "federal_first"}
    assert total(plan, 0) == pytest.approx([level, level])
    at_sites = troops(plan, 0)
    federal, erbil = at_sites[:, :3], at_sites[:, 3]
    for replication in range(2):
        assert np.ptp(federal[replication]) == pytest.approx(0.0)
        assert federal[replication, 0] == pytest.approx(0.0, abs=1e-12) or erbil[replication] == pytest.approx(1.0)


def test_together_every_site_keeps_the_same_share():
    assert troops({"announced": 0.3, "order": "together"}, 0) == pytest.approx(np.full((2, 4), 0.3))


def test_a_site_with_a_path_of_its_own_follows_it_and_the_rest_the_common_one():
    plan = {"announced": [[0, 1], [100, 0]], "sites": {"erbil": [[0, 1], [50, 0.5]]}}
    shares = troops(plan, 100)
    assert shares[:, :3] == pytest.approx(np.zeros((2, 3)))
    assert shares[:, TROOP_SITES.index("erbil")] == pytest.approx([0.5, 0.5])


def test_what_is_promised_is_where_the_announced_paths_end_weighted_by_troops():
    plan = {"announced": [[0, 1], [100, 0]], "sites": {"erbil": [[0, 1], [50, 0.5]]}, "realised": 0.1}
    assert in_force({"troops": plan}).promised() == pytest.approx([0.5 * 500 / 2000, 0.5 * 500 / 1000])
    uncertain = {"announced": [[0, 1], ["timetable_duration", "timetable_end_share"]]}
    assert in_force({"troops": uncertain}).promised() == pytest.approx([0.2, 0.4])


def test_a_promised_date_stays_a_grievance_for_its_time_in_every_draw():
    relabelled = in_force({"troops": {"announced": [[0, 1], [100, 0]], "realised": 0}})
    due = {day: relabelled.on(day, 1).lately_due for day in (0, 99, 100, 129, 130, 159, 160)}
    assert [np.max(due[day]) for day in (0, 99)] == [0.0, 0.0]
    assert [due[day].tolist() for day in (100, 129, 130, 159, 160)] == [[1, 1], [1, 1], [0, 1], [0, 1], [0, 0]]


def test_the_date_due_is_the_last_anchor_unless_others_are_given():
    assert written({"troops": {"announced": [[0, 1], [100, 0]]}}).troops.deadlines == (100.0,)
    assert written({"troops": {"announced": [[0, 1], ["timetable_duration", 0]]}}).troops.deadlines == (
        "timetable_duration",
    )
    assert written({}).troops.deadlines == ()
    two = {"announced": [[0, 1], [100, 0]], "deadlines": [40, "2022-01-12"]}
    assert written({"troops": two}).troops.deadlines == (40.0, 30.0)


@pytest.mark.parametrize("step", [0.5, 1.0, 2.0, 7.0])
def test_an_announcement_is_heard_in_one_step_alone(step):
    heard = in_force({"troops": {"announced_on": [11]}})
    days = np.arange(0, 42, step)
    announced = [heard.on(day, step).announced[0] for day in days]
    assert sum(announced) == 1.0
    assert days[np.argmax(announced)] <= 11 < days[np.argmax(announced)] + step


def test_an_understanding_counts_by_the_larger_of_policy_and_world():
    detente = in_force({"detente": 0.4})
    assert detente.on(0, 1, understanding=0.1).detente == pytest.approx(0.4)
    assert detente.on(0, 1, understanding=np.array([0.1, 0.9])).detente == pytest.approx([0.4, 0.9])


def test_role_and_legal_basis_are_labels_with_dates():
    written_policy = written({"role": [[0, "combat"], [180, "advise_train"]], "legal_basis": "bilateral_accord"})
    assert written_policy.role == ((0.0, "combat"), (180.0, "advise_train"))
    assert written_policy.legal_basis == ((0.0, "bilateral_accord"),)


def test_a_policy_is_described_in_order_of_time_with_what_is_not_usual():
    sentences_by_day = describe_policy(
        written(
            {
                "troops": {
                    "announced": [[0, 1], [365, 0]], "order": "federal_first", "realised": 0.5,
                    "delay": "timetable_delay_multiplier", "announced_on": [30], "sites": {"erbil": 1},
                },
                "enablers": [[0, 1], [365, 0.15]],
                "retaliation": 1.1,
                "role": [[0, "advise_train"], [365, "none"]],
            }
        ),
        START,
    )  # fmt: skip
    assert [day for day, _ in sentences_by_day] == sorted(day for day, _ in sentences_by_day)
    sentences = {sentence: day for day, sentence in sentences_by_day}
    for sentence, day in {
        "announced troops: from 100 % of the start to 0 % of the start by 2022-12-13": 0.0,
        "announced troops in erbil: 100 % of the start throughout": 0.0,
        "the federal sites empty first, Erbil last": 0.0,
        "the cut stops at 50 % of it": 0.0,
        "its dates are postponed by the factor timetable delay multiplier": 0.0,
        "US air power, intelligence and support (share of the start): from 1 to 0.15 by 2022-12-13": 0.0,
        "US retaliation posture (shift of the log rate of strikes): 1.1 throughout": 0.0,
        "role: none": 365.0,
        "legal basis: invitation": 0.0,
        "the change is announced": 30.0,
    }.items():
        assert sentences.get(sentence) == day, sentence
    assert not any("embassy" in sentence or "sanctions" in sentence for sentence in sentences)
