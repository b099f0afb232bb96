"""Events of a day: attacks, strikes, deaths and votes, frozen, the same for all who adapt to them."""

from collections.abc import Mapping
from dataclasses import dataclass

from agents.ensemble.axis import Count, Flag, Quantity


@dataclass(frozen=True, kw_only=True)
class Attacks:
    """The factions' attacks of a day."""

    by_site: Count  # (replications, sites)
    base_attacks: Count  # on bases and diplomatic sites
    troop_sites: Count
    diplomatic: Count
    convoys: Count
    attacks_on_us: Count  # all of these
    drones: Count  # among attacks on bases and diplomatic sites
    elsewhere: Count  # (replications, other targets)
    lethal_attacks: Count


@dataclass(frozen=True, kw_only=True)
class Strikes:
    """The US strikes of a day."""

    limited_strikes: Quantity
    major_strikes: Quantity
    strikes: Quantity
    commanders_killed: Quantity
    severity: Quantity
    struck: Mapping[str, Quantity]  # 1 for the faction that the strikes of the day hit


@dataclass(frozen=True, kw_only=True)
class Settled(Attacks, Strikes):
    """Everything that came of a day."""

    us_wounded: Quantity
    wounded_by_isis: Quantity
    isis_attacks: Quantity
    deaths: Mapping[str, Quantity]  # by kind of violence; together the ledger of the day
    outside_deaths: Quantity
    confrontations: Quantity
    collapses: Flag
    votes: Flag
    complied: Flag
    timetable_agreed: Flag
    attacks_in: Mapping[str, Quantity]  # attacks of all kinds, by governorate
