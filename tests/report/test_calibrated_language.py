"""Likelihood by a stated scale, and confidence apart from it."""

from itertools import pairwise

import numpy as np
import pytest

from scenarios.report.page import calibrated_language
from scenarios.report.page.calibrated_language import AGREED, CONFIDENCE, OPPOSED, PARTLY, PERCENT, SCALE
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


@pytest.mark.parametrize(
    ("shares", "words"),
    [
        ([0.35, 0.4], f"unlikely (35 to 40{PERCENT})"),
        ([0.51, 0.61], f"roughly even odds to likely (51 to 61{PERCENT})"),
        ([0.6, float("nan")], f"likely (60{PERCENT})"),
        ([float("nan")], "undefined"),
        ([-1e-12, 0.0], f"almost no chance (0{PERCENT})"),
    ],
)
def test_shares_are_words_with_their_per_cents(shares, words):
    assert calibrated_language.in_words(shares) == words


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
