"""Experiments: a scenario simulated as an ensemble, one block of draws at a time."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from agents.ensemble.axis import Axis
from agents.iraq import Iraq
from agents.setting import Setting
from scenarios.config.request import Request
from scenarios.evidence.calendar import calendar
from scenarios.outcomes import Tally, measured
from scenarios.simulation.events.recorder import Recorder
from scenarios.simulation.sampling import Assumptions as Assumptions
from scenarios.simulation.sampling import draw_assumptions
from scenarios.simulation.timeline import PolicyInForce, Shocker, Timeline

Numbers = NDArray[np.float64]


@dataclass(frozen=True)
class Block:
    """Results of a block of draws: tables as columns, with one value per replication unless noted."""

    draws: range
    axis: Axis
    parameters: Mapping[str, Numbers]
    outcomes: Mapping[str, Numbers]
    series: Mapping[str, NDArray[np.float32]]  # (periods, replications)
    events: Mapping[str, Any]
    rejected: int
    failed: bool = False

    @property
    def replications(self) -> NDArray[np.int64]:
        """Numbers of the replications: draw times theories plus theory."""
        theories = int(self.axis.theory.max()) + 1
        return self.axis.draw * theories + self.axis.theory


def simulate_draws(request: Request, draws: range) -> Block:
    """Simulate every replication of some draws over the horizon."""
    axis = Axis.crossing(draws, len(request.strata))
    assumptions, iraq = staged(request, axis)
    tally = Tally(iraq, request.ensemble.steps, request.record.days, request.record.outcomes)
    recorder = event_recorder(request, axis, iraq)
    advance(iraq, request.ensemble.steps, tally.count, recorder.note)
    return Block(
        draws=draws,
        axis=axis,
        parameters=assumptions.drawn,
        outcomes=tally.outcomes(assumptions.escalation_number),
        series=tally.periods(),
        events=recorder.columns(),
        rejected=assumptions.rejected,
    )


def advance(iraq: Iraq, steps: int, *observers: Callable[[], None]) -> None:
    """Step a model, and call the observers after every step."""
    for _ in range(steps):
        iraq.step()
        for observe in observers:
            observe()


def event_recorder(request: Request, axis: Axis, iraq: Iraq) -> Recorder:
    """Recorder of the draws whose events are requested."""
    positions = np.flatnonzero(axis.draw < request.record.events)
    numbers = axis.draw[positions] * len(request.strata) + axis.theory[positions]
    return Recorder(iraq, positions.tolist(), numbers.tolist())


def staged(
    request: Request, axis: Axis, apart: Mapping[str, Axis] | None = None, levers: Mapping[str, Numbers] | None = None
) -> tuple[Assumptions, Iraq]:
    """Assumptions of an experiment, and its model before the first step.

    apart    as in sampling.draw_assumptions
    levers   values of the names in the policy that are not parameters, one per replication
    """
    seed, start = request.ensemble.seed, request.start
    assumptions = draw_assumptions(axis, seed, request.beliefs, start, request.strata, request.given, apart)
    return assumptions, Iraq(setting=setting(request, axis, assumptions, levers))


def totals(
    request: Request, axis: Axis, apart: Mapping[str, Axis] | None = None, levers: Mapping[str, Numbers] | None = None
) -> Mapping[str, Numbers]:
    """Outcomes over the horizon, without series or events; arguments as in `staged`."""
    assumptions, iraq = staged(request, axis, apart, levers)
    tally = Tally(iraq, request.ensemble.steps, request.record.days, recorded=("deaths",))
    advance(iraq, request.ensemble.steps, tally.count)
    return tally.outcomes(assumptions.escalation_number)


def setting(
    request: Request, axis: Axis, assumptions: Assumptions, levers: Mapping[str, Numbers] | None = None
) -> Setting:
    """Setting of the model: parameters, initial state and timeline."""
    lookup = _lookup(assumptions, levers or {})
    step = request.ensemble.step_days
    start = assumptions.start
    sites = (start.troops_anbar, start.troops_baghdad, start.troops_north, start.troops_erbil)
    troops = np.array([np.broadcast_to(site, (len(axis),)) for site in sites]).T
    timeline = Timeline(
        policy=PolicyInForce(request.scenario.policy, lookup, troops),
        world=request.world,
        calendar=calendar(request.date),
        shocker=Shocker((*request.scenario.shocks, *request.world.shocks), measured, step),
        freeze=lookup("us_election_decision_freeze"),
    )
    return Setting(
        axis=axis,
        seed=request.ensemble.seed,
        step_days=step,
        closed_loop=request.closed_loop,
        assumed=assumptions.assumed,
        start=start,
        course=timeline,
    )


def _lookup(assumptions: Assumptions, levers: Mapping[str, Numbers]) -> Callable[[str], Any]:
    """Lookup by name of parameters of all actors and of levers that differ between replications."""
    values = {name: value for actor in vars(assumptions.assumed).values() for name, value in vars(actor).items()}
    return {**values, **levers}.__getitem__


def usual_setting(replications: int) -> Setting:
    """Setting of the status quo, the default of an Iraq without a setting."""
    from scenarios.config.compose import usual_request

    request = usual_request(replications)
    axis = Axis.crossing(range(replications))
    return setting(
        request,
        axis,
        draw_assumptions(axis, request.ensemble.seed, request.beliefs, request.start, request.strata, request.given),
    )
