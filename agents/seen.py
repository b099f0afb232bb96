"""The picture of a day: yesterday's public state of every actor, frozen, the same for all who decide today."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from agents.ensemble.axis import Quantity
from agents.setting import Levers, Today

CABINETS = 16  # with luck of their own; more than fit into any horizon


@dataclass(frozen=True)
class RegionSeen:
    """The region around Iraq; war and direct_war are 0 or 1, proxy_war is its intensity (one as in the Gaza war)."""

    war: Quantity
    proxy_war: Quantity
    direct_war: Quantity
    attack_deviation: Quantity  # how this direct war differs from others in the factions' response [log rate]
    push_deviation: Quantity  # how it differs in Iran's push [logit]
    distress: Quantity  # fall of the oil price [sd]


@dataclass(frozen=True)
class UsSeen:
    """The US presence."""

    troops: Quantity  # (replications, troop sites)
    pulls: Quantity  # (replications, sites): how strongly each site draws attacks
    diplomatic: Quantity  # share of attacks on Baghdad that aim at diplomatic sites
    presence: Quantity  # troops in Iraq, share of reference
    erbil_presence: Quantity  # troops in Erbil, share of reference
    level: Quantity  # troops in Iraq, share of the start
    enablers: Quantity  # air power, intelligence and support, 1 at the start
    based: Quantity  # 1 while any troops are in Iraq


@dataclass(frozen=True)
class IranSeen:
    """Iran's public face and its hand in Iraq."""

    directive: Quantity  # -1 restrain, 0 tolerate, 1 push
    broker_loss: Quantity  # share of control missing
    lasting_pressure: Quantity  # what lasting grievance adds to the pressure to expel
    influence: Quantity  # index [0, 1]


@dataclass(frozen=True)
class CampSeen:
    """The factions' camp as a whole."""

    paused: Quantity  # 1 while the vanguard pauses
    belief: Quantity  # share of an announced exit that is believed [0, 1]
    weapon_mix: Quantity  # how far drones are more common than usual [sd]
    in_office: float  # weight of the factions in a cabinet of their camp: their seats times their stake


@dataclass(frozen=True)
class FactionsSeen:
    """The factions' recent attacks, and their fear."""

    recent: Mapping[str, Quantity]  # attacks a day, by faction
    total_recent: Quantity
    vanguard_fear: Quantity  # mean [log rate], weighted by share of attacks


@dataclass(frozen=True)
class GovernmentSeen:
    """Baghdad."""

    alignment: Quantity  # with the factions' camp [-1, 1]
    warmth: Quantity  # its positive part
    caretaker: Quantity  # 1 without a full cabinet
    formed: Quantity  # 1 if a cabinet was formed yesterday
    cabinets: Any  # cabinets formed since the start, a count
    pressure: Quantity  # to expel US troops
    credibility: Quantity  # of an exit timetable [0, 1]
    stress: Quantity  # fiscal
    round_ahead: Quantity  # 1 in the run-up to a negotiation round
    hopes_dashed: Quantity  # exit hoped for less exit delivered, while the disappointment is fresh [0, 1]
    election_lost: Quantity  # size of the factions' electoral loss, while it is fresh


@dataclass(frozen=True)
class SecuritySeen:
    """The Iraqi security forces."""

    capability: Quantity  # [0, 1]
    coordination: Quantity  # with the Peshmerga [0, 1]
    interdiction: Quantity  # share of launched attacks that they stop
    backlash: Quantity  # 1 while a confrontation is fresh
    civil_war: Quantity  # 1 while state and militias are at war


@dataclass(frozen=True)
class SadristsSeen:
    """The Sadrist movement."""

    mobilised: Quantity  # [0, 1]
    excluded: Quantity  # 1 while outside parliament


@dataclass(frozen=True)
class KurdistanSeen:
    """The Kurdistan Region and its parties."""

    opposition: Quantity  # to an expulsion vote [0, 1]
    tension: Quantity  # with Baghdad, as a multiplier


@dataclass(frozen=True)
class SunniSeen:
    """The Sunni bloc."""

    alienation: Quantity  # [0, 1]
    opposition: Quantity  # to an expulsion vote [0, 1]


@dataclass(frozen=True)
class IsisSeen:
    """ISIS as a whole."""

    activity: Quantity  # attacks a day, true count
    threat: Quantity  # activity over its level at the start
    spell: Quantity  # common deviation of growth [1/year]
    usual_ground: Quantity  # ungoverned space where its cells are, at the start


@dataclass(frozen=True)
class Seen:
    """The picture of one day."""

    day: float  # days since the start
    today: Today
    region: RegionSeen
    us: UsSeen
    iran: IranSeen
    camp: CampSeen
    factions: FactionsSeen
    government: GovernmentSeen
    security: SecuritySeen
    sadrists: SadristsSeen
    kurdistan: KurdistanSeen
    sunnis: SunniSeen
    isis: IsisSeen
    ungoverned: Mapping[str, Quantity]  # index by governorate

    @property
    def levers(self) -> Levers:
        """The levers of policy today."""
        return self.today.levers
