"""The regional regime by competing hazards on one uniform number."""

import numpy as np
import pytest

from agents.ensemble.verbs import within
from agents.mechanisms.war import CALM, DIRECT_WAR, PROXY_WAR, next_regime

YEAR = 365.25
RATES = {"onset": 0.3, "direct_share": 0.3, "escalation": 0.5, "proxy_duration": 120.0, "direct_duration": 20.0}
LUCK = (np.arange(200_000) + 0.5) / 200_000


def shares(regime, days=1.0, **changes):
    """Share of luck that leads from a regime to each."""
    found = next_regime(np.full(LUCK.size, regime), LUCK, days, **{**RATES, **changes})
    return np.bincount(found.astype(int), minlength=3) / LUCK.size


@pytest.mark.parametrize("days", [1.0, 7.0])
def test_a_war_begins_as_often_as_its_rate_says_and_a_share_of_them_is_direct_at_once(days):
    begins = within(0.3 / YEAR, days)
    expected = [1 - begins, 0.7 * begins, 0.3 * begins]
    np.testing.assert_allclose(shares(CALM, days), expected, atol=2 / LUCK.size)


@pytest.mark.parametrize("days", [1.0, 7.0])
def test_a_proxy_war_widens_or_ends_in_proportion_to_the_two_rates(days):
    up, down = 0.5 / YEAR, 1 / 120.0
    moves = within(up + down, days)
    expected = [moves * down / (up + down), 1 - moves, moves * up / (up + down)]
    np.testing.assert_allclose(shares(PROXY_WAR, days), expected, atol=2 / LUCK.size)


def test_a_direct_war_falls_back_to_a_proxy_war_and_never_to_calm_at_once():
    ends = within(1 / 20.0, 1.0)
    np.testing.assert_allclose(shares(DIRECT_WAR), [0.0, ends, 1 - ends], atol=2 / LUCK.size)


def test_without_onset_calm_lasts_and_without_escalation_no_proxy_war_widens():
    assert shares(CALM, onset=0.0).tolist() == [1.0, 0.0, 0.0]
    assert shares(PROXY_WAR, escalation=0.0)[DIRECT_WAR] == 0
    assert shares(CALM, direct_share=0.0)[DIRECT_WAR] == 0


def test_each_replication_moves_from_its_own_regime():
    regime = np.array([CALM, PROXY_WAR, DIRECT_WAR])
    assert next_regime(regime, np.zeros(3), 1.0, **RATES).tolist() == [PROXY_WAR, DIRECT_WAR, PROXY_WAR]
    assert next_regime(regime, np.full(3, 1 - 2.0**-53), 1.0, **RATES).tolist() == regime.tolist()
