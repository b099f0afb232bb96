"""Political outcomes: cabinets, votes, directives, influence."""

from typing import Any

from agents.ensemble.verbs import gathered
from agents.mechanisms.war import CALM, DIRECT_WAR
from scenarios.outcomes.declaration import LEVEL, outcome
from scenarios.outcomes.observer import Observer


@outcome(unit="days", worse="higher", title="Days of regional war")
def war_days(observer: Observer) -> Any:
    """Days of regional war; nobody in the model decides them."""
    return (observer.iraq.region.regime > CALM) * observer.days


@outcome(unit="days", worse="higher", title="Days of direct war with Iran")
def direct_war_days(observer: Observer) -> Any:
    """Days of direct war with Iran; nobody in the model decides them."""
    return (observer.iraq.region.regime == DIRECT_WAR) * observer.days


@outcome(unit="cabinets", worse="higher", event=1, title="Cabinets that end")
def cabinet_falls(observer: Observer) -> Any:
    """Cabinets that end, by fall or by election."""
    return observer.iraq.government.falls


@outcome(unit="days", worse="higher", title="Days without a full cabinet")
def caretaker_days(observer: Observer) -> Any:
    """Days without a full cabinet."""
    return (observer.iraq.government.caretaker_days > 0) * observer.days


@outcome(unit="votes", worse="neither", event=1, title="Votes to expel US troops")
def expulsion_votes(observer: Observer) -> Any:
    """Votes of parliament to expel US troops."""
    return observer.settled.votes


@outcome(unit="expulsions", worse="neither", title="Expulsion votes carried out")
def expulsions_complied(observer: Observer) -> Any:
    """Expulsion votes that the cabinet carries out; in the open loop the imposed path stays all the same."""
    return observer.settled.complied


@outcome(unit="timetables", worse="neither", title="Exit timetables agreed")
def timetables_agreed(observer: Observer) -> Any:
    """Exit timetables that Baghdad and Washington agree, beside what the scenario announces."""
    return observer.settled.timetable_agreed


@outcome(unit="rounds", worse="neither", title="Rounds of talks")
def negotiation_rounds(observer: Observer) -> Any:
    """Rounds of talks between Baghdad and Washington."""
    return observer.iraq.government.held


@outcome(unit="days", worse="neither", title="Days ahead of rounds of talks")
def round_ahead_days(observer: Observer) -> Any:
    """Days in the run-up to a round of talks."""
    window = observer.iraq.assumed.factions.negotiation_spoiling_window
    return (observer.iraq.government.next_round - observer.iraq.day <= window) * observer.days


@outcome(unit="visits", worse="neither", title="Visits of Iran's envoy")
def envoy_visits(observer: Observer) -> Any:
    """Visits of Iran's envoy to Baghdad that become known."""
    return observer.iraq.iran.visits


@outcome(unit="days", worse="lower", title="Days on which the vanguard pauses")
def pause_days(observer: Observer) -> Any:
    """Days on which the vanguard pauses its campaign."""
    return (observer.iraq.camp.paused > 0) * observer.days


@outcome(unit="days", worse="neither", title="Days off the announced path")
def overridden_days(observer: Observer) -> Any:
    """Days on which events have taken the troops off the announced path; none in the open loop."""
    return observer.iraq.us_forces.overridden * observer.days


@outcome(unit="1", kind=LEVEL, worse="neither", title="Iran's directive to the factions")
def iranian_directive(observer: Observer) -> Any:
    """What Iran asks of the factions: -1 restrain, 0 tolerate, 1 push."""
    return observer.iraq.iran.directive


@outcome(unit="1", kind=LEVEL, worse="neither", title="Iranian influence in Baghdad", contrast_only=True)
def iranian_influence(observer: Observer) -> Any:
    """Index of Iranian influence in Baghdad; its level means nothing, only contrasts do."""
    return observer.iraq.iran.influence


@outcome(unit="1", kind=LEVEL, worse="higher", title="Pressure to expel US troops")
def expulsion_pressure(observer: Observer) -> Any:
    """Pressure to expel US troops."""
    return observer.iraq.government.pressure


@outcome(unit="1", kind=LEVEL, worse="neither", title="Alignment of the cabinet with the factions")
def cabinet_alignment(observer: Observer) -> Any:
    """Alignment of the cabinet with the factions' camp: -1 hostile, 1 of the camp."""
    return observer.iraq.government.alignment


@outcome(unit="1", kind=LEVEL, worse="higher")
def fiscal_stress(observer: Observer) -> Any:
    """Fiscal stress after sanctions; negative where energy deals relieve it."""
    return observer.iraq.government.stress


@outcome(unit="1", kind=LEVEL, worse="neither", title="Belief of the factions in the exit")
def exit_belief(observer: Observer) -> Any:
    """Share of an announced exit that the factions believe."""
    return observer.iraq.camp.belief


@outcome(unit="1", kind=LEVEL, worse="lower", title="Capability of the Iraqi forces")
def iraqi_capability(observer: Observer) -> Any:
    """Capability of the Iraqi security forces, one at the start."""
    return observer.iraq.security_forces.capability


@outcome(unit="1", kind=LEVEL, worse="lower", title="Coordination with the Peshmerga")
def coordination(observer: Observer) -> Any:
    """Coordination of Iraqi forces with the Peshmerga."""
    return observer.iraq.security_forces.coordination


@outcome(unit="1", kind=LEVEL, worse="higher", title="Tension between Baghdad and Erbil")
def kurdish_tension(observer: Observer) -> Any:
    """Tension between Baghdad and Erbil, as a multiplier of clash rates."""
    return observer.iraq.kurdistan.tension


@outcome(unit="1", kind=LEVEL, worse="higher", title="Alienation of the Sunni bloc")
def sunni_alienation(observer: Observer) -> Any:
    """Alienation of the Sunni bloc."""
    return observer.iraq.sunni_bloc.alienation


@outcome(unit="1", kind=LEVEL, worse="neither", title="Sunni opposition to expulsion")
def sunni_opposition(observer: Observer) -> Any:
    """Opposition of the Sunni bloc to an expulsion vote, 0-1."""
    return observer.iraq.sunni_bloc.fear


@outcome(unit="1", kind=LEVEL, worse="neither", title="Kurdish opposition to expulsion")
def kurdish_opposition(observer: Observer) -> Any:
    """Opposition of the Kurdish parties to an expulsion vote, 0-1."""
    return gathered(party.opposition() for party in observer.iraq.kurdish_parties)


@outcome(unit="1", kind=LEVEL, worse="neither", title="Electoral loss of the factions")
def election_lost(observer: Observer) -> Any:
    """Size of the electoral loss of the factions' camp while it is fresh."""
    return observer.iraq.government.loss * (observer.iraq.government.loss_days > 0)


@outcome(unit="1", kind=LEVEL, worse="higher", title="Mobilisation of the Sadrists")
def sadrist_mobilisation(observer: Observer) -> Any:
    """Share of the Sadrist movement that is mobilised."""
    return observer.iraq.sadrists.mobilised
