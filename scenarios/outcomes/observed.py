"""Events as counted by the press, the factions and data projects (measurement model)."""

from typing import Any

import numpy as np

from agents.ensemble.chance import binomial
from agents.ensemble.verbs import gathered, occurrences
from scenarios.outcomes.declaration import outcome
from scenarios.outcomes.observer import Observer


@outcome(unit="incidents", worse="higher", title="ISIS incidents in the press", plain=False)
def isis_incidents_in_press(observer: Observer) -> Any:
    """Attacks by ISIS that press counts catch."""
    iraq = observer.iraq
    detected = iraq.axis.full(iraq.assumed.measurement.media_detection_share)
    return binomial(observer.settled.isis_attacks, detected, iraq.luck("press.isis"))


@outcome(unit="incidents", worse="higher", title="Faction incidents in the press", plain=False)
def faction_incidents_in_press(observer: Observer) -> Any:
    """Attacks of the factions on US and other targets that press counts catch."""
    iraq = observer.iraq
    detected = iraq.axis.full(iraq.assumed.measurement.media_detection_share)
    attacks = observer.settled.attacks_on_us + gathered(observer.settled.elsewhere.T)
    return binomial(attacks, detected, iraq.luck("press.factions"))


@outcome(unit="claims", worse="higher", title="Claimed attacks", plain=False)
def claimed_attacks(observer: Observer) -> Any:
    """Attacks on bases that the factions themselves would claim."""
    iraq = observer.iraq
    mean = iraq.assumed.measurement.claim_inflation_factor * np.asarray(observer.settled.base_attacks)
    return occurrences(mean, iraq.luck("press.claims"))


@outcome(unit="deaths", worse="higher", title="Deaths with Turkey and the PKK", plain=False)
def deaths_with_turkey_and_pkk(observer: Observer) -> Any:
    """All deaths, with those between Turkey and the PKK in Iraq: the total that data projects report."""
    return gathered(observer.settled.deaths.values()) + observer.settled.outside_deaths
