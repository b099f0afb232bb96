"""Causal chains from their origins to the events that follow from them."""

import pandas as pd

from scenarios.narrative.chains import Chains, gravest
from scenarios.simulation.events.log import ROOT, STANDING, EventLog


def chains():
    """War with a lethal attack that is answered, beside attacks on standing motives."""
    log = EventLog(0)
    war = log.record(5.0, "war_begins", "region", None, "world")
    own = log.record(6.0, "attack", "badr", ROOT, STANDING, "anbar")
    first = log.record(7.0, "attack", "nujaba", war, "solidarity", "anbar", 2.0)
    deadly = log.record(7.0, "lethal_attack", "nujaba", first, "attack kills", size=3.0)
    struck = log.record(9.0, "us_strike", "us_forces", deadly, "answer to deaths", "nujaba")
    log.record(10.0, "attack", "nujaba", struck, "answer to a strike", "anbar")
    log.record(11.0, "attack", "badr", own, "one attack leads to another", "anbar")
    log.record(12.0, "attack", "badr", ROOT, "push since before the start", "anbar")
    return Chains(log.events)


def test_every_event_with_a_cause_goes_back_to_one_origin():
    followed = sorted(each.number for origin in chains().origins for each in origin.followed)
    assert followed == [2, 3, 4, 5, 6, 7, 8]


def test_origins_of_most_events_come_first():
    origins = [(o.event.kind if o.event else None, o.reason, [e.number for e in o.followed]) for o in chains().origins]
    assert origins == [("war_begins", "world", [3, 4, 5, 6]), (None, STANDING, [2, 7]), (None, "push", [8])]


def test_a_line_leads_from_the_first_cause_to_the_event():
    causal = chains()
    assert [each.number for each in causal.line_to(causal.events[6])] == [1, 3, 4, 5, 6]
    assert [each.number for each in causal.line_to(causal.events[7])] == [2, 7]


def test_the_gravest_event_stands_highest_on_the_ladder():
    events = chains().events
    assert gravest(list(events.values())).kind == "lethal_attack"
    assert gravest([events[2]]) is None


def test_an_iranian_strike_on_us_sites_outranks_a_commander_one_on_kurdistan_does_not():
    log = EventLog(0)
    kurds = log.record(1.0, "iranian_strike", "iran", ROOT, STANDING, "kurdistan")
    killed = log.record(2.0, "commander_killed", "us_forces", ROOT, STANDING)
    sites = log.record(3.0, "iranian_strike", "iran", ROOT, STANDING, "us_sites")
    assert gravest([log.events[kurds], log.events[killed]]).number == killed
    assert gravest([log.events[killed], log.events[sites]]).number == sites


def test_a_table_of_events_is_read_back_as_it_was_recorded():
    log = EventLog(0)
    log.record(5.0, "war_begins", "region", None, "world", size=2.0)
    log.record(6.0, "attack", "badr", 1, "solidarity", "anbar", 2.0)
    frame = pd.DataFrame([vars(event) for event in log.events]).rename(columns={"number": "event"}).astype(object)
    assert list(Chains.of(frame.sample(frac=1, random_state=1)).events.values()) == log.events
