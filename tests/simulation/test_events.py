"""Event logs: dated events, each with its cause; recording them changes nothing."""

import numpy as np
import pandas as pd
import pytest

from agents.roster import FACTIONS, OTHER_TARGETS, SITES
from scenarios.simulation.events.log import ROOT, EventLog
from scenarios.simulation.experiment import simulate_draws
from tests.requests import asks

OUTSIDE = {"lever", "calendar", "world", "shock"}
DRAWS, DAYS = 8, 150
SHOCKS = [
    {"shock": "commander_killed", "at": 40},
    {"shock": "prison_break", "at": 20},
    {"shock": "cabinet_falls", "at": 70},
]
WORDS = (
    "start=2024-01", f"ensemble.replications={DRAWS}", f"ensemble.horizon={DAYS}", f"record.events={DRAWS}",
    "theory.isis=enablers", "theory.strikes=both",
)  # fmt: skip
SPIRAL = {"scenario": {"levers": {"retaliation": 1.5}, "shocks": SHOCKS}}


@pytest.fixture(scope="module")
def block():
    """A spiral of retaliation under a full withdrawal, with a few shocks."""
    return simulate_draws(asks(*WORDS, **SPIRAL), range(DRAWS))


@pytest.fixture(scope="module")
def events(block):
    return pd.DataFrame(block.events)


@pytest.fixture(scope="module")
def caused(events):
    """Every event that has a cause, beside that cause."""
    causes = events[["replication", "event", "day", "kind", "actor", "place"]]
    pairs = events.merge(
        causes, left_on=["replication", "cause"], right_on=["replication", "event"], suffixes=("", "_of_cause")
    )
    assert len(pairs) == events["cause"].notna().sum()  # every cause is an event
    return pairs


def counted(events, kind):
    sizes = events[events["kind"] == kind].groupby("replication")["size"].sum()
    return sizes.reindex(range(DRAWS), fill_value=0.0).to_numpy()


def test_whatever_does_not_come_from_outside_has_a_cause(events):
    inside = events[~events["reason"].isin(OUTSIDE) & (events["kind"] != "start")]
    assert len(inside) > 200
    assert inside["cause"].notna().mean() >= 0.95


def test_only_what_comes_from_outside_may_be_without_a_cause(events):
    without = events[events["cause"].isna() & (events["kind"] != "start")]
    assert set(without["reason"]) <= OUTSIDE


def test_causes_are_recorded_before_their_effects_and_lie_no_later(caused):
    assert (caused["cause"] < caused["event"]).all()
    assert (caused["day_of_cause"] <= caused["day"]).all()


def test_many_events_go_back_to_something_nearer_than_the_start(caused):
    assert (caused["cause"] != ROOT).mean() > 0.25


def test_a_story_begins_with_the_start_and_is_numbered_in_order_of_time(events):
    for _, log in events.groupby("replication"):
        assert log["event"].tolist() == list(range(len(log)))
        assert log.iloc[0]["kind"] == "start"
        assert (log["kind"] == "start").sum() == 1
        assert log["day"].is_monotonic_increasing
    assert events["day"].between(0, DAYS - 1).all()


@pytest.mark.parametrize(
    ("kind", "causes"),
    [
        ("commander_killed", {"us_strike"}),
        ("lethal_attack", {"attack", "shock_lethal_attack", "start"}),
        ("us_strike", {"attack", "lethal_attack", "shock_commander_killed", "start"}),
        ("negotiation_round", {"round_ahead", "start"}),
        ("cabinet_formed", {"cabinet_falls", "start"}),
        ("troops_cut", {"announcement"}),
        ("enablers_cut", {"announcement"}),
    ],
)
def test_an_event_is_brought_about_by_events_of_the_right_kind(caused, kind, causes):
    chosen = caused[caused["kind"] == kind]
    assert len(chosen) > 0
    assert set(chosen["kind_of_cause"]) <= causes


def test_an_attack_that_kills_is_an_attack_of_that_day_on_a_base_and_of_that_faction(caused):
    chosen = caused[(caused["kind"] == "lethal_attack") & (caused["kind_of_cause"] == "attack")]
    assert len(chosen) > 10
    assert (chosen["day"] == chosen["day_of_cause"]).all()
    assert (chosen["actor"] == chosen["actor_of_cause"]).all()
    assert "convoy" not in set(chosen["place_of_cause"])


def test_an_attack_that_answers_a_strike_is_of_the_faction_that_was_struck(caused):
    chosen = caused[(caused["kind"] == "attack") & (caused["kind_of_cause"] == "us_strike")]
    assert len(chosen) > 0
    assert (chosen["actor"] == chosen["place_of_cause"]).all()


def test_an_attack_that_follows_on_another_is_of_the_same_faction(caused):
    chosen = caused[caused["reason"] == "one attack leads to another"]
    chosen = chosen[chosen["kind_of_cause"] == "attack"]
    assert len(chosen) > 0
    assert (chosen["actor"] == chosen["actor_of_cause"]).all()


def test_shocks_are_told_on_their_days_and_lead_to_what_they_are(events, caused):
    for shock in SHOCKS:
        recorded_events = events[events["kind"] == f"shock_{shock['shock']}"]
        assert recorded_events.groupby("replication")["day"].first().tolist() == [shock["at"]] * DRAWS
        assert set(recorded_events["reason"]) == {"shock"}
    killed = caused[(caused["kind"] == "us_strike") & (caused["kind_of_cause"] == "shock_commander_killed")]
    assert killed["day"].tolist() == [40] * DRAWS


def test_what_is_told_adds_up_to_what_was_measured(block, events):
    outcomes = block.outcomes
    attacks = events[events["kind"] == "attack"]
    assert set(attacks["actor"]) <= set(FACTIONS)
    assert set(attacks["place"]) <= set(SITES)
    np.testing.assert_array_equal(counted(events, "attack"), outcomes["attacks_on_us"])
    np.testing.assert_array_equal(counted(events, "attack_on_others"), outcomes["attacks_on_others"])
    np.testing.assert_array_equal(counted(events, "commander_killed"), outcomes["commanders_killed"])
    np.testing.assert_array_equal(counted(events, "lethal_attack"), outcomes["deaths_us_in_attacks"])
    np.testing.assert_array_equal(counted(events, "envoy_visit") > 0, outcomes["envoy_visits"] > 0)
    for kind, name in (("cabinet_falls", "cabinet_falls"), ("expulsion_vote", "expulsion_votes"),
                       ("negotiation_round", "negotiation_rounds")):  # fmt: skip
        recorded_events = (
            events[events["kind"] == kind].groupby("replication").size().reindex(range(DRAWS), fill_value=0)
        )
        np.testing.assert_array_equal(recorded_events, outcomes[name], err_msg=kind)
    by_iran = counted(events, "iranian_strike_kills")
    np.testing.assert_array_equal(
        by_iran, outcomes["deaths_us_in_iranian_strikes"] + outcomes["deaths_kurds_in_iranian_strikes"]
    )
    strikes = counted(events, "iranian_strike")
    np.testing.assert_array_equal(strikes, outcomes["iranian_strikes_on_us"] + outcomes["iranian_strikes_on_kurdistan"])


def test_attacks_on_others_are_told_by_target(block, events):
    for target in OTHER_TARGETS:
        chosen = events[(events["kind"] == "attack_on_others") & (events["place"] == target)]
        recorded_events = chosen.groupby("replication")["size"].sum().reindex(range(DRAWS), fill_value=0)
        np.testing.assert_array_equal(recorded_events, block.outcomes[f"attacks_on_{target}"])


@pytest.mark.parametrize("recorded", [0, 3])
def test_recording_fewer_replications_changes_no_number_and_no_other_log(block, events, recorded):
    words = tuple(word for word in WORDS if not word.startswith("record.events"))
    other = simulate_draws(asks(*words, f"record.events={recorded}", **SPIRAL), range(DRAWS))
    for name, values in block.outcomes.items():
        np.testing.assert_array_equal(other.outcomes[name], values, err_msg=name)
    for name, values in block.series.items():
        np.testing.assert_array_equal(other.series[name], values, err_msg=name)
    fewer = pd.DataFrame(other.events)
    assert len(fewer) == (events["replication"] < recorded).sum()
    if recorded:
        pd.testing.assert_frame_equal(fewer, events[events["replication"] < recorded], check_exact=True)


def test_a_cut_under_an_imposed_path_is_not_laid_at_the_door_of_an_agreement(events, caused):
    """In the open loop votes and agreements happen, but the troops follow the announced path."""
    assert (events["kind"] == "timetable_agreed").any()
    cuts = caused[caused["kind"] == "troops_cut"]
    assert set(cuts["kind_of_cause"]) == {"announcement"}


def test_in_the_closed_loop_a_cut_may_go_back_to_what_overrode_the_path():
    """A status quo that a hostile vote or the cost of staying ends: nothing is announced, and still troops leave."""
    levers = {"troops=": {}, "retaliation": 3.0, "pressure": 6.0}
    certain = {"cost_driven_early_exit_rate": 0.36}
    request = asks(*WORDS, "loop=closed", scenario={"levers": levers, "shocks": SHOCKS}, parameters=certain)
    recorded_events = pd.DataFrame(simulate_draws(request, range(DRAWS)).events)
    cuts = recorded_events[recorded_events["kind"] == "troops_cut"].merge(
        recorded_events, left_on=["replication", "cause"], right_on=["replication", "event"], suffixes=("", "_of_cause")
    )
    assert len(cuts) > 0
    assert set(cuts["kind_of_cause"]) <= {"expulsion_complied", "timetable_agreed", "early_exit"}
    inside = recorded_events[~recorded_events["reason"].isin(OUTSIDE) & (recorded_events["kind"] != "start")]
    assert inside["cause"].notna().all()


def test_an_earlier_event_is_drawn_by_size_and_recency_and_the_start_if_none_is_fresh():
    log = EventLog(0)
    for day, size in [(1.0, 1.0), (10.0, 1.0), (11.0, 3.0)]:
        log.record(day, "attack", "badr", 0, "x", size=size)
    weights = np.array([np.exp(-10 / 5), np.exp(-1 / 5), 3.0])
    edges = np.cumsum(weights) / weights.sum()
    for luck, expected in [(0.0, 1), (edges[0] - 1e-9, 1), (edges[0] + 1e-9, 2), (edges[1] + 1e-9, 3), (1 - 1e-12, 3)]:
        assert log.one_of("attack/badr", 11.0, 5.0, luck) == expected
    assert log.one_of("attack/nujaba", 11.0, 5.0, 0.5) == ROOT
    assert log.one_of("attack/badr", 1_000.0, 5.0, 0.5) == ROOT


def test_a_story_knows_the_latest_of_several_kinds_and_what_happened_today():
    log = EventLog(7)
    first = log.record(1.0, "attack", "badr", 0, "x", "anbar")
    second = log.record(2.0, "us_strike", "us_forces", first, "y", "badr")
    assert log.last(("attack", "us_strike")) == second
    assert log.last(("election",)) is None
    assert log.last_or_root(("election",)) == ROOT
    assert log.today("attack", 1.0, ("anbar",)) == first
    assert log.today("attack", 2.0, ("anbar",)) is None
    assert log.today("attack", 1.0, ("erbil",)) is None
