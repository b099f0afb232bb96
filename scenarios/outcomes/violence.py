"""Violent outcomes: attacks, strikes, clashes, and the deaths they cause."""

from collections.abc import Callable
from typing import Any

from agents.ensemble.verbs import across, gathered
from agents.roster import GOVERNORATES, OTHER_TARGETS
from scenarios.outcomes.declaration import HIGHER, LEVEL, Outcome, add, outcome
from scenarios.outcomes.observer import Observer

US_DEATHS = ("us_in_attacks", "us_in_iranian_strikes")


@outcome(unit="troops", kind=LEVEL, worse="neither", title="US troops")
def troops(observer: Observer) -> Any:
    """US troops in Iraq."""
    return across(observer.iraq.us_forces.troops)


@outcome(unit="troops", kind=LEVEL, worse="neither", title="Coalition troops")
def coalition_troops(observer: Observer) -> Any:
    """Troops of the coalition in Iraq, US troops among them, at the US share of it."""
    return troops(observer) / observer.iraq.us_forces.assumed.us_share_of_coalition


@outcome(unit="troop-years", worse="neither", title="US troop-years")
def troop_years(observer: Observer) -> Any:
    """Years that US troops spend in Iraq, all together."""
    return across(observer.iraq.us_forces.troops) * observer.days / 365.25


@outcome(unit="attacks", worse="higher", title="Attacks on US targets")
def attacks_on_us(observer: Observer) -> Any:
    """Attacks on US targets in Iraq, launched or intercepted, convoys included."""
    return observer.settled.attacks_on_us


@outcome(unit="attacks", worse="higher")
def attacks_on_us_sites(observer: Observer) -> Any:
    """Attacks on bases and diplomatic sites in Iraq, launched or intercepted; convoys are counted apart."""
    return observer.settled.base_attacks


@outcome(unit="attacks", worse="higher")
def attacks_on_troop_sites(observer: Observer) -> Any:
    """Attacks on sites that house US troops."""
    return observer.settled.troop_sites


@outcome(unit="attacks", worse="higher")
def attacks_on_diplomatic_sites(observer: Observer) -> Any:
    """Attacks on the embassy and other diplomatic sites."""
    return observer.settled.diplomatic


@outcome(unit="attacks", worse="higher", title="Attacks on supply convoys")
def attacks_on_convoys(observer: Observer) -> Any:
    """Attacks on supply convoys of the coalition."""
    return observer.settled.convoys


@outcome(unit="attacks", worse="higher")
def drone_attacks(observer: Observer) -> Any:
    """Attacks on bases and diplomatic sites that use drones; rockets are the rest."""
    return observer.settled.drones


@outcome(unit="attacks", worse="higher")
def lethal_attacks(observer: Observer) -> Any:
    """Attacks on bases that kill Americans or coalition members."""
    return observer.settled.lethal_attacks


@outcome(unit="deaths", worse="higher", event=1, title="US and coalition deaths")
def us_deaths(observer: Observer) -> Any:
    """Americans and coalition members killed in Iraq by factions or by Iran."""
    return gathered(observer.settled.deaths[kind] for kind in US_DEATHS)


@outcome(unit="wounded", worse="higher", title="US and coalition wounded")
def us_wounded(observer: Observer) -> Any:
    """Americans and coalition members wounded in attacks on bases."""
    return observer.settled.us_wounded


@outcome(unit="strikes", worse="higher")
def us_strikes(observer: Observer) -> Any:
    """US strikes on the factions in Iraq."""
    return observer.settled.strikes


@outcome(unit="strikes", worse="higher")
def major_us_strikes(observer: Observer) -> Any:
    """Major US strikes on the factions in Iraq."""
    return observer.settled.major_strikes


@outcome(unit="commanders", worse="higher", event=1, title="Faction commanders killed")
def commanders_killed(observer: Observer) -> Any:
    """Commanders of the factions killed in US strikes."""
    return observer.settled.commanders_killed


@outcome(unit="strikes", worse="higher", event=1, title="Iranian strikes on US sites")
def iranian_strikes_on_us(observer: Observer) -> Any:
    """Iranian strikes from its own soil on US sites in Iraq."""
    return observer.iraq.iran.strikes_on_us


@outcome(unit="strikes", worse="higher", title="Iranian strikes on Kurdistan")
def iranian_strikes_on_kurdistan(observer: Observer) -> Any:
    """Iranian strikes from its own soil on Kurdish opposition groups in Iraq."""
    return observer.iraq.iran.strikes_on_kurds


@outcome(unit="attacks", worse="higher", title="Faction attacks on Iraqis")
def attacks_on_others(observer: Observer) -> Any:
    """The factions' attacks on the Kurdistan Region, the state and rivals."""
    return across(observer.settled.elsewhere)


@outcome(unit="attacks", worse="higher", title="ISIS attacks")
def isis_attacks(observer: Observer) -> Any:
    """Attacks by ISIS, true count."""
    return observer.settled.isis_attacks


@outcome(unit="attacks/day", kind=LEVEL, worse="higher", title="ISIS activity")
def isis_activity(observer: Observer) -> Any:
    """Latent activity of ISIS: attacks a day that it would make, true count."""
    return gathered(cell.activity for cell in observer.iraq.isis_cells)


@outcome(unit="wounded", worse="higher", title="People wounded by ISIS")
def isis_wounded(observer: Observer) -> Any:
    """People wounded by ISIS."""
    return observer.settled.wounded_by_isis


@outcome(unit="clashes", worse="higher", event=1, title="Clashes of Kurdish with federal forces")
def kurdish_clashes(observer: Observer) -> Any:
    """Lethal clashes of Kurdish with federal forces or militias."""
    return observer.iraq.kurdistan.clashes


@outcome(unit="campaigns", worse="higher", event=1, title="Campaigns between Kurdish and federal forces")
def kurdish_campaigns(observer: Observer) -> Any:
    """Major campaigns between federal and Kurdish forces, 25 or more dead each."""
    return observer.iraq.kurdistan.campaigns


@outcome(unit="clashes", worse="higher", event=1, title="Clashes among Shia groups")
def intra_shia_clashes(observer: Observer) -> Any:
    """Clashes between Sadrists and Iran-aligned groups, ten or more dead each."""
    return observer.iraq.sadrists.clashes


@outcome(unit="clashes", worse="higher", title="Confrontations of army and militias")
def confrontations(observer: Observer) -> Any:
    """Armed confrontations of security forces with militias in a disarmament drive."""
    return observer.settled.confrontations


@outcome(unit="days", worse="higher", event=1, title="Days of civil war")
def civil_war_days(observer: Observer) -> Any:
    """Days of civil war between the state and the militias."""
    return (observer.iraq.security_forces.civil_war_days > 0) * observer.days


@outcome(unit="collapses", worse="higher", event=1, title="Collapses of army units")
def army_collapses(observer: Observer) -> Any:
    """Collapses of army units like that of 2014."""
    return observer.settled.collapses


@outcome(unit="deaths", worse="higher", title="Deaths in all")
def deaths(observer: Observer) -> Any:
    """Everyone killed in political violence in Iraq, whoever they are, but for Turkey and the PKK."""
    return gathered(observer.settled.deaths.values())


@outcome(unit="deaths", worse="higher", title="Deaths of Iraqis")
def deaths_of_others(observer: Observer) -> Any:
    """Everyone killed but Americans and coalition members: Iraqis, nearly all."""
    return gathered(number for kind, number in observer.settled.deaths.items() if kind not in US_DEATHS)


def _declare(name: str, unit: str, title: str, measure: Callable[[Observer], Any], more: str = "") -> None:
    add(Outcome(name=name, unit=unit, title=title, meaning=f"{title}{more}.", worse=HIGHER, measure=measure))


def _deaths_by_kind(kind: str, title: str) -> None:
    _declare(f"deaths_{kind}", "deaths", title, lambda observer: observer.settled.deaths[kind])


for _kind, _title in (
    ("us_in_attacks", "Americans and coalition members killed by the factions"),
    ("us_in_iranian_strikes", "People killed on US sites by Iranian strikes"),
    ("iraqis_beside_us_targets", "Iraqis killed near bases and on supply roads by attacks on US targets"),
    ("militants_in_us_strikes", "Militants killed by US strikes"),
    ("civilians_in_us_strikes", "Civilians killed by US strikes"),
    ("kurds_in_iranian_strikes", "People killed by Iranian strikes on the Kurdistan Region"),
    ("attacks_on_other_targets", "People killed by the factions' attacks on the Region, the state and rivals"),
    ("confrontations", "People killed in confrontations of security forces with militias"),
    ("civil_war", "People killed in civil war between the state and the militias"),
    ("isis_attacks", "People killed by ISIS"),
    ("isis_members", "Members of ISIS killed, by whomever"),
    ("intra_shia_clashes", "People killed in clashes between Sadrists and Iran-aligned groups"),
    ("kurdish_clashes", "People killed in clashes of Kurdish with federal forces or militias"),
    ("kurdish_campaigns", "People killed in major campaigns between federal and Kurdish forces"),
):
    _deaths_by_kind(_kind, _title)


def _attacks_on(target: str, words: str) -> None:
    column = OTHER_TARGETS.index(target)
    title = f"The factions' attacks on {words}"
    _declare(f"attacks_on_{target}", "attacks", title, lambda observer: observer.settled.elsewhere[:, column])


for _target, _words in (
    ("kurdistan", "the Kurdistan Region"),
    ("state", "the state and its leaders"),
    ("rivals", "political rivals"),
):
    _attacks_on(_target, _words)


def _attacks_in(governorate: str) -> None:
    title = f"Attacks of ISIS and the factions in {governorate.replace('_', ' ').title()}"
    more = "; those on wider regions are split by fixed shares"
    _declare(
        f"attacks_in_{governorate}", "attacks", title, lambda observer: observer.settled.attacks_in[governorate], more
    )


for _governorate in GOVERNORATES:
    _attacks_in(_governorate)
