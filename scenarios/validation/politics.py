"""Checks of rounds, visits, votes, cabinets and grievances."""

from collections.abc import Mapping

import numpy as np

from agents.toll import DAYS_PER_MONTH
from scenarios.evidence.parameters import Belief
from scenarios.validation.checks import Measurement, check
from scenarios.validation.histories import KILLING_DAY, SimulatedHistory

WEEK = 7

VOTE = "2021-10-10"


@check("P17")
def spoiling(history: SimulatedHistory) -> Measurement:
    """Share of replications in which attacks run higher ahead of rounds."""
    ahead, attacks = history.daily("round_ahead_days") > 0, history.daily("attacks_on_us")
    pairs = zip(ahead, attacks, strict=True)
    rates = [(day[flag].mean(), day[~flag].mean()) for flag, day in pairs if 0 < flag.mean() < 1]
    before, other = np.array(rates).T
    return Measurement(float((before > other).mean()), before / np.maximum(other, 1e-9))


@check("P18")
def after_rounds(history: SimulatedHistory) -> Measurement:
    """Mean attacks a day within 60 days after rounds over those of other days."""
    rounds, attacks = history.daily("negotiation_rounds") > 0, history.daily("attacks_on_us")
    after = np.zeros_like(rounds)
    for lag in range(1, 61):
        after[:, lag:] |= rounds[:, :-lag]
    return Measurement(float(attacks[after].mean() / attacks[~after].mean()))


@check("P19")
def visits_lead(history: SimulatedHistory) -> Measurement:
    """Median correlation over replications of weekly visits with attacks two to four weeks later."""
    visits, attacks = weekly(history.daily("envoy_visits")), weekly(history.daily("attacks_on_us"))
    later = (attacks[:, 2:-2] + attacks[:, 3:-1] + attacks[:, 4:]) / 3.0
    pairs = zip(visits[:, :-4], later, strict=True)
    correlations = [np.corrcoef(week, after)[0, 1] for week, after in pairs if week.std() > 0 and after.std() > 0]
    return Measurement(float(np.median(correlations)), np.array(correlations))


def weekly(daily: np.ndarray) -> np.ndarray:
    """Sums of whole weeks, (replications, weeks)."""
    weeks = daily.shape[1] // WEEK
    return daily[:, : weeks * WEEK].reshape(daily.shape[0], weeks, WEEK).sum(axis=2)


@check("P28")
def grievance_lasts(believed: Mapping[str, Belief]) -> Measurement:
    """Half-life of the lasting grievance [months]."""
    return Measurement(believed["lasting_grievance_decay_time"].prior.numbers["value"] * np.log(2.0) / DAYS_PER_MONTH)


@check("P29")
def vote_not_executed(history: SimulatedHistory) -> Measurement:
    """Share of replications with an expulsion carried out."""
    return Measurement(float((history.daily("expulsions_complied").sum(axis=1) > 0).mean()))


@check("P30")
def hedging_survives(history: SimulatedHistory) -> Measurement:
    """Share without an expulsion carried out, among replications whose cabinet changed."""
    changed = history.daily("cabinet_falls").sum(axis=1) > 0
    complied = history.daily("expulsions_complied").sum(axis=1) > 0
    return Measurement(float((~complied[changed]).mean()) if changed.any() else np.nan)


@check("P31")
def private_keep(believed: Mapping[str, Belief]) -> Measurement:
    """Share of draws in which the private wish to keep the troops is above one half."""
    belief = believed["prime_minister_private_wish_to_keep_troops"]
    levels = belief.prior.quantile(np.linspace(0.0005, 0.9995, 1_000), belief.bounds)
    return Measurement(float((levels > 0.5).mean()), levels)


@check("P32")
def tempo_of_rounds(history: SimulatedHistory) -> Measurement:
    """Mean gap between rounds [days]."""
    rounds = history.daily("negotiation_rounds")
    counts = rounds.sum(axis=1)
    return Measurement(float(rounds.size / rounds.sum()), rounds.shape[1] / np.maximum(counts, 1.0))


@check("P33")
def host_inaction(believed: Mapping[str, Belief]) -> Measurement:
    """Share of attacks stopped in ordinary times."""
    return Measurement(believed["baseline_interdiction_share"].prior.numbers["value"])


@check("P36")
def communities_oppose(history: SimulatedHistory) -> Measurement:
    """Least of mean Kurdish and Sunni opposition to an expulsion vote."""
    return Measurement(float(min(history.daily("kurdish_opposition").mean(), history.daily("sunni_opposition").mean())))


@check("F7")
def formation(history: SimulatedHistory) -> Measurement:
    """Length of the formation after the vote of October 2021 [days], within the horizon."""
    vote = history.day(VOTE)
    days = history.daily("caretaker_days")[:, vote : vote + 400].sum(axis=1)
    return Measurement(float(np.median(days)), days)


@check("F8")
def votes_follow_killings(history: SimulatedHistory) -> Measurement:
    """Expulsion votes in the 60 days after a commander is killed over those without, with common random numbers."""
    window = slice(KILLING_DAY, KILLING_DAY + 60)
    killing, none = (run.daily("expulsion_votes")[:, window].sum() for run in (history, history.baseline))
    return Measurement(float(killing / none) if none else np.nan)
