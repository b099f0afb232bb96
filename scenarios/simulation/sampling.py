"""Sampling: parameters and initial states of every draw from their priors, as changed by each theory."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, fields
from typing import Any

import numpy as np
from numpy.typing import NDArray

from agents.ensemble.axis import Axis
from agents.ensemble.luck import Luck
from agents.ensemble.verbs import column
from agents.mechanisms.contagion import escalation_number, severity_per_attack
from agents.parameters import Assumed
from agents.parameters.start import StartState
from agents.roster import FACTIONS, FEDERAL_SITES, TROOP_SITES
from scenarios.evidence.parameters import Belief, Numbers, Start, constant_of, troops_at_start
from scenarios.evidence.priors import DIRICHLET, FIXED, Prior
from scenarios.evidence.theories import Change, Stratum

FEDERAL, BAGHDAD = len(FEDERAL_SITES), TROOP_SITES.index("baghdad")

MOST_ATTEMPTS = 60  # about one attempt in eight is rejected, so that no draw needs nearly as many


@dataclass(frozen=True)
class Assumptions:
    """Assumptions of one ensemble."""

    assumed: Assumed
    start: StartState
    drawn: Mapping[str, Numbers]  # uncertain quantities by column name, one value per replication
    escalation_number: Numbers  # one per replication, under its own theory
    rejected: int  # attempts that were unstable and drawn again
    draws: int


class Drawing:
    """Draws of quantities with random numbers addressed by seed, name, attempt and draw."""

    def __init__(
        self, axis: Axis, luck: Luck, beliefs: Mapping[str, Belief], strata: Sequence[Stratum] = (), attempts: Any = 0
    ) -> None:
        self.axis, self.luck, self.beliefs, self.strata = axis, luck, beliefs, strata
        self.attempts = np.broadcast_to(np.asarray(attempts), (axis.span,))

    def uniform(self, name: str) -> Numbers:
        """Uniform numbers of a parameter, (draws,), each draw at its own attempt."""
        return np.choose(self.attempts, [self.luck.at(f"parameter.{name}", n) for n in range(self.attempts.max() + 1)])

    def by_draw(self, name: str, change: Change | None = None) -> Any:
        """Parameter by draw: a constant, (draws,) or (draws, labels), with the change of a pole applied if given."""
        belief = self.beliefs[name]
        believed = change.prior if change and change.prior else belief.prior
        if believed.kind == FIXED:
            value: Any = constant_of(believed)
        elif belief.labels:
            value = self._by_label(belief, believed)
        else:
            low, high = change.quantiles if change else (0.0, 1.0)
            within = (belief.bounds[0], belief.bounds[1] / max(change.times, 1.0)) if change else belief.bounds
            value = believed.quantile(low + (high - low) * self.uniform(name), within)
        return self._changed(value, change) if change else value

    def _by_label(self, belief: Belief, believed: Prior) -> Numbers:
        luck = np.array([self.uniform(f"{belief.name}.{label}") for label in belief.labels]).T
        return believed.simplex(luck) if believed.kind == DIRICHLET else believed.quantile(luck, belief.bounds)

    def _changed(self, value: Any, change: Change) -> Any:
        if change.absorbs:
            value = value / (1.0 - self.by_draw(change.absorbs))
        if change.sign:
            value = change.sign * np.abs(value)
        return value * change.times

    def by_replication(self, name: str) -> Any:
        """Parameter by replication: a constant, (replications,) or (replications, labels)."""
        changes = [[each for each in stratum.changes if each.parameter == name] for stratum in self.strata]
        if not any(changes):
            value = self.by_draw(name)
            return self.axis.spread(value) if self._varies(value, name) else value
        values = [self.by_draw(name, own[-1] if own else None) for own in changes]
        if not any(isinstance(value, np.ndarray) for value in values) and len(set(values)) == 1:
            return float(values[0])
        rows = np.array([np.broadcast_to(value, (self.axis.span,)) for value in values])
        return rows.T[self.axis.draw - self.axis.first, self.axis.theory]

    def _varies(self, value: Any, name: str) -> bool:
        return isinstance(value, np.ndarray) and value.ndim == 1 + bool(self.beliefs[name].labels)


def stable_attempts(
    axis: Axis, luck: Luck, beliefs: Mapping[str, Belief], troops: Numbers
) -> tuple[NDArray[np.int64], int]:
    """First attempt with a stable escalation number by draw, and the number of unstable attempts.

    Stability is judged at the priors, under which strikes both deter and provoke, so that neither theories nor a user's
    own values change the draws. ValueError if draws stay unstable after MOST_ATTEMPTS.
    """
    limit = beliefs["escalation_number_limit"].prior.numbers["value"]
    attempts, rejected = np.zeros(axis.span, dtype=int), 0
    pending = np.ones(axis.span, dtype=bool)
    for attempt in range(MOST_ATTEMPTS):
        attempts[pending] = attempt
        unstable = escalation(Drawing(axis, luck, beliefs, attempts=attempts).by_draw, troops) > limit
        pending = pending & unstable
        rejected += int(pending.sum())
        if not pending.any():
            return attempts, rejected
    raise ValueError(
        f"{pending.sum()} of {pending.size} draws stay above the escalation number {limit:g} after {MOST_ATTEMPTS} "
        "attempts; the priors of attacks_provoked_per_strike, self_excitation_branching_ratio or of the "
        "retaliation parameters are too high."
    )


def escalation(value: Callable[[str], Any], troops: NDArray[np.float64]) -> Numbers:
    """Escalation number in a heavy campaign under full Iranian push, at the exposure of the given troops by site.

    value    function from the name of a parameter to its value
    troops   (sites,) or (replications, sites)
    """
    targets, on_bases = _targets(value, np.atleast_2d(troops))
    exposure = np.minimum(targets ** (1.0 - value("target_substitution_share")), 1.0)
    intent = np.exp(value("directive_effect_on_lethal_intent")) / value("lethal_intent_normaliser")
    commander = value("commander_killing_added_severity")
    severity = severity_per_attack(
        value("heavy_campaign_recent_attacks"),
        scale=value("retaliation_hazard_scale"),
        elasticity=value("retaliation_response_elasticity"),
        ceiling=value("limited_strike_hazard_ceiling"),
        memory_time=value("retaliation_memory_time"),
        limited_severity=1.0
        + value("commander_killed_share_of_limited_strikes") * value("commander_killing_added_severity"),
        lethal_share=value("lethal_share_of_base_attacks") * intent,
        lethal_response=value("retaliation_rate_after_lethal_attack"),
        major_severity=1.0
        + value("major_strike_added_severity")
        + value("commander_killed_share_of_major_strikes") * commander,
    )
    return escalation_number(
        value("self_excitation_branching_ratio") * exposure,
        value("attacks_provoked_per_strike") * exposure,
        severity * on_bases,
    )


def _targets(value: Callable[[str], Any], troops: Numbers) -> tuple[Numbers, Numbers]:
    """Targets within reach of the factions (1 at reference), and the share of attacks on them that fall on bases."""
    reference = value("reference_troops_by_site")
    by_site = troops / reference
    federal = troops[:, :FEDERAL].sum(axis=1) / reference[:FEDERAL].sum()
    least = np.zeros((np.size(value("embassy_exposure_floor")), len(TROOP_SITES) + 1))
    least[:, BAGHDAD] = value("embassy_exposure_floor")
    exposure = np.maximum(np.column_stack([by_site, federal]), least)
    shares = zip(value("faction_attack_share"), FACTIONS, strict=True)
    reach = sum(part * value(f"site_reach_of_{name}") for part, name in shares)
    drawn = exposure ** column(value("exposure_elasticity")) * reach
    return drawn.sum(axis=1), drawn[:, :-1].sum(axis=1) / drawn.sum(axis=1)


@dataclass(frozen=True)
class Sampler:
    """Drawings of the parameters and initial states of an ensemble."""

    parameters: Drawing
    states: Drawing
    rejected: int


def sampler(axis: Axis, seed: int, beliefs: Mapping[str, Belief], start: Start, strata: Sequence[Stratum]) -> Sampler:
    """Stable draws of parameters and initial states along an axis."""
    luck = Luck(seed, axis)
    attempts, rejected = stable_attempts(axis, luck, beliefs, troops_at_start(start))
    return Sampler(Drawing(axis, luck, beliefs, strata, attempts), Drawing(axis, luck, start.states), rejected)


def draw_assumptions(
    axis: Axis,
    seed: int,
    beliefs: Mapping[str, Belief],
    start: Start,
    strata: Sequence[Stratum],
    given: Mapping[str, Any],
    apart: Mapping[str, Axis] | None = None,
) -> Assumptions:
    """Assumptions of every replication.

    given   parameters fixed by the user, at one value for all or one per replication
    apart   by grade of evidence, the axis along which quantities of that grade are drawn: a study of variance uses it
            to fix some sources of uncertainty while others vary
    """
    usual = sampler(axis, seed, beliefs, start, strata)
    by_grade = {grade: sampler(belief, seed, beliefs, start, strata) for grade, belief in (apart or {}).items()}
    values = {
        name: by_grade.get(belief.grade, usual).parameters.by_replication(name)
        for name, belief in beliefs.items()
        if name not in given
    }
    # one value per replication, so that bits do not depend on the batch
    values |= {name: np.full(len(axis), value) for name, value in given.items()}
    states = {
        name: by_grade.get(belief.grade, usual).states.by_replication(name) for name, belief in start.states.items()
    }
    uncertain = {name: value for name, value in values.items() if np.ndim(given.get(name, value))}
    drawn = {**_columns(uncertain, beliefs, len(axis)), **_columns(states, start.states, len(axis))}
    number = escalation(values.__getitem__, troops_at_start(start))
    return Assumptions(
        assumed=_assumed(values, beliefs),
        start=StartState(**states),
        drawn=drawn,
        escalation_number=np.broadcast_to(number, (len(axis),)),
        rejected=usual.rejected,
        draws=axis.span,
    )


def _assumed(values: Mapping[str, Any], beliefs: Mapping[str, Belief]) -> Assumed:
    """Parameters grouped by actor."""
    return Assumed(**{
        actor.name: actor.type(**{n: values[n] for n, b in beliefs.items() if b.actor == actor.name})  # type: ignore[operator]
        for actor in fields(Assumed)
    })  # fmt: skip


def _columns(values: Mapping[str, Any], beliefs: Mapping[str, Belief], size: int) -> dict[str, Numbers]:
    """Uncertain quantities as columns, one per label for quantities with labels."""
    columns = {}
    for name, value in values.items():
        array = np.asarray(value, dtype=float)
        if array.ndim and array.shape[0] == size and array.ndim == 1 + bool(beliefs[name].labels):
            if array.ndim == 1:
                columns[name] = array
            else:
                columns.update({f"{name}.{label}": array[:, n] for n, label in enumerate(beliefs[name].labels)})
    return columns
