"""Files and values of an analyst's own: what they are, and where they differ from what ships."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

from scenarios.evidence.claims import known
from scenarios.evidence.parameters import Belief, Start, start, starts

VALUES = "values"
NOUNS = {"beliefs": "prior", "start": "state", "scenario": "setting", "world": "setting", VALUES: "parameter"}
STATES = ("beliefs", "start", VALUES)  # kinds that change what is drawn


@dataclass(frozen=True, kw_only=True)
class Own:
    """One file of an analyst's own, or the values given on the command line."""

    kind: str  # beliefs, start, scenario, world or values
    file: str  # empty for words
    digest: str  # of the file's content
    beside: str  # what ships in its place
    changed: Mapping[str, tuple[str, str]]  # name -> as it ships, as it is here


def in_a_few_words(own: Mapping[str, Any]) -> str:
    """An analyst's own input, as a manifest has it, in a few words, with how much of it differs from what ships."""
    number = len(own["changed"]) - ("date" in own["changed"])
    noun = NOUNS[own["kind"]] + "s" * (number != 1)
    if own["kind"] == VALUES:
        return f"with own values: {number} {noun} fixed"
    if not own["file"]:
        return f"with own settings of {own['beside']}: {number} changed"
    return f"with own {own['kind']} {own['file']}: {number or 'no'} {noun} changed from {own['beside']}"


def own_file(kind: str, file: Path, beside: str, mine: Mapping[str, Belief], shipped: Mapping[str, Belief]) -> Own:
    """A file of an analyst's own: its name, the digest of its content and what it changes."""
    differs = [name for name, each in mine.items() if each.prior != shipped[name].prior]
    changed = {name: (str(shipped[name].prior), str(mine[name].prior)) for name in differs}
    digest = hashlib.sha256(file.read_bytes()).hexdigest()
    return Own(kind=kind, file=file.name, digest=digest, beside=beside, changed=changed)


def own_start(file: Path, mine: Start) -> Own:
    """A start of an analyst's own beside the one it is based on, by default the nearest in time."""
    shipped = start(mine.based_on or nearest_start(date.fromisoformat(mine.date)))
    found = own_file("start", file, f"start {shipped.name}", mine.states, shipped.states)
    moved = {"date": (shipped.date, mine.date)} if mine.date != shipped.date else {}
    return replace(found, changed={**moved, **found.changed})


def own_values(given: Mapping[str, float], believed: Mapping[str, Belief]) -> Own:
    """Parameters fixed on the command line."""
    changed = {name: (str(believed[name].prior), f"fixed at {value:g}") for name, value in given.items()}
    return Own(kind=VALUES, file="", digest="", beside="the priors", changed=changed)


def nearest_start(when: date) -> str:
    """The start that ships with the date nearest to a day."""
    return min(starts(), key=lambda name: abs((date.fromisoformat(start(name).date) - when).days))


def check_claims(file: Path, key: str, believed: Belief) -> None:
    """Refuse a citation of a claim that does not exist; what ships is checked as a whole."""
    known(file, key, (*believed.claims_for, *believed.claims_against))
