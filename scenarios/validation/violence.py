"""Checks of troops, attacks, weapons and tolls."""

from datetime import date, timedelta

import numpy as np

from agents.roster import TROOP_SITES
from agents.toll import DAYS_PER_MONTH
from scenarios.evidence.calendar import calendar
from scenarios.validation.checks import Found, check
from scenarios.validation.histories import KILLING_DAY, Lived

ANCHORS = {0: 5_000.0, 16: 2_500.0, 41: 2_500.0}  # troops by month after August 2020: S002-06, S001-63, S004-33

WAR = "2023-10-07"

WAVE_DAYS = 110

THEATRES = "iraqi_share_of_two_theatre_attacks"

MIDDLE_OF_P11 = 10.4

LEAST_SHARE = 0.01

FLIP = 180  # day of the change of role in relabel


def at_month(lived: Lived, month: float) -> np.ndarray:
    """Troops in a month after the start."""
    return lived.daily("troops")[:, min(round(month * DAYS_PER_MONTH), lived.daily("troops").shape[1] - 1)]


def monthly(lived: Lived, outcome: str, first: str, last: str) -> np.ndarray:
    """Events per month in a window, one value per replication."""
    days = lived.day(last) - lived.day(first) + 1
    return lived.total(outcome, first, last) / days * DAYS_PER_MONTH


@check("P01")
def anchors(lived: Lived) -> Found:
    """Median troops over the level observed; the month that is farthest off."""
    ratios = [float(np.median(at_month(lived, month))) / level for month, level in ANCHORS.items()]
    return Found(max(ratios, key=lambda ratio: abs(np.log(max(ratio, 1e-9)))))


@check("P02")
def plateau(lived: Lived) -> Found:
    """Slope of troops between months 16 and 41."""
    slopes = (at_month(lived, 41) - at_month(lived, 16)) / 25
    return Found(float(slopes.mean()), slopes)


@check("P03")
def pledge_not_kept(lived: Lived) -> Found:
    """Share of replications with more than 1,000 troops at month 41."""
    troops = at_month(lived, 41)
    return Found(float((troops > 1_000).mean()), troops)


@check("P07")
def regions_of_bases(lived: Lived) -> Found:
    """Troop sites with troops at the start."""
    states = lived.result.manifest["request"]["start"]["states"]
    return Found(float(sum(states[f"troops_{site}"].get("median", 0) > 0 for site in TROOP_SITES)))


@check("P09")
def no_step_of_troops(lived: Lived) -> Found:
    """Largest daily step of troops in the run of the change of role."""
    return Found(float(np.abs(np.diff(lived.daily("troops"), axis=1)).max()))


@check("P11")
def volume(lived: Lived) -> Found:
    """Mean monthly attacks on US targets, 2019 to 13 December 2021."""
    values = monthly(lived, "attacks_on_us", "2019-01-01", "2021-12-12")
    return Found(float(np.median(values)), values)


@check("P12")
def wave(lived: Lived) -> Found:
    """Monthly attacks in both theatres in the first 110 days of the war."""
    last = (date.fromisoformat(WAR) + timedelta(days=WAVE_DAYS - 1)).isoformat()
    values = monthly(lived, "attacks_on_us_sites", WAR, last) / lived.parameter(THEATRES)
    return Found(float(np.median(values)), values)


@check("P13")
def wave_over_base(lived: Lived) -> Found:
    """The wave over the level of 2019-21."""
    found = wave(lived)
    assert found.values is not None
    return Found(found.statistic / MIDDLE_OF_P11, found.values / MIDDLE_OF_P11)


@check("P14")
def lull(lived: Lived) -> Found:
    """Monthly attacks from October 2022 to the war, where a cabinet of the camp is in office."""
    values = monthly(lived, "attacks_on_us_sites", "2022-10-27", "2023-10-06")
    window = slice(lived.day("2022-10-27"), lived.day("2023-10-06") + 1)
    aligned = lived.daily("cabinet_alignment")[:, window].mean(axis=1) > 0.3
    return Found(float(np.median(values[aligned])) if aligned.any() else np.nan, values[aligned])


@check("P15")
def break_of_the_lull(lived: Lived) -> Found:
    """Mean attacks of the war's first 30 days over those of the 30 days before."""
    war, daily = lived.day(WAR), lived.daily("attacks_on_us_sites")
    before, after = daily[:, war - 30 : war].sum(), daily[:, war : war + 30].sum()
    return Found(float(after / before) if before else np.nan)


@check("P16")
def convoys_of_august(lived: Lived) -> Found:
    """Share of convoys among all attacks of the first month."""
    convoys = lived.daily("attacks_on_convoys")[:, :30].sum(axis=1)
    every = lived.daily("attacks_on_us")[:, :30].sum(axis=1)
    some = every > 0
    return Found(float(convoys.sum() / every.sum()), convoys[some] / every[some])


@check("P20")
def no_season(lived: Lived) -> Found:
    """Attacks on US targets a day in Ramadan over those of other days."""
    daily = lived.daily("attacks_on_us")
    dates = calendar(date.fromisoformat(lived.result.manifest["as_of"]))
    fasting = np.array([dates.ramadan_share(float(day), 1.0) > 0 for day in range(daily.shape[1])])
    return Found(float(daily[:, fasting].mean() / daily[:, ~fasting].mean()))


@check("P21")
def rockets(lived: Lived) -> Found:
    """Share of rockets among attacks on bases and diplomatic sites."""
    drones, every = lived.daily("drone_attacks").sum(axis=1), lived.daily("attacks_on_us_sites").sum(axis=1)
    some = every > 0
    return Found(float(1.0 - drones.sum() / every.sum()), 1.0 - drones[some] / every[some])


@check("P22")
def drift_to_drones(lived: Lived) -> Found:
    """Drone share in the war of 2023-24 less that of the first weeks, in December 2021 and January 2022."""
    war = lived.day(WAR)
    drones, every = lived.daily("drone_attacks"), lived.daily("attacks_on_us_sites")
    late = drones[:, war:].sum() / max(every[:, war:].sum(), 1.0)
    return Found(float(late - drones[:, :49].sum() / max(every[:, :49].sum(), 1.0)))


@check("P23")
def target_classes(lived: Lived) -> Found:
    """Shares of target classes in the first six months: the largest, or the smallest if it is next to none."""
    names = ("attacks_on_troop_sites", "attacks_on_diplomatic_sites", "attacks_on_convoys")
    totals = np.array([lived.daily(name)[:, :182].sum() for name in names])
    shares = totals / totals.sum()
    return Found(float(shares.max() if shares.min() >= LEAST_SHARE else shares.min()))


@check("P24")
def deaths_per_attack(lived: Lived) -> Found:
    """Expected US and coalition deaths for 100 attacks on US targets."""
    dead, every = lived.daily("us_deaths").sum(axis=1), lived.daily("attacks_on_us").sum(axis=1)
    some = every > 0
    return Found(float(100.0 * dead.sum() / every.sum()), 100.0 * dead[some] / every[some])


@check("P25")
def dead_in_a_strike(lived: Lived) -> Found:
    """Mean number of militants killed in a limited strike, on days without a major one."""
    strikes, major = lived.daily("us_strikes"), lived.daily("major_us_strikes")
    limited = (strikes > 0) & (major == 0)
    dead = lived.daily("deaths_militants_in_us_strikes")[limited]
    return Found(float(dead.sum() / strikes[limited].sum()) if limited.any() else np.nan, dead / strikes[limited])


@check("P26")
def coercion_after_a_lost_vote(lived: Lived) -> Found:
    """Attacks on state and rivals a day after the vote of October 2021 over those before, where the camp lost."""
    vote = lived.day("2021-10-10")
    at_home = lived.daily("attacks_on_state") + lived.daily("attacks_on_rivals")
    lost = lived.daily("election_lost")[:, vote + 1] > 0
    before, after = at_home[lost][:, :vote].mean(), at_home[lost][:, vote + 1 : vote + 121].mean()
    return Found(float(after / before) if before else np.nan)


@check("P27")
def talks_after_a_killing(lived: Lived) -> Found:
    """Share of replications with a timetable agreed within 60 days of the killing."""
    agreed = lived.daily("timetables_agreed")[:, KILLING_DAY : KILLING_DAY + 60].sum(axis=1)
    return Found(float((agreed > 0).mean()))


@check("P34")
def label_and_intent(lived: Lived) -> Found:
    """Attacks in the 90 days after the flip of the role over those before, in relabel over the status quo."""
    return Found(_after_over_before(lived) / _after_over_before(lived.baseline))


def _after_over_before(lived: Lived) -> float:
    daily = lived.daily("attacks_on_us")
    return float(daily[:, FLIP : FLIP + 90].sum() / daily[:, FLIP - 90 : FLIP].sum())
