"""A replication simulated again from its manifest: the same request, that draw alone, on the same luck."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import pandas as pd

from agents.ensemble.axis import Axis
from scenarios.config.policy import Policy
from scenarios.config.request import Ensemble, Record, Request
from scenarios.config.scenario import Scenario
from scenarios.config.shocks import Shock
from scenarios.config.world import World
from scenarios.errors import RequestError
from scenarios.evidence.parameters import Belief, Start, beliefs, start, starts
from scenarios.evidence.priors import Prior
from scenarios.evidence.theories import strata_of
from scenarios.outcomes import Tally
from scenarios.runs.result import Result
from scenarios.simulation.events.recorder import Recorder
from scenarios.simulation.experiment import staged
from scenarios.store.identity import code_digest, determinants
from scenarios.store.typed import read


@dataclass(frozen=True)
class Lived:
    """A replication simulated again: its events, and what differs from what is stored."""

    events: pd.DataFrame
    outcomes: Mapping[str, float]
    differs: tuple[str, ...]  # outcomes that are not what is stored, by name
    changed: tuple[str, ...]  # parts of the request or of the code that are not what they were


def lived_again(result: Result, replications: Sequence[int]) -> dict[int, Lived]:
    """The events of some replications, simulated together, and whether their outcomes equal the stored ones."""
    request = request_of(result.manifest)
    try:
        outcomes, events = _simulated(request, replications, len(result.theories))
    except (ArithmeticError, ValueError) as error:
        said = " ".join(str(error).split())
        raise RequestError(f"{result.path}: what its manifest asks for cannot be simulated again: {said}") from error
    parts = tuple(changed(result, request))
    stored = result.outcomes.set_index("replication")
    return {
        each: Lived(
            events=events[events["replication"] == each],
            outcomes=outcomes.loc[each].to_dict(),
            differs=tuple(different(outcomes.loc[each], stored.loc[each])),
            changed=parts,
        )
        for each in replications
    }


def _simulated(request: Request, replications: Sequence[int], theories: int) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Outcomes and events of some replications."""
    axis = Axis([each // theories for each in replications], [each % theories for each in replications])
    assumptions, iraq = staged(request, axis)
    tally = Tally(iraq, request.ensemble.steps, request.record.days, recorded=("deaths",))
    recorder = Recorder(iraq, range(len(axis)), replications)
    for _ in range(request.ensemble.steps):
        iraq.step()
        tally.count()
        recorder.note()
    outcomes = pd.DataFrame(tally.outcomes(assumptions.escalation_number), index=list(replications))
    return outcomes, pd.DataFrame(recorder.columns())


def different(now: pd.Series, stored: pd.Series) -> list[str]:
    """Names of outcomes, known then and now, that are not the same to the last bit."""
    names = [name for name in now.index if name in stored.index]
    return [name for name in names if not np.array_equal(now[name], stored[name], equal_nan=True)]


def changed(result: Result, request: Request) -> list[str]:
    """What is no longer as it was when the result was computed."""
    before, now = result.manifest["request"], determinants(request)
    parts = [name for name in now if before.get(name) != now[name]]
    return [*parts, *(["code"] if result.manifest["provenance"]["code"] != code_digest() else [])]


def request_of(manifest: Mapping[str, Any]) -> Request:
    """The request of a manifest; labels and stories, which affect no number, are empty."""
    said = manifest["request"]
    policy = read(Policy, said["scenario"]["policy"])
    struck = read(tuple[Shock, ...], said["scenario"]["shocks"])
    return Request(
        scenario=Scenario(name=said["scenario"]["name"], code="", story="", claims=(), policy=policy, shocks=struck,
                          expects=(), needs={}),
        start=_start(manifest),
        world=replace(read(World, said["world"]), name=manifest["world"]),
        strata=strata_of(said["theories"]),
        beliefs=_believed(said["beliefs"], beliefs()),
        given=dict(said["given"]),
        ensemble=Ensemble(replications=manifest["replications"], seed=said["seed"], step_days=said["step_days"],
                          horizon=said["horizon"]),
        closed_loop=said["closed_loop"],
        record=Record(period=said["period"], outcomes=tuple(said["series"]), events=0),
    )  # fmt: skip


def _start(manifest: Mapping[str, Any]) -> Start:
    said = manifest["request"]["start"]
    states = _believed(said["states"], start(starts()[0]).states)
    return Start(name=manifest["start"], date=said["date"], title="", states=states)


def _believed(said: Mapping[str, Mapping[str, Any]], known: Mapping[str, Belief]) -> dict[str, Belief]:
    """Beliefs with the priors of a manifest, in its order."""
    unknown = [name for name in said if name not in known]
    if unknown:
        raise RequestError(
            f"this replication cannot be lived again: the code no longer knows {', '.join(unknown[:5])}. "
            "Its outcomes stand in outcomes.parquet; the commit that computed them stands in its manifest."
        )
    return {name: _belief(known[name], each) for name, each in said.items()}


def _belief(known: Belief, said: Mapping[str, Any]) -> Belief:
    numbers = {name: value for name, value in said.items() if name not in ("kind", "bounds")}
    low, high = said["bounds"]
    return replace(known, prior=Prior(said["kind"], numbers), bounds=(low, high))
