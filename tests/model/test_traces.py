"""Little histories written out: one event, and who feels what the day after."""

import numpy as np
import pytest

from tests.model.models import UNCOUPLED, one_theory, staged_under

QUIET = {
    **UNCOUPLED, "baseline_attack_rate": 0.05, "attacks_provoked_per_strike": 4.0, "provocation_decay_time": 10.0,
    "strike_deterrence_effect": 0.5, "deterrence_decay_time": 60.0, "deterrence_spillover_to_other_factions": 0.3,
    "commander_killing_added_severity": 1.5, "major_strike_added_severity": 1.5, "expulsion_pressure_per_strike": 0.25,
    "expulsion_pressure_per_commander_killed": 0.5, "retaliation_hazard_scale": 5e-5, "lasting_grievance_effect": 0.0,
    "fresh_grievance_per_commander_killed": 0.5, "fresh_grievance_ceiling": 2.0, "cost_felt_per_severe_strike": 0.35,
    "commander_killed_share_of_major_strikes": 0.35, "isis_surge_after_collapse": 5.0, "prison_break_surge": 0.5,
    "lethal_share_of_base_attacks": 0.0, "isis_inflow_from_syria": 0.0, "isis_cell_volatility": 0.1,
}  # fmt: skip
CALM_START = {
    "attack_rate": 0.0, "faction_fear": 0.0, "fresh_commander_grievance": 0.0, "lasting_commander_grievance": 0.0,
    "iranian_cost_felt": 0.0, "expulsion_pressure": 0.0, "vanguard_paused": 0.0,
}  # fmt: skip
DAY = 5


def shocked(*shocks, days=DAY + 1, start=CALM_START, quiet=QUIET, world="calm"):
    """A quiet Iraq, simulated up to and through the day of the shocks."""
    written = ", ".join(f"{{shock: {name}, at: {DAY}}}" for name in shocks)
    words = ("scenario=status_quo", f"world={world}", f"+scenario.shocks=[{written}]", "ensemble.horizon=60")
    request = one_theory(*words)
    iraq = staged_under(request, range(40), {"quiet": quiet}, start)
    for _ in range(days):
        iraq.step()
    return iraq


@pytest.fixture(scope="module")
def killing():
    return shocked("commander_killed")


def test_a_killed_commander_is_a_major_strike_on_one_faction_of_the_vanguard(killing):
    settled = killing.settled
    assert (settled.commanders_killed == 1).all()
    assert (settled.major_strikes == 1).all()
    quiet = settled.limited_strikes == 0
    np.testing.assert_allclose(settled.severity[quiet], 1 + 1.5 + 1.5)
    np.testing.assert_array_equal(sum(settled.struck.values()), 1.0)


def test_the_struck_faction_is_provoked_and_frightened_and_the_others_take_fright_by_spillover(killing):
    for faction in killing.factions:
        hit = killing.settled.struck[faction.name] == 1
        severity = killing.settled.severity
        if hit.any():
            expected = 4.0 * severity[hit] * (1 - np.exp(-1 / 10.0))
            np.testing.assert_allclose(faction.provocation[hit], expected, rtol=1e-9)
        assert (faction.provocation[~hit] == 0).all()
        np.testing.assert_allclose(faction.fear, 0.5 * severity * (0.3 + hit), rtol=1e-6, atol=1e-3)


def test_iran_and_baghdad_feel_it_the_same_day_and_the_factions_attack_no_sooner_than_the_next(killing):
    once = killing.settled.strikes == 1
    np.testing.assert_allclose(killing.iran.fresh_grievance, 0.5)
    np.testing.assert_allclose(killing.iran.lasting_grievance, 1.0)
    np.testing.assert_allclose(killing.iran.cost_felt[once], 2 * 0.35, atol=1e-12)
    np.testing.assert_allclose(killing.government.pressure[once], 0.25 + 0.5, atol=1e-12)
    calm = shocked()
    np.testing.assert_array_equal(killing.settled.by_site, calm.settled.by_site)


@pytest.mark.parametrize(
    ("theory", "sign"),
    [({"strike_deterrence_effect": 0.0}, 1), ({"attacks_provoked_per_strike": 0.0}, -1)],
    ids=["provoke", "deter"],
)
def test_after_a_killing_attacks_rise_where_strikes_provoke_and_fall_where_they_deter(theory, sign):
    """Hypothesis H2, as an impulse: nothing differs through the day itself, then the two poles part."""
    attacks = {}
    for name, shocks in (("struck", ["commander_killed"]), ("calm", [])):
        iraq = shocked(*shocks, days=0, quiet={**QUIET, "baseline_attack_rate": 3.0, **theory})
        attacks[name] = []
        for _ in range(40):
            iraq.step()
            attacks[name].append(iraq.settled.attacks_on_us.mean())
    difference = np.array(attacks["struck"]) - np.array(attacks["calm"])
    assert (difference[: DAY + 1] == 0).all()
    assert sign * difference[DAY + 1 : DAY + 15].mean() > 0.2
    if sign > 0:
        further = 4.0 * (1 + 1.5 + 1.5)
        assert difference.sum() == pytest.approx(further, rel=0.25)


def test_a_lethal_attack_kills_and_is_remembered_as_a_reason_to_strike():
    iraq = shocked("lethal_attack")
    settled = iraq.settled
    assert (settled.lethal_attacks == 1).all()
    assert (settled.deaths["us_in_attacks"] >= 1).all()
    memory = iraq.assumed.us_forces.retaliation_memory_time
    np.testing.assert_allclose(iraq.us_forces.recent_lethal, memory * (1 - np.exp(-1 / memory)))
    iraq.step()
    seen = iraq.observe()
    _, major = iraq.us_forces.strike_hazards(seen)
    expected = iraq.assumed.us_forces.retaliation_rate_after_lethal_attack * iraq.us_forces.recent_lethal
    np.testing.assert_allclose(major, expected, rtol=1e-12)


def test_a_prison_break_adds_its_surge_and_a_collapse_multiplies_two_cells_and_costs_capability():
    calm, broken, collapsed = shocked(), shocked("prison_break"), shocked("army_collapse")
    usual = sum(cell.activity for cell in calm.isis_cells)
    np.testing.assert_allclose(sum(cell.activity for cell in broken.isis_cells) - usual, 0.5, rtol=1e-9)
    ratios = {
        one.place: other.activity / one.activity
        for one, other in zip(calm.isis_cells, collapsed.isis_cells, strict=True)
    }
    exposed = [place for place, ratio in ratios.items() if ratio[0] > 1]
    assert len(exposed) == 2
    for place, ratio in ratios.items():
        np.testing.assert_allclose(ratio, 5.0 if place in exposed else 1.0, rtol=1e-9)
    lost = calm.security_forces.capability - collapsed.security_forces.capability
    np.testing.assert_allclose(lost, collapsed.assumed.security_forces.capability_loss_in_collapse, rtol=1e-9)


def test_a_cabinet_that_falls_leaves_a_caretaker_for_months_and_then_another_cabinet():
    start = {**CALM_START, "caretaker_days": 0.0}
    iraq = shocked("cabinet_falls", start=start)
    assert iraq.government.falls.all()
    waiting = iraq.government.caretaker_days
    assert (waiting > 1).all()
    assert 60 < np.median(waiting) < 400
    shortest = int(np.argmin(waiting))
    for _ in range(int(np.ceil(waiting[shortest]))):
        assert iraq.government.cabinets[shortest] == 0
        iraq.step()
    assert iraq.government.cabinets[shortest] == 1
    assert iraq.government.caretaker_days[shortest] == 0
    assert iraq.government.formed[shortest] == 1


def test_a_broken_understanding_does_not_outlive_the_first_day_of_war():
    iraq = shocked("proxy_war_begins", days=DAY + 3, world="simulated")
    assert (iraq.iran.understanding == 0).all()
    assert (shocked(days=DAY + 3).iran.understanding == 1).all()
