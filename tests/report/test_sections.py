"""Sections as data: what follows, what was simulated, what it rests on, and how to repeat it."""

import json
import shlex
from itertools import product
from types import SimpleNamespace

from scenarios.config.compose import composed
from scenarios.config.request import request
from scenarios.outcomes import HEADLINES
from scenarios.report.page import evidence, outcomes, question, stories
from scenarios.report.page.provenance import repeat_command, repetition
from scenarios.report.page.runs import collect_runs
from scenarios.store.identity import determinants
from scenarios.store.shape import DERIVED
from tests.requests import process


def test_what_all_theories_hold_stands_beside_what_they_differ_in():
    theories = [{"poles": {"isis": "spent", "strikes": each}} for each in ("deter", "provoke")]
    runs = SimpleNamespace(manifest={"request": {"theories": theories}}, theories=theories)
    text = question.describe_theories(runs)
    assert text.startswith(
        "Two rival theories were run side by side and are never averaged: “deter” holds that strikes"
    )
    assert text.endswith(" All hold that ISIS is spent.")
    theories.pop()
    assert question.describe_theories(runs).startswith("One theory was run: it holds that ISIS is spent")


def test_every_headline_outcome_has_levels_and_contrasts(runs, comparison):
    section = outcomes.section(runs, comparison)
    assert list(section.levels) == list(HEADLINES)
    assert all(len(levels) == 3 * 2 for levels in section.levels.values())
    triples = product(HEADLINES, comparison.results, runs.theories)
    assert set(triples) <= set(section.contrasts)
    assert len(section.pictures) == 3
    assert len(section.courses) == 2


def test_levels_stand_alone_without_a_baseline(results):
    section = outcomes.section(collect_runs([results / "status_quo"]), None)
    assert section.contrasts == {}
    assert section.pictures == []
    assert [{row["scenario"] for row in levels} for levels in section.levels.values()] == [{"status_quo"}] * len(
        HEADLINES
    )


def test_the_timeline_is_dated_and_undated_shocks_stand_once(runs, monkeypatch):
    dates = question.section(runs).timelines["full_withdrawal"]
    assert any(event.startswith("announced troops: from 100 % of the start to 0 % of the start") for _, event in dates)
    assert len({day for day, _ in dates}) == len(dates)
    monkeypatch.setattr(question, "describe_timeline", lambda *_: ["2022-01-01  a", "2022-01-01  b", "any time    c"])
    assert question.section(runs).timelines["surge"] == [("2022-01-01", "a; b"), ("any time", "c")]


def test_questions_on_which_theories_differ_stand_apart_from_the_others(runs, document):
    section = question.section(runs)
    assert [(hypothesis.number, pole) for hypothesis, pole in section.varied] == [("H1", "enablers"), ("H1", "spent")]
    assert "H1" not in {hypothesis.number for hypothesis, _ in section.fixed}
    assert "What holds ISIS down? (H1)" in document.by_id("method").text


def test_three_replications_are_narrated(runs, document):
    section = stories.section(runs.results[0])
    assert [medoid.quantile for medoid, _ in section.replications] == [0.1, 0.5, 0.9]
    headings = [each for each in document.named("h3") if (each.attributes.get("id") or "").startswith("story-")]
    assert [each.text.partition(":")[0] for each in headings] == [
        "Few deaths", "A middling number of deaths", "Many deaths",
    ]  # fmt: skip


def test_the_words_that_repeat_a_run_request_the_very_same_one(runs):
    for run in runs.all_runs:
        repeated = repetition(run)
        assert repeated.is_exact
        assert json.loads(json.dumps(determinants(request(composed(repeated.words))))) == run.manifest["request"]


def test_a_start_of_the_users_own_is_requested_again_by_its_file(runs, monkeypatch):
    own = [{"kind": "start", "file": "mine.yaml"}, {"kind": "beliefs", "file": "ours.yaml"}]
    monkeypatch.setitem(runs.manifest, "own", own)
    repeated = repetition.__wrapped__(runs.results[0])
    assert {"start=mine.yaml", "beliefs=ours.yaml"} <= set(repeated.words)
    assert not repeated.is_exact
    monkeypatch.setitem(runs.manifest, "own", [])
    monkeypatch.setitem(runs.manifest, "start", "a file that changes nothing")
    assert repetition.__wrapped__(runs.results[0]).is_exact


def test_one_command_repeats_everything_and_stands_on_the_page(runs, document):
    line = repeat_command(runs.results, runs.baseline)
    assert "run -m +scenario=full_withdrawal,surge" in line
    assert line in document.by_id("provenance").text


def tables(run):
    """Digests of the tables of a run, without what is computed from them."""
    return {name: stamp for name, stamp in run.manifest["files"].items() if name not in DERIVED}


def test_the_command_on_the_page_runs_and_ends_in_the_same_ids(runs, tmp_path):
    run, report = (shlex.split(part) for part in repeat_command(runs.results[:1], runs.baseline).split(" && "))
    ended = process(*run[3:], "workers=1", cwd=tmp_path)
    assert ended.code == 0, ended.err
    again = collect_runs([tmp_path / report[-1]])
    before = [runs.results[0], runs.baseline]
    assert [each.manifest["id"] for each in again.all_runs] == [each.manifest["id"] for each in before]
    assert [tables(each) for each in again.all_runs] == [tables(each) for each in before]


def test_a_run_with_a_value_of_the_users_own_counts_it_as_an_assumption(runs, monkeypatch):
    run = runs.results[0]
    used = evidence.quantities(run)
    before = evidence.count_by_grade(used)
    name = next(quantity.belief.name for quantity in used.values() if quantity.belief.grade == "B")
    monkeypatch.setitem(run.manifest["request"]["given"], name, 1.0)
    used = evidence.quantities(run)
    after = evidence.count_by_grade(used)
    assert after["D"] == before["D"] + 1
    assert after["B"] == before["B"] - 1
    assert evidence.section(used, ()).changed == [name]


def test_every_id_and_digest_stands_on_the_page(runs, document):
    text = document.by_id("provenance").text
    for run in runs.all_runs:
        assert run.manifest["id"] in text
        assert all(file["sha256"] in text for file in run.manifest["files"].values())
