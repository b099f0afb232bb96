"""Causes of events: the largest component of a rate, or a component drawn in proportion."""

from collections.abc import Mapping
from typing import TYPE_CHECKING

import numpy as np

from scenarios.simulation.events.log import ROOT, STANDING, EventLog

if TYPE_CHECKING:
    from agents.factions import Faction
    from scenarios.config.shocks import Shock

FAINT = 0.1  # a reason that shifts a log rate by less is not reported

WARS = ("war_begins", "war_widens")

PUSHES = ("iran_pushes",)

CUTS = ("troops_cut",)

STRIKES = ("us_strike", "commander_killed")

ATTACK_REASONS: Mapping[str, tuple[str, ...]] = {
    "push": PUSHES,
    "solidarity": WARS,
    "slippage": ("deadline_passed",),
    "spoiling": ("round_ahead",),
    "dashed_hopes": ("negotiation_round", "expulsion_vote"),
    "rivalry": ("attack",),
}

MOTIVES: Mapping[str, tuple[str, ...]] = {
    "presence": CUTS,
    "proxy_war": WARS,
    "direct_war": WARS,
    "fresh_grievance": ("commander_killed",),
    "lasting_grievance": ("commander_killed",),
    "cost": STRIKES,
    "detente": ("start",),
    "friends": ("cabinet_formed", "timetable_agreed", "announcement"),
}

SHOCK, SHOCK_AT_RANDOM = "shock", "shock at random"

KILLING = (
    "lethal_attack", "iranian_strike_kills", "us_strike", "attack_on_others", "isis_mass_attack", "kurdish_clash",
    "kurdish_campaign", "intra_shia_clash", "confrontation", "civil_war_begins",
)  # fmt: skip

COUNTED: Mapping[str, tuple[str, ...]] = {
    "attacks_on_others": ("attack_on_others",),
    "attacks_on_kurdistan": ("attack_on_others",),
    "attacks_on_state": ("attack_on_others",),
    "attacks_on_rivals": ("attack_on_others",),
    "attacks_": ("attack",),
    "drone_attacks": ("attack",),
    "us_wounded": ("attack",),
    "lethal_attacks": ("lethal_attack",),
    "us_deaths": ("lethal_attack", "iranian_strike_kills"),
    "deaths_us_in_attacks": ("lethal_attack",),
    "us_strikes": ("us_strike",),
    "major_us_strikes": ("us_strike",),
    "commanders_killed": ("commander_killed",),
    "iranian_strikes": ("iranian_strike",),
    "isis_": ("isis_mass_attack", "isis_resurges"),
    "kurdish_clashes": ("kurdish_clash",),
    "kurdish_campaigns": ("kurdish_campaign",),
    "intra_shia_clashes": ("intra_shia_clash",),
    "confrontations": ("confrontation",),
    "civil_war_days": ("civil_war_begins",),
    "army_collapses": ("army_collapses",),
    "deaths": KILLING,
    "cabinet_falls": ("cabinet_falls",),
    "caretaker_days": ("cabinet_falls",),
    "expulsion_votes": ("expulsion_vote",),
    "expulsions_complied": ("expulsion_complied",),
    "timetables_agreed": ("timetable_agreed",),
    "negotiation_rounds": ("negotiation_round",),
    "round_ahead_days": ("round_ahead",),
    "envoy_visits": ("envoy_visit",),
    "pause_days": ("pause_begins",),
    "war_days": WARS,
    "direct_war_days": WARS,
}  # events that an outcome counts, by its name or prefix


def largest(reasons: Mapping[str, np.ndarray], position: int, sign: float = 1.0) -> tuple[str, float]:
    """Reason with the largest weight in one replication, in the direction of the sign, and that weight."""
    weights = {name: sign * float(np.broadcast_to(value, _size(reasons))[position]) for name, value in reasons.items()}
    name = max(weights, key=lambda each: weights[each])
    return name, weights[name]


def _size(reasons: Mapping[str, np.ndarray]) -> int:
    return max(np.size(value) for value in reasons.values())


def of_motive(log: EventLog, faction: "Faction", position: int) -> tuple[int, str]:
    """Cause of an attack by the motive of a faction."""
    reason, weight = largest(faction.reasons, position)
    if weight < FAINT or reason not in ATTACK_REASONS:
        return ROOT, STANDING
    cause = log.last(ATTACK_REASONS[reason])
    return (ROOT, f"{reason} since before the start") if cause is None else (cause, reason)


def of_attack(log: EventLog, faction: "Faction", position: int, day: float, luck: float) -> tuple[int, str]:
    """Cause of an attack on US targets: motive, earlier attacks or strikes on the faction, in proportion."""
    parts = [float(each[position]) for each in (faction.motive, faction.contagion, faction.answered)]
    whole = sum(parts) or 1.0
    edges = np.cumsum(parts) / whole
    assumed = faction.assumed
    if luck < edges[0]:
        return of_motive(log, faction, position)
    if luck < edges[1]:
        rest = (luck - edges[0]) / max(edges[1] - edges[0], 1e-12)
        memory = value_at(assumed.self_excitation_decay_time, position)
        return log.one_of(f"attack/{faction.name}", day, memory, rest), "one attack leads to another"
    rest = (luck - edges[1]) / max(1.0 - edges[1], 1e-12)
    memory = value_at(assumed.provocation_decay_time, position)
    return log.one_of(f"us_strike@{faction.name}", day, memory, rest), "answer to a strike"


def of_other_attack(log: EventLog, faction: "Faction", position: int, luck: float) -> tuple[int, str]:
    """Cause of an attack on others: a quarrel of the faction, or displacement from US targets."""
    displaced, quarrels = float(faction.displaced[position]), float(faction.quarrels[position])
    if luck * (displaced + quarrels) < displaced:
        return log.last_or_root(CUTS), "displaced from US targets"
    motives = {name: faction.reasons[name] for name in ("push", "solidarity")}
    reason, weight = largest(motives, position)
    for kind, trigger in (("confrontation", "crackdown"), ("election", "lost election")):
        if kind in log.latest and weight < FAINT:
            return log.latest[kind], trigger
    if weight < FAINT:
        return ROOT, STANDING
    return log.last_or_root(ATTACK_REASONS[reason]), reason


def of_directive(log: EventLog, motives: Mapping[str, np.ndarray], position: int, sign: float) -> tuple[int, str]:
    """Cause of a push (sign 1) or a restraint (sign -1) by Iran."""
    reason, weight = largest(motives, position, sign)
    if weight < FAINT or reason not in MOTIVES:
        return ROOT, STANDING
    return log.last_or_root(MOTIVES[reason]), reason


def of_shock(log: EventLog, shock: "Shock") -> tuple[int | None, str]:
    """Cause of a shock: the latest event that its condition counts; None if it is dated or random."""
    if shock.when is None:
        return None, SHOCK if shock.per_year is None else SHOCK_AT_RANDOM
    outcome = shock.when.outcome
    kinds = next((kinds for prefix, kinds in COUNTED.items() if outcome.startswith(prefix)), ())
    return log.last_or_root(kinds), str(shock.when)


def of_pressure(log: EventLog) -> tuple[int, str]:
    """Cause of the pressure to expel US troops."""
    return log.cause((*STRIKES, *WARS), "pressure to expel")


def value_at(value: object, position: int) -> float:
    """Value of a quantity in one replication; the quantity may be a plain number."""
    array = np.asarray(value, dtype=float)
    return float(array[position]) if array.ndim else float(array)
