"""What Washington, Tehran or the region turns up moves its outcome up or down, step by step."""

from functools import cache
from itertools import pairwise

import pytest

from tests.model.models import one_theory, staged_under, step_through

DAYS, DRAWS = 90, range(40)
WAR = "world.regime=proxy_war"
LADDERS = [
    (("+scenario.levers.troops={announced: 0.3}", "", "+scenario.levers.troops={announced: 3}"), "attacks_on_us", 1),
    (("+scenario.levers.troops={announced: 0.3}", "", "+scenario.levers.troops={announced: 3}"), "troop_years", 1),
    (("+scenario.levers.enablers=0", ""), "isis_attacks", -1),
    (("+scenario.levers.enablers=0", ""), "iraqi_capability", 1),
    (("+scenario.levers.retaliation=-2", "", "+scenario.levers.retaliation=2"), "us_strikes", 1),
    (("", "+scenario.levers.detente=0.5", "+scenario.levers.detente=1"), "iranian_directive", -1),
    (("", "+scenario.levers.detente=0.5", "+scenario.levers.detente=1"), "attacks_on_us", -1),
    (("", "+scenario.levers.pressure=2.5", "+scenario.levers.pressure=3"), "expulsion_pressure", 1),
    (("", "+scenario.levers.disarmament=1"), "confrontations", 1),
    (("", "+scenario.levers.sanctions=1"), "fiscal_stress", 1),
    (("world.regime=calm", WAR, "world.regime=direct_war"), "attacks_on_us", 1),
    (("world.regime=calm", WAR, "world.regime=direct_war"), "us_strikes", 1),
]


@cache
def simulated(turned):
    """A status quo in steady conditions, but for what is turned."""
    steady = () if "regime" in turned else ("world.regime=simulated",)
    request = one_theory("scenario=status_quo", *steady, *filter(None, [turned]), f"ensemble.horizon={DAYS}")
    return step_through(staged_under(request, DRAWS), DAYS).outcomes


@pytest.mark.parametrize(("ladder", "outcome", "sign"), LADDERS)
def test_each_turn_of_a_lever_moves_its_outcome_the_same_way(ladder, outcome, sign):
    levels = [simulated(turned)[outcome] for turned in ladder]
    for lower, higher in pairwise(levels):
        assert sign * (higher - lower).mean() > 0
