"""Violent outcomes: attacks, strikes, clashes, and the deaths they cause."""

from typing import Any

from agents.ensemble.verbs import across, gathered
from agents.roster import GOVERNORATES, OTHER_TARGETS
from scenarios.outcomes.declaration import COUNT, LEVEL, Outcome, add, outcome
from scenarios.outcomes.observer import Observer

US_DEATHS = ("us_in_attacks", "us_in_iranian_strikes")


@outcome("troops", LEVEL)
def troops(watch: Observer) -> Any:
    """US troops in Iraq."""
    return across(watch.iraq.us_forces.troops)


@outcome("troops", LEVEL)
def coalition_troops(watch: Observer) -> Any:
    """Troops of the coalition in Iraq, US troops among them, at the US share of it."""
    return troops(watch) / watch.iraq.us_forces.assumed.us_share_of_coalition


@outcome("troop-years")
def troop_years(watch: Observer) -> Any:
    """Years that US troops spend in Iraq, all together."""
    return across(watch.iraq.us_forces.troops) * watch.days / 365.25


@outcome("attacks")
def attacks_on_us(watch: Observer) -> Any:
    """Attacks on US targets in Iraq, launched or intercepted, convoys included."""
    return watch.settled.attacks_on_us


@outcome("attacks")
def attacks_on_us_sites(watch: Observer) -> Any:
    """Attacks on bases and diplomatic sites in Iraq, launched or intercepted; convoys are counted apart."""
    return watch.settled.base_attacks


@outcome("attacks")
def attacks_on_troop_sites(watch: Observer) -> Any:
    """Attacks on sites that house US troops."""
    return watch.settled.troop_sites


@outcome("attacks")
def attacks_on_diplomatic_sites(watch: Observer) -> Any:
    """Attacks on the embassy and other diplomatic sites."""
    return watch.settled.diplomatic


@outcome("attacks")
def attacks_on_convoys(watch: Observer) -> Any:
    """Attacks on supply convoys of the coalition."""
    return watch.settled.convoys


@outcome("attacks")
def drone_attacks(watch: Observer) -> Any:
    """Attacks on bases and diplomatic sites that use drones; rockets are the rest."""
    return watch.settled.drones


@outcome("attacks")
def lethal_attacks(watch: Observer) -> Any:
    """Attacks on bases that kill Americans or coalition members."""
    return watch.settled.lethal_attacks


@outcome("deaths")
def us_deaths(watch: Observer) -> Any:
    """Americans and coalition members killed in Iraq by factions or by Iran."""
    return gathered(watch.settled.deaths[kind] for kind in US_DEATHS)


@outcome("wounded")
def us_wounded(watch: Observer) -> Any:
    """Americans and coalition members wounded in attacks on bases."""
    return watch.settled.us_wounded


@outcome("strikes")
def us_strikes(watch: Observer) -> Any:
    """US strikes on the factions in Iraq."""
    return watch.settled.strikes


@outcome("strikes")
def major_us_strikes(watch: Observer) -> Any:
    """Major US strikes on the factions in Iraq."""
    return watch.settled.major_strikes


@outcome("commanders")
def commanders_killed(watch: Observer) -> Any:
    """Commanders of the factions killed in US strikes."""
    return watch.settled.commanders_killed


@outcome("strikes")
def iranian_strikes_on_us(watch: Observer) -> Any:
    """Iranian strikes from its own soil on US sites in Iraq."""
    return watch.iraq.iran.strikes_on_us


@outcome("strikes")
def iranian_strikes_on_kurdistan(watch: Observer) -> Any:
    """Iranian strikes from its own soil on Kurdish opposition groups in Iraq."""
    return watch.iraq.iran.strikes_on_kurds


@outcome("attacks")
def attacks_on_others(watch: Observer) -> Any:
    """The factions' attacks on the Kurdistan Region, the state and rivals."""
    return across(watch.settled.elsewhere)


@outcome("attacks")
def isis_attacks(watch: Observer) -> Any:
    """Attacks by ISIS, true count."""
    return watch.settled.isis_attacks


@outcome("attacks/day", LEVEL)
def isis_activity(watch: Observer) -> Any:
    """Latent activity of ISIS: attacks a day that it would make, true count."""
    return gathered(cell.activity for cell in watch.iraq.isis_cells)


@outcome("wounded")
def isis_wounded(watch: Observer) -> Any:
    """People wounded by ISIS."""
    return watch.settled.wounded_by_isis


@outcome("clashes")
def kurdish_clashes(watch: Observer) -> Any:
    """Lethal clashes of Kurdish with federal forces or militias."""
    return watch.iraq.kurdistan.clashes


@outcome("campaigns")
def kurdish_campaigns(watch: Observer) -> Any:
    """Major campaigns between federal and Kurdish forces, 25 or more dead each."""
    return watch.iraq.kurdistan.campaigns


@outcome("clashes")
def intra_shia_clashes(watch: Observer) -> Any:
    """Clashes between Sadrists and Iran-aligned groups, ten or more dead each."""
    return watch.iraq.sadrists.clashes


@outcome("clashes")
def confrontations(watch: Observer) -> Any:
    """Armed confrontations of security forces with militias in a disarmament drive."""
    return watch.settled.confrontations


@outcome("days")
def civil_war_days(watch: Observer) -> Any:
    """Days of civil war between the state and the militias."""
    return (watch.iraq.security_forces.civil_war_days > 0) * watch.days


@outcome("collapses")
def army_collapses(watch: Observer) -> Any:
    """Collapses of army units like that of 2014."""
    return watch.settled.collapses


@outcome("deaths")
def deaths(watch: Observer) -> Any:
    """Everyone killed in political violence in Iraq, whoever they are, but for Turkey and the PKK."""
    return gathered(watch.settled.deaths.values())


@outcome("deaths")
def deaths_of_others(watch: Observer) -> Any:
    """Everyone killed but Americans and coalition members: Iraqis, nearly all."""
    return gathered(number for kind, number in watch.settled.deaths.items() if kind not in US_DEATHS)


def _deaths_by_kind(kind: str, meaning: str) -> None:
    def measure(watch: Observer) -> Any:
        return watch.settled.deaths[kind]

    add(Outcome(f"deaths_{kind}", "deaths", meaning, COUNT, measure))


for _kind, _meaning in (
    ("us_in_attacks", "Americans and coalition members killed by the factions."),
    ("us_in_iranian_strikes", "People killed on US sites by Iranian strikes."),
    ("iraqis_beside_us_targets", "Iraqis killed near bases and on supply roads by attacks on US targets."),
    ("militants_in_us_strikes", "Militants killed by US strikes."),
    ("civilians_in_us_strikes", "Civilians killed by US strikes."),
    ("kurds_in_iranian_strikes", "People killed by Iranian strikes on the Kurdistan Region."),
    ("attacks_on_other_targets", "People killed by the factions' attacks on the Region, the state and rivals."),
    ("confrontations", "People killed in confrontations of security forces with militias."),
    ("civil_war", "People killed in civil war between the state and the militias."),
    ("isis_attacks", "People killed by ISIS."),
    ("isis_members", "Members of ISIS killed, by whomever."),
    ("intra_shia_clashes", "People killed in clashes between Sadrists and Iran-aligned groups."),
    ("kurdish_clashes", "People killed in clashes of Kurdish with federal forces or militias."),
    ("kurdish_campaigns", "People killed in major campaigns between federal and Kurdish forces."),
):
    _deaths_by_kind(_kind, _meaning)


def _attacks_on(target: str, words: str) -> None:
    column = OTHER_TARGETS.index(target)

    def measure(watch: Observer) -> Any:
        return watch.settled.elsewhere[:, column]

    add(Outcome(f"attacks_on_{target}", "attacks", f"The factions' attacks on {words}.", COUNT, measure))


_attacks_on("kurdistan", "the Kurdistan Region")

_attacks_on("state", "the state and its leaders")

_attacks_on("rivals", "political rivals")


def _attacks_in(governorate: str) -> None:
    def measure(watch: Observer) -> Any:
        return watch.settled.attacks_in[governorate]

    place = governorate.replace("_", " ").title()
    meaning = f"Attacks of ISIS and the factions in {place}; those on wider regions are split by fixed shares."
    add(Outcome(f"attacks_in_{governorate}", "attacks", meaning, COUNT, measure))


for _governorate in GOVERNORATES:
    _attacks_in(_governorate)
