"""Checks of stylised facts: measured numbers, and verdicts just within and just outside the band."""

from dataclasses import replace

import numpy as np
import pytest

from scenarios.evidence.stylised_facts import patterns
from scenarios.validation.checks import CHECKS, FAIL, NOT_TESTABLE, PASS, criteria, judge, verdicts
from tests.validation import attacks, talks
from tests.validation.constructed import history, steady

WITHIN_AND_OUTSIDE = [
    ("P01", attacks.anchors, 1.19, 1.21), ("P01", attacks.anchors, 0.81, 0.79),
    ("P02", attacks.plateau, 38, 40), ("P02", attacks.plateau, -38, -40),
    ("P03", attacks.pledge_not_kept, 0.5, 0.49),
    ("P07", attacks.regions_of_bases, 3, 2), ("P07", attacks.regions_of_bases, 3, 4),
    ("P09", attacks.step_of_troops, 0, 1),
    ("P11", attacks.volume, 8.6, 8.4), ("P11", attacks.volume, 14.9, 15.1),
    ("P12", attacks.wave, 40.1, 39.9), ("P12", attacks.wave, 54.9, 55.1),
    ("P13", attacks.wave_over_base, 3.1, 2.9), ("P13", attacks.wave_over_base, 6.9, 7.1),
    ("P14", attacks.lull, 2.5, 2.7),
    ("P15", attacks.break_of_the_lull, 2.1, 1.9),
    ("P16", attacks.convoys, 0.09, 0.07), ("P16", attacks.convoys, 0.80, 0.82),
    ("P17", talks.spoiling, 0.8, 0.79),
    ("P18", talks.after_rounds, 1.01, 0.99),
    ("P20", attacks.season, 1.09, 1.11), ("P20", attacks.season, 0.91, 0.89),
    ("P21", attacks.rockets, 0.81, 0.79), ("P21", attacks.rockets, 0.96, 0.98),
    ("P22", attacks.drift_to_drones, 0.01, -0.01),
    ("P23", attacks.largest_class, 0.69, 0.71), ("P23", attacks.smallest_class, None, 0.009),
    ("P24", attacks.deaths_for_a_hundred, 1.9, 2.1),
    ("P25", attacks.dead_in_a_strike, 2.1, 1.9), ("P25", attacks.dead_in_a_strike, 5.9, 6.1),
    ("P26", attacks.coercion_after_a_lost_vote, 1.1, 0.9),
    ("P27", attacks.talks_after_a_killing, 0.10, 0.09),
    ("P28", talks.grievance_lasts, 24.1, 23.9),
    ("P29", talks.vote_not_executed, 0.20, 0.21),
    ("P30", talks.hedging_survives, 0.80, 0.78),
    ("P31", talks.private_keep, 0.51, 0.49),
    ("P32", talks.tempo_of_rounds, 101, 99), ("P32", talks.tempo_of_rounds, 174, 176),
    ("P33", talks.host_inaction, 0.049, 0.051),
    ("P34", attacks.label_and_intent, 1.24, 1.26), ("P34", attacks.label_and_intent, 0.81, 0.79),
    ("P36", talks.communities_oppose, 0.31, 0.29),
    ("F7", talks.formation, 151, 149),
    ("F8", talks.votes_follow_killings, 1.01, 0.99),
]  # fmt: skip


@pytest.mark.parametrize(("name", "construct", "within", "outside"), WITHIN_AND_OUTSIDE)
def test_a_check_measures_the_constructed_number_and_judges_it_by_its_band(name, construct, within, outside):
    for number, verdict in ((within, PASS), (outside, FAIL)):
        if number is not None:
            measured = CHECKS[name](construct(number))
            assert measured.statistic == pytest.approx(number, rel=2e-3, abs=2e-3)
            assert judge(measured.statistic, criteria()[name].band) == verdict


@pytest.mark.parametrize(("sign", "verdict"), [(1.0, PASS), (-1.0, FAIL)])
def test_visits_lead_attacks_or_do_not(sign, verdict):
    measured = CHECKS["P19"](talks.visits_lead(sign))
    assert np.sign(measured.statistic) == sign
    assert judge(measured.statistic, criteria()["P19"].band) == verdict


def test_every_check_is_tested_on_a_history_of_known_answer():
    assert {name for name, *_ in WITHIN_AND_OUTSIDE} | {"P19"} == set(CHECKS)


def test_every_stylised_fact_is_judged_or_has_a_reason_why_it_cannot_be():
    for name, entry in criteria().items():
        assert (name in CHECKS) != bool(entry.not_testable), name
        assert (entry.not_testable or entry.because).endswith("."), name
    assert set(criteria()) >= {name for name in patterns() if name.startswith("P")}


def test_an_untestable_fact_is_reported_with_its_reason_and_without_a_run():
    untestable = [name for name, entry in criteria().items() if entry.not_testable]
    judged = verdicts(None, untestable)
    assert [each.name for each in judged] == untestable
    assert {each.verdict for each in judged} == {NOT_TESTABLE}
    assert all(each.reason == criteria()[each.name].not_testable for each in judged)
    assert not any(np.isfinite(each.statistic) for each in judged)


@pytest.mark.parametrize(
    ("name", "simulated"),
    [
        ("P14", history("wave", attacks_on_us_sites=steady("wave", 1), cabinet_alignment=steady("wave", -0.4))),
        ("P15", history("wave", attacks_on_us_sites=steady("wave"))),
        ("P25", history(
            "killing", us_strikes=steady("killing"), major_us_strikes=steady("killing"),
            deaths_militants_in_us_strikes=steady("killing"),
        )),
        ("P30", history("stay", cabinet_falls=steady("stay"), expulsions_complied=steady("stay", 1))),
    ],
)  # fmt: skip
def test_a_history_without_the_events_of_a_check_is_not_testable(name, simulated):
    with np.errstate(invalid="ignore"):
        assert judge(CHECKS[name](simulated).statistic, criteria()[name].band) == NOT_TESTABLE


def test_a_vote_that_nobody_holds_without_the_killing_leaves_no_ratio():
    simulated = talks.votes_follow_killings(1.0)
    quiet = history("killing", expulsion_votes=steady("killing"))
    assert judge(CHECKS["F8"](replace(simulated, against=quiet)).statistic, (1, 1_000)) == NOT_TESTABLE


def test_the_edges_of_a_band_belong_to_it():
    assert judge(2.0, (1.0, 2.0)) == judge(1.0, (1.0, 2.0)) == PASS
    assert judge(2.001, (1.0, 2.0)) == judge(0.999, (1.0, 2.0)) == FAIL
    assert judge(np.nan, (1.0, 2.0)) == NOT_TESTABLE


def test_a_shipped_prior_that_a_check_reads_is_judged_without_a_run():
    judged = {each.name: each for each in verdicts(None, ["P28", "P31", "P33"])}
    assert {each.theory for each in judged.values()} == {"all"}
    assert judged["P28"].statistic == pytest.approx(34.2, abs=0.1)
    assert {each.verdict for each in judged.values()} == {PASS}
