"""Dates and shocks of a request: out of order, outside the run, or referring to nothing, they are refused."""

import math

import pytest

from tests.requests import levers, refused, shock, troops

NAN = math.nan


@pytest.mark.parametrize(
    ("changes", "fragments"),
    [
        (
            troops(announced=[[10, 1], [5, 0]]),
            ["troops.announced: anchor 1 is day 5, before day 10 of anchor 0", "in order of time"],
        ),
        (troops(announced=[["2022-06-01", 1], ["2022-01-01", 0]]), ["anchor 1 is day 19, before day 170 of anchor 0"]),
        (
            troops(announced=[["2020-01-01", 1], [10, 0]]),
            ["announced[0] is day -712, before the start 2021-12-13", "levers begin on day 0"],
        ),
        (
            troops(announced=[[0, 1], ["2021-13-45", 0]]),
            ["announced[1] is '2021-13-45'; it must be a number of days after the start or a date as 2025-01-31"],
        ),
        (troops(announced=[[0, 1], [NAN, 0]]), ["announced[1] is nan"]),
        (troops(announced=[[0, 1], [10]]), ["announced[1] is [10]; an anchor is a pair"]),
        (troops(announced=[]), ["announced is empty", "[[0, 1]]"]),
        (troops(announced="slowly"), ["announced: 'slowly' is neither a number nor a parameter"]),
        (troops(announced={"slowly": 1}), ["announced is {'slowly': 1}; it must be one value, or pairs as [[0, 1]"]),
        (levers(enablers=None), ["scenario.levers.enablers is None; it must be one value, or pairs as [[0, 1], [180,"]),
        (
            troops(announced=[[0, 1], ["timetable_duratio", 0]]),
            ["'timetable_duratio' is neither a day, a date nor a parameter", "timetable_duration"],
        ),
        (troops(announced=[[0, 1], ["timetable_end_share", 0]]), ["timetable_end_share is no time"]),
        (
            troops(announced=[[0, 1], [9, "timetable_end_shar"]]),
            ["'timetable_end_shar' is neither a number nor a parameter", "timetable_end_share"],
        ),
        (
            levers(enablers=[[0, 1], [9, "timetable_duration"]]),
            ["timetable_duration may lie in [180, 1460]", "one number in [0, 1.1]"],
        ),
        (
            levers(enablers=[[0, 1], [9, "faction_attack_share"]]),
            ["faction_attack_share has kataib_hezbollah", "one number"],
        ),
        (troops(announced_on=0), ["announced_on is 0; it must be a list"]),
        (troops(announced_on=[-5]), ["announced_on is day -5, before the start"]),
        (troops(announced_on=[5000]), ["announced_on is day 5000, outside [0, 1,300]; no run is that long"]),
        (troops(deadlines=5), ["deadlines is 5; it must be a list"]),
        (troops(deadlines=["timetable_duratio"]), ["'timetable_duratio' is neither", "timetable_duration"]),
        (levers(role=[[0]]), ["scenario.levers.role has [0]; it must be pairs"]),
        (
            levers(role=[[5, "combat"], [1, "none"]]),
            ["scenario.levers.role: its days are out of order", "in order of time"],
        ),
        ({"world": {"regime": [[5, "calm"], [2, "proxy_war"]]}}, ["world.regime: anchor 1 is day 2, before day 5"]),
        (
            {"world": {"regime": [["2024-01-01", "proxy_war"]]}},
            ["world.regime begins on day 749, beyond the horizon of 28 days from 2021-12-13", "longer horizon"],
        ),
        ({"world": {"regime": [[5]]}}, ["world.regime[0] is [5]; it must be a pair"]),
        ({"world": {"regime": []}}, ["world.regime is empty"]),
        (
            {"world": {"regime": [[-5, "proxy_war"]]}},
            ["world.regime[0] is day -5, outside [0, 1,300]", "write the date of one that began before the start"],
        ),
        (
            {"world": {"regime": [[0, "calm"], [5000, "proxy_war"]]}},
            ["world.regime[1] is day 5000, outside [0, 1,300]"],
        ),
        ({"world": {"intensity": [[0, "baseline_attack_rate"]]}}, ["world.intensity[0]: 'baseline_attack_rate'"]),
        (
            shock(at=28),
            [
                "scenario.shocks[0].at is 28 (day 28), outside the horizon of 28 days from 2021-12-13",
                "set ensemble.horizon",
            ],
        ),
        (shock(at=math.inf), ["scenario.shocks[0].at is inf; it must be a finite number of days after the start"]),
        (shock(at=-1), ["scenario.shocks[0].at is -1 (day -1), outside the horizon"]),
        (shock(at="2030-01-01"), ["scenario.shocks[0].at is 2030-01-01 (day 2941), outside the horizon"]),
    ],
    ids=lambda each: str(each)[:80] if isinstance(each, dict) else "",
)
def test_a_date_out_of_order_or_outside_the_run_is_named_with_the_day_it_falls_on(changes, fragments):
    message = refused(**changes)
    for fragment in fragments:
        assert fragment in message


@pytest.mark.parametrize(
    ("changes", "fragments"),
    [
        (
            shock(shock="comander_killed", at=3),
            ["scenario.shocks[0].shock is 'comander_killed'", "Did you mean commander_killed"],
        ),
        (shock(), ["scenario.shocks[0] has no time; give one of at, per_year or when"]),
        (shock(at=3, per_year=2), ["scenario.shocks[0] has at and per_year; give one of"]),
        (shock(per_year=99), ["scenario.shocks[0].per_year is 99, outside [0, 50]"]),
        (shock(at=3, size=99), ["scenario.shocks[0].size is 99, outside [0, 10] commanders"]),
        (shock(at=3, size=-1), ["scenario.shocks[0].size is -1, outside [0, 10]"]),
        (shock(at=3, size=NAN), ["scenario.shocks[0].size is nan, outside [0, 10]"]),
        (
            shock(per_year=2, again_after=9),
            ["scenario.shocks[0].again_after has no effect beside per_year; it goes with when"],
        ),
        (shock(at=3, size=0), ["scenario.shocks[0].size is 0: nothing would happen; leave the shock out"]),
        (shock(at=3, because=""), ["scenario.shocks[0].because is ''; it must be a text"]),
        (shock(when="us_deaths >= -3 within 14 days"), ["always holds: counts are never below 0; give another number"]),
        (shock(when="us_deaths < 0 within 14 days"), ["never holds: counts are never below 0; give another number"]),
        (shock(when="deaths > 1 within 9 days", again_after=0), ["scenario.shocks[0].again_after is 0, outside [1,"]),
        (
            shock(when="us_death >= 3 within 14 days"),
            ["scenario.shocks[0].when refers to 'us_death', which is not a counted outcome", "Did you mean us_deaths"],
        ),
        (shock(when="ladder >= 3 within 14 days"), ["refers to 'ladder', which is not a counted outcome"]),
        (
            shock(when="us_deaths about three"),
            ["is 'us_deaths about three'; write it as 'us_deaths >= 3 within 14 days'"],
        ),
        (shock(when="us_deaths >= 1.2.3 within 14 days"), ["write it as 'us_deaths >= 3 within 14 days'"]),
        (shock(when="us_deaths >= 3 within 0 days"), ["scenario.shocks[0].when days is 0, outside [1, 3,650]"]),
        ({"scenario": {"shocks=": 3}}, ["scenario.shocks is 3; it must be a list"]),
        ({"scenario": {"shocks=": [3]}}, ["scenario.shocks[0] is 3; it must be a mapping"]),
        (
            {"world": {"shocks=": [{"shock": "earthquake", "at": 3}]}},
            ["world.shocks[0].shock is 'earthquake'", "prison_break"],
        ),
    ],
    ids=lambda each: str(each)[:80] if isinstance(each, dict) else "",
)
def test_a_shock_that_refers_to_nothing_or_to_no_time_is_refused(changes, fragments):
    message = refused(**changes)
    for fragment in fragments:
        assert fragment in message
