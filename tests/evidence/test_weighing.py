"""Weights follow from the claims by one rule, with their strength and without it."""

import csv
from fractions import Fraction
from pathlib import Path

import pytest

from scenarios import resources
from scenarios.evidence.claims import claims, sum_points
from scenarios.evidence.disagreements import disagreements, weighed_poles
from scenarios.evidence.parameters import beliefs
from scenarios.evidence.theories import strata
from scenarios.evidence.weights import (
    AGAINST,
    FOR,
    NOTHING,
    TIE,
    count_points,
    decided,
    directions,
    leading,
    pole_weights,
    reversals,
    weights_lines,
)
from tests.evidence.conftest import forget_seeds

# the table "Leaving out one text changes the leading pole" of the page on weighing
LEFT_OUT = {
    "H1": ("spent", {"S001": "seam"}),
    "H2": ("provoke", {}),
    "H3": ("truce", {"S004": NOTHING}),
    "H4": ("commands", {"S000": "autonomy"}),
    "H5": (TIE, {"S000": "lull", "S003": "embolden"}),
    "H6": ("displace", {}),
    "H7": ("mediates", {"S004": NOTHING}),
    "H8": (NOTHING, {}),
    "H9": ("deters", {"S001": "provokes"}),
}


def rows() -> list[dict[str, str]]:
    with (resources.seeds() / "hypotheses.csv").open(encoding="utf-8", newline="") as opened:
        return list(csv.DictReader(opened))


def raw_strengths() -> dict[str, int]:
    with (resources.seeds() / "claims.csv").open(encoding="utf-8", newline="") as opened:
        return {row["claim_id"]: int(row["strength"]) for row in csv.DictReader(opened)}


@pytest.mark.parametrize("question", weighed_poles())
def test_weights_computed_from_the_claims_are_those_of_the_table_to_three_decimals(question: str):
    strength = raw_strengths()
    poles = {
        row["pole"]: sum(strength[c] for c in row["claims_for"].split()) for row in rows() if row["id"] == question
    }
    shipped = {row["pole"]: row["weight"] for row in rows() if row["id"] == question}
    whole = Fraction(len(poles), 2) + sum(poles.values())
    for pole, behind in poles.items():
        exact = (Fraction(1, 2) + behind) / whole
        assert abs(float(exact) - pole_weights(question)[pole]) < 0.001
        assert f"{pole_weights(question)[pole]:.3f}" == shipped[pole]


@pytest.mark.parametrize("by_count", [False, True])
@pytest.mark.parametrize("question", weighed_poles())
def test_the_weights_of_a_question_add_up_to_one_in_every_way_of_counting(question: str, by_count: bool):
    for article in ("", "S000", "S001", "S002", "S003", "S004"):
        for way in ({"only": article}, {"without": article}):
            assert sum(pole_weights(question, by_count=by_count, **way).values()) == pytest.approx(1)


@pytest.mark.parametrize("question", weighed_poles())
def test_articles_alone_add_up_to_all_articles(question: str):
    for by_count in (False, True):
        alone = [count_points(question, by_count=by_count, only=f"S00{n}") for n in range(5)]
        for pole, number in count_points(question, by_count=by_count).items():
            assert number == sum(each[pole] for each in alone)
            without = count_points(question, by_count=by_count, without="S001")[pole]
            assert without == number - alone[1][pole]


def test_an_article_that_is_silent_leaves_every_pole_its_share_of_the_prior():
    assert pole_weights("H7", only="S000") == {"mediates": 0.5, "no_effect": 0.5}
    assert sorted(pole_weights("H1", only="S000").values()) == [0.333, 0.333, 0.334]


@pytest.mark.parametrize("question", LEFT_OUT)
def test_leaving_out_one_text_changes_the_leading_pole_as_the_page_on_weighing_says(question: str):
    leads, changed = LEFT_OUT[question]
    assert leading(count_points(question)) == leads
    assert reversals(question) == changed


def test_without_strength_the_leads_of_two_disagreements_become_ties_and_weights_move_by_up_to_a_fifth():
    alone = {q: (leading(count_points(q)), leading(count_points(q, by_count=True))) for q in weighed_poles()}
    assert {q for q, (strong, plain) in alone.items() if strong != plain} == {"D5", "D7"}
    assert alone["D5"][1] == alone["D7"][1] == TIE
    moved = {
        q: max(abs(pole_weights(q)[p] - pole_weights(q, by_count=True)[p]) for p in poles)
        for q, poles in weighed_poles().items()
    }
    assert max(moved, key=moved.__getitem__) == "H3"
    assert moved["H3"] == pytest.approx(0.2)


def test_an_article_decides_only_where_strength_and_number_agree():
    assert decided("H1", "S001") == "spent"
    assert decided("D5", "S001") == ""  # dependent by strength, alone by number
    assert decided("H9", "S004") == ""  # provokes by strength, a tie by number
    assert decided("H6", "S003") == ""  # a tie either way
    assert decided("H7", "S000") == ""  # silent


def test_strength_and_number_of_claims_add_up_by_article():
    assert sum_points(weighed_poles()["H6"]["displace"].claims) == {"S000": 2, "S001": 9, "S003": 3, "S004": 3}
    assert sum_points(weighed_poles()["H6"]["displace"].claims, by_count=True) == {
        "S000": 1,
        "S001": 3,
        "S003": 1,
        "S004": 1,
    }


def test_the_direction_of_a_parameter_is_weighed_by_the_same_rule():
    weights = directions(beliefs()["strike_deterrence_effect"])
    against = sum(claims()[name].strength for name in beliefs()["strike_deterrence_effect"].claims_against)
    assert weights[AGAINST] == pytest.approx((0.5 + against) / (1 + against), abs=0.001)
    assert directions(beliefs()["direct_war_mean_duration"]) == {FOR: 0.5, AGAINST: 0.5}


def test_a_claim_whose_strength_changes_moves_the_weights_and_the_table_is_refused(seeds: Path):
    file = seeds / "claims.csv"
    text = file.read_text(encoding="utf-8")
    line = next(each for each in text.splitlines() if each.startswith("S001-10,"))
    file.write_text(text.replace(line, line[:-1] + "3"), encoding="utf-8")
    forget_seeds()
    with pytest.raises(ValueError, match=r"H1.enablers.by_source: is 'S001:11', but its claims add up to 'S001:12'"):
        weighed_poles()


def test_a_line_beside_the_results_for_each_question_whose_poles_run_side_by_side():
    first, second = weights_lines(strata({}))
    assert first == (
        "weights in the texts, H1 isis: enablers 0.42, spent 0.46 (each claim as one 0.36, 0.52); not probabilities"
    )
    assert "H2 strikes: deter 0.08, provoke 0.85" in second
    assert weights_lines(strata({"isis": "spent", "strikes": "both"})) == []


def test_poles_that_share_a_row_share_its_weight_and_open_ones_have_none():
    lines = weights_lines(strata({"strikes": "both", "isis": ["seam", "feuds"], "command": ["iran", "open"]}))
    assert "isis: seam and feuds 0.13 (each claim as one 0.12)" in lines[0]
    assert "command: iran 0.61, no weight for open (each claim as one 0.61)" in lines[1]


def test_a_lever_that_carries_a_position_has_a_valid_value():
    from scenarios.config.policy import LEVERS, ROLES

    positions = [position for each in disagreements().values() for position in each.positions.values()]
    pairs = [lever.split("=") for position in positions for lever in position.carriers.levers]
    assert all(value in ROLES if name == "role" else name in LEVERS for name, value in pairs)


@pytest.mark.parametrize("number", disagreements())
def test_no_two_positions_stand_for_the_same_thing(number: str):
    carriers = [position.carriers for position in disagreements()[number].positions.values()]
    for one in carriers:
        for other in (each for each in carriers if each is not one):
            assert not set(one.poles) & set(other.poles)
            assert not set(one.high) & set(other.high)
            assert not set(one.low) & set(other.low)
