"""Constructed histories of troops, attacks, weapons and deaths in which a check must measure a given number."""

from dataclasses import replace
from datetime import date

import numpy as np

from scenarios.evidence.calendar import calendar
from scenarios.validation.histories import KILLING_DAY, SimulatedHistory
from scenarios.validation.violence import FLIP, THEATRES, WAR
from tests.validation.constructed import MONTH, Numbers, days, history, in_so_many, steady, stepped


def anchors(ratio: float) -> SimulatedHistory:
    troops = stepped("pledge", 5_000.0, 2_500.0, lambda _: 400)
    troops[:, 1_200:] *= ratio
    return history("pledge", troops=troops)


def plateau(slope: float) -> SimulatedHistory:
    return history("pledge", troops=4_000.0 + slope * days("pledge") / MONTH + steady("pledge"))


def pledge_not_kept(share: float) -> SimulatedHistory:
    return history("pledge", troops=2_500.0 * in_so_many("pledge", share, round(41 * MONTH)))


def regions_of_bases(count: float) -> SimulatedHistory:
    sites = ("troops_anbar", "troops_baghdad", "troops_erbil", "troops_north")
    states = {site: {"median": 900.0} if number < count else {"value": 0} for number, site in enumerate(sites)}
    return history("aftermath", states=states)


def step_of_troops(size: float) -> SimulatedHistory:
    return history("relabel", troops=stepped("relabel", 2_500.0, 2_500.0 - size, lambda _: 150))


def volume(a_month: float) -> SimulatedHistory:
    return history("escalation", attacks_on_us=steady("escalation", a_month / MONTH))


def _wave(before: float, after: float) -> Numbers:
    return stepped("wave", before, after, lambda history: history.day(WAR))


def wave(both_theatres: float, share: float = 0.4) -> SimulatedHistory:
    simulated = history("wave", attacks_on_us_sites=_wave(0.01, share * both_theatres / MONTH))
    return replace(simulated, drawn={THEATRES: np.full(10, share)})


def wave_over_base(ratio: float) -> SimulatedHistory:
    return wave(10.4 * ratio)


def lull(a_month: float) -> SimulatedHistory:
    """Half of the replications have a cabinet of the camp; attacks in the others are many and do not count."""
    of_the_camp = np.arange(10)[:, None] % 2
    return history(
        "wave",
        attacks_on_us_sites=np.where(of_the_camp, a_month, 90.0) / MONTH + steady("wave"),
        cabinet_alignment=np.where(of_the_camp, 0.6, -0.5) + steady("wave"),
    )


def break_of_the_lull(ratio: float) -> SimulatedHistory:
    return history("wave", attacks_on_us_sites=_wave(0.1, 0.1 * ratio))


def convoys(share: float) -> SimulatedHistory:
    """After the first month there is nothing but convoys."""
    return history(
        "pledge",
        attacks_on_convoys=stepped("pledge", share, 1.0, lambda _: 30),
        attacks_on_us=steady("pledge", 1.0),
    )


def season(ratio: float) -> SimulatedHistory:
    dates = calendar(date(2019, 1, 1))
    fasting = np.array([dates.ramadan_share(float(day), 1.0) > 0 for day in days("escalation")])
    return history("escalation", attacks_on_us=np.where(fasting, ratio, 1.0) + steady("escalation"))


def rockets(share: float) -> SimulatedHistory:
    return history(
        "escalation", drone_attacks=steady("escalation", 1.0 - share), attacks_on_us_sites=steady("escalation", 1.0)
    )


def drift_to_drones(growth: float) -> SimulatedHistory:
    return history(
        "wave",
        drone_attacks=stepped("wave", 0.2, 0.2 + growth, lambda history: history.day(WAR)),
        attacks_on_us_sites=steady("wave", 1.0),
    )


def largest_class(share: float) -> SimulatedHistory:
    rest = (1.0 - share) / 2
    return _classes(share, rest, rest)


def smallest_class(share: float) -> SimulatedHistory:
    rest = (1.0 - share) / 2
    return _classes(rest, share, rest)


def _classes(bases: float, diplomatic: float, convoy: float) -> SimulatedHistory:
    return history(
        "pledge",
        attacks_on_troop_sites=steady("pledge", bases),
        attacks_on_diplomatic_sites=steady("pledge", diplomatic),
        attacks_on_convoys=steady("pledge", convoy),
    )


def deaths_for_a_hundred(deaths: float) -> SimulatedHistory:
    return history("escalation", us_deaths=steady("escalation", deaths), attacks_on_us=steady("escalation", 100.0))


def dead_in_a_strike(dead: float) -> SimulatedHistory:
    """Limited strikes on even days; on odd ones major strikes, which kill many and do not count."""
    even = days("killing") % 2 == 0
    return history(
        "killing",
        us_strikes=steady("killing", 1.0),
        major_us_strikes=np.where(even, 0.0, 1.0) + steady("killing"),
        deaths_militants_in_us_strikes=np.where(even, dead, 30.0) + steady("killing"),
    )


def coercion_after_a_lost_vote(ratio: float) -> SimulatedHistory:
    """Half of the replications lose the vote; in the others attacks at home cease."""
    lost = np.arange(10)[:, None] % 2
    vote = history("relabel").day("2021-10-10")
    after = days("relabel") > vote
    daily = np.where(after, np.where(lost, ratio, 0.0), 1.0)
    return history(
        "relabel",
        attacks_on_state=daily / 2,
        attacks_on_rivals=daily / 2,
        election_lost=lost * after + steady("relabel"),
    )


def talks_after_a_killing(share: float) -> SimulatedHistory:
    return history("killing", timetables_agreed=in_so_many("killing", share, KILLING_DAY + 59))


def label_and_intent(ratio: float) -> SimulatedHistory:
    """Attacks double in both runs, and by so much more where the label changes."""
    simulated = history("relabel", attacks_on_us=stepped("relabel", 1.0, 2.0 * ratio, lambda _: FLIP))
    return replace(simulated, against=history("relabel", attacks_on_us=stepped("relabel", 1.0, 2.0, lambda _: FLIP)))
