"""Names are labels: factions with the same profile do the same, and names that change places change nothing else."""

import numpy as np
import pytest

from agents.ensemble.luck import Luck
from agents.iraq import Iraq
from agents.roster import FACTIONS
from scenarios.outcomes import Tally
from tests.model.models import one_theory, staged_under

ONE, OTHER = "kataib_hezbollah", "nujaba"
UNFELT = {"attacks_provoked_per_strike": 0.0, "strike_deterrence_effect": 0.0}
DAYS = 80


class TradedLuck(Luck):
    """Luck in which two factions have traded theirs."""

    def _stream(self, name):
        owner, _, rest = name.partition(".")
        return super()._stream(".".join(({ONE: OTHER, OTHER: ONE}.get(owner, owner), rest)) if rest else name)


class Traded(Iraq):
    """A model whose two factions have traded their luck."""

    def cast(self):
        self.luck.__class__ = TradedLuck
        super().cast()


def swapped(values):
    """Columns of factions with the two in each other's place."""
    order = list(FACTIONS)
    order[FACTIONS.index(ONE)], order[FACTIONS.index(OTHER)] = OTHER, ONE
    return np.array(values)[[FACTIONS.index(name) for name in order]]


def profiles(assumed):
    """What tells the factions apart, with the two profiles in each other's place."""
    names = ("vanguard_flag", "faction_attack_share", "faction_stake_in_government", "faction_share_of_camp_seats")
    return {
        **{name: swapped(getattr(assumed, name)) for name in names},
        f"site_reach_of_{ONE}": getattr(assumed, f"site_reach_of_{OTHER}"),
        f"site_reach_of_{OTHER}": getattr(assumed, f"site_reach_of_{ONE}"),
    }


def alike(assumed):
    """Two factions of one profile, the mean of their shares each."""
    pair = [FACTIONS.index(ONE), FACTIONS.index(OTHER)]
    share, stake = np.array(assumed.faction_attack_share), np.array(assumed.faction_stake_in_government)
    share[pair], stake[pair] = share[pair].mean(), stake[pair].mean()
    return {
        "faction_attack_share": share,
        "faction_stake_in_government": stake,
        f"site_reach_of_{OTHER}": getattr(assumed, f"site_reach_of_{ONE}"),
    }


def by_faction(iraq, days):
    """Attacks of each faction on US and on other targets, (factions, replications), and everything measured."""
    tally, attacks = Tally(iraq, days, 7), 0.0
    for _ in range(days):
        iraq.step()
        tally.count()
        attacks = attacks + np.array([f.attacks.sum(axis=1) + f.attacks_elsewhere.sum(axis=1) for f in iraq.factions])
    return attacks, tally.outcomes(iraq.axis.full(0.0))


@pytest.fixture(scope="module")
def request_():
    return one_theory("scenario=status_quo", "start=2024-01", f"ensemble.horizon={DAYS}")


@pytest.fixture(scope="module")
def assumed(request_):
    return staged_under(request_, range(2)).assumed.factions


def test_two_factions_that_trade_name_profile_and_luck_trade_their_attacks_and_nothing_else(request_, assumed):
    """Bit for bit; strikes are not felt here, since which faction they hit hangs on the order of names."""
    whole = [
        by_faction(staged_under(request_, range(20), {"unfelt": UNFELT}, constants=constants, kind=kind), DAYS)
        for constants, kind in (({}, Iraq), (profiles(assumed), Traded))
    ]
    (attacks, outcomes), (traded, others) = whole
    np.testing.assert_array_equal(attacks, swapped(traded))
    assert (attacks != traded).any()
    for name, value in outcomes.items():
        np.testing.assert_array_equal(value, others[name], err_msg=name)


def test_factions_of_one_profile_attack_alike(request_, assumed):
    """Within Monte Carlo error, strikes and all."""
    attacks, _ = by_faction(staged_under(request_, range(400), constants=alike(assumed)), DAYS)
    one, other = attacks[FACTIONS.index(ONE)], attacks[FACTIONS.index(OTHER)]
    difference = one - other
    assert one.sum() > 1_000
    assert (difference != 0).mean() > 0.3
    assert abs(difference.mean()) < 3 * difference.std() / np.sqrt(difference.size)
    assert (one + other).mean() > 5 * abs(difference.mean())


def test_factions_of_different_profiles_do_not(request_):
    attacks, _ = by_faction(staged_under(request_, range(100)), DAYS)
    badr, kataib = attacks[FACTIONS.index("badr")], attacks[FACTIONS.index(ONE)]
    difference = kataib - badr
    assert difference.mean() > 3 * difference.std() / np.sqrt(difference.size)
