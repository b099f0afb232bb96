"""Files and values of the user's own: their content, checked, and their differences from what ships."""

import hashlib
import textwrap
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

from scenarios import resources
from scenarios.config import fields
from scenarios.config.faults import collecting, raise_collected
from scenarios.errors import RequestError
from scenarios.evidence.parameters import Belief, Start, beliefs, expert_beliefs, start, starts
from scenarios.evidence.priors import Prior
from scenarios.evidence.seed_files import SeedError
from scenarios.evidence.theories import shared_poles, strata_of

VALUES = "values"

NOUNS = {"beliefs": "prior", "start": "state", "scenario": "setting", "world": "setting", VALUES: "parameter"}

STATES = ("beliefs", "start", VALUES)  # kinds that change the draws

SLACK = 1e-6

WIDTH, MOST = 110, 6


@dataclass(frozen=True, kw_only=True)
class Own:
    """File of the user's own, or the values given on the command line."""

    kind: str  # beliefs, start, scenario, world or values
    file: str  # empty for values given as words
    digest: str  # of the file's content
    beside: str  # the shipped counterpart
    changed: Mapping[str, tuple[str, str]]  # name -> shipped, own


def values_given(written: Any, known: Mapping[str, Belief]) -> Mapping[str, float]:
    """Parameters that the user fixes at values of their own."""
    faults: list[RequestError] = []
    values = {}
    for name, value in fields.mapping(written, "parameters", known).items():
        with collecting(faults):
            values[name] = _value(value, f"parameters.{name}", known[name])
    raise_collected(faults)
    return values


def _value(written: Any, key: str, belief: Belief) -> float:
    if belief.labels:
        raise RequestError(f"{key} has {', '.join(belief.labels)}; give it in a beliefs file instead.")
    return fields.number(written, key, *belief.bounds, unit=belief.unit)


def own_inputs(
    config: Mapping[str, Any], start_used: Start, used: Mapping[str, Belief], given: Mapping[str, float]
) -> Iterator[Own]:
    """Files and values of a request that are the user's own."""
    if config["start"].get("file"):
        yield own_start(resources.given(str(config["start"]["file"])), start_used)
    if config.get("beliefs"):
        yield own_file("beliefs", resources.given(str(config["beliefs"])), "the priors that ship", used, beliefs())
    if given:
        yield own_values(given, beliefs())


def own_file(kind: str, file: Path, beside: str, own: Mapping[str, Belief], shipped: Mapping[str, Belief]) -> Own:
    """Name, digest and changes of a file of the user's own."""
    differs = [name for name, belief in own.items() if belief.prior != shipped[name].prior]
    changed = {name: (str(shipped[name].prior), str(own[name].prior)) for name in differs}
    digest = hashlib.sha256(file.read_bytes()).hexdigest()
    return Own(kind=kind, file=file.name, digest=digest, beside=beside, changed=changed)


def own_start(file: Path, own: Start) -> Own:
    """Start of the user's own, compared with the one it is based on, by default the nearest in time."""
    shipped = start(own.based_on or nearest_start(date.fromisoformat(own.date)))
    described = own_file("start", file, f"start {shipped.name}", own.states, shipped.states)
    moved = {"date": (shipped.date, own.date)} if own.date != shipped.date else {}
    return replace(described, changed={**moved, **described.changed})


def nearest_start(when: date) -> str:
    """Shipped start whose date is nearest to a day."""
    return min(starts(), key=lambda name: abs((date.fromisoformat(start(name).date) - when).days))


def own_values(given: Mapping[str, float], shipped: Mapping[str, Belief]) -> Own:
    """Parameters fixed on the command line."""
    changed = {name: (str(shipped[name].prior), f"fixed at {value:g}") for name, value in given.items()}
    return Own(kind=VALUES, file="", digest="", beside="the priors", changed=changed)


def own_beliefs(path: str) -> Mapping[str, Belief]:
    """Shipped beliefs with those of an expert in their place; each needs a prior and a reason."""
    file = resources.given(path)
    shipped = dict(beliefs())
    for name, stated in expert_beliefs(file).items():
        _check_like(file, stated.prior, shipped[name])
        shipped[name] = replace(stated, mechanisms=shipped[name].mechanisms, symbol=shipped[name].symbol)
    return shipped


def _check_like(file: Path, stated: Prior, shipped: Belief) -> None:
    """Refuse a prior of another kind for labels that the model reads once: fixed by label, shares adding up to one."""
    if not shipped.labels or not shipped.prior.is_fixed:
        return
    key, labels = f"priors.{shipped.name}.prior", ", ".join(f"{label}: ..." for label in shipped.labels)
    if not stated.is_fixed or set(stated.numbers) != set(shipped.labels):
        raise SeedError(file, key, f"{stated} is not one number for each label; write {{fixed: {{{labels}}}}}")
    total = sum(stated.numbers.values())
    if abs(sum(shipped.prior.numbers.values()) - 1.0) < SLACK <= abs(total - 1.0):
        raise SeedError(file, key, f"adds up to {total:g}; these are shares and must add up to one")


def distinct_inputs(manifests: Iterable[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """Inputs of the user's own in several runs, each once."""
    inputs: list[Mapping[str, Any]] = []
    for own in (entry for manifest in manifests for entry in manifest.get("own", ())):
        inputs += [own] if own not in inputs else []
    return inputs


def summarise_inputs(own: Mapping[str, Any]) -> str:
    """Input of the user's own, as a manifest has it, with the number of its differences, in a few words."""
    number = len(own["changed"]) - ("date" in own["changed"])
    noun = NOUNS[own["kind"]] + "s" * (number != 1)
    if own["kind"] == VALUES:
        return f"with own values: {number} {noun} fixed"
    if not own["file"]:
        return f"with own settings of {own['beside']}: {number} changed"
    return f"with own {own['kind']} {own['file']}: {number or 'no'} {noun} changed from {own['beside']}"


def own_lines(manifest: Mapping[str, Any]) -> list[str]:
    """Differences from what ships as wrapped paragraphs; empty where there are none."""
    return [
        line
        for text in own_texts(manifest)
        for line in textwrap.wrap(text, WIDTH, subsequent_indent="  ", break_on_hyphens=False)
    ]


def own_texts(manifest: Mapping[str, Any]) -> list[str]:
    """Differences from what ships: fixed poles of theories, the loop, and each file of the user's own."""
    request = manifest.get("request", {})
    fixed = shared_poles(strata_of(request["theories"])) if "theories" in request else {}
    poles = [f"theory held fixed: {', '.join(f'{name} {pole}' for name, pole in fixed.items())}"] if fixed else []
    loop = ["loop closed: events may override the announced path"] if request.get("closed_loop") else []
    return [*poles, *loop, *(_described(own) for own in manifest.get("own", ()))]


def _described(own: Mapping[str, Any]) -> str:
    changes = [_change(name, *pair) for name, pair in own["changed"].items()]
    left = len(changes) - MOST
    more = [f"and {left} more, in manifest.json"] if left > 0 else []
    return f"{summarise_inputs(own)}: {'; '.join([*changes[:MOST], *more])}" if changes else summarise_inputs(own)


def _change(name: str, shipped: str, used: str) -> str:
    return f"{name} {used}, shipped {shipped}"
