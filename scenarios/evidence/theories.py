"""Rival theories, of the design (H1-H9) and of the texts (D2, D3, ...): a pole acts on parameters alone."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import product
from typing import Any

from scenarios import places
from scenarios.errors import RequestError, nearest
from scenarios.evidence.parameters import beliefs
from scenarios.evidence.reading import SeedError, expect, yaml_mapping
from scenarios.priors import Prior, prior

NUMBER = re.compile(r"[HD]\d+")
ACTIONS = {"prior", "times", "absorbs", "sign", "quantiles"}


@dataclass(frozen=True, kw_only=True)
class Change:
    """What a pole does to one parameter."""

    parameter: str
    prior: Prior | None = None
    times: float = 1.0
    absorbs: str = ""
    sign: int = 0
    quantiles: tuple[float, float] = (0.0, 1.0)


@dataclass(frozen=True, kw_only=True)
class Pole:
    """One reading of the world."""

    name: str
    statement: str
    because: str
    changes: tuple[Change, ...]
    weight_of: str = ""


@dataclass(frozen=True, kw_only=True)
class Hypothesis:
    """A question on which sources or scholars disagree, and its rival answers."""

    name: str
    number: str
    question: str
    mechanisms: tuple[str, ...]
    default: tuple[str, ...]
    neutral: tuple[str, ...]  # the poles that prefer no reading
    poles: Mapping[str, Pole]


@cache
def hypotheses() -> Mapping[str, Hypothesis]:
    """Every hypothesis of seeds/theories.yaml, checked."""
    file = places.seeds() / "theories.yaml"
    return {name: _hypothesis(name, entry) for name, entry in yaml_mapping(file).items()}


def _hypothesis(name: str, entry: Mapping[str, Any]) -> Hypothesis:
    file = places.seeds() / "theories.yaml"
    expect(file, name, entry, {"hypothesis", "question", "mechanisms", "default", "neutral", "poles"}, set())
    poles = {}
    for pole, said in entry["poles"].items():
        key = f"{name}.poles.{pole}"
        expect(file, key, said, {"statement", "sets", "because"}, {"weight_of"})
        changes = tuple(_change(f"{key}.sets", parameter, done) for parameter, done in said["sets"].items())
        poles[pole] = Pole(
            name=pole, statement=said["statement"], because=said["because"], changes=changes,
            weight_of=said.get("weight_of", ""),
        )  # fmt: skip
    if not NUMBER.fullmatch(str(entry["hypothesis"])):
        raise SeedError(file, f"{name}.hypothesis", f"is {entry['hypothesis']!r}; it must be as H1 or D2")
    return Hypothesis(
        name=name, number=entry["hypothesis"], question=entry["question"], mechanisms=tuple(entry["mechanisms"]),
        default=_named(name, "default", entry, poles), neutral=_named(name, "neutral", entry, poles), poles=poles,
    )  # fmt: skip


def _named(name: str, key: str, entry: Mapping[str, Any], poles: Mapping[str, Pole]) -> tuple[str, ...]:
    """The poles that an entry names under a key: one at least, all there, none twice."""
    file, found = places.seeds() / "theories.yaml", entry[key]
    if not isinstance(found, list) or not found or len({str(pole) for pole in found}) < len(found):
        raise SeedError(file, f"{name}.{key}", f"is {found!r}; it must be a list of different poles")
    for pole in found:
        if pole not in poles:
            raise SeedError(file, f"{name}.{key}", f"{pole!r} is not a pole.{nearest(pole, poles)}")
    return tuple(found)


def _change(key: str, parameter: str, done: Mapping[str, Any]) -> Change:
    file = places.seeds() / "theories.yaml"
    known = beliefs()
    if parameter not in known:
        raise SeedError(file, f"{key}.{parameter}", f"is not a parameter.{nearest(parameter, known)}")
    expect(file, f"{key}.{parameter}", done, set(), ACTIONS)
    try:
        replaced = prior(done["prior"]) if "prior" in done else None
    except ValueError as error:
        raise SeedError(file, f"{key}.{parameter}", str(error)) from error
    low, high = known[parameter].bounds
    if replaced and replaced.is_fixed and not low <= replaced.numbers["value"] <= high:
        raise SeedError(file, f"{key}.{parameter}", f"{replaced} lies outside its bounds [{low:g}, {high:g}]")
    return Change(
        parameter=parameter,
        prior=replaced,
        times=float(done.get("times", 1.0)),
        absorbs=str(done.get("absorbs", "")),
        sign={"positive": 1, "negative": -1}.get(done.get("sign", ""), 0),
        quantiles=tuple(done.get("quantiles", (0.0, 1.0))),
    )


def changes_of(parameter: str) -> Iterator[tuple[Hypothesis, Pole, Change]]:
    """Every change that a pole makes to a parameter, with the pole and its question."""
    for hypothesis in hypotheses().values():
        for pole in hypothesis.poles.values():
            yield from ((hypothesis, pole, change) for change in pole.changes if change.parameter == parameter)


@dataclass(frozen=True)
class Stratum:
    """One combination of poles, assumed by a replication."""

    poles: tuple[tuple[str, str], ...]  # (hypothesis, pole), every hypothesis once

    @property
    def changes(self) -> tuple[Change, ...]:
        """What its poles do to parameters, in the order of the hypotheses."""
        known = hypotheses()
        return tuple(change for name, pole in self.poles for change in known[name].poles[pole].changes)


def strata(chosen: Mapping[str, Any]) -> tuple[Stratum, ...]:
    """Every combination of the chosen poles; `chosen` gives one pole or a list of poles for each hypothesis."""
    known = hypotheses()
    for name in chosen:
        if name not in known:
            raise RequestError(f"theory.{name} is unknown.{nearest(name, known)}")
    poles = {name: _poles_given(each, chosen.get(name, each.default)) for name, each in known.items()}
    options = [[(name, pole) for pole in given] for name, given in poles.items()]
    return tuple(Stratum(combination) for combination in product(*options))


def _poles_given(of: Hypothesis, given: Any) -> list[str]:
    """The poles that a request gives for a question: one by name, or a list of different ones."""
    poles = [given] if isinstance(given, str) else given
    if not isinstance(poles, list | tuple) or not poles or len({str(pole) for pole in poles}) < len(poles):
        raise RequestError(
            f"theory.{of.name} is {given!r}; give one pole or a list of different ones: {', '.join(of.poles)}."
        )
    for pole in poles:
        if not isinstance(pole, str) or pole not in of.poles:
            raise RequestError(f"theory.{of.name} is {pole!r}, which is not a pole of it.{nearest(pole, of.poles)}")
    return list(poles)


def strata_of(written: Sequence[Mapping[str, Any]]) -> tuple[Stratum, ...]:
    """Strata as a manifest holds them."""
    return tuple(Stratum(tuple((name, pole) for name, pole in each["poles"])) for each in written)


def labels(of: Sequence[Stratum]) -> tuple[str, ...]:
    """Short names of strata: the poles in which they differ; of a single one, those on questions usually crossed."""
    poles = [dict(each.poles) for each in of]
    crossed = [each.name for each in hypotheses().values() if len(each.default) > 1]
    telling = [name for name in poles[0] if len({each[name] for each in poles}) > 1] or crossed
    names = [pole for name in telling for pole in {each[name] for each in poles}]
    clear = len(set(names)) == len(names)
    return tuple(" / ".join(each[name] if clear else f"{name} {each[name]}" for name in telling) for each in poles)


def chosen(of: Sequence[Stratum]) -> dict[str, str]:
    """By question, the poles that all strata share, where they are not what runs unless asked otherwise."""
    known, shared = hypotheses(), set.intersection(*(set(each.poles) for each in of))
    return {name: pole for name, pole in of[0].poles if (name, pole) in shared and known[name].default != (pole,)}
