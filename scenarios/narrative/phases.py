"""Phases of a replication between its turning points, each described by counts."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from scenarios.narrative.chains import Chains, numbers
from scenarios.narrative.phrases import actor_named, clause, nouns, on, people, percentage
from scenarios.narrative.story import Sentence
from scenarios.simulation.events.log import ROOT, Event
from scenarios.text import join_words

TURNS = ("war_begins", "war_widens", "war_ends", "early_exit", "expulsion_complied", "troops_cut", "deadline_passed",
         "election", "civil_war_begins", "isis_resurges")  # fmt: skip

SHORTEST, MOST = 60.0, 4  # days; cuts

AT_HOME = ("iran_pushes", "iran_restrains", "envoy_visit", "pause_begins", "expulsion_vote", "expulsion_complied",
           "timetable_agreed", "cabinet_falls", "cabinet_formed", "kurdish_clash", "kurdish_campaign",
           "intra_shia_clash", "confrontation", "civil_war_begins", "army_collapses", "isis_mass_attack",
           "isis_resurges")  # fmt: skip

BY_SIZE = ("attack", "attack_on_others", "commander_killed", "iranian_strike")  # kinds whose size is a count

EVERY = 1.5  # days between attacks above which the pace is given in days

SHOWN = 3  # names in a list of the commonest


@dataclass(frozen=True)
class Phase:
    """Period of days and the event that opens it."""

    first: float
    end: float
    opened: Event | None

    def heading(self, start: date) -> str:
        """Heading with the dates and the opening event."""
        since = f", after {clause(self.opened)}" if self.opened else ", from the start"
        return f"{on(self.first, start)} to {on(self.end - 1, start)}{since}"


def phases(chains: Chains, horizon: float) -> list[Phase]:
    """Divide a replication into phases of at least sixty days at its most important turning points."""
    turns = [event for event in chains.events.values() if _rank(event) < len(TURNS)]
    chosen: list[Event] = []
    for turn in sorted(turns, key=lambda event: (_rank(event), event.day)):
        edges = [0.0, horizon, *(event.day for event in chosen)]
        if len(chosen) < MOST and all(abs(turn.day - edge) >= SHORTEST for edge in edges):
            chosen.append(turn)
    chosen.sort(key=lambda event: event.day)
    firsts = [0.0, *(event.day for event in chosen)]
    return [
        Phase(first, end, opened)
        for first, end, opened in zip(firsts, [*firsts[1:], horizon], [None, *chosen], strict=True)
    ]


def _rank(event: Event) -> int:
    kind = "war_begins" if event.kind.startswith("shock_") else event.kind
    return TURNS.index(kind) if kind in TURNS else len(TURNS)


def phase_sentences(phase: Phase, chains: Chains, start: date) -> list[Sentence]:
    """Describe one phase in one or two sentences: the campaign, and other events."""
    events = [event for event in chains.events.values() if phase.first <= event.day < phase.end]
    heading = phase.heading(start)
    home = [event for event in events if event.kind in AT_HOME]
    counts = Counter(event.kind for event in home)
    parts = [nouns(kind, counts[kind]) for kind in AT_HOME if counts[kind]]
    more = [Sentence(f"In addition: {join_words(parts)}.", numbers(home), heading)] if parts else []
    return [_campaign(events, phase, heading), *more]


def _campaign(events: Sequence[Event], phase: Phase, heading: str) -> Sentence:
    """Sentence on attacks, their actors, reasons and deaths, and the answers of the US."""
    attacks = [event for event in events if event.kind == "attack"]
    others = [event for event in events if event.kind == "attack_on_others"]
    lethal = [event for event in events if event.kind == "lethal_attack"]
    struck = [event for event in events if event.kind == "iranian_strike_kills" and event.place == "us_sites"]
    answers = [event for event in events if event.kind in ("us_strike", "iranian_strike", "commander_killed")]
    text = _attacked(attacks, phase)
    if lethal:
        text += f"; {nouns('lethal_attack', len(lethal))} killed {people(sum(event.size for event in lethal))}"
    if struck:
        text += f"; strikes of Iran killed {people(sum(event.size for event in struck))}"
    beside = [nouns(kind, number) for kind, number in counted_sizes([*answers, *others]).items()]
    text += f"; there {_were(beside[0])} also {join_words(beside)}" if beside else ""
    opening = (phase.opened.number if phase.opened else ROOT,)
    return Sentence(f"{text}.", numbers([*attacks, *lethal, *struck, *answers, *others]) or opening, heading)


def _attacked(attacks: Sequence[Event], phase: Phase) -> str:
    total = sum(event.size for event in attacks)
    if not total:
        return "Nobody attacked US targets"
    days = (phase.end - phase.first) / total
    pace = f"one every {days:.0f} days" if days >= EVERY else f"{1 / days:.1f} a day"
    reasons = commonest(attacks, "reason")
    actors = commonest(attacks, "actor")
    return f"{nouns('attack', total)} ({pace}), by {join_words(actors)}; the recorded reasons are {join_words(reasons)}"


def commonest(events: Sequence[Event], by: str) -> list[str]:
    """Most frequent values of a field of events, by size, with their shares."""
    sizes: dict[str, float] = {}
    for event in events:
        key = getattr(event, by)
        sizes[key] = sizes.get(key, 0.0) + event.size
    total = sum(sizes.values())
    most = sorted(sizes.items(), key=lambda pair: (-pair[1], pair[0]))[:SHOWN]
    return [f"{actor_named(name)} ({percentage(size / total)})" for name, size in most]


def _were(first: str) -> str:
    return "was" if first.startswith("1 ") else "were"


def counted_sizes(events: Sequence[Event]) -> dict[str, float]:
    """Counts of events by kind, by their size where the size is a count."""
    counts: dict[str, float] = {}
    for event in events:
        counts[event.kind] = counts.get(event.kind, 0.0) + (event.size if event.kind in BY_SIZE else 1.0)
    return counts
