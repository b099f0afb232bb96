"""Outcomes: declared once with unit and meaning, tallied as defined, with a ledger of deaths that balances."""

from types import SimpleNamespace

import numpy as np
import pytest

from scenarios.outcomes import COUNT, HEADLINES, LEVEL, OUTCOMES, TOTAL, countable_outcomes, periodic
from scenarios.outcomes.declaration import Outcome, add, describe_worse, outcome, outcome_name, worse_if
from scenarios.outcomes.tally import FIRST_OF, RESURGENCE_DAYS, Tally
from scenarios.simulation.experiment import simulate_draws
from tests.requests import asks

DAYS = 120


@pytest.fixture(scope="module")
def block():
    """Violent season, day by day."""
    words = ("start=2024-01", "ensemble.replications=12", f"ensemble.horizon={DAYS}", "record.period=day")
    return simulate_draws(asks(*words, scenario={"levers": {"retaliation": 2}}), range(12))


@pytest.mark.parametrize("name", sorted(OUTCOMES))
def test_every_outcome_has_a_unit_a_meaning_and_a_kind(name):
    declared = OUTCOMES[name]
    assert declared.name == name
    assert declared.unit
    assert declared.title[0].isupper()
    assert declared.meaning.endswith(".")
    assert declared.meaning[0].isupper()
    assert declared.kind in (COUNT, LEVEL, TOTAL)
    assert name == name.lower()


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({"name": "deaths"}, "'deaths' is declared twice"),
        ({"meaning": ""}, "no meaning"),
        ({"worse": "more"}, "worse='more'; it must be one of higher, lower, neither"),
    ],
)
def test_a_faulty_declaration_is_refused_at_import(given, message):
    declared = {"name": "nothing_at_all", "unit": "1", "meaning": "Nothing.", "worse": "higher", **given}
    with pytest.raises(ValueError, match=message):
        add(Outcome(**declared))
    assert "nothing_at_all" not in OUTCOMES


def test_an_outcome_without_a_direction_is_refused_at_import():
    with pytest.raises(TypeError, match="worse"):
        outcome(unit="1")(test_an_outcome_without_a_direction_is_refused_at_import)


def test_each_outcome_declares_its_direction_event_and_title():
    assert [worse_if(name) for name in ("deaths", "pause_days", "days_to_first_us_deaths", "troops")] == [
        "higher", "lower", "lower", "higher",
    ]  # fmt: skip
    assert describe_worse("troops") == "neither way worse"
    assert [OUTCOMES[name].event for name in ("us_deaths", "ladder_max", "deaths")] == [1.0, 5.0, None]
    assert [outcome_name(name) for name in ("us_deaths", "attacks_on_us_sites", "ladder_max", "attacks_on_others")] == [
        "US and coalition deaths", "attacks on US sites", "US\N{EN DASH}Iran escalation", "faction attacks on Iraqis",
    ]  # fmt: skip
    assert len({declared.title for declared in OUTCOMES.values()}) == len(OUTCOMES)


def test_headlines_are_outcomes_and_an_index_without_level_is_none_of_them():
    assert set(HEADLINES) <= set(OUTCOMES)
    assert not any(OUTCOMES[name].contrast_only for name in HEADLINES)
    assert {"deaths", "us_deaths", "deaths_of_others"} <= set(HEADLINES)


def test_conditions_may_refer_to_counts_of_the_day_alone():
    assert {"us_deaths", "attacks_on_us", "lethal_attacks"} <= set(countable_outcomes())
    assert not {"ladder", "troops", "isis_resurgence", "days_at_level_3"} & set(countable_outcomes())


def test_a_run_measures_every_outcome_once_a_replication(block):
    assert list(block.outcomes) == list(OUTCOMES)
    assert set(block.series) == set(periodic())
    assert all(values.shape == (12,) for values in block.outcomes.values())
    assert all(values.shape == (DAYS, 12) for values in block.series.values())


def test_the_ledger_of_deaths_adds_up_day_by_day(block):
    kinds = [
        n for n in OUTCOMES if n.startswith("deaths_") and n not in ("deaths_of_others", "deaths_with_turkey_and_pkk")
    ]
    assert len(kinds) == 14
    daily = block.series
    np.testing.assert_allclose(daily["deaths"], sum(daily[name] for name in kinds), rtol=1e-6)
    us = daily["deaths_us_in_attacks"] + daily["deaths_us_in_iranian_strikes"]
    np.testing.assert_allclose(daily["us_deaths"], us)
    np.testing.assert_allclose(daily["deaths_of_others"], daily["deaths"] - us, rtol=1e-6)
    assert (daily["deaths_with_turkey_and_pkk"] >= daily["deaths"]).all()
    assert block.outcomes["deaths"].min() > 0


def test_attacks_add_up_by_target(block):
    daily = block.series
    bases = daily["attacks_on_troop_sites"] + daily["attacks_on_diplomatic_sites"]
    np.testing.assert_allclose(daily["attacks_on_us_sites"], bases)
    np.testing.assert_allclose(daily["attacks_on_us"], bases + daily["attacks_on_convoys"])
    others = sum(daily[f"attacks_on_{target}"] for target in ("kurdistan", "state", "rivals"))
    np.testing.assert_allclose(daily["attacks_on_others"], others)
    assert (daily["lethal_attacks"] <= daily["attacks_on_us_sites"]).all()
    assert (daily["drone_attacks"] <= daily["attacks_on_us_sites"]).all()
    assert (daily["major_us_strikes"] <= daily["us_strikes"]).all()


def test_counts_are_summed_and_levels_averaged(block):
    for name, series in block.series.items():
        whole = series.sum(axis=0) if OUTCOMES[name].kind == COUNT else series.mean(axis=0)
        np.testing.assert_allclose(block.outcomes[name], whole, rtol=1e-4, atol=1e-5, err_msg=name)


def test_every_day_is_spent_on_one_rung_and_the_highest_is_reported(block):
    rungs = np.array([block.series[f"days_at_level_{rung}"] for rung in range(8)])
    assert (rungs.sum(axis=0) == 1).all()
    assert (np.argmax(rungs, axis=0) == block.series["ladder"]).all()
    assert (block.outcomes["ladder_max"] == block.series["ladder"].max(axis=0)).all()
    assert np.ptp(block.outcomes["ladder_max"]) > 0


@pytest.mark.parametrize("name", sorted(FIRST_OF))
def test_days_to_the_first_are_those_until_the_end_of_its_day_and_empty_if_none_comes(block, name):
    happened = block.series[name] > 0
    expected = np.where(happened.any(axis=0), np.argmax(happened, axis=0) + 1.0, np.nan)
    np.testing.assert_array_equal(block.outcomes[f"days_to_first_{name}"], expected)


def test_the_season_was_violent_enough_to_test_with(block):
    for name in (
        "us_strikes",
        "us_deaths",
        "commanders_killed",
        "attacks_on_convoys",
        "lethal_attacks",
        "isis_attacks",
    ):
        assert block.outcomes[name].sum() > 0, name
    first = block.outcomes["days_to_first_us_deaths"]
    assert np.isnan(first).any()
    assert np.isfinite(first).any()


def test_troop_years_are_troops_times_years(block):
    np.testing.assert_allclose(block.outcomes["troop_years"], block.outcomes["troops"] * DAYS / 365.25, rtol=1e-6)
    rate = 1_000 * block.outcomes["attacks_on_troop_sites"] / block.outcomes["troop_years"]
    np.testing.assert_allclose(block.outcomes["attacks_per_1000_troop_years"], rate)


def test_without_troops_a_rate_per_troop_year_is_undefined():
    gone = {"levers": {"troops": {"announced": 0}}}
    block = simulate_draws(asks("ensemble.horizon=7", "ensemble.replications=3", scenario=gone), range(3))
    assert block.outcomes["troop_years"].max() == 0
    assert np.isnan(block.outcomes["attacks_per_1000_troop_years"]).all()


def test_isis_activity_at_the_end_is_that_of_the_last_ninety_days(block):
    late = block.series["isis_activity"][-RESURGENCE_DAYS:].mean(axis=0)
    np.testing.assert_allclose(block.outcomes["isis_activity_at_end"], late, rtol=1e-5)


@pytest.mark.parametrize(
    ("late", "start", "resurgent"),
    [
        (4.1, 2.0, 1.0),
        (4.0, 2.0, 0.0),
        (3.9, 2.0, 0.0),
        (1.4, 0.5, 0.0),
        (1.6, 0.5, 1.0),
        (1.6, 0.9, 0.0),
        (9.0, 0.0, 1.0),
    ],
)
def test_isis_resurges_where_it_has_doubled_and_makes_more_than_one_and_a_half_attacks_a_day(late, start, resurgent):
    tally = Tally.__new__(Tally)
    tally.iraq = SimpleNamespace(step_days=1.0, isis=SimpleNamespace(activity_at_start=np.array([start])))
    tally.steps, tally.late_activity = 700, np.array([late * RESURGENCE_DAYS])
    tally.peak_rung, tally.first = np.zeros(1), {}
    nothing = {"troop_years": np.zeros(1), "attacks_on_troop_sites": np.zeros(1)}
    assert tally._at_the_end(nothing, np.zeros(1))["isis_resurgence"].tolist() == [resurgent]


def test_isis_resurges_in_a_run_in_which_it_grows_and_not_in_one_in_which_it_shrinks():
    horizon = ("ensemble.horizon=200", "ensemble.step_days=4", "ensemble.replications=6")
    freed = {"shocks": [{"shock": "prison_break", "at": 10}]}
    wild, tame = {"isis_net_growth_rate": 1.1, "isis_carrying_capacity": 60}, {"isis_net_growth_rate": -1.0}
    growing = simulate_draws(asks(*horizon, scenario=freed, parameters=wild), range(6))
    shrinking = simulate_draws(asks(*horizon, parameters=tame), range(6))
    assert growing.outcomes["isis_resurgence"].sum() > 0
    assert shrinking.outcomes["isis_resurgence"].sum() == 0


def test_the_days_that_shocks_may_be_conditioned_on_are_the_days_that_are_measured(block):
    """`measured` looks at the day alone; it must agree with what the tally wrote."""
    from agents.ensemble.axis import Axis
    from scenarios.outcomes import measured
    from scenarios.simulation.experiment import staged

    _, iraq = staged(asks("start=2024-01", "ensemble.replications=12", f"ensemble.horizon={DAYS}",
                          scenario={"levers": {"retaliation": 2}}), Axis.crossing(range(12)))  # fmt: skip
    for day in range(5):
        iraq.step()
        for name in countable_outcomes():
            np.testing.assert_allclose(measured(name, iraq), block.series[name][day], rtol=1e-6, err_msg=name)
