"""The cores that a process may use, which are not those of the machine."""

import os
from pathlib import Path

import pytest

from scenarios.execution import cores
from scenarios.runs.runner import engine_for
from tests.requests import script

MANY = 64


@pytest.fixture
def machine(tmp_path, monkeypatch):
    """A machine of 64 cores, without control groups and outside of any job; files of control groups by path."""
    monkeypatch.setattr(os, "sched_getaffinity", lambda process: set(range(MANY)), raising=False)
    monkeypatch.setattr(cores, "GROUPS", tmp_path / "cgroup")
    monkeypatch.setattr(cores, "MOUNTED", tmp_path / "mounted")
    for name in cores.SLURM:
        monkeypatch.delenv(name, raising=False)

    def write(groups: str, **files: str) -> None:
        (tmp_path / "cgroup").write_text(groups)
        for name, text in files.items():
            file = tmp_path / "mounted" / name.replace("__", "/").replace("_quota", ".cfs_quota_us")
            file = Path(str(file).replace("_period", ".cfs_period_us").replace("_max", ".max"))
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(text)

    return write


@pytest.mark.parametrize("allowed", [1, 3, MANY])
def test_affinity_counts(machine, monkeypatch, allowed):
    monkeypatch.setattr(os, "sched_getaffinity", lambda process: set(range(allowed)), raising=False)
    assert cores.usable() == allowed


def test_a_system_without_affinity_has_the_cores_of_the_machine(machine, monkeypatch):
    monkeypatch.delattr(os, "sched_getaffinity")
    monkeypatch.setattr(os, "cpu_count", lambda: 7)
    assert cores.usable() == 7
    monkeypatch.setattr(os, "cpu_count", lambda: None)
    assert cores.usable() == 1


@pytest.mark.parametrize(
    ("written", "above", "count"),
    [
        ("200000 100000", "", 2), ("150000 100000", "", 2), ("10000 100000", "", 1), ("max 100000", "", MANY),
        ("", "", MANY), ("nonsense", "", MANY), ("max 100000", "300000 100000", 3),
    ],
)  # fmt: skip
def test_the_quotas_of_a_control_group_and_of_those_above_count(machine, written, above, count):
    machine("0::/job/step\n", job__step__cpu_max=f"{written}\n", job__cpu_max=above)
    assert cores.usable() == count


def test_a_container_that_sees_only_the_root_of_its_group_is_limited_by_it(machine):
    machine("0::/../../elsewhere\n", cpu_max="400000 100000\n")
    assert cores.usable() == 4


@pytest.mark.parametrize(("quota", "count"), [("250000", 3), ("-1", MANY), ("100000", 1)])
def test_the_quota_of_the_first_version_of_control_groups_counts(machine, quota, count):
    machine("5:memory:/job\n4:cpu,cpuacct:/job\n0::/\n",
            cpu__job__cpu_quota=f"{quota}\n", cpu__job__cpu_period="100000\n")  # fmt: skip
    assert cores.usable() == count


@pytest.mark.parametrize(
    ("task", "node", "count"),
    [
        ("3", "8", 3), (None, "8", 8), ("2", None, 2), ("", "5", 5), ("many", "5", 5), ("0", None, MANY),
        ("99", None, MANY),
    ],
)  # fmt: skip
def test_what_slurm_gave_to_the_task_or_else_to_the_node_counts(machine, monkeypatch, task, node, count):
    for name, value in zip(cores.SLURM, (task, node), strict=True):
        if value is not None:
            monkeypatch.setenv(name, value)
    assert cores.usable() == count


def test_the_smallest_of_all_bounds_counts(machine, monkeypatch):
    machine("0::/\n", cpu_max="500000 100000\n")
    monkeypatch.setenv("SLURM_CPUS_PER_TASK", "6")
    assert cores.usable() == 5


def test_there_are_no_more_workers_than_usable_cores_unless_requested(monkeypatch):
    monkeypatch.setattr(cores, "usable", lambda: 3)
    assert engine_for(10, None).workers == 3
    assert engine_for(10, 5).workers == 5


def test_a_plan_counts_the_cores_that_the_process_may_use(tmp_path):
    if not hasattr(os, "sched_setaffinity"):
        pytest.skip("this system has no affinity")
    (tmp_path / "small.yaml").write_text("cross: {scenario: [relabel, phased_3y]}\n")
    words = ["sweep", "+study=./small.yaml", "ensemble.replications=4", "ensemble.horizon=14", "--plan"]
    limited = "import os; os.sched_setaffinity(0, {min(os.sched_getaffinity(0))}); "
    ended = script("-c", f"{limited}from scenarios.__main__ import main; main({words!r})", cwd=tmp_path)
    assert " with 1 workers on this machine" in ended.out, ended
