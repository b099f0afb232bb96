"""Actors know their stage and what is seen; a day is settled from intentions alone."""

from dataclasses import fields, replace

import numpy as np
import pytest

from agents.factions import Camp, Faction
from agents.government import Government
from agents.governorates import Governorate
from agents.iran import Iran
from agents.iraq import Iraq, usual_setting
from agents.isis import IsisCell, IsisOrganisation
from agents.kurdistan import KurdishParty, KurdistanRegion
from agents.region import Region
from agents.sadrists import Sadrists
from agents.security_forces import SecurityForces
from agents.settlement import Intentions, settle
from agents.stage import Stage
from agents.sunni_bloc import SunniBloc
from agents.us_forces import UsForces

REPLICATIONS = 6
ACTORS = {
    "region": Region, "us_forces": UsForces, "iran": Iran, "camp": Camp, "government": Government,
    "security_forces": SecurityForces, "sadrists": Sadrists, "kurdistan": KurdistanRegion, "sunni_bloc": SunniBloc,
    "isis": IsisOrganisation, "nujaba": lambda stage: Faction(stage, "nujaba"),
    "isis.kirkuk": lambda stage: IsisCell(stage, "kirkuk"), "kirkuk": lambda stage: Governorate(stage, "kirkuk"),
    "democratic_party": lambda stage: KurdishParty(
        stage, "democratic_party", stage.assumed.kurdistan.democratic_party_weight_among_kurds, 1.0
    ),
}  # fmt: skip
SETTLED_IN = {  # states that the first day needs from other actors
    "us_forces": ("recent_attacks",), "security_forces": ("coordination",), "isis": ("usual_ground",),
    "kirkuk": ("ungoverned",),
}  # fmt: skip


@pytest.fixture(scope="module")
def setting():
    return usual_setting()(REPLICATIONS)


@pytest.fixture
def day(setting):
    """A model after a day, with all that was seen, intended and settled on it."""
    iraq = Noted(setting=setting)
    iraq.step()
    return iraq


class Noted(Iraq):
    """A model that keeps the picture of the day."""

    def observe(self):
        self.seen = super().observe()
        return self.seen


@pytest.mark.parametrize("name", ACTORS)
def test_an_actor_alone_on_a_stage_decides_and_adapts_as_it_does_among_others(setting, day, name):
    stage = Stage(setting)
    before = {agent.name: agent for agent in Iraq(setting=setting).agents}[name]
    alone = ACTORS[name](stage)
    for state in SETTLED_IN.get(name, ()):
        setattr(alone, state, getattr(before, state))
    stage.luck.turn_to(1)
    alone.decide(day.seen)
    alone.adapt(day.seen, day.settled)
    (among_others,) = (agent for agent in day.agents if agent.name == name)
    states = {state: value for state, value in vars(among_others).items() if isinstance(value, np.ndarray)}
    assert states
    for state, value in states.items():
        np.testing.assert_array_equal(getattr(alone, state), value, err_msg=f"{name}.{state}")


def test_every_class_of_actors_is_tried(setting):
    tried = {type(actor(Stage(setting))) for actor in ACTORS.values()}
    assert tried == {type(agent) for agent in Iraq(setting=setting).agents}


def test_a_stage_has_no_cast(setting):
    stage = Stage(setting)
    assert not list(stage.agents)
    assert stage.day == -stage.step_days
    assert not {"iran", "factions", "settled", "seen", "course"} & set(vars(stage))


def test_a_day_is_settled_from_intentions_without_actors(setting, day):
    stage = Stage(setting)
    stage.luck.turn_to(1)
    again, once = flat(settle(stage, day.seen, day.intentions())), flat(day.settled)
    assert again.keys() == once.keys()
    for name, value in once.items():
        np.testing.assert_array_equal(again[name], value, err_msg=name)


@pytest.mark.parametrize("intention", [each.name for each in fields(Intentions)])
def test_every_intention_matters_to_what_is_settled(setting, day, intention):
    def settled(intended):
        stage = Stage(setting)
        stage.luck.turn_to(1)
        return settle(stage, day.seen, intended)

    quiet = Intentions(**{name: nothing(value) for name, value in vars(day.intentions()).items()})
    stirred = replace(quiet, **{intention: something(getattr(quiet, intention))})
    one, other = flat(settled(quiet)), flat(settled(stirred))
    assert one.keys() == other.keys()
    assert any((one[name] != other[name]).any() for name in one)


def flat(settled):
    """Every array of what came of a day, by name."""
    arrays = {}
    for name, value in vars(settled).items():
        arrays |= {f"{name} {part}": of for part, of in value.items()} if isinstance(value, dict) else {name: value}
    return arrays


def nothing(intention):
    """The same intention to do nothing."""
    return {name: nothing(value) for name, value in intention.items()} if isinstance(intention, dict) else intention * 0


def something(intention):
    """The same intention to do it five times, or to do it at all."""
    if isinstance(intention, dict):
        return {name: something(value) for name, value in intention.items()}
    return ~intention if intention.dtype == bool else intention + 5
