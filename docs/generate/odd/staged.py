"""A small model, run for some days, that shows which agents, states and luck there are."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

import numpy as np

from agents.ensemble.axis import Axis
from agents.ensemble.state import EnsembleAgent
from agents.iraq import Iraq
from docs.generate.odd.anatomy import MODEL, meanings, set_in
from docs.generate.odd.chances import Chance, chances, matched
from scenarios.config.compose import composed
from scenarios.config.request import Request, request
from scenarios.outcomes import Tally
from scenarios.simulation.experiment import event_recorder, staged

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
    columns: str  # beside replications
    unit: str
    meaning: str
    set_in: tuple[str, ...]


@dataclass(frozen=True)
class Shown:
    """What the small model shows."""

    iraq: Iraq
    uncertain: int  # parameters and initial states, by column
    names: Mapping[str, tuple[str, ...]]  # of the agents of each class, in the order of the cast
    chances: tuple[tuple[Chance, int], ...]  # every place where luck is drawn, with the addresses drawn there
    strangers: tuple[str, ...]  # addresses that no place in the code is known to draw


@cache
def shown() -> Shown:
    """The small model, run once."""
    small = small_request()
    axis = Axis.crossing(range(DRAWS))
    assumptions, iraq = staged(small, axis)
    tally, recorder = Tally(iraq, DAYS, 1), event_recorder(small, axis, iraq)
    for _ in range(DAYS):
        iraq.step()
        tally.count()
        recorder.note()
    names = names_of(iraq)
    places = chances(names)
    drawn = {address: matched(places, address) for address in iraq.luck.addresses}
    counted = [(each, sum(place is each for place in drawn.values())) for each in places]
    return Shown(
        iraq=iraq,
        uncertain=len(assumptions.drawn),
        names=names,
        chances=tuple((each, len(assumptions.drawn) if each.counts == "attempt" else n) for each, n in counted),
        strangers=tuple(address for address, place in drawn.items() if place is None),
    )


def small_request() -> Request:
    """The experiment that is run: a closed loop, every event recorded, a random shock."""
    config = composed(WORDS)
    config["scenario"] = {**config["scenario"], "shocks": list(SHOCKS)}
    return request(config)


def names_of(iraq: Iraq) -> dict[str, tuple[str, ...]]:
    """Names of the agents of each class, in the order of the cast."""
    names: dict[str, tuple[str, ...]] = {}
    for agent in iraq.agents:
        if isinstance(agent, EnsembleAgent):
            kind = type(agent).__name__
            names[kind] = (*names.get(kind, ()), agent.name)
    return names


def states(iraq: Iraq) -> list[State]:
    """Every array that the agents and the model hold, once for each class."""
    return [_state(owner, name, value) for owner in _one_of_each(iraq) for name, value in _arrays(owner, iraq)]


def _one_of_each(iraq: Iraq) -> list[object]:
    """One agent of each class, in the order of the cast, and the model."""
    first = {type(agent).__name__: agent for agent in reversed(list(iraq.agents))}
    return [*(first[kind] for kind in names_of(iraq)), iraq]


def _arrays(owner: object, iraq: Iraq) -> list[tuple[str, np.ndarray]]:
    arrays = ((name, value) for name, value in vars(owner).items() if isinstance(value, np.ndarray))
    return [(name, value) for name, value in arrays if value.shape[:1] == (len(iraq.axis),)]


def _state(owner: object, name: str, value: np.ndarray) -> State:
    kind = type(owner).__name__
    unit, meaning = meanings(type(owner)).get(name, ("", ""))
    return State(
        owner=kind,
        name=name,
        columns=" x ".join(str(units) for units in value.shape[1:]) or "1",
        unit=unit,
        meaning=meaning,
        set_in=("start",) if kind == MODEL else set_in(kind, name),
    )


def unexplained(iraq: Iraq) -> list[str]:
    """States without a meaning, and meanings without a state."""
    owners = _one_of_each(iraq)
    present = {(type(owner).__name__, name) for owner in owners for name, _ in _arrays(owner, iraq)}
    explained = {(type(owner).__name__, name) for owner in owners for name in meanings(type(owner))}
    lacking = [f"{owner}.{name} has no meaning" for owner, name in sorted(present - explained)]
    return lacking + [f"{owner}.{name} is explained and not there" for owner, name in sorted(explained - present)]
