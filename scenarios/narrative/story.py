"""What is told of one replication: sentences with the events behind them, and the numbers at the end."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from html import escape
from math import isfinite
from textwrap import wrap

from scenarios.outcomes import OUTCOMES

CAVEAT = (
    "One replication of many: what happened in one simulated world under stated assumptions. "
    "A conditional exploration, not a forecast."
)

WIDTH, MOST_RUNS = 100, 5

END = "In the end, over the whole run"


@dataclass(frozen=True)
class Sentence:
    """A sentence and the numbers of the events on which it rests."""

    text: str
    events: tuple[int, ...] = ()
    phase: str = ""  # heading under which it stands

    @property
    def cited(self) -> str:
        """The sentence with its events, neighbours as a range: `... [e12, e15-e17]`."""
        return f"{self.text} [{cited(self.events)}]" if self.events else self.text

    def __str__(self) -> str:
        return self.cited


def cited(events: Sequence[int]) -> str:
    """Numbers of events, runs of neighbours as ranges; where there are many runs, how many and between which."""
    runs: list[list[int]] = []
    for number in sorted(set(events)):
        if runs and runs[-1][1] == number - 1:
            runs[-1][1] = number
        else:
            runs.append([number, number])
    if len(runs) > MOST_RUNS:
        return f"{len(set(events)):,} events from e{runs[0][0]} to e{runs[-1][1]}"
    return ", ".join(f"e{first}" if first == last else f"e{first}-e{last}" for first, last in runs)


@dataclass(frozen=True)
class Story:
    """One replication in words."""

    title: str
    sentences: list[Sentence]
    numbers: Mapping[str, float]  # headline outcomes of the whole run
    notes: Sequence[str] = field(default_factory=tuple)  # where its events come from, and what to beware of

    def __str__(self) -> str:
        lines = [*wrap(self.title, WIDTH), ""]
        for phase, told in self.phases():
            lines += [phase, *(line for each in told for line in _item(each.cited)), ""] if told else []
        lines += [END, *(f"  {name:30}{number}" for name, number in self.ended()), ""]
        lines += [line for each in (*self.notes, CAVEAT) for line in wrap(each, WIDTH)]
        return "\n".join(lines)

    def ended(self) -> list[tuple[str, str]]:
        """Headline outcomes with their units, as people read them."""
        return [(name.replace("_", " "), told(name, value)) for name, value in self.numbers.items()]

    def phases(self) -> list[tuple[str, list[Sentence]]]:
        """Headings, each with its sentences, in order."""
        names = list(dict.fromkeys(each.phase for each in self.sentences))
        return [(name, [each for each in self.sentences if each.phase == name]) for name in names]

    def _repr_html_(self) -> str:
        parts = [f"<h3>{escape(self.title)}</h3>"]
        for phase, told in self.phases():
            items = "".join(f"<li>{escape(each.cited)}</li>" for each in told)
            parts.append(f"<h4>{escape(phase)}</h4><ul>{items}</ul>")
        rows = "".join(f"<tr><td>{escape(name)}</td><td>{escape(number)}</td></tr>" for name, number in self.ended())
        parts.append(f"<h4>{END}</h4><table>{rows}</table>")
        return "".join([*parts, *(f"<p><em>{escape(each)}</em></p>" for each in (*self.notes, CAVEAT))])


def told(name: str, value: float) -> str:
    """An outcome of one replication with its unit: three digits without an exponent, or that it is undefined."""
    if not isfinite(value):
        return "undefined"
    if name == "isis_resurgence":
        return "yes" if value else "no"
    number = f"{value:,.0f}" if abs(value) >= 100 else f"{value:.3g}"
    return f"{number} of 7" if name == "ladder_max" else f"{number} {OUTCOMES[name].unit}"


def _item(text: str) -> list[str]:
    return wrap(text, WIDTH, initial_indent="  - ", subsequent_indent="    ", break_on_hyphens=False)
