"""Replications never meet, and the order of agents never matters: bit for bit."""

import numpy as np
import pytest

from agents.ensemble.axis import Axis
from agents.ensemble.state import EnsembleAgent
from agents.iraq import Iraq
from agents.settlement import settle
from scenarios.outcomes import Tally
from scenarios.simulation.experiment import setting, simulate_draws, staged
from tests.model.models import requested

WORDS = (
    "scenario=timetable_bilateral", "loop=closed", "against=none", "ensemble.replications=48", "ensemble.horizon=120",
)  # fmt: skip
DRAWS = range(12)
STEPS = 40


@pytest.fixture(scope="module")
def request_():
    return requested(*WORDS)


@pytest.fixture(scope="module")
def company(request_):
    return simulate_draws(request_, DRAWS)


def assert_same(values, expected, where):
    for name, value in expected.items():
        np.testing.assert_array_equal(values[name], value[..., where], err_msg=name)


def test_pieces_of_an_ensemble_equal_the_whole(request_, company):
    for piece in (range(5), range(5, 11), range(11, 12)):
        block = simulate_draws(request_, piece)
        where = (company.axis.draw >= piece.start) & (company.axis.draw < piece.stop)
        assert_same(block.outcomes, company.outcomes, where)
        assert_same(block.series, company.series, where)
        assert_same(block.parameters, company.parameters, where)
        np.testing.assert_array_equal(block.replications, company.replications[where])


@pytest.mark.parametrize(("draw", "theory"), [(7, 2), (0, 0)])
def test_a_replication_alone_equals_itself_in_company(request_, company, draw, theory):
    axis = Axis([draw], [theory])
    assumptions, iraq = staged(request_, axis)
    tally = Tally(iraq, request_.ensemble.steps, request_.record.days)
    for _ in range(request_.ensemble.steps):
        iraq.step()
        tally.count()
    where = [draw * 4 + theory]
    assert_same(tally.outcomes(assumptions.escalation_number), company.outcomes, where)
    assert_same(tally.periods(), company.series, where)
    assert_same(assumptions.drawn, company.parameters, where)


def test_more_draws_leave_the_first_as_they_are(request_, company):
    more, _ = staged(request_, Axis.crossing(range(60), 4))
    assert_same(company.parameters, more.drawn, slice(0, 48))


def test_another_seed_gives_another_history(request_, company):
    other = simulate_draws(requested(*WORDS, "ensemble.seed=2"), range(3))
    assert (other.outcomes["isis_attacks"] != company.outcomes["isis_attacks"][:12]).all()


class Shuffled(Iraq):
    """A model whose agents decide and adapt in another order each day."""

    order = staticmethod(lambda agents, day: agents)

    def step(self):
        self.luck.turn_to(self.steps)
        seen = self.observe()
        for agent in self.order(list(self.agents), self.steps):
            agent.decide(seen)
        self.settled = settle(self, seen, self.intentions())
        for agent in self.order(list(self.agents), -self.steps):
            agent.adapt(seen, self.settled)


class Backward(Shuffled):
    """The last speaks first."""

    order = staticmethod(lambda agents, day: agents[::-1])


class AtRandom(Shuffled):
    """A new order twice a day."""

    order = staticmethod(lambda agents, day: list(np.random.default_rng(day + 10_000).permutation(agents)))


class Crowded(Iraq):
    """A model with one more actor, who draws random numbers every day and does nothing with them."""

    def cast(self):
        self.onlooker_before = Onlooker(self, "onlooker_before")
        super().cast()
        self.onlooker_after = Onlooker(self, "onlooker_after")


class Onlooker(EnsembleAgent):
    """Somebody who looks on."""

    def decide(self, seen):
        self.mood = self.luck("mood")
        self.model.luck.over(f"{self.name}.gaze", ("anbar", "erbil"))

    def adapt(self, seen, settled):
        self.memory = self.luck("memory")


def history(request, model):
    """Everything that is measured over some days, under a model of the given kind."""
    axis = Axis.crossing(range(6), len(request.strata))
    assumptions, _ = staged(request, axis)
    iraq = model(setting=setting(request, axis, assumptions))
    tally = Tally(iraq, STEPS, 1)
    for _ in range(STEPS):
        iraq.step()
        tally.count()
    return tally.periods()


@pytest.fixture(scope="module")
def usual(request_):
    return history(request_, Iraq)


@pytest.mark.parametrize("model", [Backward, AtRandom, Crowded])
def test_neither_the_order_of_agents_nor_one_more_of_them_changes_anything(request_, usual, model):
    other = history(request_, model)
    assert set(other) == set(usual)
    for name, value in usual.items():
        np.testing.assert_array_equal(other[name], value, err_msg=name)


def test_the_orders_that_are_tried_are_other_orders(request_):
    agents = list(range(30))
    assert Backward.order(agents, 1) == agents[::-1]
    assert list(AtRandom.order(agents, 1)) != agents
    assert list(AtRandom.order(agents, 1)) != list(AtRandom.order(agents, 2))
