"""Mechanisms of the texts, or rules of the literature, behind the reasons in an event log."""

from collections.abc import Mapping

from scenarios.evidence.mechanisms import mechanisms
from scenarios.narrative.chains import Chains, numbers
from scenarios.narrative.phrases import quantity
from scenarios.narrative.story import Sentence
from scenarios.simulation.events.log import Event

HEADING = "The mechanisms at work, and the claims behind them"

MECHANISM: Mapping[str, str] = {
    "push": "M04",
    "push since before the start": "M04",
    "intention": "M04",
    "solidarity": "M07",
    "solidarity since before the start": "M07",
    "proxy_war": "M07",
    "direct_war": "M07",
    "spoiling": "M02",
    "spoiling since before the start": "M02",
    "dashed_hopes": "M03",
    "slippage": "M11",
    "rivalry": "M10",
    "answer to a strike": "M08",
    "answer to attacks": "M08",
    "answer to deaths": "M08",
    "fresh_grievance": "M09",
    "lasting_grievance": "M09",
    "displaced from US targets": "M23",
    "pressure to expel": "M14",
    "vote carried out": "M14",
    "lost election": "M28",
    "crackdown": "M17",
    "disarmament": "M17",
    "confrontation": "M17",
    "room to grow": "M20",
    "ISIS pressure": "M19",
    "tension with Baghdad": "M25",
    "no full cabinet": "M27",
    "friends": "M06",
    "detente": "M05",
    "cost of staying": "M01",
}

EXCITED = "one attack leads to another"

MOST, CLAIMS = 4, 4


def mechanism_sentences(chains: Chains) -> list[Sentence]:
    """Sentences on the mechanisms behind most events, with their first claims and those events."""
    events_by: dict[str, list[Event]] = {}
    for event in chains.events.values():
        key = "" if event.reason == EXCITED else MECHANISM.get(event.reason)
        if key is not None:
            events_by.setdefault(key, []).append(event)
    most = sorted(events_by.items(), key=lambda pair: (-len(pair[1]), pair[0]))[:MOST]
    return [Sentence(_sentence(key, len(events)), numbers(events), HEADING) for key, events in most]


def _sentence(key: str, number: int) -> str:
    events = quantity(number, "event", "events")
    if not key:
        return (
            f"Attacks that excite further attacks account for {events}; no text states this; the rule is "
            "from the literature (explain contagion.excited)."
        )
    mechanism = mechanisms()[key]
    claims = ", ".join(mechanism.claims[:CLAIMS]) + (", ..." if len(mechanism.claims) > CLAIMS else "")
    return f"{mechanism.name} ({key}; claims {claims}) accounts for {events} (explain {key})."
