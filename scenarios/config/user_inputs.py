"""Files and values of an analyst's own: what they are, and where they differ from what ships."""

import hashlib
import textwrap
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

from scenarios import resources
from scenarios.errors import nearest
from scenarios.evidence.claims import known
from scenarios.evidence.parameters import Belief, Start, belief, beliefs, declared, start, starts
from scenarios.evidence.priors import Prior
from scenarios.evidence.seed_files import SeedError, expect, said, yaml_mapping
from scenarios.evidence.theories import chosen, strata_of

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


SLACK = 1e-6

OPTIONAL = {"origin", "grade", "claims_for", "claims_against", "reference"}


def own_beliefs(path: str) -> Mapping[str, Belief]:
    """The shipped beliefs with an expert's own in their place; each needs a prior and a reason."""
    file = resources.given(path)
    found = yaml_mapping(file)
    expect(file, "beliefs", found, {"expert", "priors"}, set())
    said(file, "expert", found["expert"])
    if not isinstance(found["priors"], dict) or not found["priors"]:
        raise SeedError(file, "priors", "is empty; name at least one parameter and its prior")
    known, shipped = declared(), dict(beliefs())
    for name, entry in found["priors"].items():
        if name not in known:
            raise SeedError(file, f"priors.{name}", f"is not a parameter.{nearest(name, known)}")
        expect(file, f"priors.{name}", entry, {"prior", "because"}, OPTIONAL)
        actor, declaration = known[name]
        theirs = belief(file, actor, declaration, {"origin": "assumption", "grade": "D", **entry})
        check_claims(file, f"priors.{name}", theirs)
        _check_like(file, theirs.prior, shipped[name])
        shipped[name] = replace(theirs, mechanisms=shipped[name].mechanisms, symbol=shipped[name].symbol)
    return shipped


def _check_like(file: Path, mine: Prior, shipped: Belief) -> None:
    """What the model reads once for all replications stays fixed, label by label; shares stay shares."""
    if not shipped.labels or not shipped.prior.is_fixed:
        return
    key, labels = f"priors.{shipped.name}.prior", ", ".join(f"{label}: ..." for label in shipped.labels)
    if not mine.is_fixed or set(mine.numbers) != set(shipped.labels):
        raise SeedError(file, key, f"{mine} is not one number for each label; write {{fixed: {{{labels}}}}}")
    total = sum(mine.numbers.values())
    if abs(sum(shipped.prior.numbers.values()) - 1.0) < SLACK <= abs(total - 1.0):
        raise SeedError(file, key, f"adds up to {total:g}; these are shares and must add up to one")


WIDTH, MOST = 110, 6


def own_lines(manifest: Mapping[str, Any]) -> list[str]:
    """What differs from what ships, a paragraph each; nothing where all is as it ships."""
    return [
        line
        for text in own_texts(manifest)
        for line in textwrap.wrap(text, WIDTH, subsequent_indent="  ", break_on_hyphens=False)
    ]


def brought(manifests: Iterable[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """What several runs have of an analyst's own, each once."""
    found: list[Mapping[str, Any]] = []
    for each in (own for manifest in manifests for own in manifest.get("own", ())):
        found += [each] if each not in found else []
    return found


def own_texts(manifest: Mapping[str, Any]) -> list[str]:
    """What differs from what ships: the poles of theories held fixed, the loop, and each file of the user's own."""
    request = manifest.get("request", {})
    held = chosen(strata_of(request["theories"])) if "theories" in request else {}
    poles = [f"theory held fixed: {', '.join(f'{name} {pole}' for name, pole in held.items())}"] if held else []
    loop = ["loop closed: events may override the announced path"] if request.get("closed_loop") else []
    return [*poles, *loop, *(_told(each) for each in manifest.get("own", ()))]


def _told(own: Mapping[str, Any]) -> str:
    changes = [_change(name, *pair) for name, pair in own["changed"].items()]
    left = len(changes) - MOST
    more = [f"and {left} more, in manifest.json"] if left > 0 else []
    return f"{in_a_few_words(own)}: {'; '.join([*changes[:MOST], *more])}" if changes else in_a_few_words(own)


def _change(name: str, shipped: str, here: str) -> str:
    return f"{name} {here}, shipped {shipped}"
