"""Inputs that go with a change are those that do; noise names none beyond the stated rate."""

import numpy as np
import pandas as pd
import pytest

from scenarios.analysis.associations import LEAST_DRAWS, RATE, associations

DRAWS = 200


def inputs(number: int, seed: int = 0) -> pd.DataFrame:
    rng = np.random.default_rng(seed)
    return pd.DataFrame({f"x{at}": rng.uniform(size=DRAWS) for at in range(number)})


def test_an_input_that_makes_the_change_comes_first_with_its_sign():
    frame = inputs(5)
    noise = np.random.default_rng(1).normal(size=DRAWS)
    changes = dict(enumerate(-3.0 * frame["x2"] + 1.2 * frame["x4"] + 0.3 * noise))
    found = associations(frame, changes, list(frame.columns))
    assert [one.parameter for one in found[:2]] == ["x2", "x4"]
    assert found[0].correlation < 0 < found[1].correlation
    assert found[0].low > found[0].high


def test_the_quarters_are_medians_of_the_change_in_the_outer_draws():
    frame = inputs(1)
    found = associations(frame, dict(enumerate(frame["x0"])), ["x0"])
    values = np.sort(frame["x0"])
    low, high = np.quantile(values, (0.25, 0.75))
    assert found[0].low == np.median(values[values <= low])
    assert found[0].high == np.median(values[values >= high])
    assert found[0].correlation == pytest.approx(1.0)


def test_noise_seldom_names_an_input():
    named = [
        bool(associations(inputs(20, seed), dict(enumerate(np.random.default_rng(seed + 999).normal(size=DRAWS))),
                          [f"x{at}" for at in range(20)]))
        for seed in range(60)
    ]  # fmt: skip
    assert np.mean(named) <= RATE + 3 * np.sqrt(RATE * (1 - RATE) / len(named))


@pytest.mark.parametrize(
    ("draws", "constant"),
    [(LEAST_DRAWS - 1, False), (DRAWS, True)],
    ids=["too few draws", "a change that never varies"],
)
def test_nothing_is_named_where_nothing_can_be_known(draws, constant):
    frame = inputs(2).iloc[:draws]
    changes = {at: 0.0 if constant else value for at, value in enumerate(frame["x0"])}
    assert associations(frame, changes, ["x0", "x1"]) == []


def test_draws_without_a_change_and_inputs_that_are_fixed_are_left_out():
    frame = inputs(1).assign(fixed=1.0)
    changes = {at: (np.nan if at % 2 else value) for at, value in enumerate(frame["x0"])}
    assert [one.parameter for one in associations(frame, changes, ["x0", "fixed"])] == ["x0"]
