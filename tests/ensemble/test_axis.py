"""The replication axis: draws under theories."""

import numpy as np
import pytest

from agents.ensemble.axis import Axis


def test_every_draw_meets_every_theory_and_the_theory_varies_fastest():
    axis = Axis.crossing(range(5, 8), 2)
    assert axis.draw.tolist() == [5, 5, 6, 6, 7, 7]
    assert axis.theory.tolist() == [0, 1, 0, 1, 0, 1]
    assert len(axis) == 6


def test_values_of_draws_spread_to_every_replication_of_the_draw():
    axis = Axis([9, 6, 9], [0, 1, 1])
    assert (axis.first, axis.span) == (6, 4)
    assert axis.spread(np.array([0.6, 0.7, 0.8, 0.9])).tolist() == [0.9, 0.6, 0.9]


def test_a_constant_is_the_same_float_in_every_replication():
    full = Axis.crossing(range(3)).full(2)
    assert full.dtype == float
    assert full.tolist() == [2.0, 2.0, 2.0]


@pytest.mark.parametrize(("draw", "theory"), [([], []), ([1, 2], [0])])
def test_an_axis_without_replications_or_with_a_theory_too_few_is_refused(draw, theory):
    with pytest.raises(ValueError, match="at least one replication and a theory for each"):
        Axis(draw, theory)
