"""Which outcome of which scenario a change has moved, and by how many standard errors."""

import warnings
from dataclasses import replace

import numpy as np
import pytest

from tests.golden import lines
from tests.golden.lines import FAR, SHOWN, Line, Move, computed, kept, moves

GOLDEN = {name: [each for each in kept() if each.scenario == name] for name in lines.scenarios()}
A_LINE = Line("relabel", "2021-07", "us_deaths", "deaths", 2.0, 0.5, 1.0, 0.0, 2.0)


@pytest.mark.parametrize("scenario", GOLDEN)
def test_no_outcome_has_moved_far_from_its_golden_line(scenario):
    """After a change that is meant to move them: python -m tests.golden, and say why in the commit."""
    moved = moves(GOLDEN[scenario], computed(scenario))
    near = [str(move) for move in moved if abs(move.errors) <= FAR]
    if near:
        warnings.warn("within the bounds: " + "; ".join(near), stacklevel=1)
    far = [str(move) for move in moved if abs(move.errors) > FAR]
    assert not far, "\n".join(["beyond the bounds, see `python -m tests.golden`:", *far])


def test_there_is_a_golden_line_for_every_scenario_and_outcome_and_no_other():
    assert [(each.scenario, each.outcome) for each in kept()] == [
        (scenario, outcome) for scenario in lines.scenarios() for outcome in SHOWN
    ]


def test_a_move_is_told_by_scenario_outcome_and_standard_errors():
    (move,) = moves([A_LINE], [replace(A_LINE, mean=4.5)])
    assert move.errors == 5.0
    assert str(move).startswith(
        "relabel us_deaths moved by +5.00 standard errors: mean 2 -> 4.5 deaths, median 1 [0, 2]"
    )


def test_a_difference_in_the_last_bits_is_no_move():
    assert moves([A_LINE], [replace(A_LINE, mean=2.0 * (1 + 1e-9))]) == []


def test_what_never_happened_and_now_happens_in_every_replication_is_infinitely_far():
    never = replace(A_LINE, mean=0.0, mc_error=0.0)
    assert Move(never, replace(never, mean=1.0)).errors == float("inf")


def test_what_is_written_reads_back(tmp_path):
    lines.keep([A_LINE], tmp_path / "lines.csv")
    assert kept(tmp_path / "lines.csv") == [A_LINE]


def test_the_band_of_a_median_holds_it_in_most_samples():
    luck = np.random.default_rng(0)
    bands = [lines.band_of_median(luck.normal(size=80)) for _ in range(400)]
    assert 0.92 < np.mean([low <= 0 <= high for low, high in bands]) < 0.99
