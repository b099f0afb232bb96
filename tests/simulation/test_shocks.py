"""Shocks: dated, at random at a rate, or triggered by events."""

from collections import deque
from dataclasses import replace
from datetime import date
from types import SimpleNamespace

import numpy as np
import pytest

from agents.ensemble.axis import Axis
from agents.ensemble.luck import Luck
from scenarios.config.dated import Context
from scenarios.config.fields import validated
from scenarios.config.shocks import KINDS
from scenarios.config.specs import ShockSpec
from scenarios.simulation.experiment import simulate_draws
from scenarios.simulation.timeline import Shocker
from tests.requests import asks

START = date(2021, 12, 13)


def written(*entries, horizon=1_000):
    context = Context(start=START, horizon=horizon, parameters={})
    return tuple(validated(ShockSpec, entry, "shock", context).planned() for entry in entries)


class Days:
    """A model of nothing but days, whose one outcome goes as scripted, a column a replication."""

    def __init__(self, of, happened, step_days=1.0):
        self.happened = np.atleast_2d(np.asarray(happened, dtype=float).T).T
        self.step_days = step_days
        axis = Axis.crossing(range(self.happened.shape[1]))
        self.measured = deque()
        self.model = SimpleNamespace(axis=axis, day=0.0, settled=None)
        self.shocker = Shocker(of, lambda name, model: self.measured[-1], step_days)

    def strikes(self, kind="cabinet_falls"):
        """Size of a kind of shock on every day, before what happens on it, (days, replications)."""
        strikes = []
        for number, today in enumerate(self.happened):
            self.model.day = number * self.step_days
            struck = self.shocker.today(self.model).get(kind, 0.0)
            strikes.append(np.broadcast_to(struck, today.shape))
            self.measured.append(today)
            self.model.settled = "settled"
        return np.array(strikes)


@pytest.mark.parametrize("step", [0.25, 0.5, 1.0, 2.0, 7.0])
@pytest.mark.parametrize("day", [0, 3, 10.5, 13, 27])
def test_a_dated_shock_strikes_once_in_the_step_in_which_its_day_falls(step, day):
    steps = round(28 / step)
    of = written({"shock": "prison_break", "at": day}, horizon=28)
    struck = Days(of, np.zeros((steps, 1)), step).strikes("prison_break")[:, 0]
    assert struck.sum() == 1.0
    begins = step * np.argmax(struck)
    assert begins <= day < begins + step


def test_a_date_is_as_good_as_a_day_and_sizes_of_one_kind_add_up():
    of = written(
        {"shock": "oil_price", "at": "2021-12-15", "size": -2}, {"shock": "oil_price", "at": 2, "size": 0.5},
    )  # fmt: skip
    assert Days(of, np.zeros((4, 1))).strikes("oil_price")[:, 0].tolist() == [0, 0, -1.5, 0]


def test_a_conditional_shock_strikes_the_day_after_its_condition_and_only_once():
    of = written({"shock": "cabinet_falls", "when": "us_deaths >= 3 within 3 days"})
    happened = np.zeros((12, 3))
    happened[[1, 2, 3], 0] = 1  # three in three days
    happened[[1, 2, 4], 1] = 1  # three in four
    happened[[5, 9], 2] = 3  # twice enough at once
    struck = Days(of, happened).strikes()
    assert [np.flatnonzero(column).tolist() for column in struck.T] == [[4], [], [6]]


def test_a_conditional_shock_strikes_again_after_its_rest_if_that_is_given():
    of = written({"shock": "cabinet_falls", "when": "us_deaths > 0 within 1 days", "again_after": 4})
    assert np.flatnonzero(Days(of, np.ones((12, 1))).strikes()).tolist() == [1, 5, 9]
    assert np.flatnonzero(Days(of, np.ones((8, 1)), step_days=2.0).strikes()).tolist() == [1, 3, 5, 7]


@pytest.mark.parametrize(
    ("relation", "days"), [(">=", [3]), (">", []), ("<=", [1]), ("<", [1])], ids=[">=", ">", "<=", "<"]
)
def test_every_relation_means_what_it_says(relation, days):
    of = written({"shock": "cabinet_falls", "when": f"us_deaths {relation} 2 within 1 days"})
    assert np.flatnonzero(Days(of, [[0], [0], [2], [0]]).strikes()).tolist() == days


def test_a_window_is_counted_in_days_whatever_the_step():
    of = written({"shock": "cabinet_falls", "when": "us_deaths >= 2 within 4 days"})
    happened = np.zeros((10, 2))
    happened[[1, 2], 0] = 1  # days 2 and 4
    happened[[1, 3], 1] = 1  # days 2 and 6
    struck = Days(of, happened, step_days=2.0).strikes()
    assert [np.flatnonzero(column).tolist() for column in struck.T] == [[3], []]


def test_a_random_shock_strikes_at_its_rate_on_luck_of_its_own():
    one, other = written(*[{"shock": "lethal_attack", "per_year": 12}] * 2)
    of = (one, replace(other, size=0))
    replications, steps = 20_000, 10
    axis = Axis.crossing(range(replications))
    luck = Luck(1, axis)
    model = SimpleNamespace(axis=axis, day=0.0, settled=None, luck=luck)
    shocker = Shocker(of, lambda name, iraq: 0.0, 1.0)
    struck = []
    for step in range(1, steps + 1):
        luck.turn_to(step)
        struck.append(shocker.today(model)["lethal_attack"])
    chance = -np.expm1(-12 / 365.25)
    spread = np.sqrt(chance * (1 - chance) / (replications * steps))
    assert np.mean(struck) == pytest.approx(chance, abs=5 * spread)


def test_a_rate_means_the_same_over_a_week_at_any_step():
    of = written({"shock": "lethal_attack", "per_year": 26})
    share = {}
    for step in (1.0, 7.0):
        axis = Axis.crossing(range(20_000))
        luck = Luck(2, axis)
        shocker = Shocker(of, lambda name, iraq: 0.0, step)
        spared = np.ones(20_000, dtype=bool)
        for number in range(1, round(7 / step) + 1):
            luck.turn_to(number)
            model = SimpleNamespace(axis=axis, day=0.0, settled=None, luck=luck)
            spared &= shocker.today(model)["lethal_attack"] == 0
        share[step] = spared.mean()
    assert share[1.0] == pytest.approx(share[7.0], abs=0.02)
    assert share[7.0] == pytest.approx(np.exp(-26 * 7 / 365.25), abs=0.02)


def test_every_kind_of_shock_may_strike_in_a_run():
    everything = [{"shock": kind, "at": number % 6} for number, kind in enumerate(KINDS)]
    block = simulate_draws(
        asks("ensemble.horizon=7", "ensemble.replications=2", scenario={"shocks": everything}), range(2)
    )
    assert (block.outcomes["lethal_attacks"] >= 1).all()
    assert (block.outcomes["commanders_killed"] >= 1).all()
    assert (block.outcomes["cabinet_falls"] >= 1).all()
    assert (block.outcomes["army_collapses"] >= 1).all()
    assert all(np.isfinite(values).all() for name, values in block.outcomes.items() if not name.startswith("days_to"))


def test_in_a_run_a_conditional_shock_answers_what_happened_in_the_model():
    called = [
        {"shock": "lethal_attack", "at": 2},
        {"shock": "cabinet_falls", "when": "lethal_attacks >= 1 within 1 days"},
    ]
    words = ("ensemble.horizon=7", "ensemble.replications=6", "record.period=day", "start=2021-07")
    block = simulate_draws(asks(*words, scenario={"shocks": called}), range(6))
    lethal, falls = block.series["lethal_attacks"], block.series["cabinet_falls"]
    first = np.argmax(lethal > 0, axis=0)
    assert (first <= 2).all()
    for replication, day in enumerate(first):
        assert falls[day + 1, replication] >= 1


@pytest.mark.parametrize(
    ("entry", "words"),
    [
        ({"shock": "prison_break", "at": 3}, "ISIS frees its prisoners"),
        ({"shock": "oil_price", "at": 3, "size": -2}, "the oil price jumps (negative: falls) (-2 standard deviations)"),
        ({"shock": "prison_break", "per_year": 0.5}, "ISIS frees its prisoners, at random 0.5 times a year"),
        (
            {"shock": "cabinet_falls", "when": "us_deaths >= 3 within 14 days"},
            "the cabinet falls when us deaths are at least 3 within 14 days, once",
        ),
        (
            {"shock": "cabinet_falls", "when": "deaths > 2.5 within 1 day", "again_after": 90},
            "the cabinet falls when deaths are more than 2.5 within a day, again after 90 days",
        ),
    ],
)  # fmt: skip
def test_a_shock_reads_as_a_sentence(entry, words):
    assert str(written(entry)[0]) == words
