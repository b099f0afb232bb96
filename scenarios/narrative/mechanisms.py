"""Mechanisms of the texts, or rules of the literature, behind the reasons in an event log."""

from collections.abc import Mapping

from scenarios.evidence.mechanisms import mechanisms
from scenarios.narrative.chains import BEFORE, Chains, numbers
from scenarios.narrative.phrases import quantity
from scenarios.narrative.story import Sentence
from scenarios.simulation.events.log import Event

HEADING = "The mechanisms at work, and the claims behind them"

REASONS: Mapping[str, tuple[str, ...]] = {
    "M01": ("cost of staying",),
    "M02": ("spoiling", f"spoiling{BEFORE}"),
    "M03": ("dashed_hopes",),
    "M04": ("push", f"push{BEFORE}", "intention"),
    "M05": ("detente",),
    "M06": ("friends",),
    "M07": ("solidarity", f"solidarity{BEFORE}", "proxy_war", "direct_war"),
    "M08": ("answer to a strike", "answer to attacks", "answer to deaths"),
    "M09": ("fresh_grievance", "lasting_grievance"),
    "M10": ("rivalry",),
    "M11": ("slippage",),
    "M14": ("pressure to expel", "vote carried out"),
    "M17": ("crackdown", "disarmament", "confrontation"),
    "M19": ("ISIS pressure",),
    "M20": ("room to grow",),
    "M23": ("displaced from US targets",),
    "M25": ("tension with Baghdad",),
    "M27": ("no full cabinet",),
    "M28": ("lost election",),
}  # in an event log, by mechanism of the texts

MECHANISM = {reason: mechanism for mechanism, reasons in REASONS.items() for reason in reasons}

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
