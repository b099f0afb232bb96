"""`run -m` as a job array of Hydra's launcher for Slurm."""

from tests.cli.launching import RUNS, assert_same_runs, launched

SITE = ("hydra.launcher.timeout_min=60", "hydra.launcher.mem_gb=1", "hydra.launcher.partition=main")


def test_a_multirun_on_slurm_brings_the_bits_of_this_machine(cluster, tmp_path):
    known = {"PYTHONPATH": ""}
    here = launched(tmp_path / "here", "basic", **known)
    there = launched(tmp_path / "there", "submitit_slurm", (*RUNS, *SITE), **known)
    assert (here.code, there.code) == (0, 0), (here, there)
    assert_same_runs(tmp_path / "here", tmp_path / "there")
    jobs = (tmp_path / "there" / "results" / ".multirun" / ".submitit").glob("*_[01]")
    assert len(list(jobs)) == 2, "one array, a job for each run"
