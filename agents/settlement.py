"""Settlement of a day, where all intentions meet: attacks land, strikes hit someone, people die, votes count."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from agents import toll
from agents.ensemble.axis import Count, Flag, Quantity
from agents.ensemble.chance import binomial, categorical
from agents.ensemble.verbs import choose, gathered
from agents.mechanisms.coercion import severity
from agents.mechanisms.exposure import drone_share
from agents.parameters import Assumed
from agents.roster import CELLS, CONVOY_ROADS, FACTIONS, GOVERNORATES, KURDISTAN, NORTH, OTHER_TARGETS, SITES
from agents.seen import Seen
from agents.settled import Attacks, Settled, Strikes
from agents.stage import Stage

CONVOY, BAGHDAD = SITES.index("convoy"), SITES.index("baghdad")


@dataclass(frozen=True, kw_only=True)
class Intentions:
    """Decisions of a day, before they meet."""

    attacks: Count  # of all factions on US targets, (replications, sites)
    attacks_elsewhere: Count  # of all factions on others, (replications, other targets)
    limited_strikes: Count  # by the US
    major_strikes: Count  # by the US
    strikes_on_us: Count  # by Iran
    strikes_on_kurds: Count  # by Iran
    votes: Flag  # parliament votes to expel US troops
    complies: Flag  # the cabinet carries that vote out
    agrees: Flag  # on an exit timetable
    confrontations: Count  # of security forces with militias
    collapses: Flag  # of army units
    intra_shia_clashes: Count
    kurdish_clashes: Count
    kurdish_campaigns: Count
    isis_attacks: Mapping[str, Count]  # by governorate of the cell


def settle(stage: Stage, seen: Seen, intended: Intentions) -> Settled:
    """Bring about, all at once, everything that was intended for a day."""
    attacks = settled_attacks(stage, seen, intended)
    strikes = settled_strikes(stage, seen, intended)
    isis_attacks = gathered(intended.isis_attacks.values())
    return Settled(
        **vars(attacks),
        **vars(strikes),
        us_wounded=toll.us_wounded(stage, attacks.base_attacks),
        wounded_by_isis=toll.wounded_by_isis(stage, isis_attacks),
        isis_attacks=isis_attacks,
        deaths=ledger(stage, seen, intended, attacks, strikes),
        outside_deaths=toll.outside(stage),
        confrontations=intended.confrontations,
        collapses=intended.collapses,
        votes=intended.votes,
        complied=intended.complies,
        timetable_agreed=intended.agrees,
        attacks_in=attacks_by_governorate(stage, attacks, intended.isis_attacks),
    )


def settled_attacks(stage: Stage, seen: Seen, intended: Intentions) -> Attacks:
    """Attacks as they land: their targets and weapons, and how many of them kill."""
    by_site = intended.attacks
    shocked = seen.today.shock("lethal_attack") + np.zeros(len(stage.axis), dtype=int)
    diplomatic = binomial(by_site[:, BAGHDAD], seen.us.diplomatic, stage.luck("attacks.diplomatic"))
    base = gathered(by_site[:, site] for site in range(CONVOY)) + shocked
    return Attacks(
        by_site=by_site,
        base_attacks=base,
        troop_sites=base - diplomatic,
        diplomatic=diplomatic,
        convoys=by_site[:, CONVOY],
        attacks_on_us=base + by_site[:, CONVOY],
        drones=binomial(base, drones(stage.assumed, seen), stage.luck("attacks.drones")),
        elsewhere=intended.attacks_elsewhere,
        lethal_attacks=toll.lethal_attacks(stage, seen, base - shocked) + shocked,
    )


def drones(assumed: Assumed, seen: Seen) -> Quantity:
    """Share of drones among attacks on bases today."""
    return drone_share(
        seen.today.years_since_2019,
        seen.camp.weapon_mix,
        initial=assumed.factions.initial_drone_share,
        growth=assumed.factions.drone_share_growth,
        spread=assumed.factions.drone_share_spread,
    )


def settled_strikes(stage: Stage, seen: Seen, intended: Intentions) -> Strikes:
    """US strikes as they land: their target and severity, and the commanders killed."""
    assumed = stage.assumed.us_forces
    ordered = stage.axis.full(seen.today.shock("commander_killed"))
    limited, major = intended.limited_strikes, intended.major_strikes + ordered
    share_limited = stage.axis.full(assumed.commander_killed_share_of_limited_strikes)
    share_major = stage.axis.full(assumed.commander_killed_share_of_major_strikes)
    in_limited = binomial(limited, share_limited, stage.luck("strikes.commander_in_limited"))
    in_major = binomial(intended.major_strikes, share_major, stage.luck("strikes.commander_in_major"))
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
        struck=struck(stage, limited + major),
    )


def struck(stage: Stage, strikes: Quantity) -> Mapping[str, Quantity]:
    """The faction that the strikes of a day hit: one of the vanguard, as likely as its share of their attacks.

    Where nobody belongs to the vanguard, any faction may be hit.
    """
    assumed = stage.assumed.factions
    factions = list(zip(assumed.vanguard_flag, assumed.faction_attack_share, strict=True))
    vanguard = gathered(flag * part for flag, part in factions)
    weights = [choose(vanguard > 0, flag, 1.0) * part for flag, part in factions]
    whole = gathered(weights)
    target = categorical([weight / whole for weight in weights], stage.luck("strikes.target"))
    return {name: 1.0 * ((target == number) & (strikes > 0)) for number, name in enumerate(FACTIONS)}


def ledger(
    stage: Stage, seen: Seen, intended: Intentions, attacks: Attacks, strikes: Strikes
) -> Mapping[str, Quantity]:
    """Deaths of a day by kind of violence; they add up to all deaths."""
    isis_attacks = gathered(intended.isis_attacks.values())
    return {
        "us_in_attacks": toll.us_deaths(stage, attacks.lethal_attacks),
        "us_in_iranian_strikes": toll.by_iran(stage, intended.strikes_on_us, "us"),
        "iraqis_beside_us_targets": toll.beside_attacks(stage, attacks.base_attacks, attacks.convoys),
        "militants_in_us_strikes": toll.militants(stage, strikes.limited_strikes, strikes.major_strikes),
        "civilians_in_us_strikes": toll.civilians_in_strikes(stage, strikes.strikes),
        "kurds_in_iranian_strikes": toll.by_iran(stage, intended.strikes_on_kurds, "kurds"),
        "attacks_on_other_targets": toll.at_home(stage, gathered(attacks.elsewhere.T)),
        "confrontations": toll.in_confrontations(stage, intended.confrontations),
        "civil_war": toll.in_civil_war(stage, seen.security.civil_war),
        "isis_attacks": toll.by_isis(stage, isis_attacks),
        "isis_members": toll.isis_members(stage, isis_attacks),
        "intra_shia_clashes": toll.among_shia(stage, intended.intra_shia_clashes),
        "kurdish_clashes": toll.in_kurdish_clashes(stage, intended.kurdish_clashes),
        "kurdish_campaigns": toll.in_kurdish_campaigns(stage, intended.kurdish_campaigns),
    }


def attacks_by_governorate(stage: Stage, attacks: Attacks, by_isis: Mapping[str, Count]) -> Mapping[str, Quantity]:
    """Attacks of all kinds by governorate; those on a region of several are split by fixed shares, for the map."""
    assumed = stage.assumed.governorates
    elsewhere = dict(zip(OTHER_TARGETS, attacks.elsewhere.T, strict=True))
    sites = dict(zip(SITES, attacks.by_site.T, strict=True))
    falls: dict[str, list[Quantity]] = {name: [stage.axis.full(0.0)] for name in GOVERNORATES}
    for name in CELLS:
        falls[name].append(by_isis[name])
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
