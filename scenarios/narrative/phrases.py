"""Phrases for the kinds, actors, places and reasons of the event log."""

from collections.abc import Mapping
from datetime import date, timedelta

from scenarios.config.shocks import KINDS as SHOCKS
from scenarios.simulation.events.log import Event

ACTORS: Mapping[str, str] = {
    "kataib_hezbollah": "Kataib Hezbollah",
    "nujaba": "Nujaba",
    "sayyid_al_shuhada": "Sayyid al-Shuhada",
    "facade_cells": "facade cells",
    "asaib_ahl_al_haq": "Asaib Ahl al-Haq",
    "badr": "Badr",
}

TARGETS: Mapping[str, str] = {
    "anbar": "US targets in Anbar",
    "baghdad": "US targets in Baghdad",
    "north": "US targets in the North",
    "erbil": "US targets in Erbil",
    "convoy": "supply convoys",
    "kurdistan": "the Kurdistan Region",
    "state": "the state",
    "rivals": "rivals",
}

WARS = {1.0: "a regional proxy war", 2.0: "a direct war with Iran"}

NOUNS: Mapping[str, tuple[str, str]] = {
    "attack": ("attack on US targets", "attacks on US targets"),
    "attack_on_others": ("attack on others", "attacks on others"),
    "lethal_attack": ("lethal attack", "lethal attacks"),
    "us_strike": ("US strike day", "US strike days"),
    "commander_killed": ("commander killed", "commanders killed"),
    "iranian_strike": ("Iranian strike", "Iranian strikes"),
    "iranian_strike_kills": ("Iranian strike that killed", "Iranian strikes that killed"),
    "iran_pushes": ("push by Iran", "pushes by Iran"),
    "iran_restrains": ("call by Iran for restraint", "calls by Iran for restraint"),
    "envoy_visit": ("visit of Iran's envoy", "visits of Iran's envoy"),
    "pause_begins": ("pause of the vanguard", "pauses of the vanguard"),
    "pause_ends": ("pause that ended", "pauses that ended"),
    "cabinet_falls": ("cabinet that ended", "cabinets that ended"),
    "cabinet_formed": ("new cabinet", "new cabinets"),
    "expulsion_vote": ("vote to expel US troops", "votes to expel US troops"),
    "expulsion_complied": ("expulsion vote carried out", "expulsion votes carried out"),
    "timetable_agreed": ("agreed timetable", "agreed timetables"),
    "negotiation_round": ("round of talks", "rounds of talks"),
    "troops_cut": ("step of the troop cut", "steps of the troop cut"),
    "enablers_cut": ("step of the cut in enablers", "steps of the cut in enablers"),
    "deadline_passed": ("deadline that passed", "deadlines that passed"),
    "early_exit": ("early exit", "early exits"),
    "surge": ("reinforcement", "reinforcements"),
    "kurdish_clash": ("Kurdish-federal clash", "Kurdish-federal clashes"),
    "kurdish_campaign": ("major Kurdish-federal campaign", "major Kurdish-federal campaigns"),
    "intra_shia_clash": ("intra-Shia clash", "intra-Shia clashes"),
    "confrontation": ("confrontation with militias", "confrontations with militias"),
    "civil_war_begins": ("beginning of civil war", "beginnings of civil war"),
    "army_collapses": ("collapse of army units", "collapses of army units"),
    "isis_mass_attack": ("day on which ISIS killed ten or more", "days on which ISIS killed ten or more"),
    "isis_resurges": ("resurgence of ISIS", "resurgences of ISIS"),
    "round_ahead": ("run-up to a round of talks", "run-ups to rounds of talks"),
    "election": ("election", "elections"),
    "announcement": ("announcement of the change", "announcements of the change"),
    "war_begins": ("war that began", "wars that began"),
    "war_widens": ("war that widened", "wars that widened"),
    "war_changes": ("war that eased", "wars that eased"),
    "war_ends": ("war that ended", "wars that ended"),
}

DONE: Mapping[str, str] = {
    "announcement": "Washington announced the change",
    "election": "Iraq voted",
    "round_ahead": "a round of talks drew near",
    "negotiation_round": "a round of talks was held",
    "deadline_passed": "the announced deadline passed",
    "cabinet_falls": "the cabinet ended",
    "cabinet_formed": "a new cabinet was formed",
    "expulsion_vote": "parliament voted to expel US troops",
    "expulsion_complied": "the cabinet carried the vote out",
    "timetable_agreed": "Baghdad and Washington agreed a timetable",
    "early_exit": "Washington decided to leave early",
    "surge": "Washington reinforced",
    "iran_pushes": "Iran began to push",
    "iran_restrains": "Iran began to restrain",
    "envoy_visit": "Iran's envoy came to Baghdad",
    "pause_begins": "the vanguard paused",
    "pause_ends": "the vanguard's pause ended",
    "isis_resurges": "ISIS had doubled its activity",
    "army_collapses": "army units collapsed",
    "civil_war_begins": "civil war began between the state and the militias",
    "confrontation": "security forces confronted militias",
    "kurdish_clash": "Kurdish and federal forces clashed",
    "kurdish_campaign": "a major campaign between federal and Kurdish forces began",
    "intra_shia_clash": "Sadrists and Iran-aligned groups clashed",
}

REPEATED = (
    "attack", "attack_on_others", "iranian_strike", "kurdish_clash", "kurdish_campaign", "intra_shia_clash",
    "confrontation",
)  # fmt: skip

STOOD: Mapping[str, str] = {
    "standing motive": "standing motives",
    "push": "a push of Iran that was under way at the start",
    "solidarity": "solidarity with a war that was under way at the start",
    "spoiling": "a round of talks that was near at the start",
}


def clause(event: Event) -> str:
    """Describe one event in a clause in the past tense, without its date."""
    kind, number, actor = event.kind, event.size, actor_named(event.actor)
    if kind.startswith("shock_"):
        return f"a shock of the scenario or world: {SHOCKS[kind.removeprefix('shock_')].meaning}"
    if kind.startswith("war_"):
        return _of_war(kind, number)
    if kind in DONE:
        return DONE[kind]
    clauses = {
        "attack": f"{actor} attacked {TARGETS.get(event.place, 'US targets')}",
        "attack_on_others": f"{actor} turned on {TARGETS.get(event.place, 'others')}",
        "lethal_attack": f"an attack by {actor} killed {people(number)}",
        "us_strike": f"the US struck {actor_named(event.place) if event.place else 'the factions'}",
        "commander_killed": f"the strike killed {quantity(number, 'commander', 'commanders')}",
        "iranian_strike": f"Iran struck {'US sites' if event.place == 'us_sites' else 'the Kurdistan Region'}",
        "iranian_strike_kills": f"the strike killed {victims(event)}",
        "troops_cut": f"US troops were down to {percentage(number)} of the start",
        "enablers_cut": f"US enablers were down to {percentage(number)}",
        "isis_mass_attack": f"ISIS killed {number:,.0f} in a day",
        "start": "the run began",
    }
    return clauses.get(kind, kind.replace("_", " "))


def repetitions(event: Event) -> str:
    """Number of repetitions in parentheses, if an event counts more than one."""
    return f" ({event.size:,.0f} times)" if event.kind in REPEATED and event.size > 1 else ""


def _of_war(kind: str, regime: float) -> str:
    if kind == "war_begins":
        return f"{WARS[regime]} began"
    changes = {"war_widens": "widened", "war_changes": "eased"}
    return f"the regional war {changes[kind]} to {WARS[regime]}" if kind in changes else "the regional war ended"


def actor_named(name: str) -> str:
    """Name of an actor as people write it."""
    return ACTORS.get(name, name.replace("_", " "))


def people(number: float) -> str:
    """Number of Americans or coalition members, with its noun."""
    return quantity(number, "American or coalition member", "Americans or coalition members")


def victims(event: Event) -> str:
    """Number of victims of an Iranian strike, with its noun."""
    return people(event.size) if event.place == "us_sites" else quantity(event.size, "person", "people")


def quantity(number: float, one: str, many: str) -> str:
    """Number in digits with its noun."""
    return f"{number:,.0f} {one if round(number) == 1 else many}"


def nouns(kind: str, number: float) -> str:
    """Number of events of a kind, with its noun."""
    if kind.startswith("shock_"):
        return quantity(number, "shock", "shocks")
    one, many = NOUNS.get(kind, (kind.replace("_", " "), f"{kind.replace('_', ' ')} events"))
    return quantity(number, one, many)


def percentage(number: float) -> str:
    """Share in per cent."""
    return f"{100 * number:.0f} %"


def on(day: float, start: date) -> str:
    """Date of a day of the run."""
    return (start + timedelta(days=int(day))).isoformat()
