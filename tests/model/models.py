"""Small ensembles for the tests: requested, staged under variants of the same draws, simulated."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields, replace
from functools import cache
from typing import Any

import numpy as np

from agents.ensemble.axis import Axis
from agents.iraq import Iraq
from agents.parameters import Assumed
from agents.roster import FACTIONS
from agents.seen import Seen
from scenarios.config.compose import command_request, composed
from scenarios.config.request import Request
from scenarios.outcomes import Tally
from scenarios.simulation.experiment import setting
from scenarios.simulation.sampling import draw_assumptions

Change = float | Callable[[Any], Any]  # a value for a parameter, or what becomes of its own
Variants = Mapping[str, Mapping[str, Change]]
ONE_THEORY = ("theory.isis=enablers", "theory.strikes=both", "against=none")
AS_IT_IS: Variants = {"as it is": {}}
REFERENCE = {"troops_anbar": 1000.0, "troops_baghdad": 550.0, "troops_north": 150.0, "troops_erbil": 800.0}
NEUTRAL = {
    "iran__directive": 0.0, "iran__broker_loss": 0.0, "region__war": 0.0, "region__proxy_war": 0.0,
    "region__direct_war": 0.0, "region__attack_deviation": 0.0, "region__push_deviation": 0.0,
    "government__warmth": 0.0,
    "government__credibility": 0.0, "government__round_ahead": 0.0, "government__hopes_dashed": 0.0,
    "government__election_lost": 0.0, "government__caretaker": 0.0, "camp__belief": 0.0, "camp__paused": 0.0,
    "sadrists__excluded": 1.0, "security__backlash": 0.0, "us__level": 1.0, "us__presence": 1.0,
}  # fmt: skip
UNCOUPLED = {
    "self_excitation_branching_ratio": 0.0, "daily_attack_frailty_variance": 0.0, "sponsor_control_over_vanguard": 0.0,
    "attacks_provoked_per_strike": 0.0, "strike_deterrence_effect": 0.0, "office_holding_restraint": 0.0,
    "credible_timetable_restraint": 0.0, "commitment_slippage_backlash": 0.0, "frustrated_exit_hopes_effect": 0.0,
    "negotiation_spoiling_effect": 0.0, "outbidding_effect": 0.0, "sadrist_brake_on_attacks": 0.0,
    "truce_switching_rate": 0.0, "baseline_interdiction_share": 0.0, "daily_attack_capacity": 100.0,
}  # fmt: skip


@cache
def requested(*overrides: str) -> Request:
    """The request that overrides make."""
    return command_request(composed(overrides)).request


def one_theory(*overrides: str) -> Request:
    """The same under a single theory, without a baseline."""
    return requested(*ONE_THEORY, *overrides)


@dataclass(frozen=True)
class History:
    """Outcomes and series of every variant, draw by draw."""

    iraq: Iraq
    names: tuple[str, ...]
    outcomes: Mapping[str, np.ndarray]
    series: Mapping[str, np.ndarray]

    def of(self, variant: str, outcome: str) -> np.ndarray:
        """An outcome of a variant, one value a draw."""
        return self.outcomes[outcome][self.names.index(variant) :: len(self.names)]


def staged_under(
    request: Request,
    draws: range,
    variants: Variants = AS_IT_IS,
    start: Mapping[str, float] | None = None,
    constants: Mapping[str, Any] | None = None,
    kind: type[Iraq] = Iraq,
) -> Iraq:
    """A model that simulates every draw once under each variant of the parameters.

    `start` fixes states of the start, `constants` parameters of several columns, in every replication alike.
    """
    axis = Axis.crossing(draws, len(variants))
    assumptions = draw_assumptions(
        axis, request.ensemble.seed, request.beliefs, request.start, request.strata * len(variants), request.given
    )
    actors = {each.name: getattr(assumptions.assumed, each.name) for each in fields(Assumed)}
    unknown = {name for variant in variants.values() for name in variant} - {
        n for a in actors.values() for n in vars(a)
    }
    assert not unknown, unknown
    assumed = {
        name: varied(
            replace(actor, **{n: v for n, v in (constants or {}).items() if n in vars(actor)}),
            axis,
            list(variants.values()),
        )
        for name, actor in actors.items()
    }
    assumptions = replace(
        assumptions, assumed=Assumed(**assumed), start=replace(assumptions.start, **dict(start or {}))
    )
    return kind(setting=setting(request, axis, assumptions))


def varied(actor: Any, axis: Axis, variants: list[Mapping[str, Change]]) -> Any:
    """An actor's parameters with each variant's own in its replications."""
    changes = {}
    for name in {name for variant in variants for name in variant} & set(vars(actor)):
        own = np.asarray(getattr(actor, name))
        value = np.broadcast_to(own, (len(axis), *own.shape[own.ndim - _columns(actor, name) :])).copy()
        for number, variant in enumerate(variants):
            if name in variant:
                here, change = axis.theory == number, variant[name]
                value[here] = change(value[here]) if callable(change) else change
        changes[name] = value
    return replace(actor, **changes)


def _columns(actor: Any, name: str) -> int:
    return int(bool(next(each for each in fields(actor) if each.name == name).metadata["labels"]))


def step_through(iraq: Iraq, steps: int, variants: Variants = AS_IT_IS) -> History:
    """Step a model so many times and add everything up."""
    tally = Tally(iraq, steps, 7)
    for _ in range(steps):
        iraq.step()
        tally.count()
    return History(iraq, tuple(variants), tally.outcomes(iraq.axis.full(0.0)), tally.periods())


def history_under(
    request: Request, draws: range, variants: Variants = AS_IT_IS, start: Mapping[str, float] | None = None
) -> History:
    """Simulate the horizon of a request in every draw under every variant."""
    return step_through(staged_under(request, draws, variants, start), request.ensemble.steps, variants)


def having(seen: Seen, **changes: Any) -> Seen:
    """What is seen, with some of it replaced; `government__warmth=1` is government.warmth."""
    for name, value in changes.items():
        part, _, attribute = name.partition("__")
        old = getattr(seen, part)
        seen = replace(seen, **{part: replace(old, **{attribute: np.zeros(len(seen.region.war)) + value})})
    return seen


def neutral_picture(iraq: Iraq) -> Seen:
    """What is seen on a day on which nothing moves anybody."""
    seen = having(iraq.observe(), **NEUTRAL)
    nothing = iraq.axis.full(0.0)
    quiet = replace(seen.factions, recent=dict.fromkeys(FACTIONS, nothing), total_recent=nothing)
    return replace(seen, factions=quiet)
