"""Where the intentions of a day meet: attacks land, strikes hit someone, people die, votes count."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from agents import toll
from agents.ensemble.axis import Count, Flag, Quantity
from agents.ensemble.chance import binomial, categorical
from agents.ensemble.verbs import choose, gathered
from agents.mechanisms.coercion import severity
from agents.mechanisms.exposure import drone_share
from agents.roster import CELLS, CONVOY_ROADS, FACTIONS, GOVERNORATES, KURDISTAN, NORTH, OTHER_TARGETS, SITES
from agents.seen import Seen

if TYPE_CHECKING:
    from agents.iraq import Iraq

CONVOY, BAGHDAD = SITES.index("convoy"), SITES.index("baghdad")


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
    """What came of a day."""

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


def settle(model: "Iraq", seen: Seen) -> Settled:
    """Everything that the intentions of a day bring about."""
    attacks = settled_attacks(model, seen)
    strikes = settled_strikes(model, seen)
    cells = [cell.attacks for cell in model.isis_cells]
    government, security = model.government, model.security_forces
    return Settled(
        **vars(attacks),
        **vars(strikes),
        us_wounded=toll.us_wounded(model, attacks.base_attacks),
        wounded_by_isis=toll.wounded_by_isis(model, gathered(cells)),
        isis_attacks=gathered(cells),
        deaths=ledger(model, attacks, strikes, gathered(cells)),
        outside_deaths=toll.outside(model),
        confrontations=security.confrontations,
        collapses=security.collapses,
        votes=government.votes,
        complied=government.complies,
        timetable_agreed=government.agrees,
        attacks_in=attacks_by_governorate(model, attacks),
    )


def settled_attacks(model: "Iraq", seen: Seen) -> Attacks:
    """Attacks as they land: on whom, with what weapon, and how many of them kill."""
    by_site = gathered(faction.attacks for faction in model.factions)
    shocked = seen.today.shock("lethal_attack") + np.zeros(len(model.axis), dtype=int)
    diplomatic = binomial(by_site[:, BAGHDAD], seen.us.diplomatic, model.luck("attacks.diplomatic"))
    base = gathered(by_site[:, site] for site in range(CONVOY)) + shocked
    return Attacks(
        by_site=by_site,
        base_attacks=base,
        troop_sites=base - diplomatic,
        diplomatic=diplomatic,
        convoys=by_site[:, CONVOY],
        attacks_on_us=base + by_site[:, CONVOY],
        drones=binomial(base, drones(model, seen), model.luck("attacks.drones")),
        elsewhere=gathered(faction.attacks_elsewhere for faction in model.factions),
        lethal_attacks=toll.lethal_attacks(model, seen, base - shocked) + shocked,
    )


def drones(model: "Iraq", seen: Seen) -> Quantity:
    """Share of drones among attacks on bases today."""
    assumed = model.assumed.factions
    return drone_share(
        seen.today.years_since_2019,
        model.weapon_mix,
        initial=assumed.initial_drone_share,
        growth=assumed.drone_share_growth,
        spread=assumed.drone_share_spread,
    )


def settled_strikes(model: "Iraq", seen: Seen) -> Strikes:
    """US strikes as they land: on whom, how severe, and whether a commander is killed."""
    us, assumed = model.us_forces, model.assumed.us_forces
    ordered = model.axis.full(seen.today.shock("commander_killed"))
    limited, major = us.limited_strikes, us.major_strikes + ordered
    share_limited = model.axis.full(assumed.commander_killed_share_of_limited_strikes)
    share_major = model.axis.full(assumed.commander_killed_share_of_major_strikes)
    in_limited = binomial(limited, share_limited, model.luck("strikes.commander_in_limited"))
    in_major = binomial(us.major_strikes, share_major, model.luck("strikes.commander_in_major"))
    killed = in_limited + in_major + ordered
    return Strikes(
        limited_strikes=limited,
        major_strikes=major,
        strikes=limited + major,
        commanders_killed=killed,
        severity=severity(
            limited,
            major,
            killed,
            major_adds=assumed.major_strike_added_severity,
            commander_adds=assumed.commander_killing_added_severity,
        ),
        struck=struck(model, limited + major),
    )


def struck(model: "Iraq", strikes: Quantity) -> Mapping[str, Quantity]:
    """The faction that the strikes of a day hit: one of the vanguard, as likely as its share of their attacks.

    Where nobody belongs to the vanguard, any faction may be hit.
    """
    vanguard = gathered(faction.vanguard * faction.attack_share for faction in model.factions)
    weights = [choose(vanguard > 0, faction.vanguard, 1.0) * faction.attack_share for faction in model.factions]
    whole = gathered(weights)
    target = categorical([weight / whole for weight in weights], model.luck("strikes.target"))
    return {name: 1.0 * ((target == number) & (strikes > 0)) for number, name in enumerate(FACTIONS)}


def ledger(model: "Iraq", attacks: Attacks, strikes: Strikes, isis_attacks: Quantity) -> Mapping[str, Quantity]:
    """Deaths of a day by kind of violence; they add up to all deaths."""
    iran, security = model.iran, model.security_forces
    return {
        "us_in_attacks": toll.us_deaths(model, attacks.lethal_attacks),
        "us_in_iranian_strikes": toll.by_iran(model, iran.strikes_on_us, "us"),
        "iraqis_beside_us_targets": toll.beside_attacks(model, attacks.base_attacks, attacks.convoys),
        "militants_in_us_strikes": toll.militants(model, strikes.limited_strikes, strikes.major_strikes),
        "civilians_in_us_strikes": toll.civilians_in_strikes(model, strikes.strikes),
        "kurds_in_iranian_strikes": toll.by_iran(model, iran.strikes_on_kurds, "kurds"),
        "attacks_on_other_targets": toll.at_home(model, gathered(attacks.elsewhere.T)),
        "confrontations": toll.in_confrontations(model, security.confrontations),
        "civil_war": toll.in_civil_war(model, 1.0 * (security.civil_war_days > 0)),
        "isis_attacks": toll.by_isis(model, isis_attacks),
        "isis_members": toll.isis_members(model, isis_attacks),
        "intra_shia_clashes": toll.among_shia(model, model.sadrists.clashes),
        "kurdish_clashes": toll.in_kurdish_clashes(model, model.kurdistan.clashes),
        "kurdish_campaigns": toll.in_kurdish_campaigns(model, model.kurdistan.campaigns),
    }


def attacks_by_governorate(model: "Iraq", attacks: Attacks) -> Mapping[str, Quantity]:
    """Attacks of all kinds by governorate; those on a region of several are split by fixed shares, for the map."""
    assumed = model.assumed.governorates
    elsewhere = dict(zip(OTHER_TARGETS, attacks.elsewhere.T, strict=True))
    sites = dict(zip(SITES, attacks.by_site.T, strict=True))
    falls: dict[str, list[Quantity]] = {name: [model.axis.full(0.0)] for name in GOVERNORATES}
    for name, cell in zip(CELLS, model.isis_cells, strict=True):
        falls[name].append(cell.attacks)
    falls["anbar"].append(sites["anbar"])
    falls["erbil"].append(sites["erbil"])
    falls["baghdad"].append(sites["baghdad"] + elsewhere["state"] + elsewhere["rivals"])
    for names, shares, total in (
        (NORTH, assumed.north_attack_shares, sites["north"]),
        (CONVOY_ROADS, assumed.convoy_attack_shares, sites["convoy"]),
        (KURDISTAN, assumed.kurdistan_attack_shares, elsewhere["kurdistan"]),
    ):
        for name, part in zip(names, shares, strict=True):
            falls[name].append(part * total)
    return {name: gathered(parts) for name, parts in falls.items()}
