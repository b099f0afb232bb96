"""Theories, of the design (H1-H9) and of the texts (D2, D3, ...): questions, poles, and their effects on parameters."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import product
from math import prod
from typing import Any

from scenarios import resources
from scenarios.errors import RequestError, nearest
from scenarios.evidence.parameters import beliefs
from scenarios.evidence.priors import Prior, prior
from scenarios.evidence.seed_files import SeedError, expect, yaml_mapping

NUMBER = re.compile(r"[HD]\d+")

MOST_STRATA = 10_000

LONGEST_NAME = 28  # characters of the short name of a pole

ACTIONS = {"prior", "times", "absorbs", "sign", "quantiles"}

PHRASES = {
    "isis enablers": "US support holds ISIS down",
    "isis spent": "ISIS is spent",
    "isis seam": "ISIS persists on the seam of Iraqi and Kurdish forces",
    "isis feuds": "only exit and feuds together bring ISIS back",
    "strikes deter": "strikes deter",
    "strikes provoke": "strikes provoke",
    "strikes both": "strikes deter and provoke",
    "clustering contagion": "attacks bring about attacks",
    "clustering frailty": "unobserved conditions make the bursts",
    "clustering truce": "campaigns and pauses make the bursts",
    "clustering mix": "all three make the bursts",
    "command iran": "Tehran commands the factions",
    "command factions": "the factions decide for themselves",
    "command open": "command lies between Tehran and the factions",
    "timetable lull": "a believed exit calms until it is carried out",
    "timetable embolden": "a believed exit emboldens",
    "timetable open": "a believed exit may do either",
    "displacement vanish": "the factions' violence ends with the exit",
    "displacement displace": "the factions' violence moves to Iraqis",
    "displacement open": "part of the factions' violence moves",
    "mediation mediates": "the US presence keeps Baghdad and Erbil apart",
    "mediation no_effect": "the US presence does nothing between Baghdad and Erbil",
    "outbidding absent": "factions do not outbid one another",
    "outbidding present": "factions outbid one another",
    "presence deters": "the US presence deters Iran",
    "presence provokes": "the US presence provokes Iran",
    "presence neither": "Iran tolerates the US presence",
}


@dataclass(frozen=True, kw_only=True)
class Change:
    """Effect of a pole on one parameter."""

    parameter: str
    prior: Prior | None = None
    times: float = 1.0
    absorbs: str = ""
    sign: int = 0
    quantiles: tuple[float, float] = (0.0, 1.0)


@dataclass(frozen=True, kw_only=True)
class Pole:
    """Answer to a question, with its effects on parameters."""

    name: str
    statement: str
    short: str  # as it follows `if`
    tag: str  # where there is little room
    because: str
    changes: tuple[Change, ...]
    weight_of: str = ""


@dataclass(frozen=True, kw_only=True)
class Hypothesis:
    """Question on which sources or scholars disagree, and its rival answers."""

    name: str
    number: str
    question: str
    topic: str  # the question as a clause
    mechanisms: tuple[str, ...]
    default: tuple[str, ...]
    neutral: tuple[str, ...]  # the poles that prefer no answer
    poles: Mapping[str, Pole]


@dataclass(frozen=True)
class Stratum:
    """Theory: one combination of poles, assumed by a replication."""

    poles: tuple[tuple[str, str], ...]  # (hypothesis, pole), every hypothesis once

    @property
    def changes(self) -> tuple[Change, ...]:
        """Effects of its poles on parameters, in the order of the hypotheses."""
        known = hypotheses()
        return tuple(change for name, pole in self.poles for change in known[name].poles[pole].changes)


@cache
def hypotheses() -> Mapping[str, Hypothesis]:
    """Hypotheses of seeds/theories.yaml, checked."""
    file = resources.seeds() / "theories.yaml"
    return {name: _hypothesis(name, entry) for name, entry in yaml_mapping(file).items()}


def _hypothesis(name: str, entry: Mapping[str, Any]) -> Hypothesis:
    file = resources.seeds() / "theories.yaml"
    expect(file, name, entry, {"hypothesis", "question", "topic", "mechanisms", "default", "neutral", "poles"}, set())
    poles = {}
    for pole, pole_entry in entry["poles"].items():
        key = f"{name}.poles.{pole}"
        expect(file, key, pole_entry, {"statement", "short", "tag", "sets", "because"}, {"weight_of"})
        changes = tuple(_change(f"{key}.sets", parameter, effect) for parameter, effect in pole_entry["sets"].items())
        poles[pole] = Pole(
            name=pole, statement=pole_entry["statement"], short=_short_name(f"{key}.short", pole_entry["short"]),
            tag=_short_name(f"{key}.tag", pole_entry["tag"]), because=pole_entry["because"], changes=changes,
            weight_of=pole_entry.get("weight_of", ""),
        )  # fmt: skip
    if not NUMBER.fullmatch(str(entry["hypothesis"])):
        raise SeedError(file, f"{name}.hypothesis", f"is {entry['hypothesis']!r}; it must be as H1 or D2")
    return Hypothesis(
        name=name, number=entry["hypothesis"], question=entry["question"], topic=entry["topic"],
        mechanisms=tuple(entry["mechanisms"]),
        default=_named(name, "default", entry, poles), neutral=_named(name, "neutral", entry, poles), poles=poles,
    )  # fmt: skip


def _short_name(key: str, written: object) -> str:
    """Name of a pole in tables: a text short enough for a column."""
    if not isinstance(written, str) or not 0 < len(written) <= LONGEST_NAME:
        file = resources.seeds() / "theories.yaml"
        raise SeedError(file, key, f"is {written!r}; it must be a text of at most {LONGEST_NAME} characters")
    return written


def _named(name: str, key: str, entry: Mapping[str, Any], poles: Mapping[str, Pole]) -> tuple[str, ...]:
    """Poles that an entry names under a key: at least one, all known, none twice."""
    file, names = resources.seeds() / "theories.yaml", entry[key]
    if not isinstance(names, list) or not names or len({str(pole) for pole in names}) < len(names):
        raise SeedError(file, f"{name}.{key}", f"is {names!r}; it must be a list of different poles")
    for pole in names:
        if pole not in poles:
            raise SeedError(file, f"{name}.{key}", f"{pole!r} is not a pole.{nearest(pole, poles)}")
    return tuple(names)


def _change(key: str, parameter: str, effect: Mapping[str, Any]) -> Change:
    file = resources.seeds() / "theories.yaml"
    known = beliefs()
    if parameter not in known:
        raise SeedError(file, f"{key}.{parameter}", f"is not a parameter.{nearest(parameter, known)}")
    expect(file, f"{key}.{parameter}", effect, set(), ACTIONS)
    try:
        replaced = prior(effect["prior"]) if "prior" in effect else None
    except ValueError as error:
        raise SeedError(file, f"{key}.{parameter}", str(error)) from error
    low, high = known[parameter].bounds
    if replaced and replaced.is_fixed and not low <= replaced.numbers["value"] <= high:
        raise SeedError(file, f"{key}.{parameter}", f"{replaced} lies outside its bounds [{low:g}, {high:g}]")
    return Change(
        parameter=parameter,
        prior=replaced,
        times=float(effect.get("times", 1.0)),
        absorbs=str(effect.get("absorbs", "")),
        sign={"positive": 1, "negative": -1}.get(effect.get("sign", ""), 0),
        quantiles=tuple(effect.get("quantiles", (0.0, 1.0))),
    )


def changes_of(parameter: str) -> Iterator[tuple[Hypothesis, Pole, Change]]:
    """Changes of a parameter by poles, each with the pole and its question."""
    for hypothesis in hypotheses().values():
        for pole in hypothesis.poles.values():
            yield from ((hypothesis, pole, change) for change in pole.changes if change.parameter == parameter)


def strata(chosen: Mapping[str, Any]) -> tuple[Stratum, ...]:
    """Combinations of the chosen poles; `chosen` gives one pole or a list of poles for each hypothesis."""
    known = hypotheses()
    for name in chosen:
        if name not in known:
            raise RequestError(f"theory.{name} is unknown.{nearest(name, known)}")
    poles = {name: _poles_given(hypothesis, chosen.get(name, hypothesis.default)) for name, hypothesis in known.items()}
    if (number := prod(map(len, poles.values()))) > MOST_STRATA:
        raise RequestError(
            f"theory has {number:,} combinations of poles; at most {MOST_STRATA:,} are simulated. Give fewer poles "
            "of each question."
        )
    options = [[(name, pole) for pole in answers] for name, answers in poles.items()]
    return tuple(Stratum(combination) for combination in product(*options))


def _poles_given(theory: Hypothesis, given: Any) -> list[str]:
    """Poles that a request gives for a question: one by name, or a list of different ones."""
    poles = [given] if isinstance(given, str) else given
    if not isinstance(poles, list | tuple) or not poles or len({str(pole) for pole in poles}) < len(poles):
        raise RequestError(
            f"theory.{theory.name} is {given!r}; give one pole or a list of different ones: {', '.join(theory.poles)}."
        )
    for pole in poles:
        if not isinstance(pole, str) or pole not in theory.poles:
            raise RequestError(
                f"theory.{theory.name} is {pole!r}, which is not a pole of it.{nearest(pole, theory.poles)}"
            )
    return list(poles)


def strata_of(written: Sequence[Mapping[str, Any]]) -> tuple[Stratum, ...]:
    """Strata as a manifest has them."""
    return tuple(Stratum(tuple((name, pole) for name, pole in entry["poles"])) for entry in written)


def labels(theories: Sequence[Stratum]) -> tuple[str, ...]:
    """Short names of strata: the poles in which they differ; for a single one, those on questions usually crossed."""
    poles = [dict(stratum.poles) for stratum in theories]
    crossed = [hypothesis.name for hypothesis in hypotheses().values() if len(hypothesis.default) > 1]
    differing = [name for name in poles[0] if len({answers[name] for answers in poles}) > 1] or crossed
    names = [pole for name in differing for pole in {answers[name] for answers in poles}]
    clear = len(set(names)) == len(names)
    return tuple(
        " / ".join(answers[name] if clear else f"{name} {answers[name]}" for name in differing) for answers in poles
    )


def shared_poles(theories: Sequence[Stratum]) -> dict[str, str]:
    """Poles that all strata share, by question, where they are not the default."""
    known, shared = hypotheses(), set.intersection(*(set(stratum.poles) for stratum in theories))
    return {name: pole for name, pole in theories[0].poles if (name, pole) in shared and known[name].default != (pole,)}


def phrase(question: str, pole: str) -> str:
    """Pole in words; of a question without a wording, its short name."""
    return PHRASES.get(f"{question} {pole}") or hypotheses()[question].poles[pole].short
