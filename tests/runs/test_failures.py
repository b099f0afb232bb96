"""A draw that cannot be simulated is isolated, recorded with its reason, and costs no other."""

import json
import re

import numpy as np
import pytest

from scenarios import load
from scenarios.analysis.contrasts import contrast_runs
from scenarios.analysis.estimates import summary
from scenarios.config import request as config_request
from scenarios.errors import SomeFailedError
from scenarios.execution.pool import KILLED
from scenarios.runs import runner
from scenarios.runs.folder import RunFolder
from scenarios.simulation import experiment
from scenarios.store.tables import TABLES
from tests.execution import jobs
from tests.requests import TINY, WITHDRAWAL, asks, carried_out, tables

RUN = ("run", WITHDRAWAL, *TINY, "workers=1")


@pytest.fixture(autouse=True)
def blocks_of_eight(monkeypatch):
    monkeypatch.setattr(config_request, "BLOCK", 8)


@pytest.fixture
def failing_draws(monkeypatch):
    """Draws that raise, and the blocks that were tried."""
    real = experiment.simulate_draws
    tried = []

    def failing(*bad, kind=ValueError, scenario="full_withdrawal"):
        def simulate(request, draws, *rest):
            tried.append((draws.start, draws.stop))
            if request.scenario.name == scenario and set(bad) & set(draws):
                raise kind("what is infinite\nis not counted")
            return real(request, draws, *rest)

        monkeypatch.setattr(runner, "simulate_draws", simulate)
        return tried

    return failing


def test_a_draw_that_fails_is_located_by_halving_and_the_rest_is_kept(failing_draws, tmp_path):
    tried = failing_draws(5)
    folder = carried_out(asks(of=TINY), tmp_path)
    assert tried == [(0, 8), (0, 4), (4, 8), (4, 6), (4, 5), (5, 6), (6, 8)]
    manifest = json.loads((folder / "manifest.json").read_text())
    assert manifest["failures"] == [{"draw": 5, "error": "ValueError: what is infinite is not counted"}]
    assert manifest["replications"] == 8


def test_a_failed_draw_has_its_row_marked_and_empty_with_its_parameters(failing_draws, tmp_path):
    failing_draws(5)
    failed = tables(carried_out(asks(of=TINY), tmp_path / "failed"))
    whole = tables(_undisturbed(tmp_path))
    outcomes = failed["outcomes"]
    assert outcomes["replication"].tolist() == list(range(8))
    assert outcomes["failed"].tolist() == [draw == 5 for draw in range(8)]
    measured = outcomes.columns.drop(["replication", "draw", "theory", "failed"])
    assert outcomes.loc[5, measured].isna().all()
    assert failed["parameters"].equals(whole["parameters"])
    finite = [draw for draw in range(8) if draw != 5]
    assert outcomes.loc[finite, measured].equals(whole["outcomes"].loc[finite, measured])
    assert sorted(failed["series"]["replication"].unique()) == finite


def _undisturbed(tmp_path):
    with pytest.MonkeyPatch.context() as patch:
        from scenarios.simulation.experiment import simulate_draws

        patch.setattr(runner, "simulate_draws", simulate_draws)
        return carried_out(asks(of=TINY), tmp_path / "whole")


@pytest.mark.parametrize("kind", [ValueError, FloatingPointError, ZeroDivisionError, MemoryError])
def test_every_failure_of_arithmetic_or_memory_is_recorded(failing_draws, tmp_path, kind):
    failing_draws(0, 7, kind=kind)
    result = load(carried_out(asks(of=TINY), tmp_path))
    assert [each["draw"] for each in result.failures] == [0, 7]
    assert all(each["error"].startswith(kind.__name__) for each in result.failures)
    assert result.outcomes["draw"].tolist() == [1, 2, 3, 4, 5, 6]


def test_a_run_with_failures_ends_with_three_and_reports_how_many_and_why(command, failing_draws):
    failing_draws(5)
    ended = command(*RUN)
    assert ended.code == 3
    assert "finished, but 1 draws failed, the first with ValueError: what is infinite is not counted" in ended.err
    assert "manifest.json" in ended.err
    assert "Traceback" not in ended.err
    assert "FAILED: 1 draws of full_withdrawal, the first with ValueError" in ended.out
    assert "Attacks on US sites" in ended.out  # the findings of the rest


def test_a_failed_baseline_ends_with_three_too(command, failing_draws):
    failing_draws(2, scenario="status_quo")
    assert command(*RUN).code == 3


def test_the_same_again_still_reports_failures_and_computes_nothing(command, failing_draws):
    tried = failing_draws(5)
    command(*RUN)
    del tried[:]
    ended = command(*RUN)
    assert (ended.code, tried) == (3, [])


def test_a_failure_in_a_sweep_does_not_stop_the_others(command, here, failing_draws):
    failing_draws(5)
    ended = command("run", "-m", "+scenario=full_withdrawal,relabel", *TINY, "workers=1", "against=none")
    assert ended.code == 3
    assert {each.scenario for each in load(here / "results")} == {"full_withdrawal", "relabel"}


def test_more_replications_are_added_after_failures_and_those_remain(failing_draws, tmp_path):
    failing_draws(5)
    carried_out(asks(of=TINY), tmp_path)
    folder = carried_out(asks("ensemble.replications=11", of=TINY), tmp_path)
    result = load(folder)
    assert [each["draw"] for each in result.failures] == [5]
    assert result.outcomes["draw"].tolist() == [0, 1, 2, 3, 4, 6, 7, 8, 9, 10]
    assert result.manifest["replications"] == 11


def test_a_run_of_which_nothing_is_left_is_reported_as_such(command, here, failing_draws):
    failing_draws(*range(8))
    ended = command(*RUN)
    assert ended.code == 3
    assert "8 draws failed" in ended.err
    result = next(each for each in load(here / "results") if each.scenario == "full_withdrawal")
    assert result.outcomes.empty
    assert summary(result, ["deaths"])["n"].tolist() == [0]
    assert np.isnan(summary(result, ["deaths"])["mean"]).all()


def test_a_contrast_pairs_only_draws_that_are_finite_in_both(failing_draws, tmp_path):
    failing_draws(5)
    result = load(carried_out(asks(of=TINY), tmp_path))
    failing_draws(2, scenario="status_quo")
    baseline = load(carried_out(asks_status_quo(), tmp_path))
    assert contrast_runs(result, baseline, ["deaths"])["n"].tolist() == [6]


def asks_status_quo():
    from scenarios.config import options

    return asks(of=TINY, **{"scenario=": options.scenario("status_quo")})


def test_a_draw_whose_parameters_cannot_be_drawn_is_recorded_all_the_same(failing_draws, tmp_path, monkeypatch):
    failing_draws(5)
    real = experiment.staged

    def staged(request, axis):
        if 5 in axis.draw:
            raise ValueError("no stable draw")
        return real(request, axis)

    monkeypatch.setattr(runner, "staged", staged)
    content = tables(carried_out(asks(of=TINY), tmp_path))
    assert set(content) == set(TABLES)
    drawn = content["parameters"].drop(columns=["replication", "draw", "theory"])
    assert drawn.loc[5].isna().all()
    assert drawn.drop(index=5).notna().all(axis=None)


def test_a_worker_that_is_killed_loses_only_its_block_and_the_same_again_simulates_it(tmp_path, monkeypatch):
    monkeypatch.setattr(config_request, "BLOCK", 2)
    with monkeypatch.context() as patch:
        patch.setattr(runner, "run_block", jobs.simulate_or_die)
        with pytest.raises(SomeFailedError, match=f"2 of 8 replications are missing: {re.escape(KILLED)}"):
            carried_out(asks(of=TINY), tmp_path, workers=2)
    assert RunFolder(asks(of=TINY), tmp_path).missing() == [range(2, 4)]
    assert not list(tmp_path.rglob("manifest.json"))
    result = load(carried_out(asks(of=TINY), tmp_path))
    assert result.failures == []
    assert result.outcomes["draw"].tolist() == list(range(8))


def test_a_lost_block_ends_with_three_and_the_remedy(command, monkeypatch):
    def lost(task):
        raise TypeError("a fault of the code")

    monkeypatch.setattr(runner, "run_block", lost)
    ended = command(*RUN)
    assert ended.code == 3
    assert "16 of 16 replications are missing: TypeError: a fault of the code" in ended.err
    assert "run the same command again" in ended.err
    assert "Traceback" not in ended.err
