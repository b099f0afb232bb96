"""Far beyond what is believed the model stays finite, and says so where it cannot."""

from dataclasses import fields

import numpy as np
import pytest

from agents.ensemble.parameters import declarations
from agents.parameters import Assumed
from agents.parameters.start import StartState
from agents.roster import FACTIONS
from tests.model.models import history_under, one_theory, staged_under, step_through

UNDEFINED_AT_TIMES = ("attacks_per_1000_troop_years", "days_to_first_")
WORST = (
    "scenario=retaliation_spiral", "world.regime=direct_war", "world.intensity=4",
    "+scenario.levers.troops={announced: 10}", "scenario.levers.retaliation=3", "+scenario.levers.disarmament=1",
    "+scenario.levers.pressure=6", "+scenario.levers.sanctions=1", "+scenario.levers.enablers=0",
    "+scenario.shocks=[{shock: army_collapse, per_year: 50}, {shock: prison_break, per_year: 50},"
    "{shock: lethal_attack, per_year: 50, size: 10}, {shock: commander_killed, per_year: 50, size: 10}]",
)  # fmt: skip
SCALARS = [each for actor in fields(Assumed) for each in declarations(actor.type) if not each.labels]


def assert_finite(history):
    for name, value in history.outcomes.items():
        if not name.startswith(UNDEFINED_AT_TIMES):
            assert np.isfinite(value).all(), name
            assert name in ("iranian_directive", "cabinet_alignment", "fiscal_stress") or (value >= 0).all(), name


@pytest.mark.parametrize("step", [0.25, 1.0, 7.0])
@pytest.mark.parametrize("loop", ["open", "closed"])
def test_ten_times_the_troops_in_a_direct_war_without_end_stays_finite(loop, step):
    horizon = {0.25: 14, 1.0: 56, 7.0: 182}[step]
    request = one_theory(*WORST, f"loop={loop}", f"ensemble.step_days={step}", f"ensemble.horizon={horizon}")
    history = history_under(request, range(25))
    assert_finite(history)
    assert history.outcomes["attacks_on_us"].mean() / horizon > 1
    capacity = float(np.max(history.iraq.assumed.factions.daily_attack_capacity))
    assert history.outcomes["attacks_on_us"].mean() / horizon < 6 * capacity * 10
    assert history.outcomes["direct_war_days"].min() >= horizon - step


def test_every_parameter_at_its_lowest_and_at_its_highest_stays_finite():
    lowest = {each.name: float(each.bounds[0]) for each in SCALARS}
    highest = {each.name: float(each.bounds[1]) for each in SCALARS}
    request = one_theory("scenario=retaliation_spiral", "world.regime=direct_war", "ensemble.horizon=25")
    history = history_under(request, range(10), {"lowest": lowest, "highest": highest})
    assert_finite(history)


@pytest.mark.parametrize("side", [0, 1], ids=["lowest", "highest"])
@pytest.mark.parametrize("words", [("scenario=status_quo", "start=2024-01"), ("scenario=expel_now", "loop=closed")])
def test_a_start_at_its_lowest_and_at_its_highest_in_every_state_stays_finite(words, side):
    states = {each.name: float(each.bounds[side]) for each in declarations(StartState)}
    history = history_under(one_theory(*words, "ensemble.horizon=25"), range(8), start=states)
    assert_finite(history)


def test_without_a_vanguard_nobody_is_afraid_in_its_place():
    """The one structure of the priors that divides by its own sum: no faction belongs to the vanguard."""
    request = one_theory("scenario=status_quo", "start=2024-01", "ensemble.horizon=14")
    iraq = staged_under(request, range(4), constants={"vanguard_flag": np.zeros(len(FACTIONS))})
    assert (iraq.observe().factions.vanguard_fear == 0).all()
    assert_finite(step_through(iraq, 14))


def test_accumulated_fear_never_outbids_existential_stakes():
    """In a direct war with ten times the troops attacks go on (the extreme-condition test of the design)."""
    request = one_theory(
        "scenario=status_quo", "start=2024-01", "world.regime=direct_war", "+scenario.levers.troops={announced: 10}",
        "ensemble.horizon=150",
    )  # fmt: skip
    history = history_under(request, range(60))
    late = history.series["attacks_on_us"][-8:].mean() / 7
    assert late > 2.0


def test_a_state_that_is_not_finite_stops_the_run_and_says_whose_it_is():
    iraq = staged_under(one_theory("scenario=status_quo", "ensemble.horizon=30"), range(4))
    object.__setattr__(iraq.assumed.isis, "isis_net_growth_rate", np.array([0.0, 0.0, 1e9, 0.0]))
    with (
        np.errstate(over="ignore"),
        pytest.raises(FloatingPointError, match=r"IsisCell isis.anbar: activity is not finite in replication 2"),
    ):
        iraq.step()
