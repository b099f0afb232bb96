"""Scenarios have common random numbers: a contrast is a paired difference, and far less noisy for it."""

import numpy as np
import pytest

from agents.ensemble.luck import Luck
from agents.iraq import Iraq
from scenarios.config.compose import command_request, composed
from scenarios.simulation.experiment import simulate_draws
from tests.model.models import one_theory, staged_under, step_through

DRAWS, LEAST_REDUCTION = range(100), 8


@pytest.fixture(scope="module")
def paired():
    both = command_request(composed(["scenario=relabel", "ensemble.horizon=250"]))
    return simulate_draws(both.request, DRAWS), simulate_draws(both.against, DRAWS)


@pytest.mark.parametrize("outcome", ["attacks_on_us_sites", "us_strikes", "deaths", "us_deaths"])
def test_pairing_divides_the_variance_of_the_contrast_with_the_status_quo(paired, outcome):
    one, other = (block.outcomes[outcome] for block in paired)
    unpaired = one.var() + other.var()
    assert (one - other).var() > 0
    assert unpaired / (one - other).var() >= LEAST_REDUCTION


class OnOtherNumbers(Iraq):
    """The same states of the world with random numbers of their own."""

    def cast(self):
        self.luck = Luck(self.luck.seed + 1, self.axis)
        super().cast()


def test_common_random_numbers_divide_the_variance_where_states_of_the_world_are_shared_anyway():
    relabelled = one_theory("scenario=relabel", "ensemble.horizon=120")
    kept = one_theory("scenario=status_quo", "start=2021-07", "ensemble.horizon=120")
    one = step_through(staged_under(relabelled, DRAWS), 120)
    common, other = (step_through(staged_under(kept, DRAWS, kind=kind), 120) for kind in (Iraq, OnOtherNumbers))
    for outcome in ("attacks_on_us_sites", "us_strikes", "deaths"):
        apart, paired = ((one.outcomes[outcome] - each.outcomes[outcome]).var() for each in (other, common))
        assert apart >= LEAST_REDUCTION * paired, outcome
    assert paired > 0


def test_scenarios_share_every_state_of_the_world(paired):
    one, other = paired
    assert set(one.parameters) == set(other.parameters)
    for name, values in one.parameters.items():
        np.testing.assert_array_equal(values, other.parameters[name], err_msg=name)


def test_what_washington_calls_its_troops_changes_no_war_no_other_chance_event_and_no_troop(paired):
    one, other = paired
    for outcome in ("war_days", "direct_war_days", "troops", "troop_years", "kurdish_clashes", "coordination"):
        np.testing.assert_array_equal(one.outcomes[outcome], other.outcomes[outcome], err_msg=outcome)


def test_scenarios_are_one_until_the_first_day_on_which_they_differ():
    """A relabelling six months ahead changes nothing before it comes, however it is announced."""
    later = command_request(composed([
        "scenario=relabel", "scenario.levers.enablers=[[0, 1], [90, 1], [90, 0.9]]", "scenario.levers.credibility=0",
        "scenario.levers.troops={announced: [[0, 1], [90, 1], [90, 0.5]]}", "scenario.levers.role=advise_train",
        "ensemble.horizon=120", "record.period=day",
    ]))  # fmt: skip
    one, other = simulate_draws(later.request, range(15)), simulate_draws(later.against, range(15))
    for name, values in one.series.items():
        np.testing.assert_array_equal(values[:90], other.series[name][:90], err_msg=name)
    assert (one.series["attacks_on_us"][90:] != other.series["attacks_on_us"][90:]).any()
