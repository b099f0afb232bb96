"""A replication is lived again from its manifest, to the last bit, or it is said that something has changed."""

import numpy as np
import pandas as pd
import pytest

from scenarios.errors import RequestError
from scenarios.narrative import narrated
from scenarios.runs.replay import lived_again, request_of
from scenarios.runs.result import Result
from scenarios.store.identity import determinants
from tests.narrative.conftest import SHOCKS, asked_for
from tests.requests import asks


def manifest_of(request):
    return {
        "request": determinants(request),
        "start": request.start.name,
        "world": request.world.name,
        "replications": request.ensemble.replications,
    }


@pytest.mark.parametrize(
    "words",
    [
        (),
        ("start=2024-01", "world=gaza_war", "loop=closed"),
        ("world=calm", "+parameters.baseline_attack_rate=0.3", "ensemble.step_days=0.5"),
        ("record.period=day", "record.outcomes=[deaths]", "theory.isis=[enablers,spent]"),
    ],
)
def test_the_request_of_a_manifest_is_the_request_that_was_asked(words):
    asked = asks(*words)
    found = request_of(manifest_of(asked))
    assert determinants(found) == determinants(asked)
    assert found.ensemble == asked.ensemble


def test_shocks_of_every_kind_come_back():
    found = request_of(manifest_of(asked_for()))
    assert [each.kind for each in found.scenario.shocks] == [each["shock"] for each in SHOCKS]
    assert found.scenario.shocks == asked_for().scenario.shocks


def test_recorded_events_come_back_to_the_last_bit_in_any_company(lived):
    again = lived_again(lived, [3, 0, 17])
    for replication in (0, 3):
        stored = lived.events[lived.events["replication"] == replication].reset_index(drop=True)
        told = again[replication].events.reset_index(drop=True)
        assert len(stored) > 5
        for name in ("event", "kind", "actor", "place", "reason"):
            assert stored[name].tolist() == told[name].tolist(), name
        for name in ("day", "size", "cause"):
            np.testing.assert_array_equal(stored[name].to_numpy(float), told[name].to_numpy(float).astype(np.float32))
    assert all(not each.differs and not each.changed for each in again.values())


def test_what_is_no_longer_what_is_stored_is_said_with_both_numbers(lived):
    other = Result(lived.path)
    frame = other.outcomes.copy()
    frame.loc[frame["replication"] == 15, "deaths"] += 1.0
    other.outcomes = frame
    other.manifest["provenance"]["code"] = "what computed then"
    story = narrated(other, 15)
    stored = frame.set_index("replication").loc[15, "deaths"]
    assert "BEWARE: simulated again, 1 outcomes differ from those stored" in story.notes[0]
    assert f"deaths {stored:g} stored, {stored - 1:g} now" in story.notes[0]
    assert "Changed since: code." in story.notes[0]
    assert story.numbers["deaths"] == stored


def test_a_parameter_that_the_code_no_longer_knows_is_named(lived):
    other = Result(lived.path)
    said = other.manifest["request"]["beliefs"]
    said["forgotten"] = next(iter(said.values()))
    with pytest.raises(RequestError, match=r"no longer knows forgotten\..*outcomes\.parquet"):
        lived_again(other, [15])


def test_living_again_writes_nothing(lived):
    before = {each: each.stat().st_mtime_ns for each in lived.path.rglob("*") if each.is_file()}
    events = lived_again(lived, [15])[15].events
    assert isinstance(events, pd.DataFrame)
    after = {each: each.stat().st_mtime_ns for each in lived.path.rglob("*") if each.is_file()}
    assert before == after
