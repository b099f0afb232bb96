"""The model at its limits: each coupling off, nothing to hit, nobody who wants to."""

import numpy as np
import pytest

from agents.roster import FACTIONS
from tests.model.models import REFERENCE, UNCOUPLED, history_under, one_theory, staged_under, step_through

QUIET = {**REFERENCE, "faction_fear": 0.0, "vanguard_paused": 0.0, "attack_rate": 0.0}
RATE, BRANCHING, HORIZON = 0.6, 0.4, 120


@pytest.fixture(scope="module")
def uncoupled():
    """Many draws of factions that nothing moves but their own rate, and the same with contagion."""
    steady = {**UNCOUPLED, "baseline_attack_rate": RATE}
    contagious = {**steady, "self_excitation_branching_ratio": BRANCHING, "self_excitation_decay_time": 2.0}
    variants = {"poisson": steady, "hawkes": contagious}
    request = one_theory("scenario=status_quo", "world=calm", f"ensemble.horizon={HORIZON}")
    iraq = staged_under(request, range(1_600), variants, QUIET)
    memory = np.where(iraq.axis.theory == 1, RATE / (1 - BRANCHING), 0.0)
    for faction in iraq.factions:
        faction.memory = memory * faction.attack_share
    return step_through(iraq, HORIZON, variants)


def test_factions_that_nothing_moves_attack_as_a_poisson_process(uncoupled):
    attacks = uncoupled.of("poisson", "attacks_on_us")
    assert attacks.mean() == pytest.approx(RATE * HORIZON, rel=0.01)
    assert attacks.var() / attacks.mean() == pytest.approx(1.0, rel=0.1)


def test_each_faction_attacks_its_share_and_each_site_its_own(uncoupled):
    factions = uncoupled.iraq.assumed.factions
    on_convoys = uncoupled.of("poisson", "attacks_on_convoys").mean() / HORIZON
    reach = [getattr(factions, f"site_reach_of_{name}")[-1] for name in FACTIONS]
    assert on_convoys == pytest.approx(RATE * factions.faction_attack_share @ reach, rel=0.03)


def test_contagious_factions_attack_as_a_hawkes_process(uncoupled):
    attacks = uncoupled.of("hawkes", "attacks_on_us")
    assert attacks.mean() == pytest.approx(RATE / (1 - BRANCHING) * HORIZON, rel=0.01)
    assert attacks.var() / attacks.mean() == pytest.approx(1 / (1 - BRANCHING) ** 2, rel=0.1)


@pytest.fixture(scope="module")
def deserted():
    """Nobody there from the first day on: no troops, no embassy, no attacks before."""
    request = one_theory("scenario=retaliation_spiral", "+scenario.levers.embassy=0", "ensemble.horizon=150")
    iraq = staged_under(request, range(60), start={**dict.fromkeys(REFERENCE, 0.0), "attack_rate": 0.0})
    iraq.us_forces.embassy = iraq.us_forces.none()
    return step_through(iraq, 150)


@pytest.mark.parametrize(
    "outcome",
    [
        "attacks_on_us", "attacks_on_us_sites", "attacks_on_convoys", "attacks_on_diplomatic_sites", "drone_attacks",
        "lethal_attacks", "us_wounded", "us_deaths", "deaths_us_in_attacks", "us_strikes", "commanders_killed",
        "deaths_militants_in_us_strikes", "deaths_civilians_in_us_strikes", "deaths_iraqis_beside_us_targets", "troops",
        "iranian_strikes_on_us",
    ],
)  # fmt: skip
def test_where_no_american_is_none_is_attacked_or_strikes(deserted, outcome):
    assert not deserted.outcomes[outcome].any()


def test_where_no_american_is_violence_goes_on_and_attacks_per_troop_year_are_undefined(deserted):
    assert deserted.outcomes["attacks_on_others"].sum() > 0
    assert deserted.outcomes["isis_attacks"].sum() > 0
    assert np.isnan(deserted.outcomes["attacks_per_1000_troop_years"]).all()


def test_troops_and_embassy_that_leave_on_the_first_day_are_attacked_on_no_later_one():
    request = one_theory(
        "scenario=status_quo", "+scenario.levers.troops={announced: 0}", "+scenario.levers.embassy=0",
        "ensemble.horizon=60", "record.period=day",
    )  # fmt: skip
    iraq = staged_under(request, range(60))
    for day in range(60):
        iraq.step()
        assert day == 0 or not iraq.settled.attacks_on_us.any()
        assert not iraq.us_forces.troops.any()


def test_without_a_wish_to_attack_and_without_contagion_nobody_attacks_even_in_war():
    """A rate of zero is beyond the bounds of what is believed, so it is put in by force."""
    still = {"self_excitation_branching_ratio": 0.0, "attacks_provoked_per_strike": 0.0}
    request = one_theory("scenario=retaliation_spiral", "world=gaza_war", "ensemble.horizon=90")
    iraq = staged_under(request, range(40), {"still": still}, {"attack_rate": 0.0})
    object.__setattr__(iraq.assumed.factions, "baseline_attack_rate", 0.0)
    history = step_through(iraq, 90)
    assert history.outcomes["war_days"].min() >= 80
    for outcome in ("attacks_on_us", "us_strikes", "deaths_us_in_attacks", "us_wounded", "lethal_attacks"):
        assert not history.outcomes[outcome].any()


def test_at_the_lowest_wish_to_attack_contagion_alone_starts_nothing():
    """Attacks at the lowest rate that is believed are as few as that rate allows, whatever contagion does with them."""
    variants = {
        "lowest": {"baseline_attack_rate": 0.05, "self_excitation_branching_ratio": 0.0},
        "contagious": {"baseline_attack_rate": 0.05, "self_excitation_branching_ratio": 0.5},
    }
    uncoupled = {name: {**UNCOUPLED, **variant} for name, variant in variants.items()}
    request = one_theory("scenario=status_quo", "world=calm", "ensemble.horizon=200")
    history = history_under(request, range(100), uncoupled, QUIET)
    assert history.of("lowest", "attacks_on_us").mean() == pytest.approx(0.05 * 200, rel=0.1)
    assert history.of("contagious", "attacks_on_us").mean() == pytest.approx(2 * 0.05 * 200, rel=0.15)


def test_without_a_stake_of_isis_in_iraq_its_floor_is_all_that_is_left():
    request = one_theory("scenario=status_quo", "world=calm", "ensemble.horizon=60")
    history = history_under(request, range(40), {"spent": {"isis_inflow_from_syria": 0.0}}, {"isis_activity": 0.0})
    floor = history.iraq.assumed.isis.isis_activity_floor
    assert history.outcomes["isis_activity"].max() <= 7 * floor * 2.0
    assert history.outcomes["isis_attacks"].mean() < 1.5 * 60 * 7 * floor


@pytest.mark.parametrize("elasticity", [0.0, 1.0])
def test_at_reference_the_elasticity_of_exposure_has_no_effect(elasticity):
    request = one_theory("scenario=status_quo", "ensemble.horizon=40")
    variants = {"half": {"exposure_elasticity": 0.5}, "other": {"exposure_elasticity": elasticity}}
    history = history_under(request, range(50), variants, REFERENCE)
    for outcome in ("attacks_on_us", "us_strikes", "deaths", "attacks_on_others"):
        np.testing.assert_array_equal(history.of("half", outcome), history.of("other", outcome))
