"""The toll of a day: the dead and the wounded, one rule for each kind of violence, every death alike."""

import numpy as np

from agents.ensemble.axis import Count, Quantity
from agents.ensemble.chance import binomial, lognormal_frailty, negative_binomial, truncated_pareto
from agents.ensemble.verbs import DAYS_PER_MONTH, choose, happens, occurrences
from agents.mechanisms.exposure import lethal_intent
from agents.seen import Seen
from agents.stage import Stage

KILLINGS_RUNG = 1  # of the ceiling of militia violence: below it nobody is killed at home


def lethal_attacks(stage: Stage, seen: Seen, base_attacks: Count) -> Count:
    """Attacks on bases and diplomatic sites that kill Americans or coalition members."""
    assumed = stage.assumed.factions
    intent = lethal_intent(
        seen.iran.directive,
        seen.region.direct_war,
        directive_effect=assumed.directive_effect_on_lethal_intent,
        war_effect=assumed.direct_war_effect_on_lethal_intent,
        normaliser=assumed.lethal_intent_normaliser,
    )
    probability = np.minimum(assumed.lethal_share_of_base_attacks * intent, 1.0)
    return binomial(base_attacks, probability, stage.luck("toll.lethal"))


def us_deaths(stage: Stage, lethal: Count) -> Quantity:
    """Americans and coalition members killed in lethal attacks: one each, and more."""
    return lethal + occurrences(stage.assumed.factions.added_deaths_in_lethal_attack * lethal, stage.luck("toll.us"))


def us_wounded(stage: Stage, base_attacks: Count) -> Quantity:
    """Americans and coalition members wounded: mostly none, rarely many."""
    assumed = stage.assumed.factions
    frailty = lognormal_frailty(assumed.wounded_frailty_variance, stage.luck("toll.us_wounded_frailty"))
    return occurrences(assumed.wounded_per_base_attack * frailty * base_attacks, stage.luck("toll.us_wounded"))


def beside_attacks(stage: Stage, base_attacks: Count, convoys: Count) -> Quantity:
    """Iraqis killed beside US targets: near bases and on supply roads."""
    assumed = stage.assumed.factions
    mean = assumed.iraqi_deaths_per_base_attack * base_attacks + assumed.deaths_per_convoy_attack * convoys
    return occurrences(mean, stage.luck("toll.beside"))


def militants(stage: Stage, limited: Quantity, major: Quantity) -> Quantity:
    """Militants killed by US strikes: one each, and more where the strike is major."""
    assumed = stage.assumed.us_forces
    weight = limited + (1.0 + assumed.major_strike_militant_deaths_multiplier) * major
    more = occurrences(assumed.militants_killed_per_limited_strike * weight, stage.luck("toll.militants"))
    return limited + major + more


def civilians_in_strikes(stage: Stage, strikes: Quantity) -> Quantity:
    """Civilians killed by US strikes."""
    mean = stage.assumed.us_forces.civilians_killed_per_us_strike * strikes
    return occurrences(mean, stage.luck("toll.civilians"))


def by_iran(stage: Stage, strikes: Quantity, target: str) -> Quantity:
    """People killed by Iran's own strikes on one kind of target."""
    return occurrences(stage.assumed.iran.deaths_per_iranian_direct_strike * strikes, stage.luck(f"toll.iran.{target}"))


def at_home(stage: Stage, attacks: Quantity) -> Quantity:
    """People killed in the factions' attacks on other Iraqis, where the ceiling of militia violence lets them kill."""
    assumed = stage.assumed.factions
    killing = 1.0 * (assumed.militia_violence_ceiling >= KILLINGS_RUNG)
    mean = assumed.deaths_per_attack_on_other_targets * killing * attacks
    dispersion = assumed.dispersion_of_deaths_per_other_attack * attacks
    return negative_binomial(mean, dispersion, stage.luck("toll.at_home"))


def in_confrontations(stage: Stage, confrontations: Quantity) -> Quantity:
    """People killed when security forces and militias confront each other."""
    mean = stage.assumed.security_forces.added_deaths_in_confrontation * confrontations
    return confrontations + occurrences(mean, stage.luck("toll.confrontation"))


def in_civil_war(stage: Stage, civil_war: Quantity) -> Quantity:
    """People killed in a day of civil war."""
    mean = stage.assumed.security_forces.civil_war_deaths_per_day * civil_war * stage.step_days
    return occurrences(mean, stage.luck("toll.civil_war"))


def by_isis(stage: Stage, attacks: Quantity) -> Quantity:
    """People killed by ISIS; at times one of its attacks kills many."""
    assumed = stage.assumed.isis
    none = 1.0 - assumed.mass_casualty_probability_per_isis_attack
    mass = happens(1.0 - none**attacks, stage.luck("toll.isis_mass"))
    ordinary = attacks - mass
    few = negative_binomial(
        assumed.deaths_per_isis_attack * ordinary,
        assumed.dispersion_of_deaths_per_isis_attack * ordinary,
        stage.luck("toll.isis"),
    )
    low, high = assumed.mass_casualty_death_range
    luck = stage.luck("toll.isis_mass_size")
    many = np.floor(truncated_pareto(low, high, assumed.mass_casualty_tail_exponent, luck))
    return few + choose(mass, many, 0.0)


def wounded_by_isis(stage: Stage, attacks: Quantity) -> Quantity:
    """People wounded by ISIS."""
    return occurrences(stage.assumed.isis.wounded_per_isis_attack * attacks, stage.luck("toll.isis_wounded"))


def isis_members(stage: Stage, attacks: Quantity) -> Quantity:
    """Members of ISIS killed, by whomever."""
    return occurrences(
        stage.assumed.isis.isis_members_killed_per_isis_attack * attacks, stage.luck("toll.isis_members")
    )


def among_shia(stage: Stage, clashes: Quantity) -> Quantity:
    """People killed in clashes between Sadrists and Iran-aligned groups."""
    assumed = stage.assumed.sadrists
    least = assumed.least_deaths_in_intra_shia_clash
    more = occurrences((assumed.deaths_per_intra_shia_clash - least) * clashes, stage.luck("toll.intra_shia"))
    return least * clashes + more


def in_kurdish_clashes(stage: Stage, clashes: Quantity) -> Quantity:
    """People killed in lethal clashes of Kurdish with federal forces or militias: at least one each."""
    mean = np.maximum(stage.assumed.kurdistan.deaths_per_kurdish_federal_clash - 1.0, 0.0) * clashes
    return clashes + occurrences(mean, stage.luck("toll.kurdish_clash"))


def in_kurdish_campaigns(stage: Stage, campaigns: Quantity) -> Quantity:
    """People killed in major campaigns between federal and Kurdish forces."""
    assumed = stage.assumed.kurdistan
    least = assumed.least_deaths_in_kurdish_campaign
    more = occurrences((assumed.deaths_per_major_kurdish_campaign - least) * campaigns, stage.luck("toll.campaign"))
    return least * campaigns + more


def outside(stage: Stage) -> Quantity:
    """People killed between Turkey and the PKK in Iraq: an outside stream, never part of the toll of a scenario."""
    assumed = stage.assumed.measurement
    months = stage.step_days / DAYS_PER_MONTH
    mean = stage.axis.full(assumed.turkey_pkk_deaths * months)
    return negative_binomial(mean, stage.axis.full(assumed.turkey_pkk_dispersion * months), stage.luck("outside"))
