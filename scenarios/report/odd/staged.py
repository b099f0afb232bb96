"""A small model, staged and lived for some days, that shows what agents, states and luck there are."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

import numpy as np

from agents.ensemble.axis import Axis
from agents.ensemble.state import EnsembleAgent
from agents.iraq import Iraq
from scenarios.composing import composed
from scenarios.experiment import recorded, staged
from scenarios.outcomes import Tally
from scenarios.report.odd.anatomy import MODEL, meanings, set_in
from scenarios.report.odd.chances import Chance, chances, matched
from scenarios.schema import Request, request

DRAWS, DAYS = 16, 3
WORDS = (
    "+scenario=status_quo", "start=2024-01", "world=simulated", "theory.isis=enablers", "theory.strikes=both",
    f"ensemble.replications={DRAWS}", "ensemble.horizon=7", "loop=closed", f"record.events={DRAWS}", "against=none",
)  # fmt: skip
SHOCKS = ({"shock": "oil_price", "per_year": 1},)  # one at random, so that its luck is seen


@dataclass(frozen=True)
class State:
    """An array that an agent holds."""

    owner: str  # its class
    name: str
    shape: tuple[str, ...]
    unit: str
    meaning: str
    set_in: tuple[str, ...]


@dataclass(frozen=True)
class Shown:
    """What a lived model shows of itself."""

    iraq: Iraq
    uncertain: int  # parameters and initial states, by column
    names: Mapping[str, tuple[str, ...]]  # of the agents of each class, in the order of the cast
    chances: tuple[tuple[Chance, int], ...]  # every place where luck is drawn, with the addresses drawn there
    strangers: tuple[str, ...]  # addresses that no place in the code is known to draw


@cache
def shown() -> Shown:
    """The small model, lived."""
    asked = small_request()
    axis = Axis.crossing(range(DRAWS))
    assumptions, iraq = staged(asked, axis)
    tally, recorder = Tally(iraq, DAYS, 1), recorded(asked, axis, iraq)
    for _ in range(DAYS):
        iraq.step()
        tally.count()
        recorder.note()
    names = names_of(iraq)
    found = chances(names)
    drawn = {address: matched(found, address) for address in iraq.luck.addresses}
    counted = [(each, sum(place is each for place in drawn.values())) for each in found]
    return Shown(
        iraq=iraq,
        uncertain=len(assumptions.drawn),
        names=names,
        chances=tuple((each, len(assumptions.drawn) if each.counts == "attempt" else n) for each, n in counted),
        strangers=tuple(address for address, place in drawn.items() if place is None),
    )


def small_request() -> Request:
    """The experiment that is lived: both loops' rules, every event told, a shock at random."""
    config = composed(WORDS)
    config["scenario"] = {**config["scenario"], "shocks": list(SHOCKS)}
    return request(config)


def names_of(iraq: Iraq) -> dict[str, tuple[str, ...]]:
    """Names of the agents of each class, in the order of the cast."""
    found: dict[str, tuple[str, ...]] = {}
    for agent in iraq.agents:
        if isinstance(agent, EnsembleAgent):
            kind = type(agent).__name__
            found[kind] = (*found.get(kind, ()), agent.name)
    return found


def states(iraq: Iraq) -> list[State]:
    """Every array that the agents and the model hold, once for each class."""
    first = {type(agent).__name__: agent for agent in reversed(list(iraq.agents))}
    owners = [first[kind] for kind in names_of(iraq)]
    held = [state for owner in owners for state in _of(owner, len(iraq.axis))]
    return [*held, *_of(iraq, len(iraq.axis))]


def _of(owner: object, size: int) -> list[State]:
    kind = type(owner).__name__
    known = meanings(type(owner))
    arrays = {name: value for name, value in vars(owner).items() if isinstance(value, np.ndarray)}
    return [
        State(
            owner=kind,
            name=name,
            shape=("replications", *(str(units) for units in value.shape[1:])),
            unit=known.get(name, ("", ""))[0],
            meaning=known.get(name, ("", ""))[1],
            set_in=("start",) if kind == MODEL else set_in(kind, name),
        )
        for name, value in arrays.items()
        if value.shape[:1] == (size,)
    ]


def unexplained(iraq: Iraq) -> list[str]:
    """States without a meaning, and meanings without a state."""
    found = {(each.owner, each.name) for each in states(iraq)}
    kinds = {type(agent).__name__: type(agent) for agent in iraq.agents} | {MODEL: type(iraq)}
    said = {(kind, name) for kind, of in kinds.items() for name in meanings(of)}
    return [f"{owner}.{name} has no meaning" for owner, name in sorted(found - said)] + [
        f"{owner}.{name} is explained and not there" for owner, name in sorted(said - found)
    ]
