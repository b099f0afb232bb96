"""What the page says: likelihood by a stated scale, confidence apart from it, and how to repeat it."""

import json
import shlex
from types import SimpleNamespace

import numpy as np
import pytest

from scenarios.config.compose import composed
from scenarios.config.request import request
from scenarios.report.page import calibrated_language
from scenarios.report.page.calibrated_language import AGREED, ALONE, OPEN, OPPOSED, PARTLY
from scenarios.report.page.conclusions import Conclusion, by_word, in_short, said_by_theory
from scenarios.report.page.evidence import by_grade, quantities
from scenarios.report.page.provenance import command, repeated
from scenarios.report.page.runs import gathered
from scenarios.report.page.summary import key
from scenarios.store.identity import determinants
from scenarios.text import span
from tests.requests import process


def test_the_scale_of_likelihood_has_a_word_for_every_share():
    shares = np.linspace(0.0, 1.0, 1001)
    order = [calibrated_language.SCALE.index(calibrated_language.word(each)) for each in shares]
    assert order == sorted(order)
    assert set(order) == set(range(len(calibrated_language.SCALE)))
    assert all(
        each.up_to == after.above
        for each, after in zip(calibrated_language.SCALE, calibrated_language.SCALE[1:], strict=False)
    )


@pytest.mark.parametrize(
    ("share", "word"),
    [(0.0, "almost no chance"), (0.5, "roughly even odds"), (0.79, "likely"), (0.96, "almost certain")],
)
def test_a_share_gets_the_word_of_icd_203(share, word):
    assert calibrated_language.word(share).said == word


def test_a_share_outside_zero_and_one_is_refused():
    with pytest.raises(ValueError, match="must lie between 0 and 1"):
        calibrated_language.word(1.2)


def test_a_rare_event_is_never_rounded_to_none_and_a_common_one_never_to_all():
    assert calibrated_language.percent(0.0004).startswith("under 0.1")
    assert calibrated_language.percent(0.9996).startswith("over 99.9")
    assert calibrated_language.percent(0.0) == f"0{calibrated_language.PERCENT}"


def test_shares_from_least_to_largest_read_alike_and_undefined_ones_are_left_out():
    assert calibrated_language.percents([0.94, float("nan"), 0.8]) == f"80 to 94{calibrated_language.PERCENT}"
    assert calibrated_language.percents([0.5, 0.5]) == f"50{calibrated_language.PERCENT}"
    assert calibrated_language.percents([float("nan")]) == "undefined"


def test_theories_of_the_same_word_are_told_together_and_others_apart():
    assert (
        said_by_theory({"a": 0.6, "b": 0.7})
        == f"be likely, whatever the theory (60 to 70{calibrated_language.PERCENT})"
    )
    said = said_by_theory({"a": 0.5, "b": 0.9, "c": 0.85})
    assert said.startswith("have roughly even odds under a")
    assert "be very likely under b and c" in said


def test_a_share_that_is_undefined_is_never_given_a_word():
    assert by_word({"a": float("nan")}) == []
    assert "whatever the theory" not in said_by_theory({"a": float("nan"), "b": 0.6})


def test_confidence_grows_with_evidence_and_falls_as_theories_part():
    order = ["very low", "low", "moderate", "high"]
    levels = [[order.index(calibrated_language.LEVELS[firm][each]) for each in (OPPOSED, PARTLY, AGREED)] for firm in
              (calibrated_language.WEAK, calibrated_language.FAIR, calibrated_language.FIRM)]  # fmt: skip
    assert (np.diff(levels, axis=0) >= 0).all()
    assert (np.diff(levels, axis=1) >= 0).all()


@pytest.mark.parametrize(
    ("grades", "firm"),
    [
        ({"A": 0, "B": 3, "C": 5, "D": 9}, "weak"),
        ({"A": 1, "B": 4, "D": 5}, "fair"),
        ({"A": 6, "D": 5}, "firm"),
        ({}, "weak"),
    ],
)
def test_evidence_is_as_firm_as_its_grades(grades, firm):
    assert calibrated_language.evidence(grades) == firm


def test_an_interval_whose_ends_read_alike_is_one_number():
    assert span(0.0, 0.0) == "0"
    assert span(-1.0, 2.0) == "\N{MINUS SIGN}1.00 to +2.00"


def test_the_summary_is_conditional_and_keeps_confidence_apart(seen):
    said = seen.by_id("summary").text
    assert "If “full withdrawal” were carried out" in said
    likely, sure = said.split("Confidence, apart from likelihood")
    assert "confidence" not in likely
    assert not any(f" {word.said} under" in sure for word in calibrated_language.SCALE)


def told(scenario: str, *signs: str) -> Conclusion:
    return Conclusion(scenario, "status_quo", "deaths", (), signs)


@pytest.mark.parametrize(
    ("signs", "agreement"),
    [("++", AGREED), ("--", AGREED), ("==", AGREED), ("+?", PARTLY), ("??", OPEN), ("+-?", OPPOSED), ("+", ALONE)],
)
def test_theories_agree_only_where_all_give_the_same_sign(signs, agreement):
    assert told("surge", *signs).agreement == agreement


def test_in_short_scenarios_stand_together_that_go_the_same_way():
    found = [told("surge", "+", "+"), told("relabel", "+", "+"), told("defer", "-", "+"), told("expel_now", "-", "?")]
    said = in_short(found, "deaths")
    assert "more, whatever the theory, if “surge” or “relabel” were carried out" in said
    assert "more or fewer, by theory, if “defer” were" in said
    assert "fewer or undecided, by theory, if “expel now” were" in said
    assert "the same, whatever the theory, if “defer” were" in in_short([told("defer", "=", "=")], "deaths")


def test_one_theory_alone_is_never_told_as_agreement():
    assert "deaths in all, on average, set against the status quo: more if “surge”" in in_short(
        [told("surge", "+")], "deaths"
    )
    assert calibrated_language.level({"A": 0, "D": 9}, told("surge", "+").agreement) == "very low"


def test_an_event_as_likely_as_under_the_baseline_is_told_with_both_shares():
    row = {"theory": "a", "exceeds": 0.72, "exceeds_baseline": 0.62, "threshold": 1}
    said = str(Conclusion("surge", "status_quo", "us_deaths", (row,), ("+",)))
    assert said == (
        f"at least one US or coalition death would be likely (72{calibrated_language.PERCENT}); the same word holds under the "
        f"status quo (62{calibrated_language.PERCENT})."
    )


def test_what_all_theories_hold_is_told_beside_what_they_differ_in():
    strata = [{"poles": {"isis": "spent", "strikes": each}} for each in ("deter", "provoke")]
    about = SimpleNamespace(first=SimpleNamespace(manifest={"request": {"theories": strata}}))
    said = key(SimpleNamespace(theories=["deter", "provoke"]), about)
    assert said.startswith(
        "Two rival theories were run side by side and are never averaged: “deter” holds that strikes"
    )
    assert said.endswith(" All hold that ISIS is spent.")
    strata.pop()
    assert key(SimpleNamespace(theories=["one theory"]), about).startswith(
        "One theory was run: it holds that ISIS is spent"
    )


def test_the_brief_holds_signs_risks_a_switch_point_and_indicators(seen):
    said = seen.by_id("brief").text
    assert "12 draws under each of 2 theories" in said
    assert "confidence in a sign is low where all theories agree on it, and at most very low elsewhere" in said
    for part in ("All deaths, whoever dies", "Whose risk", "One switch point", "Three indicators to watch"):
        assert part in said


def test_the_page_says_what_was_asked_in_dated_words(seen):
    said = seen.by_id("asked").text
    assert "announced troops: from 100 % of the start to 0 % of the start by 2022-12-13" in said
    assert "What holds ISIS down? (H1)" in said


def test_three_replications_are_told(seen):
    heads = [each for each in seen.named("h3") if (each.attributes.get("id") or "").startswith("story-")]
    assert len(heads) == 3


def test_the_words_that_repeat_a_run_ask_for_the_very_same_one(runs):
    for each in runs.everything:
        found = repeated(each)
        assert found.is_whole
        assert json.loads(json.dumps(determinants(request(composed(found.words))))) == each.manifest["request"]


def test_a_start_of_ones_own_is_asked_for_again_by_its_file(runs, monkeypatch):
    about = runs.first.manifest
    monkeypatch.setitem(
        about, "own", [{"kind": "start", "file": "mine.yaml"}, {"kind": "beliefs", "file": "ours.yaml"}]
    )
    found = repeated.__wrapped__(runs.first)
    assert {"start=mine.yaml", "beliefs=ours.yaml"} <= set(found.words)
    assert not found.is_whole
    monkeypatch.setitem(about, "own", [])
    monkeypatch.setitem(about, "start", "a file that changes nothing")
    assert repeated.__wrapped__(runs.first).is_whole


def test_one_command_repeats_everything_and_stands_on_the_page(runs, seen):
    said = command(runs.results, runs.baseline)
    assert "run -m +scenario=full_withdrawal,surge" in said
    assert said in seen.by_id("provenance").text


def test_the_command_on_the_page_runs_and_ends_in_the_same_ids(runs, tmp_path):
    run, report = (shlex.split(each) for each in command(runs.results[:1], runs.baseline).split(" && "))
    ended = process(*run[3:], "workers=1", cwd=tmp_path)
    assert ended.code == 0, ended.err
    made_again = gathered([tmp_path / report[-1]])
    mine = [runs.results[0], runs.baseline]
    assert [each.manifest["id"] for each in made_again.everything] == [each.manifest["id"] for each in mine]
    assert [each.manifest["files"] for each in made_again.everything] == [each.manifest["files"] for each in mine]


def test_a_run_with_a_value_of_ones_own_counts_it_as_an_assumption(runs, monkeypatch):
    before = by_grade(quantities(runs.first))
    name = next(each.belief.name for each in quantities(runs.first).values() if each.belief.grade == "B")
    monkeypatch.setitem(runs.first.manifest["request"]["given"], name, 1.0)
    after = by_grade(quantities(runs.first))
    assert after["D"] == before["D"] + 1
    assert after["B"] == before["B"] - 1


def test_every_id_and_digest_stands_on_the_page(runs, seen):
    said = seen.by_id("provenance").text
    for each in runs.everything:
        assert each.manifest["id"] in said
        assert all(file["sha256"] in said for file in each.manifest["files"].values())
