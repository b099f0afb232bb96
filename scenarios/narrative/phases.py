"""A replication divided into phases at its turning points, each described by counts."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from scenarios.narrative.chains import Chains, numbers
from scenarios.narrative.phrases import actor_named, listed, nouns, on, people, said
from scenarios.narrative.story import Sentence
from scenarios.simulation.events.log import ROOT, Event

TURNS = ("war_begins", "war_widens", "war_ends", "early_exit", "expulsion_complied", "troops_cut", "deadline_passed",
         "election", "civil_war_begins", "isis_resurges")  # fmt: skip

SHORTEST, MOST = 60.0, 4  # days; cuts

AT_HOME = ("iran_pushes", "iran_restrains", "envoy_visit", "pause_begins", "expulsion_vote", "expulsion_complied",
           "timetable_agreed", "cabinet_falls", "cabinet_formed", "kurdish_clash", "kurdish_campaign",
           "intra_shia_clash", "confrontation", "civil_war_begins", "army_collapses", "isis_mass_attack",
           "isis_resurges")  # fmt: skip

BY_SIZE = ("attack", "attack_on_others", "commander_killed", "iranian_strike")  # whose size counts something

EVERY = 1.5  # days between attacks, from which the pace is given in days

SHOWN = 3  # names in a list of the commonest


@dataclass(frozen=True)
class Phase:
    """A stretch of days, and the event that opens it."""

    first: float
    end: float
    opened: Event | None

    def heading(self, start: date) -> str:
        """Its dates and what opens it."""
        since = f", after {said(self.opened)}" if self.opened else ", from the start"
        return f"{on(self.first, start)} to {on(self.end - 1, start)}{since}"


def phases(chains: Chains, horizon: float) -> list[Phase]:
    """Stretches of at least sixty days between turning points, the most telling turning points first."""
    turns = [each for each in chains.events.values() if _rank(each) < len(TURNS)]
    chosen: list[Event] = []
    for turn in sorted(turns, key=lambda each: (_rank(each), each.day)):
        edges = [0.0, horizon, *(each.day for each in chosen)]
        if len(chosen) < MOST and all(abs(turn.day - edge) >= SHORTEST for edge in edges):
            chosen.append(turn)
    chosen.sort(key=lambda each: each.day)
    firsts = [0.0, *(each.day for each in chosen)]
    return [
        Phase(first, end, opened)
        for first, end, opened in zip(firsts, [*firsts[1:], horizon], [None, *chosen], strict=True)
    ]


def _rank(event: Event) -> int:
    kind = "war_begins" if event.kind.startswith("shock_") else event.kind
    return TURNS.index(kind) if kind in TURNS else len(TURNS)


def told(phase: Phase, chains: Chains, start: date) -> list[Sentence]:
    """One phase in one or two sentences: the campaign, and what went on beside it."""
    mine = [each for each in chains.events.values() if phase.first <= each.day < phase.end]
    heading = phase.heading(start)
    home = [each for each in mine if each.kind in AT_HOME]
    counts = Counter(each.kind for each in home)
    parts = [nouns(kind, counts[kind]) for kind in AT_HOME if counts[kind]]
    beside = [Sentence(f"Beside that: {listed(parts)}.", numbers(home), heading)] if parts else []
    return [_campaign(mine, phase, heading), *beside]


def _campaign(events: Sequence[Event], phase: Phase, heading: str) -> Sentence:
    """Attacks, by whom and why, what they cost and how the US answered."""
    attacks = [each for each in events if each.kind == "attack"]
    others = [each for each in events if each.kind == "attack_on_others"]
    lethal = [each for each in events if each.kind == "lethal_attack"]
    struck = [each for each in events if each.kind == "iranian_strike_kills" and each.place == "us_sites"]
    answers = [each for each in events if each.kind in ("us_strike", "iranian_strike", "commander_killed")]
    text = _attacked(attacks, phase)
    if lethal:
        text += f"; {nouns('lethal_attack', len(lethal))} killed {people(sum(each.size for each in lethal))}"
    if struck:
        text += f"; strikes of Iran killed {people(sum(each.size for each in struck))}"
    beside = [nouns(kind, number) for kind, number in counted_sizes([*answers, *others]).items()]
    text += f"; there {_were(beside[0])} also {listed(beside)}" if beside else ""
    opening = (phase.opened.number if phase.opened else ROOT,)
    return Sentence(f"{text}.", numbers([*attacks, *lethal, *struck, *answers, *others]) or opening, heading)


def _attacked(attacks: Sequence[Event], phase: Phase) -> str:
    total = sum(each.size for each in attacks)
    if not total:
        return "Nobody attacked US targets"
    days = (phase.end - phase.first) / total
    pace = f"one every {days:.0f} days" if days >= EVERY else f"{1 / days:.1f} a day"
    reasons = commonest(attacks, "reason")
    actors = commonest(attacks, "actor")
    return f"{nouns('attack', total)} ({pace}), by {listed(actors)}; the reasons told are {listed(reasons)}"


def commonest(events: Sequence[Event], by: str) -> list[str]:
    """The commonest values of a field of events, by size, with their shares."""
    found: dict[str, float] = {}
    for each in events:
        key = getattr(each, by)
        found[key] = found.get(key, 0.0) + each.size
    total = sum(found.values())
    most = sorted(found.items(), key=lambda pair: (-pair[1], pair[0]))[:SHOWN]
    return [f"{actor_named(name)} ({100 * size / total:.0f} %)" for name, size in most]


def _were(first: str) -> str:
    return "was" if first.startswith("1 ") else "were"


def counted_sizes(events: Sequence[Event]) -> dict[str, float]:
    """How many of each kind: US strikes by the days that saw one, the others by their size."""
    found: dict[str, float] = {}
    for each in events:
        found[each.kind] = found.get(each.kind, 0.0) + (each.size if each.kind in BY_SIZE else 1.0)
    return found
