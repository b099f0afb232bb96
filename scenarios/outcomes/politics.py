"""Political outcomes: cabinets, votes, directives, influence."""

from typing import Any

from agents.ensemble.verbs import gathered
from agents.mechanisms.war import CALM, DIRECT_WAR
from scenarios.outcomes.declaration import LEVEL, outcome
from scenarios.outcomes.observer import Observer


@outcome("days")
def war_days(watch: Observer) -> Any:
    """Days of regional war; nobody in the model decides them."""
    return (watch.iraq.region.regime > CALM) * watch.days


@outcome("days")
def direct_war_days(watch: Observer) -> Any:
    """Days of direct war with Iran; nobody in the model decides them."""
    return (watch.iraq.region.regime == DIRECT_WAR) * watch.days


@outcome("cabinets")
def cabinet_falls(watch: Observer) -> Any:
    """Cabinets that end, by fall or by election."""
    return watch.iraq.government.falls


@outcome("days")
def caretaker_days(watch: Observer) -> Any:
    """Days without a full cabinet."""
    return (watch.iraq.government.caretaker_days > 0) * watch.days


@outcome("votes")
def expulsion_votes(watch: Observer) -> Any:
    """Votes of parliament to expel US troops."""
    return watch.settled.votes


@outcome("expulsions")
def expulsions_complied(watch: Observer) -> Any:
    """Expulsion votes that the cabinet carries out; in the open loop the imposed path stays all the same."""
    return watch.settled.complied


@outcome("timetables")
def timetables_agreed(watch: Observer) -> Any:
    """Exit timetables that Baghdad and Washington agree, beside what the scenario announces."""
    return watch.settled.timetable_agreed


@outcome("rounds")
def negotiation_rounds(watch: Observer) -> Any:
    """Rounds of talks between Baghdad and Washington."""
    return watch.iraq.government.held


@outcome("days")
def round_ahead_days(watch: Observer) -> Any:
    """Days in the run-up to a round of talks."""
    window = watch.iraq.assumed.factions.negotiation_spoiling_window
    return (watch.iraq.government.next_round - watch.iraq.day <= window) * watch.days


@outcome("visits")
def envoy_visits(watch: Observer) -> Any:
    """Visits of Iran's envoy to Baghdad that become known."""
    return watch.iraq.iran.visits


@outcome("days")
def pause_days(watch: Observer) -> Any:
    """Days on which the vanguard pauses its campaign."""
    return (watch.iraq.camp.paused > 0) * watch.days


@outcome("days")
def overridden_days(watch: Observer) -> Any:
    """Days on which events have taken the troops off the announced path; none in the open loop."""
    return watch.iraq.us_forces.overridden * watch.days


@outcome("1", LEVEL)
def iranian_directive(watch: Observer) -> Any:
    """What Iran asks of the factions: -1 restrain, 0 tolerate, 1 push."""
    return watch.iraq.iran.directive


@outcome("1", LEVEL, contrast_only=True)
def iranian_influence(watch: Observer) -> Any:
    """Index of Iranian influence in Baghdad; its level means nothing, only contrasts do."""
    return watch.iraq.iran.influence


@outcome("1", LEVEL)
def expulsion_pressure(watch: Observer) -> Any:
    """Pressure to expel US troops."""
    return watch.iraq.government.pressure


@outcome("1", LEVEL)
def cabinet_alignment(watch: Observer) -> Any:
    """Alignment of the cabinet with the factions' camp: -1 hostile, 1 of the camp."""
    return watch.iraq.government.alignment


@outcome("1", LEVEL)
def fiscal_stress(watch: Observer) -> Any:
    """Fiscal stress after sanctions; negative where energy deals relieve it."""
    return watch.iraq.government.stress


@outcome("1", LEVEL)
def exit_belief(watch: Observer) -> Any:
    """Share of an announced exit that the factions believe."""
    return watch.iraq.camp.belief


@outcome("1", LEVEL)
def iraqi_capability(watch: Observer) -> Any:
    """Capability of the Iraqi security forces, one at the start."""
    return watch.iraq.security_forces.capability


@outcome("1", LEVEL)
def coordination(watch: Observer) -> Any:
    """Coordination of Iraqi forces with the Peshmerga."""
    return watch.iraq.security_forces.coordination


@outcome("1", LEVEL)
def kurdish_tension(watch: Observer) -> Any:
    """Tension between Baghdad and Erbil, as a multiplier of clash rates."""
    return watch.iraq.kurdistan.tension


@outcome("1", LEVEL)
def sunni_alienation(watch: Observer) -> Any:
    """Alienation of the Sunni bloc."""
    return watch.iraq.sunni_bloc.alienation


@outcome("1", LEVEL)
def sunni_opposition(watch: Observer) -> Any:
    """Opposition of the Sunni bloc to an expulsion vote, 0-1."""
    return watch.iraq.sunni_bloc.fear


@outcome("1", LEVEL)
def kurdish_opposition(watch: Observer) -> Any:
    """Opposition of the Kurdish parties to an expulsion vote, 0-1."""
    return gathered(party.opposition() for party in watch.iraq.kurdish_parties)


@outcome("1", LEVEL)
def election_lost(watch: Observer) -> Any:
    """Size of the electoral loss of the factions' camp while it is fresh."""
    return watch.iraq.government.loss * (watch.iraq.government.loss_days > 0)


@outcome("1", LEVEL)
def sadrist_mobilisation(watch: Observer) -> Any:
    """Share of the Sadrist movement that is mobilised."""
    return watch.iraq.sadrists.mobilised
