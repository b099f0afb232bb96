"""ISIS over time: the level that ground can carry, and spells that stay as they began."""

import numpy as np
import pytest

from agents.ensemble.axis import Axis
from agents.ensemble.chance import normal
from agents.ensemble.luck import Luck
from agents.mechanisms import insurgency
from tests.mechanisms.test_rules import growth


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
