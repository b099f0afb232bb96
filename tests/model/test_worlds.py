"""States of the world: paired over theories, stable as more are drawn, never explosive."""

import numpy as np
import pytest

from agents.ensemble.axis import Axis
from scenarios.evidence.theories import hypotheses
from scenarios.simulation.experiment import simulate_draws, staged
from tests.model.models import REFERENCE, one_theory, requested, staged_under, step_through

POLES = [(name, pole) for name, hypothesis in hypotheses().items() for pole in hypothesis.poles]
UNTOUCHED_BY_THEORIES = ("war_days", "direct_war_days", "kurdish_clashes", "deaths_kurdish_clashes", "troop_years")


@pytest.fixture(scope="module")
def four_theories():
    """Twenty draws under what holds ISIS down, crossed with what strikes do."""
    request = requested("scenario=retaliation_spiral", "against=none", "ensemble.horizon=150")
    return request, simulate_draws(request, range(20))


def by_theory(values):
    return values.reshape(20, 4)


def test_theories_share_every_parameter_that_they_do_not_change(four_theories):
    request, block = four_theories
    changed = {change.parameter for stratum in request.strata for change in stratum.changes}
    assert changed
    shared = 0
    for name, values in block.parameters.items():
        rows = by_theory(values)
        if name not in changed:
            assert (rows == rows[:, :1]).all(), name
            shared += 1
    assert shared > 100


def test_theories_change_the_parameters_that_they_name_with_the_same_random_numbers(four_theories):
    request, block = four_theories
    poles = [dict(stratum.poles) for stratum in request.strata]
    provoked, feared, enablers = (
        by_theory(block.parameters[name])
        for name in ("attacks_provoked_per_strike", "strike_deterrence_effect", "isis_growth_from_lost_enablers")
    )
    for column, pole in enumerate(poles):
        assert (provoked[:, column] == 0).all() == (pole["strikes"] == "deter")
        assert (feared[:, column] == 0).all() == (pole["strikes"] == "provoke")
    alike = [column for column, pole in enumerate(poles) if pole["isis"] == "enablers"]
    spent = [column for column, pole in enumerate(poles) if pole["isis"] == "spent"]
    np.testing.assert_array_equal(enablers[:, alike[0]], enablers[:, alike[1]])
    assert (enablers[:, alike[0]] > enablers[:, spent[0]]).all()
    assert np.corrcoef(np.argsort(np.argsort(enablers[:, [alike[0], spent[0]]].T)))[0, 1] == pytest.approx(1.0)


def test_histories_that_no_theory_touches_are_the_same_under_all(four_theories):
    request, block = four_theories
    for outcome in UNTOUCHED_BY_THEORIES:
        rows = by_theory(block.outcomes[outcome])
        assert (rows == rows[:, :1]).all(), outcome
    assert 0 < block.outcomes["war_days"].mean() < 150
    poles = [dict(stratum.poles)["strikes"] for stratum in request.strata]
    strikes = by_theory(block.outcomes["us_strikes"])
    assert (strikes[:, poles.index("deter")] != strikes[:, poles.index("provoke")]).any()


@pytest.mark.parametrize(("hypothesis", "pole"), POLES)
def test_a_thousand_draws_can_be_staged_under_every_pole_of_every_hypothesis(hypothesis, pole):
    """A pole that moves a parameter beyond its bounds is an error as soon as its world is drawn."""
    request = one_theory("scenario=status_quo", f"theory.{hypothesis}={pole}")
    staged(request, Axis.crossing(range(1_500), 1))


@pytest.fixture(scope="module")
def many():
    request = one_theory("scenario=status_quo")
    return request, staged(request, Axis.crossing(range(400)))[0]


def test_every_draw_that_is_kept_dies_out_where_strikes_both_frighten_and_provoke(many):
    request, world = many
    limit = request.beliefs["escalation_number_limit"].prior.numbers["value"]
    assert 0 < limit < 1
    assert world.escalation_number.max() <= limit
    assert world.escalation_number.max() > 0.9 * limit


def test_some_draws_are_rejected_and_counted_and_pieces_count_their_own(many):
    request, world = many
    assert 0.01 < world.rejected / (world.draws + world.rejected) < 0.4
    pieces = [staged(request, Axis.crossing(piece))[0] for piece in (range(150), range(150, 400))]
    assert sum(piece.rejected for piece in pieces) == world.rejected
    for name, values in world.drawn.items():
        np.testing.assert_array_equal(np.concatenate([piece.drawn[name] for piece in pieces]), values, err_msg=name)


def test_rejection_is_judged_at_the_priors_so_that_theories_and_own_values_leave_the_draws(many):
    _, world = many
    for overrides in (("theory.strikes=deter",), ("+parameters={attacks_provoked_per_strike: 17}",)):
        other = staged(one_theory("scenario=status_quo", *overrides), Axis.crossing(range(400)))[0]
        assert other.rejected == world.rejected
        assert "attacks_provoked_per_strike" in world.drawn
        for name, values in other.drawn.items():
            if name != "attacks_provoked_per_strike":
                np.testing.assert_array_equal(values, world.drawn[name], err_msg=name)


def test_every_parameter_and_state_that_is_uncertain_varies_and_no_two_go_together(many):
    _, world = many
    names = [name for name, values in world.drawn.items() if np.ptp(values) > 0]
    assert len(names) > 100
    ranks = np.argsort(np.argsort([world.drawn[name] for name in names]))
    correlations = np.corrcoef(ranks)
    tied = {
        tuple(sorted((names[i], names[j])))
        for i, j in np.argwhere(np.triu(np.abs(correlations), 1) > 4.5 / np.sqrt(400))
    }
    of_one_simplex = {pair for pair in tied if all(each.startswith("target_shares_of_other_attacks") for each in pair)}
    kept_stable = {
        "attacks_provoked_per_strike", "retaliation_hazard_scale", "retaliation_response_elasticity",
        "self_excitation_branching_ratio", "limited_strike_hazard_ceiling",
    }  # fmt: skip
    assert {pair for pair in tied - of_one_simplex if not set(pair) <= kept_stable} == set()


def test_any_constant_may_be_made_uncertain_and_as_itself_changes_nothing():
    """An expert's own beliefs may put a prior where the shipped ones have a number."""
    request = one_theory("scenario=full_withdrawal", "start=2024-01", "loop=closed", "ensemble.horizon=60")
    fixed = [name for name, each in request.beliefs.items() if each.prior.is_fixed and not each.labels]
    assert len(fixed) > 100
    once = step_through(staged_under(request, range(8)), 60)
    each = step_through(staged_under(request, range(8), {"as itself": {name: lambda own: own for name in fixed}}), 60)
    for outcome, value in once.outcomes.items():
        np.testing.assert_array_equal(each.outcomes[outcome], value, err_msg=outcome)


def test_a_last_round_of_talks_long_ago_says_little_about_the_next():
    request = one_theory("scenario=status_quo")
    soon, late = (
        staged_under(request, range(200), start={**REFERENCE, "days_since_round": since}).government.next_round
        for since in (0.0, 2_000.0)
    )
    assert (late >= 1.0).all()
    assert late.mean() < soon.mean()
    assert np.isfinite(late).all()
