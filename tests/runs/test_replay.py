"""A replication is simulated again from its manifest, to the last bit, or what has changed is reported."""

import numpy as np
import pandas as pd
import pytest

from scenarios.errors import RequestError
from scenarios.narrative import narrate
from scenarios.runs.replay import request_of, simulate_again
from scenarios.runs.result import Result
from scenarios.store.identity import determinants
from tests.narrative.conftest import SCENARIO, SHOCKS, WORDS
from tests.requests import asks, carried_out


def requested():
    return asks(*WORDS, scenario=SCENARIO)


@pytest.fixture(scope="module")
def recorded(tmp_path_factory):
    """A result with shocks of every kind, of which some replications have no recorded events."""
    return Result(carried_out(requested(), tmp_path_factory.mktemp("recorded")))


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
def test_the_request_of_a_manifest_is_the_original_request(words):
    request = asks(*words)
    restored = request_of(manifest_of(request))
    assert determinants(restored) == determinants(request)
    assert restored.ensemble == request.ensemble


def test_shocks_of_every_kind_come_back():
    restored = request_of(manifest_of(requested()))
    assert [each.kind for each in restored.scenario.shocks] == [each["shock"] for each in SHOCKS]
    assert restored.scenario.shocks == requested().scenario.shocks


def test_recorded_events_come_back_to_the_last_bit_in_any_company(recorded):
    again = simulate_again(recorded, [3, 0, 17])
    for replication in (0, 3):
        stored = recorded.events[recorded.events["replication"] == replication].reset_index(drop=True)
        repeated = again[replication].events.reset_index(drop=True)
        assert len(stored) > 5
        for name in ("event", "kind", "actor", "place", "reason"):
            assert stored[name].tolist() == repeated[name].tolist(), name
        for name in ("day", "size", "cause"):
            np.testing.assert_array_equal(
                stored[name].to_numpy(float), repeated[name].to_numpy(float).astype(np.float32)
            )
    assert all(not each.differs and not each.changed for each in again.values())


def test_a_difference_from_the_stored_outcome_is_reported_with_both_numbers(recorded):
    other = Result(recorded.path)
    frame = other.outcomes.copy()
    frame.loc[frame["replication"] == 15, "deaths"] += 1.0
    other.outcomes = frame
    other.manifest["provenance"]["code"] = "what computed then"
    story = narrate(other, 15)
    stored = frame.set_index("replication").loc[15, "deaths"]
    assert "BEWARE: simulated again, 1 outcomes differ from those stored" in story.notes[0]
    assert f"deaths {stored:g} stored, {stored - 1:g} now" in story.notes[0]
    assert "Changed since: code." in story.notes[0]
    assert story.numbers["deaths"] == stored


def test_a_parameter_that_the_code_no_longer_has_is_named(recorded):
    other = Result(recorded.path)
    beliefs = other.manifest["request"]["beliefs"]
    beliefs["forgotten"] = next(iter(beliefs.values()))
    with pytest.raises(RequestError, match=r"no longer has forgotten\..*outcomes\.parquet"):
        simulate_again(other, [15])


def test_simulating_again_writes_nothing(recorded):
    before = {each: each.stat().st_mtime_ns for each in recorded.path.rglob("*") if each.is_file()}
    events = simulate_again(recorded, [15])[15].events
    assert isinstance(events, pd.DataFrame)
    after = {each: each.stat().st_mtime_ns for each in recorded.path.rglob("*") if each.is_file()}
    assert before == after
