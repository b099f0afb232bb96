"""The length of a step is a matter of computing: means of frequent outcomes agree from half a day to two days."""

import numpy as np
import pytest

from tests.model.models import history_under, one_theory

DRAWS = range(2_500)
FREQUENT = (
    "attacks_on_us", "attacks_on_us_sites", "attacks_on_troop_sites", "attacks_on_convoys", "attacks_on_others",
    "drone_attacks", "us_wounded", "us_strikes", "major_us_strikes", "deaths_militants_in_us_strikes", "isis_attacks",
    "isis_wounded", "deaths", "deaths_isis_attacks", "claimed_attacks", "isis_incidents_in_press", "war_days",
    "troop_years", "isis_activity", "iranian_directive", "iranian_influence", "expulsion_pressure", "coordination",
    "kurdish_tension", "sunni_alienation", "iraqi_capability",
)  # fmt: skip


@pytest.fixture(scope="module")
def by_step():
    """The same states of the world under a violent campaign and a withdrawal, in steps of half a day, a day and two."""
    words = ("scenario=full_withdrawal", "start=2024-01", "world=gaza_war", "+scenario.levers.retaliation=1")
    return {
        days: history_under(one_theory(*words, "ensemble.horizon=120", f"ensemble.step_days={days}"), DRAWS).outcomes
        for days in (0.5, 1, 2)
    }


@pytest.mark.slow
@pytest.mark.parametrize("days", [0.5, 2])
@pytest.mark.parametrize("outcome", FREQUENT)
def test_the_mean_of_a_frequent_outcome_depends_on_the_step_by_less_than_five_per_cent(by_step, outcome, days):
    usual, other = by_step[1][outcome], by_step[days][outcome]
    error = (other - usual).std() / np.sqrt(usual.size) / usual.mean()
    assert error < 0.02, "too few draws to tell"
    assert other.mean() == pytest.approx(usual.mean(), rel=0.05)
