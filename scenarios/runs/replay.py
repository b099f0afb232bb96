"""Simulation of single replications again, from the request in a manifest and with the same random numbers."""

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
from scenarios.errors import RequestError
from scenarios.evidence.parameters import Belief, Start, beliefs, start, starts
from scenarios.evidence.priors import Prior
from scenarios.evidence.theories import strata_of
from scenarios.outcomes import Tally
from scenarios.runs.result import Result
from scenarios.simulation.events.recorder import Recorder
from scenarios.simulation.experiment import advance, staged
from scenarios.store.identity import code_digest, determinants
from scenarios.store.typed import from_plain
from scenarios.store.written import StoredWorld


@dataclass(frozen=True)
class ReplayedReplication:
    """A replication simulated again: its events, and the differences from the stored result."""

    events: pd.DataFrame
    outcomes: Mapping[str, float]
    differs: tuple[str, ...]  # names of outcomes that differ from the stored ones
    changed: tuple[str, ...]  # parts of the request or of the code that have changed since the run


def simulate_again(result: Result, replications: Sequence[int]) -> dict[int, ReplayedReplication]:
    """Some replications simulated again, by number, each with the outcomes that differ from the stored ones."""
    request = request_of(result.manifest)
    try:
        outcomes, events = _simulated(request, replications, len(result.theories))
    except (ArithmeticError, ValueError) as error:
        reason = " ".join(str(error).split())
        raise RequestError(f"{result.path}: the request in its manifest cannot be simulated again: {reason}") from error
    parts = tuple(changed_parts(result, request))
    stored = result.outcomes.set_index("replication")
    return {
        number: ReplayedReplication(
            events=events[events["replication"] == number],
            outcomes=outcomes.loc[number].to_dict(),
            differs=tuple(differing(outcomes.loc[number].to_dict(), stored.loc[number].to_dict())),
            changed=parts,
        )
        for number in replications
    }


def _simulated(request: Request, replications: Sequence[int], theories: int) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Outcomes and events of some replications."""
    axis = Axis([each // theories for each in replications], [each % theories for each in replications])
    assumptions, iraq = staged(request, axis)
    tally = Tally(iraq, request.ensemble.steps, request.record.days, recorded=("deaths",))
    recorder = Recorder(iraq, range(len(axis)), replications)
    advance(iraq, request.ensemble.steps, tally.count, recorder.note)
    outcomes = pd.DataFrame(tally.outcomes(assumptions.escalation_number), index=list(replications))
    return outcomes, pd.DataFrame(recorder.columns())


def differing(now: Mapping[Any, Any], stored: Mapping[Any, Any]) -> list[str]:
    """Names of the stored outcomes that differ in any bit."""
    known = [name for name in now if name in stored]
    return [name for name in known if not np.array_equal(now[name], stored[name], equal_nan=True)]


def changed_parts(result: Result, request: Request) -> list[str]:
    """Parts of the request or code that have changed since the run."""
    before, now = result.manifest["request"], determinants(request)
    parts = [name for name in now if before.get(name) != now[name]]
    return [*parts, *(["code"] if result.manifest["provenance"]["code"] != code_digest() else [])]


def request_of(manifest: Mapping[str, Any]) -> Request:
    """The request of a manifest; texts, which affect no number, are empty."""
    stored = manifest["request"]
    policy = from_plain(Policy, stored["scenario"]["policy"])
    shocks = from_plain(tuple[Shock, ...], stored["scenario"]["shocks"])
    return Request(
        scenario=Scenario(name=stored["scenario"]["name"], code="", story="", claims=(), policy=policy, shocks=shocks,
                          expects=(), needs={}),
        start=_start(manifest),
        world=from_plain(StoredWorld, stored["world"]).named(manifest["world"]),
        strata=strata_of(stored["theories"]),
        beliefs=_believed(stored["beliefs"], beliefs()),
        given=dict(stored["given"]),
        ensemble=Ensemble(replications=manifest["replications"], seed=stored["seed"], step_days=stored["step_days"],
                          horizon=stored["horizon"]),
        closed_loop=stored["closed_loop"],
        record=Record(period=stored["period"], outcomes=tuple(stored["series"]), events=0),
    )  # fmt: skip


def _start(manifest: Mapping[str, Any]) -> Start:
    stored = manifest["request"]["start"]
    states = _believed(stored["states"], start(starts()[0]).states)
    return Start(name=manifest["start"], date=stored["date"], title="", states=states)


def _believed(stored: Mapping[str, Mapping[str, Any]], known: Mapping[str, Belief]) -> dict[str, Belief]:
    """Beliefs with the priors of a manifest, in its order."""
    unknown = [name for name in stored if name not in known]
    if unknown:
        raise RequestError(
            f"this replication cannot be simulated again: the code no longer has {', '.join(unknown[:5])}. "
            "Its outcomes are in outcomes.parquet; its manifest names the commit that computed them."
        )
    return {name: _belief(known[name], each) for name, each in stored.items()}


def _belief(known: Belief, stored: Mapping[str, Any]) -> Belief:
    numbers = {name: value for name, value in stored.items() if name not in ("kind", "bounds")}
    low, high = stored["bounds"]
    return replace(known, prior=Prior(stored["kind"], numbers), bounds=(low, high))
