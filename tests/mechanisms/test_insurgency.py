"""ISIS: growth of latent activity and what holds it down."""

import numpy as np
import pytest

from agents.ensemble.axis import Axis
from agents.ensemble.chance import normal
from agents.ensemble.luck import Luck
from agents.mechanisms import insurgency

STEPS = np.linspace(0.0, 1.0, 11)
GROUND = {"gap_effect": 0.3, "alienation_effect": 0.2}
CAUSES = {
    "trend": -0.2, "lost_capability": 0.3, "ungoverned_excess": 0.1, "crowding": 0.2, "caretaker": 0.0, "at_odds": 0.6,
    "stress": 0.1,
}  # fmt: skip
EFFECTS = {
    "enabler_effect": 0.9, "exit_and_feuds": 0.5, "ground_effect": 0.6, "caretaker_effect": 0.2, "stress_effect": 0.2,
    "crowding_effect": 0.8,
}  # fmt: skip


def growth(causes=None, **effects):
    return insurgency.yearly_growth(*{**CAUSES, **(causes or {})}.values(), **{**EFFECTS, **effects})


def test_ground_is_least_governed_where_it_is_disputed_and_forces_do_not_coordinate():
    ungoverned = insurgency.ungoverned
    assert ungoverned(1.0, 0.0, 0.0, 0.0, **GROUND) == 1.0
    assert ungoverned(1.0, 1.0, 0.0, 1.0, **GROUND) == pytest.approx(1.5)
    assert (np.diff(ungoverned(1.0, 0.5, STEPS, 0.5, **GROUND)) < 0).all()
    assert (np.diff(ungoverned(1.0, 0.5, 0.5, STEPS, **GROUND)) > 0).all()
    assert np.ptp(ungoverned(1.0, 0.0, STEPS, 0.5, **GROUND)) == 0


def test_iraqis_are_fully_at_odds_under_a_caretaker_and_not_at_all_in_full_concord():
    assert insurgency.discord(1.0, 1.0, 0.0) == 1
    assert insurgency.discord(0.0, 1.0, 0.0) == 0
    assert insurgency.discord(0.0, 0.0, 0.0) == 1
    assert (np.diff(insurgency.discord(0.0, STEPS, 0.3)) < 0).all()
    assert (np.diff(insurgency.discord(0.0, 0.6, STEPS)) > 0).all()


@pytest.mark.parametrize(
    ("cause", "sign"),
    [
        ("trend", 1), ("lost_capability", 1), ("ungoverned_excess", 1), ("crowding", -1), ("caretaker", 1),
        ("at_odds", 1), ("stress", 1),
    ],
)  # fmt: skip
def test_growth_is_monotone_in_each_cause(cause, sign):
    assert (sign * np.diff(growth({cause: STEPS})) > 0).all()


def test_where_isis_is_spent_the_loss_of_enablers_changes_nothing():
    """Hypothesis H1."""
    assert np.ptp(growth({"lost_capability": STEPS}, enabler_effect=0.0, exit_and_feuds=0.0)) == 0


def test_where_only_exit_and_feuds_together_count_neither_does_anything_alone():
    """Hypothesis H1, claim S004-38."""
    feuds = {"enabler_effect": 0.0, "exit_and_feuds": 1.5}
    neither = growth({"lost_capability": 0.0, "at_odds": 0.0}, **feuds)
    assert growth({"lost_capability": 1.0, "at_odds": 0.0}, **feuds) == neither
    assert growth({"lost_capability": 0.0, "at_odds": 1.0}, **feuds) == neither
    assert growth({"lost_capability": 1.0, "at_odds": 1.0}, **feuds) == pytest.approx(neither + 1.5)


def test_activity_without_shock_or_inflow_grows_as_its_rate_and_two_half_years_are_one():
    def grown(activity, years, rate=-0.3):
        return insurgency.grown(activity, rate, 0.0, 0.0, years, volatility=0.25, floor=1e-4)

    assert grown(2.0, 1.0) == pytest.approx(2.0 * np.exp(-0.3))
    assert grown(grown(2.0, 0.5), 0.5) == pytest.approx(grown(2.0, 1.0))


def test_a_lucky_year_lifts_activity_by_its_volatility_and_a_lucky_spell_lifts_growth():
    lucky = insurgency.grown(2.0, 0.1, 1.5, 0.0, 0.25, volatility=0.4, floor=1e-3)
    assert lucky == pytest.approx(2.0 * np.exp(0.1 * 0.25 + 0.4 * 0.5 * 1.5))
    kept = np.exp(-30.0 / 365.0)
    spell = insurgency.spell(0.2, 1.0, 365.0, 0.4, 30.0)
    assert spell == pytest.approx(0.2 * kept + 0.4 * np.sqrt(1 - kept**2))


def test_activity_never_falls_below_its_floor_and_takes_in_what_comes_from_abroad():
    assert insurgency.grown(1e-4, -9.0, -5.0, -3.0, 1.0, volatility=0.6, floor=1e-3) == 1e-3
    assert insurgency.grown(1.0, 0.0, 0.0, 0.5, 0.2, volatility=0.3, floor=1e-3) == pytest.approx(1.1)


def test_crowding_holds_activity_at_the_level_that_the_ground_can_carry():
    activity = 0.5
    for _ in range(40_000):
        yearly = growth({"trend": 0.5, "lost_capability": 0.0, "ungoverned_excess": 0.0, "stress": 0.0,
                         "crowding": activity / 4.0})  # fmt: skip
        activity = insurgency.grown(activity, yearly, 0.0, 0.0, 1 / 365.25, volatility=0.25, floor=1e-3)
    assert activity == pytest.approx(4.0 * 0.5 / 0.8)


@pytest.mark.parametrize("days", [1.0, 7.0])
def test_good_and_bad_spells_stay_as_spread_out_as_they_began_whatever_the_step(days):
    draws, luck = 20_000, Luck(5, Axis.crossing(range(20_000)))
    deviation = start = 0.4 * normal(luck("start"))
    for step in range(1, 31):
        luck.turn_to(step)
        deviation = insurgency.spell(deviation, normal(luck("spell")), 365.0, 0.4, days)
    assert deviation.std() == pytest.approx(0.4, rel=0.02)
    assert abs(deviation.mean()) < 4 * 0.4 / np.sqrt(draws)
    assert np.corrcoef(start, deviation)[0, 1] == pytest.approx(np.exp(-30 * days / 365.0), abs=0.02)
