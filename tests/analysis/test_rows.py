"""Rows of results: theories that say the same share one, named by the answers that they share."""

import math
from itertools import product

import pytest

from scenarios.analysis.rows import ALL, group_theories, is_alike, level_rows, outcome_rows
from scenarios.analysis.verdicts import PRIMARY, Measure
from scenarios.evidence.theories import hypotheses
from tests.analysis.families import (
    ALIKE,
    CROSSED,
    FEWER,
    IDENTICAL,
    MORE,
    ONE,
    TOO_FEW,
    UNDECIDED,
    UNDEFINED,
    family,
    frame,
    made,
)

ATTACKS = "attacks_on_us_sites"


def grouped(theories, kinds):
    return group_theories(theories, lambda one, other: kinds[one] == kinds[other])


def names(theories, kinds):
    return [group.name for group in grouped(theories, kinds)]


@pytest.mark.parametrize(
    ("kinds", "found"),
    [
        ("aaaa", [ALL]),
        ("aabb", ["US support matters", "ISIS is spent"]),
        ("abab", ["strikes deter", "strikes provoke"]),
        ("aabc", ["US support matters", "ISIS spent, deter", "ISIS spent, provoke"]),
        ("abcb", ["US support, deter", "ISIS spent, deter", "strikes provoke"]),
        ("abba", ["US support, deter", "US support, provoke", "ISIS spent, deter", "ISIS spent, provoke"]),
        ("abcd", ["US support, deter", "US support, provoke", "ISIS spent, deter", "ISIS spent, provoke"]),
    ],
)
def test_rows_of_crossed_theories_have_the_names_of_the_answers_that_they_share(kinds, found):
    assert sorted(names(CROSSED, kinds)) == sorted(found)


def test_answers_that_say_the_same_stay_together():
    theories = [{"isis": pole} for pole in ("enablers", "spent", "seam", "feuds")]
    assert names(theories, "abbb") == ["US support matters", "ISIS spent or ISIS on seam or exit and feuds"]
    assert grouped(theories, "abab")[0].condition.startswith("US support holds ISIS down or ISIS persists")


def test_theories_around_a_centre_are_told_apart_by_the_one_that_differs():
    centre = {"isis": "enablers", "strikes": "both", "command": "open"}
    theories = [
        centre,
        *({**centre, **other} for other in ({"isis": "spent"}, {"strikes": "deter"}, {"command": "iran"})),
    ]
    assert names(theories, "abaa") == ["US support matters", "ISIS is spent"]


@pytest.mark.parametrize("number", range(1, 17))
def test_every_theory_is_in_one_row_whatever_their_number(number):
    answers = product(("enablers", "spent", "seam", "feuds"), ("deter", "provoke"), ("iran", "factions"))
    theories = [dict(zip(("isis", "strikes", "command"), poles, strict=True)) for poles in answers][:number]
    kinds = [at * 7 % 3 for at in range(number)]
    groups = grouped(theories, kinds)
    assert sorted(at for group in groups for at in group.theories) == list(range(number))
    assert all(len({kinds[at] for at in group.theories}) == 1 for group in groups)
    assert len({group.tag for group in groups}) == len(groups)


def test_theories_too_many_to_be_compared_share_a_row():
    assert names([{"isis": str(at)} for at in range(65)], range(65)) == [ALL]


def test_theories_that_differ_in_no_answer_have_rows_of_their_own():
    assert [group.theories for group in grouped([ONE[0], ONE[0]], "ab")] == [(0,), (1,)]


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ((MORE, 0.10), (MORE, 0.14), True),  # less than a factor of 1.05
        ((MORE, 0.10), (MORE, 0.30), False),
        ((MORE, 0.10), (FEWER, 0.10), False),
        ((ALIKE, 0.0), (ALIKE, 0.04), True),
        ((IDENTICAL, 0.0), (IDENTICAL, 0.0), True),
        ((IDENTICAL, 0.0), (ALIKE, 0.0), False),
        ((UNDECIDED, 0.0), (UNDECIDED, 0.2), False),
        ((UNDEFINED, math.nan), (UNDEFINED, math.nan), True),
        ((TOO_FEW, 0.01), (TOO_FEW, 0.02), True),
    ],
)
def test_two_verdicts_say_the_same_by_direction_and_size(one, other, same):
    assert is_alike(made(ATTACKS, *one), made(ATTACKS, *other)) == same


def test_sizes_that_lie_in_one_anothers_interval_say_the_same():
    near, far = (made(ATTACKS, MORE, change, low=0.2, high=1.2) for change in (0.6, 0.9))
    assert is_alike(near, far)
    assert not is_alike(near, made(ATTACKS, MORE, 0.9, low=0.7, high=1.2))


def test_a_row_is_shared_only_if_every_scenario_shown_agrees():
    split = [(MORE, 0.5), (MORE, 0.5), (ALIKE, 0.0), (ALIKE, 0.0)]
    found = family({"one": {ATTACKS: (MORE, 0.5)}, "other": {ATTACKS: split}})
    rows = {row.group.name: row for row in outcome_rows(found) if row.primary.outcome == ATTACKS}
    assert list(rows) == ["US support matters", "ISIS is spent"]
    assert rows["ISIS is spent"].cells["one"].directions == (MORE,)
    alone = [row.group.name for row in outcome_rows(found, ["one"]) if row.primary.outcome == ATTACKS]
    assert alone == [ALL]


def test_a_shared_row_has_the_envelope_of_its_theories():
    sizes = [(MORE, 0.50), (MORE, 0.51), (MORE, 0.50), (MORE, 0.52)]
    row = next(row for row in outcome_rows(family({"one": {ATTACKS: sizes}})) if row.primary.outcome == ATTACKS)
    cell = row.cells["one"]
    assert cell.range("change") == (0.50, 0.52)
    assert cell.interval == (pytest.approx(0.45), pytest.approx(0.572))
    assert cell.spread == (pytest.approx(0.4), pytest.approx(0.624))
    assert row.level == (100.0, 100.0)


def test_rows_are_joined_for_room_and_directions_then_stand_side_by_side():
    split = [(MORE, 0.5), (MORE, 0.9), (ALIKE, 0.0), (FEWER, -0.5)]
    told = family({"one": {primary.outcome: split for primary in PRIMARY if primary.threshold is None}})
    assert len(outcome_rows(told)) == 21
    assert len(outcome_rows(told, most=16)) <= 16
    few = outcome_rows(told, most=6)
    assert [row.group.name for row in few] == [ALL] * 6
    assert few[0].cells["one"].directions == (MORE, ALIKE, FEWER)
    assert outcome_rows(told, most=1) == few


def test_levels_of_a_run_alone_are_told_by_theory():
    values = frame(40, 4, attacks_on_us_sites=[[50.0, 80.0, 51.0, 80.0]] * 40, ladder_max=[[6.0, 4.0, 6.0, 4.0]] * 40)
    rows = {(row.primary.outcome, row.group.name): row for row in level_rows(values, CROSSED)}
    assert rows[ATTACKS, "strikes deter"].level == (50.0, 51.0)
    assert rows["ladder_max", "strikes provoke"].level == (0.0, 0.0)
    assert rows["isis_attacks", ALL].spread == (100.0, 100.0)
    assert len(level_rows(frame(4, 4).query("draw > 4"), CROSSED)) == len(PRIMARY)


def test_names_of_answers_are_short_and_none_is_used_twice():
    poles = [pole for question in hypotheses().values() for pole in question.poles.values()]
    for forms in ([pole.short for pole in poles], [pole.tag for pole in poles]):
        assert len(set(forms)) == len(forms)
    assert max(len(pole.tag) for pole in poles) <= 15
    assert all(question.topic[0].islower() and not question.topic.endswith("?") for question in hypotheses().values())


def test_measures_are_shared_by_a_row():
    found = outcome_rows(family({"one": {"us_deaths": (FEWER, -1.0)}}, measure=Measure.COUNT, level=4.0))
    assert found[0].cells["one"].measure == Measure.COUNT
