"""`run -m` under Hydra's launchers: an ensemble a job, the same bits, and the rest goes on when one is refused."""

import pytest

from tests.cli.launching import RUNS, assert_same_runs, folders, launched
from tests.processes import FAULTS

LAUNCHERS = {"joblib": "hydra_plugins.hydra_joblib_launcher", "submitit_local": "hydra_plugins.hydra_submitit_launcher"}


@pytest.fixture(scope="module")
def basic(tmp_path_factory):
    """What the launcher brings that Hydra has of its own."""
    folder = tmp_path_factory.mktemp("basic")
    ended = launched(folder, "basic")
    assert ended.code == 0, ended
    assert len(folders(folder)) == 2
    return folder


@pytest.mark.parametrize("launcher", LAUNCHERS)
def test_a_multirun_brings_the_same_bits_under_every_launcher(launcher, basic, tmp_path):
    pytest.importorskip(LAUNCHERS[launcher], reason="it is in the extra `cluster`")
    ended = launched(tmp_path, launcher)
    assert ended.code == 0, ended
    assert_same_runs(tmp_path, basic)


def test_a_run_that_is_refused_leaves_the_others_alone(tmp_path):
    ended = launched(tmp_path, "basic", ("+scenario=relabel", *RUNS[1:-1], "ensemble.horizon=3,30"))
    assert ended.code == 2
    assert "ensemble.horizon is 3, outside [7, 1,300] days" in ended.err
    assert len(folders(tmp_path)) == 1


def test_a_run_whose_process_is_killed_is_reported_in_a_line_and_what_has_ended_is_kept(tmp_path):
    pytest.importorskip(LAUNCHERS["submitit_local"], reason="it is in the extra `cluster`")
    ended = launched(tmp_path, "submitit_local", PYTHONPATH=str(FAULTS), FAULT_KILL_RUN="full_withdrawal")
    assert ended.code == 3
    assert "a job was lost" in ended.err
    assert "the same command simulates the rest" in ended.err
    assert "Traceback" not in ended.err
    assert len(folders(tmp_path)) == 1
