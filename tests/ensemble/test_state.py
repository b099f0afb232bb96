"""The guard of agent state: replaced, checked, frozen."""

import numpy as np
import pytest

from agents.ensemble.axis import Axis
from agents.ensemble.luck import Luck
from agents.ensemble.model import EnsembleModel
from agents.ensemble.state import EnsembleAgent


@pytest.fixture
def agent():
    return EnsembleAgent(EnsembleModel(Axis.crossing(range(2), 2), 1, 0.5), "kataib_hezbollah")


@pytest.mark.parametrize("shape", [(), (3,), (2, 4), (4, 1, 1), (0,)])
def test_state_of_another_shape_is_refused_with_the_shape_that_is_wanted(agent, shape):
    with pytest.raises(ValueError, match=r"fear has shape .*\(4,\) or \(4, units\)"):
        agent.fear = np.zeros(shape)


@pytest.mark.parametrize("shape", [(4,), (4, 1), (4, 5)])
def test_one_element_or_one_row_a_replication_is_state(agent, shape):
    agent.fear = np.ones(shape)
    assert agent.fear.shape == shape


@pytest.mark.parametrize("bad", [np.nan, np.inf, -np.inf])
def test_state_that_is_not_finite_names_who_what_where_and_when(agent, bad):
    agent.model.steps = 17
    with pytest.raises(
        FloatingPointError, match=r"kataib_hezbollah: fear is not finite in replication 2 \(as in 2 of 4\) at step 17"
    ):
        agent.fear = np.array([0.0, 1.0, bad, bad])
    with pytest.raises(FloatingPointError, match=r"replication 1 \(as in 1 of 4\)"):
        agent.by_site = np.array([[0.0, 1.0], [bad, bad], [0.0, 0.0], [0.0, 0.0]])


def test_state_that_is_refused_leaves_the_old_one(agent):
    agent.fear = np.ones(4)
    with pytest.raises(FloatingPointError):
        agent.fear = np.full(4, np.nan)
    assert agent.fear.tolist() == [1.0] * 4


def test_state_cannot_be_changed_in_place(agent):
    agent.fear = np.zeros(4)
    with pytest.raises(ValueError, match="read-only"):
        agent.fear[1] = 2.0
    with pytest.raises(ValueError, match="read-only"):
        agent.fear += 1.0
    assert agent.fear.tolist() == [0.0] * 4


@pytest.mark.parametrize("part", [slice(None), (slice(None), 0)], ids=["an array", "a view"])
def test_state_is_a_copy_that_its_giver_can_no_longer_reach(agent, part):
    whole = np.zeros((4, 2))
    agent.fear = whole[part]
    whole[:] = 9.0
    assert not agent.fear.any()
    assert not agent.fear.flags.writeable


@pytest.mark.parametrize("dtype", [bool, int, float])
def test_flags_counts_and_quantities_are_state(agent, dtype):
    agent.state = np.ones(4, dtype=dtype)
    assert agent.state.dtype == dtype


def test_an_agent_draws_numbers_under_its_own_name(agent):
    twin = Luck(1, agent.model.axis)
    np.testing.assert_array_equal(agent.luck("burst"), twin("kataib_hezbollah.burst"))
    occurrence = np.array([0, 0, 2, 2])
    np.testing.assert_array_equal(
        agent.nth("member", occurrence, 3), twin.nth("kataib_hezbollah.member", occurrence, 3)
    )


def test_a_step_is_as_long_as_the_model_has_it(agent):
    assert agent.days == 0.5
    assert agent.none().tolist() == [0.0] * 4
