"""Each driver moves what it should move, the right way, and nothing that no path leads to."""

import numpy as np
import pytest

from agents.roster import GOVERNORATES
from tests.model.models import history_under, one_theory

NO_VOTE_WEIGHS_ISIS = {"isis_threat_weight_in_compliance": 0.0}
DRIVERS = {
    "as it is": {},
    "more motive": {"baseline_attack_rate": lambda own: 1.5 * own},
    "more contagion": {"self_excitation_branching_ratio": lambda own: own + 0.2 * (0.9 - own)},
    "more provocation": {"attacks_provoked_per_strike": lambda own: own + 3.0},
    "no provocation": {"attacks_provoked_per_strike": 0.0},
    "more fear": {"strike_deterrence_effect": lambda own: np.minimum(own + 0.5, 1.5)},
    "no fear": {"strike_deterrence_effect": 0.0},
    "isis grows": {"isis_net_growth_rate": lambda own: np.minimum(own + 0.6, 1.1), **NO_VOTE_WEIGHS_ISIS},
    "isis as it is": NO_VOTE_WEIGHS_ISIS,
    "frail cabinets": {"cabinet_fall_rate": lambda own: np.minimum(own * 4, 0.81)},
    "lethal": {"lethal_share_of_base_attacks": lambda own: np.minimum(2.5 * own, 0.12)},
    "quick to answer": {"retaliation_hazard_scale": lambda own: np.minimum(4 * own, 0.0024)},
    "iran commands": {"sponsor_directive_effect": 0.3},
    "outbidding": {"outbidding_effect": 0.3},
    "no bursts": {"daily_attack_frailty_variance": 0.0},
}  # fmt: skip
SIGNS = [
    ("more motive", "as it is", "attacks_on_us_sites", 1),
    ("more motive", "as it is", "attacks_on_convoys", 1),
    ("more motive", "as it is", "us_strikes", 1),
    ("more contagion", "as it is", "attacks_on_us_sites", 1),
    ("more provocation", "as it is", "attacks_on_us_sites", 1),
    ("no provocation", "as it is", "attacks_on_us_sites", -1),
    ("more fear", "as it is", "attacks_on_us_sites", -1),
    ("no fear", "as it is", "attacks_on_us_sites", 1),
    ("isis grows", "isis as it is", "isis_attacks", 1),
    ("isis grows", "isis as it is", "deaths_isis_attacks", 1),
    ("isis grows", "isis as it is", "isis_activity_at_end", 1),
    ("frail cabinets", "as it is", "cabinet_falls", 1),
    ("frail cabinets", "as it is", "caretaker_days", 1),
    ("lethal", "as it is", "deaths_us_in_attacks", 1),
    ("lethal", "as it is", "major_us_strikes", 1),
    ("quick to answer", "as it is", "us_strikes", 1),
    ("quick to answer", "as it is", "deaths_militants_in_us_strikes", 1),
    ("quick to answer", "as it is", "expulsion_pressure", 1),
    ("outbidding", "as it is", "attacks_on_us_sites", 1),
]
BY_ISIS = {
    "isis_attacks", "isis_activity", "isis_incidents_in_press", "isis_wounded", "isis_resurgence",
    "isis_activity_at_end", "deaths", "deaths_of_others", "deaths_isis_attacks", "deaths_isis_members",
    "deaths_with_turkey_and_pkk", "army_collapses", "iraqi_capability",
    *(f"attacks_in_{place}" for place in GOVERNORATES),
}  # fmt: skip
FREE_OF_FACTIONS = (
    "war_days", "direct_war_days", "kurdish_clashes", "deaths_kurdish_clashes", "coordination", "kurdish_tension",
    "troops", "troop_years", "iraqi_capability", "army_collapses",
)  # fmt: skip


@pytest.fixture(scope="module")
def driven():
    """One year of a retaliatory posture, every draw under every driver."""
    request = one_theory("scenario=retaliation_spiral", "world=gaza_war", "ensemble.horizon=360")
    return history_under(request, range(90), DRIVERS)


@pytest.mark.parametrize(("variant", "usual", "outcome", "sign"), SIGNS)
def test_a_driver_moves_an_outcome_its_own_way_with_common_random_numbers(driven, variant, usual, outcome, sign):
    difference = driven.of(variant, outcome) - driven.of(usual, outcome)
    assert sign * difference.mean() > 0


def test_more_motive_lowers_attacks_in_few_draws(driven):
    """Random numbers are common: what rises in the mean rises nearly everywhere, but where strikes follow."""
    difference = driven.of("more motive", "attacks_on_us") - driven.of("as it is", "attacks_on_us")
    assert (difference < 0).mean() < 0.25


def test_bursts_spread_attacks_out_and_leave_their_mean(driven):
    bursts, even = (driven.of(name, "attacks_on_us_sites") for name in ("as it is", "no bursts"))
    assert bursts.mean() == pytest.approx(even.mean(), rel=0.2)
    weekly = driven.series["attacks_on_us_sites"]
    names = len(DRIVERS)
    busiest = [weekly[:, list(DRIVERS).index(name) :: names].max(axis=0).mean() for name in ("as it is", "no bursts")]
    assert busiest[0] > busiest[1]


def test_isis_moves_nothing_of_the_factions_once_no_vote_weighs_its_threat(driven):
    """The one path from ISIS to the factions runs through compliance with an expulsion vote."""
    for outcome in driven.outcomes:
        one, other = driven.of("isis grows", outcome), driven.of("isis as it is", outcome)
        if outcome not in BY_ISIS:
            np.testing.assert_array_equal(one, other, err_msg=outcome)
    assert (driven.of("isis grows", "attacks_in_kirkuk") != driven.of("isis as it is", "attacks_in_kirkuk")).any()


@pytest.mark.parametrize("rule", ["outbidding", "no fear", "no bursts", "quick to answer", "lethal", "iran commands"])
def test_a_rule_of_the_factions_switched_leaves_all_other_chance_events_as_they_were(driven, rule):
    assert (driven.of(rule, "attacks_on_us") != driven.of("as it is", "attacks_on_us")).any()
    for outcome in FREE_OF_FACTIONS:
        np.testing.assert_array_equal(driven.of(rule, outcome), driven.of("as it is", outcome), err_msg=outcome)


def test_the_draws_of_these_tests_have_something_to_show(driven):
    for outcome in ("attacks_on_us_sites", "us_strikes", "us_deaths", "isis_attacks", "cabinet_falls", "war_days",
                    "kurdish_clashes", "deaths_kurdish_clashes"):  # fmt: skip
        assert driven.of("as it is", outcome).sum() > 0, outcome
