"""Narrative of one replication as data: sentences with the events that they cite, and final outcomes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from html import escape
from math import isfinite
from textwrap import wrap

from scenarios.outcomes import OUTCOMES
from scenarios.text import compact_number

CAVEAT = (
    "One replication of many: what happened in one simulated world under stated assumptions. "
    "A conditional exploration, not a forecast."
)

WIDTH, MOST_RANGES = 100, 5

END = "Outcomes of the whole run"


@dataclass(frozen=True)
class Sentence:
    """Sentence with the numbers of the events that it cites."""

    text: str
    events: tuple[int, ...] = ()
    phase: str = ""  # heading of its section

    @property
    def cited(self) -> str:
        """Sentence followed by its events, neighbours as a range: `... [e12, e15-e17]`."""
        return f"{self.text} [{event_ranges(self.events)}]" if self.events else self.text

    def __str__(self) -> str:
        return self.cited


def event_ranges(events: Sequence[int]) -> str:
    """Format numbers of events with ranges of neighbours; many ranges become their count and their ends."""
    ranges: list[list[int]] = []
    for number in sorted(set(events)):
        if ranges and ranges[-1][1] == number - 1:
            ranges[-1][1] = number
        else:
            ranges.append([number, number])
    if len(ranges) > MOST_RANGES:
        return f"{len(set(events)):,} events from e{ranges[0][0]} to e{ranges[-1][1]}"
    return ", ".join(f"e{first}" if first == last else f"e{first}-e{last}" for first, last in ranges)


@dataclass(frozen=True)
class Story:
    """Narrative of one replication."""

    title: str
    sentences: list[Sentence]
    numbers: Mapping[str, float]  # headline outcomes of the whole run
    notes: Sequence[str] = field(default_factory=tuple)  # origin of its events, and warnings

    def __str__(self) -> str:
        lines = [*wrap(self.title, WIDTH), ""]
        for phase, sentences in self.phases():
            lines += [phase, *(line for sentence in sentences for line in _item(sentence.cited)), ""]
        lines += [END, *(f"  {name:30}{value}" for name, value in self.ended()), ""]
        lines += [line for note in (*self.notes, CAVEAT) for line in wrap(note, WIDTH)]
        return "\n".join(lines)

    def ended(self) -> list[tuple[str, str]]:
        """Headline outcomes with their units, formatted for readers."""
        return [(name.replace("_", " "), outcome_text(name, value)) for name, value in self.numbers.items()]

    def phases(self) -> list[tuple[str, list[Sentence]]]:
        """Headings with their sentences, in order."""
        names = dict.fromkeys(sentence.phase for sentence in self.sentences)
        return [(name, [sentence for sentence in self.sentences if sentence.phase == name]) for name in names]

    def _repr_html_(self) -> str:
        parts = [f"<h3>{escape(self.title)}</h3>"]
        for phase, sentences in self.phases():
            items = "".join(f"<li>{escape(sentence.cited)}</li>" for sentence in sentences)
            parts.append(f"<h4>{escape(phase)}</h4><ul>{items}</ul>")
        rows = "".join(f"<tr><td>{escape(name)}</td><td>{escape(value)}</td></tr>" for name, value in self.ended())
        parts.append(f"<h4>{END}</h4><table>{rows}</table>")
        return "".join([*parts, *(f"<p><em>{escape(note)}</em></p>" for note in (*self.notes, CAVEAT))])


def outcome_text(name: str, value: float) -> str:
    """Format an outcome of one replication with its unit, in three digits without an exponent."""
    if not isfinite(value):
        return "undefined"
    if name == "isis_resurgence":
        return "yes" if value else "no"
    return f"{compact_number(value)} {'of 7' if name == 'ladder_max' else OUTCOMES[name].unit}"


def _item(text: str) -> list[str]:
    return wrap(text, WIDTH, initial_indent="  - ", subsequent_indent="    ", break_on_hyphens=False)
