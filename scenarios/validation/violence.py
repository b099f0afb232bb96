"""Checks of troops, attacks, weapons and tolls."""

from datetime import date, timedelta

import numpy as np

from agents.roster import TROOP_SITES
from agents.toll import DAYS_PER_MONTH
from scenarios.evidence.calendar import calendar
from scenarios.validation.checks import Measurement, check
from scenarios.validation.histories import KILLING_DAY, SimulatedHistory

ANCHORS = {0: 5_000.0, 16: 2_500.0, 41: 2_500.0}  # troops by month after August 2020: S002-06, S001-63, S004-33

WAR = "2023-10-07"

WAVE_DAYS = 110

THEATRES = "iraqi_share_of_two_theatre_attacks"

MIDDLE_OF_P11 = 10.4

LEAST_SHARE = 0.01

FLIP = 180  # day of the change of role in relabel


def at_month(history: SimulatedHistory, month: float) -> np.ndarray:
    """Number of troops in a month after the start."""
    return history.daily("troops")[:, min(round(month * DAYS_PER_MONTH), history.daily("troops").shape[1] - 1)]


def monthly(history: SimulatedHistory, outcome: str, first: str, last: str) -> np.ndarray:
    """Number of events per month in a window, one value per replication."""
    days = history.day(last) - history.day(first) + 1
    return history.total(outcome, first, last) / days * DAYS_PER_MONTH


@check("P01")
def anchors(history: SimulatedHistory) -> Measurement:
    """Ratio of median troops to the observed level, in the month where it is farthest from one."""
    ratios = [float(np.median(at_month(history, month))) / level for month, level in ANCHORS.items()]
    return Measurement(max(ratios, key=lambda ratio: abs(np.log(max(ratio, 1e-9)))))


@check("P02")
def plateau(history: SimulatedHistory) -> Measurement:
    """Slope of troops between months 16 and 41."""
    slopes = (at_month(history, 41) - at_month(history, 16)) / 25
    return Measurement(float(slopes.mean()), slopes)


@check("P03")
def pledge_not_kept(history: SimulatedHistory) -> Measurement:
    """Share of replications with more than 1,000 troops at month 41."""
    troops = at_month(history, 41)
    return Measurement(float((troops > 1_000).mean()), troops)


@check("P07")
def regions_of_bases(history: SimulatedHistory) -> Measurement:
    """Troop sites with troops at the start."""
    states = history.result.manifest["request"]["start"]["states"]
    return Measurement(float(sum(states[f"troops_{site}"].get("median", 0) > 0 for site in TROOP_SITES)))


@check("P09")
def no_step_of_troops(history: SimulatedHistory) -> Measurement:
    """Largest daily step of troops in the run of the change of role."""
    return Measurement(float(np.abs(np.diff(history.daily("troops"), axis=1)).max()))


@check("P11")
def volume(history: SimulatedHistory) -> Measurement:
    """Mean monthly attacks on US targets, 2019 to 13 December 2021."""
    values = monthly(history, "attacks_on_us", "2019-01-01", "2021-12-12")
    return Measurement(float(np.median(values)), values)


@check("P12")
def wave(history: SimulatedHistory) -> Measurement:
    """Median monthly attacks in both theatres in the first 110 days of the war."""
    last = (date.fromisoformat(WAR) + timedelta(days=WAVE_DAYS - 1)).isoformat()
    values = monthly(history, "attacks_on_us_sites", WAR, last) / history.parameter(THEATRES)
    return Measurement(float(np.median(values)), values)


@check("P13")
def wave_over_base(history: SimulatedHistory) -> Measurement:
    """Ratio of the wave to the level of 2019-21."""
    measured = wave(history)
    assert measured.values is not None
    return Measurement(measured.statistic / MIDDLE_OF_P11, measured.values / MIDDLE_OF_P11)


@check("P14")
def lull(history: SimulatedHistory) -> Measurement:
    """Median monthly attacks from October 2022 to the war, where a cabinet of the camp is in office."""
    values = monthly(history, "attacks_on_us_sites", "2022-10-27", "2023-10-06")
    window = slice(history.day("2022-10-27"), history.day("2023-10-06") + 1)
    aligned = history.daily("cabinet_alignment")[:, window].mean(axis=1) > 0.3
    return Measurement(float(np.median(values[aligned])) if aligned.any() else np.nan, values[aligned])


@check("P15")
def break_of_the_lull(history: SimulatedHistory) -> Measurement:
    """Mean attacks of the war's first 30 days over those of the 30 days before."""
    war, daily = history.day(WAR), history.daily("attacks_on_us_sites")
    before, after = daily[:, war - 30 : war].sum(), daily[:, war : war + 30].sum()
    return Measurement(float(after / before) if before else np.nan)


@check("P16")
def convoys_of_august(history: SimulatedHistory) -> Measurement:
    """Share of convoys among all attacks of the first month."""
    convoys = history.daily("attacks_on_convoys")[:, :30].sum(axis=1)
    every = history.daily("attacks_on_us")[:, :30].sum(axis=1)
    some = every > 0
    return Measurement(float(convoys.sum() / every.sum()), convoys[some] / every[some])


@check("P20")
def no_season(history: SimulatedHistory) -> Measurement:
    """Attacks on US targets a day in Ramadan over those of other days."""
    daily = history.daily("attacks_on_us")
    dates = calendar(date.fromisoformat(history.result.manifest["as_of"]))
    fasting = np.array([dates.ramadan_share(float(day), 1.0) > 0 for day in range(daily.shape[1])])
    return Measurement(float(daily[:, fasting].mean() / daily[:, ~fasting].mean()))


@check("P21")
def rockets(history: SimulatedHistory) -> Measurement:
    """Share of rockets among attacks on bases and diplomatic sites."""
    drones, every = history.daily("drone_attacks").sum(axis=1), history.daily("attacks_on_us_sites").sum(axis=1)
    some = every > 0
    return Measurement(float(1.0 - drones.sum() / every.sum()), 1.0 - drones[some] / every[some])


@check("P22")
def drift_to_drones(history: SimulatedHistory) -> Measurement:
    """Drone share in the war of 2023-24 less that of the first weeks, in December 2021 and January 2022."""
    war = history.day(WAR)
    drones, every = history.daily("drone_attacks"), history.daily("attacks_on_us_sites")
    late = drones[:, war:].sum() / max(every[:, war:].sum(), 1.0)
    return Measurement(float(late - drones[:, :49].sum() / max(every[:, :49].sum(), 1.0)))


@check("P23")
def target_classes(history: SimulatedHistory) -> Measurement:
    """Shares of target classes in the first six months: the largest, or the smallest if it is next to none."""
    names = ("attacks_on_troop_sites", "attacks_on_diplomatic_sites", "attacks_on_convoys")
    totals = np.array([history.daily(name)[:, :182].sum() for name in names])
    shares = totals / totals.sum()
    return Measurement(float(shares.max() if shares.min() >= LEAST_SHARE else shares.min()))


@check("P24")
def deaths_per_attack(history: SimulatedHistory) -> Measurement:
    """Expected US and coalition deaths for 100 attacks on US targets."""
    dead, every = history.daily("us_deaths").sum(axis=1), history.daily("attacks_on_us").sum(axis=1)
    some = every > 0
    return Measurement(float(100.0 * dead.sum() / every.sum()), 100.0 * dead[some] / every[some])


@check("P25")
def dead_in_a_strike(history: SimulatedHistory) -> Measurement:
    """Mean number of militants killed in a limited strike, on days without a major one."""
    strikes, major = history.daily("us_strikes"), history.daily("major_us_strikes")
    limited = (strikes > 0) & (major == 0)
    dead = history.daily("deaths_militants_in_us_strikes")[limited]
    return Measurement(float(dead.sum() / strikes[limited].sum()) if limited.any() else np.nan, dead / strikes[limited])


@check("P26")
def coercion_after_a_lost_vote(history: SimulatedHistory) -> Measurement:
    """Attacks on state and rivals a day after the vote of October 2021 over those before, where the camp lost."""
    vote = history.day("2021-10-10")
    at_home = history.daily("attacks_on_state") + history.daily("attacks_on_rivals")
    lost = history.daily("election_lost")[:, vote + 1] > 0
    before, after = at_home[lost][:, :vote].mean(), at_home[lost][:, vote + 1 : vote + 121].mean()
    return Measurement(float(after / before) if before else np.nan)


@check("P27")
def talks_after_a_killing(history: SimulatedHistory) -> Measurement:
    """Share of replications with a timetable agreed within 60 days of the killing."""
    agreed = history.daily("timetables_agreed")[:, KILLING_DAY : KILLING_DAY + 60].sum(axis=1)
    return Measurement(float((agreed > 0).mean()))


@check("P34")
def label_and_intent(history: SimulatedHistory) -> Measurement:
    """Attacks in the 90 days after the flip of the role over those before, in relabel over the status quo."""
    return Measurement(_after_over_before(history) / _after_over_before(history.baseline))


def _after_over_before(history: SimulatedHistory) -> float:
    daily = history.daily("attacks_on_us")
    return float(daily[:, FLIP : FLIP + 90].sum() / daily[:, FLIP - 90 : FLIP].sum())
