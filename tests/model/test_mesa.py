"""Iraq is an ordinary Mesa model, whose agents one can look at."""

import gc
import weakref

import mesa
import pytest

from agents.ensemble.state import EnsembleAgent
from agents.factions import Faction
from agents.governorates import Governorate
from agents.iraq import Iraq
from agents.isis import IsisCell
from agents.roster import CELLS, FACTIONS, GOVERNORATES


@pytest.fixture(scope="module")
def iraq():
    model = Iraq(replications=1)
    for _ in range(5):
        model.step()
    return model


def test_one_replication_steps_as_an_ordinary_mesa_model(iraq):
    assert isinstance(iraq, mesa.Model)
    assert iraq.steps == 5
    assert iraq.day == 4
    assert iraq.running
    assert iraq.settled.isis_attacks.shape == (1,)


def test_its_agents_are_mesa_agents_with_names_of_their_own(iraq):
    assert all(isinstance(agent, EnsembleAgent) and isinstance(agent, mesa.Agent) for agent in iraq.agents)
    names = [agent.name for agent in iraq.agents]
    assert len({(type(agent), agent.name) for agent in iraq.agents}) == len(names)
    assert [agent.name for agent in iraq.agents_by_type[Faction]] == list(FACTIONS)
    assert [agent.place for agent in iraq.agents_by_type[IsisCell]] == list(CELLS)
    assert [agent.name for agent in iraq.agents_by_type[Governorate]] == list(GOVERNORATES)


def test_the_state_of_an_agent_can_be_looked_at_and_selected_but_not_changed(iraq):
    (kataib,) = iraq.agents.select(lambda agent: agent.name == "kataib_hezbollah")
    assert kataib.fear.shape == (1,)
    assert kataib.attacks.shape == (1, 5)
    with pytest.raises(ValueError, match="read-only"):
        kataib.fear[0] = 9.0
    assert all(isinstance(agent.unique_id, int) for agent in iraq.agents)


def test_nobody_draws_luck_under_a_name_that_another_uses(iraq):
    """Names of decisions begin with their owner; two owners of one name would have met in a drawn-twice error."""
    owners = {name.split(".")[0] for name in iraq.luck._streams}
    known = {agent.name.split(".")[0] for agent in iraq.agents}
    assert owners - known <= {"factions", "attacks", "strikes", "toll", "outside", "press"}


def test_a_model_without_references_is_forgotten_with_its_agents():
    model = Iraq()
    gone = weakref.ref(model)
    assert len({agent.unique_id for agent in model.agents}) == len(model.agents)
    del model
    gc.collect()
    assert gone() is None
