"""Events as counted by the press, the factions and data projects (measurement model)."""

from typing import Any

import numpy as np

from agents.ensemble.chance import binomial
from agents.ensemble.verbs import gathered, occurrences
from scenarios.outcomes.declaration import outcome
from scenarios.outcomes.observer import Observer


@outcome("incidents", plain=False)
def isis_incidents_in_press(watch: Observer) -> Any:
    """Attacks by ISIS that press counts catch."""
    iraq = watch.iraq
    detected = iraq.axis.full(iraq.assumed.measurement.media_detection_share)
    return binomial(watch.settled.isis_attacks, detected, iraq.luck("press.isis"))


@outcome("incidents", plain=False)
def faction_incidents_in_press(watch: Observer) -> Any:
    """Attacks of the factions on US and other targets that press counts catch."""
    iraq = watch.iraq
    detected = iraq.axis.full(iraq.assumed.measurement.media_detection_share)
    attacks = watch.settled.attacks_on_us + gathered(watch.settled.elsewhere.T)
    return binomial(attacks, detected, iraq.luck("press.factions"))


@outcome("claims", plain=False)
def claimed_attacks(watch: Observer) -> Any:
    """Attacks on bases that the factions themselves would claim."""
    iraq = watch.iraq
    mean = iraq.assumed.measurement.claim_inflation_factor * np.asarray(watch.settled.base_attacks)
    return occurrences(mean, iraq.luck("press.claims"))


@outcome("deaths", plain=False)
def deaths_with_turkey_and_pkk(watch: Observer) -> Any:
    """All deaths, with those between Turkey and the PKK in Iraq: the total that data projects report."""
    return gathered(watch.settled.deaths.values()) + watch.settled.outside_deaths
