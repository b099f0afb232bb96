"""Constructed histories of rounds, visits, votes and cabinets in which a check must measure a given number."""

from collections.abc import Mapping
from dataclasses import replace
from types import SimpleNamespace
from typing import Any

import numpy as np

from scenarios.evidence.priors import prior
from scenarios.validation.histories import KILLING_DAY, SimulatedHistory
from scenarios.validation.politics import DAYS_PER_MONTH, VOTE, WEEK
from tests.validation.constructed import days, history, in_so_many, steady

REPLICATIONS = np.arange(100)[:, None]


def spoiling(share: float) -> SimulatedHistory:
    """Ten days of talks ahead in every hundred; attacks rise on them in a share of the replications, else fall."""
    ahead = days("escalation") % 100 < 10
    rises = np.where(round(100 * share) > REPLICATIONS, 2.0, 0.5)
    return history(
        "escalation",
        round_ahead_days=ahead + steady("escalation", 0.0, 100),
        attacks_on_us=np.where(ahead, rises, 1.0),
    )


def after_rounds(ratio: float) -> SimulatedHistory:
    """Rounds every two hundred days; the sixty days after each have their own rate."""
    since = days("escalation") % 200
    return history(
        "escalation",
        negotiation_rounds=(since == 0) + steady("escalation"),
        attacks_on_us=np.where((since > 0) & (since <= 60), ratio, 1.0) + steady("escalation"),
    )


def visits_lead(sign: float) -> SimulatedHistory:
    """Visits every tenth week; three weeks later, in each week's course, attacks are more or fewer."""
    week = days("escalation") // WEEK % 10
    return history(
        "escalation",
        envoy_visits=(days("escalation") % (10 * WEEK) == 0) + steady("escalation"),
        attacks_on_us=1.0 + 0.5 * sign * np.isin(week, (2, 3, 4)) + steady("escalation"),
    )


def grievance_lasts(months: float) -> Mapping[str, Any]:
    return _believed("lasting_grievance_decay_time", {"fixed": months * DAYS_PER_MONTH / np.log(2.0)})


def private_keep(share: float) -> Mapping[str, Any]:
    """Uniform on a range of length one of which a share lies above one half."""
    return _believed(
        "prime_minister_private_wish_to_keep_troops", {"uniform": {"low": share - 0.5, "high": share + 0.5}}
    )


def host_inaction(share: float) -> Mapping[str, Any]:
    return _believed("baseline_interdiction_share", {"fixed": share})


def _believed(name: str, written: Mapping[str, Any]) -> Mapping[str, Any]:
    return {name: SimpleNamespace(prior=prior(written), bounds=(-1.0, 10_000.0))}


def vote_not_executed(share: float) -> SimulatedHistory:
    return history("stay", expulsions_complied=in_so_many("stay", share, 700))


def hedging_survives(share: float) -> SimulatedHistory:
    """Replications with a new cabinet, every second one; the others expel and do not count."""
    changed = REPLICATIONS[:, 0] % 2 == 0
    complied = ~changed | (REPLICATIONS[:, 0] >= 100 * share)
    never = steady("stay", 0.0, 100)
    falls, expulsions = never.copy(), never.copy()
    falls[changed, 300], expulsions[complied, 600] = 1.0, 1.0
    return history("stay", cabinet_falls=falls, expulsions_complied=expulsions)


def tempo_of_rounds(gap: float) -> SimulatedHistory:
    """So many rounds over all replications as make the mean gap."""
    rounds = steady("stay", 0.0, 100)
    rounds.flat[: round(rounds.size / gap)] = 1.0
    return history("stay", negotiation_rounds=rounds)


def communities_oppose(least: float) -> SimulatedHistory:
    return history("stay", kurdish_opposition=steady("stay", 0.9), sunni_opposition=steady("stay", least))


def formation(length: float) -> SimulatedHistory:
    vote = history("relabel").day(VOTE)
    caretaker = (days("relabel") >= vote) & (days("relabel") < vote + length)
    return history("relabel", caretaker_days=caretaker + steady("relabel"))


def votes_follow_killings(ratio: float) -> SimulatedHistory:
    """Votes before the killing, where both runs are alike, do not count."""
    simulated = history("killing", expulsion_votes=steady("killing", ratio))
    simulated.by_day["expulsion_votes"][:, :KILLING_DAY] = 50.0
    return replace(simulated, against=history("killing", expulsion_votes=steady("killing", 1.0)))
