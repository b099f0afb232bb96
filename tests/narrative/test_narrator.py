"""Narratives are short, cite events, and report differences from what is stored."""

import re
from datetime import date

import pytest

from scenarios.errors import RequestError
from scenarios.evidence.mechanisms import mechanisms
from scenarios.narrative import events_of, narrate, narrate_all
from scenarios.narrative.chains import Chains
from scenarios.narrative.mechanisms import MECHANISM
from scenarios.narrative.phases import phase_sentences, phases
from scenarios.outcomes import HEADLINES
from scenarios.runs.result import Result
from scenarios.simulation.events.log import ROOT, EventLog
from tests.narrative.conftest import CONDITION, DRAWS, RECORDED

OUTSIDE = {"lever", "calendar", "world", "shock", "shock at random"}


@pytest.fixture(scope="module")
def story(result):
    return narrate(result, 1)


def test_a_story_is_a_page_every_sentence_of_which_cites_events_that_are_there(result, story):
    known = set(events_of(result, 1)["event"])
    assert 5 <= len(story.sentences) <= 28
    for each in story.sentences:
        assert each.events, each.text
        assert set(each.events) <= known
        assert re.search(r"[.]$", each.text)


def test_the_phases_account_for_every_attack(result, story):
    frame = events_of(result, 1)
    reported = sum(
        int(match.group(1).replace(",", ""))
        for each in story.sentences
        if re.match(r"\d{4}-\d\d-\d\d to ", each.phase) and (match := re.match(r"([\d,]+) attacks? on US", each.text))
    )
    assert reported == frame.loc[frame["kind"] == "attack", "size"].sum() > 0


def test_its_numbers_are_those_of_the_result(result, story):
    row = result.outcomes.set_index("replication").loc[1]
    assert story.numbers == pytest.approx({name: row[name] for name in HEADLINES}, nan_ok=True)


def test_the_title_names_which_replication_of_what_under_which_theory(result, story):
    for word in ("Replication 1 of full_withdrawal", "2024-01-31", "simulated", result.theories[1]):
        assert word in story.title


def test_a_replication_that_was_not_recorded_is_simulated_again(result):
    last = 2 * DRAWS - 1
    assert last // 2 >= RECORDED
    recorded, again = narrate_all(result, [0, last])
    assert "were recorded in the run" in recorded.notes[0]
    assert "simulated again, every outcome of it equals the stored one" in again.notes[0]
    assert again.sentences


def test_a_shock_of_every_kind_is_described_with_its_cause(result):
    frame = result.events
    of = {kind: frame[frame["kind"] == f"shock_{kind}"] for kind in ("lethal_attack", "cabinet_falls", "prison_break")}
    assert of["lethal_attack"].groupby("replication").size().tolist() == [1] * 2 * RECORDED
    assert set(of["lethal_attack"]["day"]) == {20.0}
    assert set(of["lethal_attack"]["reason"]) == {"shock"}
    assert set(of["prison_break"]["reason"]) == {"shock at random"}
    assert len(of["cabinet_falls"]) == 2 * RECORDED  # once each: the lethal attack of day 20 at the latest
    assert set(of["cabinet_falls"]["reason"]) == {CONDITION}
    named = frame.set_index(["replication", "event"])
    for each in of["cabinet_falls"].itertuples():
        cause = named.loc[(each.replication, each.cause)]
        assert cause["kind"] in ("lethal_attack", "iranian_strike_kills")
        assert each.day - 14 <= cause["day"] < each.day
        assert f"because {CONDITION}" in str(narrate(result, each.replication)).replace("\n    ", " ")


def test_nearly_everything_that_does_not_come_from_outside_has_a_cause_and_most_a_nearer_one_than_the_start(result):
    inside = result.events[~result.events["reason"].isin(OUTSIDE) & (result.events["kind"] != "start")]
    assert len(inside) > 50
    assert inside["cause"].notna().mean() >= 0.95
    assert (inside["cause"] != ROOT).mean() > 0.3


def test_every_mechanism_behind_a_reason_is_one_of_the_texts():
    assert set(MECHANISM.values()) <= set(mechanisms())


def test_a_phase_in_which_nothing_happens_cites_what_opens_it():
    log = EventLog(0)
    log.record(100.0, "election", "public", None, "calendar")
    chains = Chains(log.events)
    described = [phase_sentences(each, chains, date(2022, 1, 1)) for each in phases(chains, 300.0)]
    assert [str(each) for phase in described for each in phase] == [
        "Nobody attacked US targets. [e0]",
        "Nobody attacked US targets. [e1]",
    ]
    assert described[1][0].phase == "2022-04-11 to 2022-10-27, after Iraq voted"


def test_a_number_beyond_the_last_is_refused_with_the_range(result):
    for number in (-1, 2 * DRAWS):
        with pytest.raises(RequestError, match=rf"replication {number} is not in .*; it has 0 to {2 * DRAWS - 1}\."):
            narrate(result, number)


def test_a_replication_that_failed_has_no_story_but_a_reason(result):
    other = Result(result.path)
    other.manifest["failures"] = [{"draw": 4, "error": "ValueError: too hot"}]
    with pytest.raises(RequestError, match=r"replication 9 has no story: its draw 4 failed: ValueError: too hot\."):
        narrate(other, 9)
