"""Likelihood by a stated scale, confidence apart from it, and the sentences of conclusions."""

from itertools import pairwise

import numpy as np
import pytest

from scenarios.report.page import calibrated_language
from scenarios.report.page.calibrated_language import AGREED, ALONE, CONFIDENCE, OPEN, OPPOSED, PARTLY, PERCENT, SCALE
from scenarios.report.page.conclusions import Conclusion, describe_direction, likelihood_by_theory, theories_by_term
from scenarios.text import format_interval


def test_the_scale_of_likelihood_has_a_term_for_every_share():
    shares = np.linspace(0.0, 1.0, 1001)
    order = [SCALE.index(calibrated_language.likelihood(share)) for share in shares]
    assert order == sorted(order)
    assert set(order) == set(range(len(SCALE)))
    assert all(term.up_to == after.above for term, after in pairwise(SCALE))


@pytest.mark.parametrize(
    ("share", "term"),
    [(0.0, "almost no chance"), (0.5, "roughly even odds"), (0.79, "likely"), (0.96, "almost certain")],
)
def test_a_share_gets_the_term_of_icd_203(share, term):
    assert calibrated_language.likelihood(share).name == term


def test_a_share_outside_zero_and_one_is_refused():
    with pytest.raises(ValueError, match="must lie between 0 and 1"):
        calibrated_language.likelihood(1.2)


def test_a_rare_event_is_never_rounded_to_none_and_a_common_one_never_to_all():
    assert calibrated_language.percent(0.0004).startswith("under 0.1")
    assert calibrated_language.percent(0.9996).startswith("over 99.9")
    assert calibrated_language.percent(0.0) == f"0{PERCENT}"


def test_shares_from_least_to_largest_read_alike_and_undefined_ones_are_left_out():
    assert calibrated_language.percent_range([0.94, float("nan"), 0.8]) == f"80 to 94{PERCENT}"
    assert calibrated_language.percent_range([0.5, 0.5]) == f"50{PERCENT}"
    assert calibrated_language.percent_range([float("nan")]) == "undefined"


def test_theories_with_the_same_term_stand_together_and_others_apart():
    assert likelihood_by_theory({"a": 0.6, "b": 0.7}) == f"be likely, whatever the theory (60 to 70{PERCENT})"
    phrase = likelihood_by_theory({"a": 0.5, "b": 0.9, "c": 0.85})
    assert phrase.startswith("have roughly even odds under a")
    assert "be very likely under b and c" in phrase


def test_an_undefined_share_never_gets_a_term():
    assert theories_by_term({"a": float("nan")}) == {}
    assert likelihood_by_theory({"a": float("nan")}) == "be undefined under every theory"
    assert likelihood_by_theory({"a": float("nan"), "b": 0.6}) == f"be likely under b (60{PERCENT})"


def test_confidence_grows_with_evidence_and_falls_as_theories_part():
    order = ["very low", "low", "moderate", "high"]
    levels = [[order.index(by_agreement[each]) for each in (OPPOSED, PARTLY, AGREED)]
              for by_agreement in map(CONFIDENCE.get, ("weak", "fair", "firm"))]  # fmt: skip
    assert (np.diff(levels, axis=0) >= 0).all()
    assert (np.diff(levels, axis=1) >= 0).all()


@pytest.mark.parametrize(
    ("grades", "level"),
    [
        ({"A": 0, "B": 3, "C": 5, "D": 9}, "weak"),
        ({"A": 1, "B": 4, "D": 5}, "fair"),
        ({"A": 6, "D": 5}, "firm"),
        ({}, "weak"),
    ],
)
def test_evidence_is_as_firm_as_its_grades(grades, level):
    assert calibrated_language.evidence_level(grades) == level


def test_an_interval_whose_ends_read_alike_is_one_number():
    assert format_interval(0.0, 0.0) == "0"
    assert format_interval(-1.0, 2.0) == "\N{MINUS SIGN}1.00 to +2.00"


def conclusion(scenario: str, *signs: str) -> Conclusion:
    return Conclusion(scenario, "status_quo", "deaths", (), signs)


@pytest.mark.parametrize(
    ("signs", "agreement"),
    [("++", AGREED), ("--", AGREED), ("==", AGREED), ("+?", PARTLY), ("??", OPEN), ("+-?", OPPOSED), ("+", ALONE)],
)
def test_theories_agree_only_where_all_give_the_same_sign(signs, agreement):
    assert conclusion("surge", *signs).agreement == agreement


def test_scenarios_with_the_same_direction_stand_together():
    drawn = [conclusion(name, *signs) for name, signs in
             (("surge", "++"), ("relabel", "++"), ("defer", "-+"), ("expel_now", "-?"))]  # fmt: skip
    sentence = describe_direction(drawn, "deaths")
    assert "more, whatever the theory, if “surge” or “relabel” were carried out" in sentence
    assert "more or fewer, by theory, if “defer” were" in sentence
    assert "fewer or undecided, by theory, if “expel now” were" in sentence
    assert "the same, whatever the theory, if “defer” were" in describe_direction(
        [conclusion("defer", "=", "=")], "deaths"
    )


def test_one_theory_alone_never_counts_as_agreement():
    alone = conclusion("surge", "+")
    start = "deaths in all, on average, set against the status quo: more if “surge”"
    assert describe_direction([alone], "deaths").startswith(start)
    assert CONFIDENCE["weak"][alone.agreement] == "very low"


def test_an_event_as_likely_as_under_the_baseline_has_both_shares():
    row = {"theory": "a", "exceeds": 0.72, "exceeds_baseline": 0.62, "threshold": 1}
    assert str(Conclusion("surge", "status_quo", "us_deaths", (row,), ("+",))) == (
        f"at least one US or coalition death would be likely (72{PERCENT}); the same word holds under the status quo "
        f"(62{PERCENT})."
    )
    row["exceeds_baseline"] = 0.3
    assert str(Conclusion("surge", "status_quo", "us_deaths", (row,), ("+",))) == (
        f"at least one US or coalition death would be likely (72{PERCENT}). Under the status quo it would be unlikely "
        f"(30{PERCENT})."
    )
