"""One small Slurm for all tests of the cluster; they are skipped where it is not installed, unless it must be."""

import getpass
import os
import shutil
from pathlib import Path

import pytest

from scenarios.execution.slurm import Slurm
from scenarios.execution.slurm.site import Site
from tests.cluster.slurm import PLACES, Cluster, missing
from tests.processes import until

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
REQUIRED = "CLUSTER_REQUIRED"
SITE = Site(time_minutes=60, memory_gb=0.3, array_parallelism=4, chunks=4)
PACKAGES = "slurmctld slurmd slurm-client munge slurmdbd mariadb-server"


def pytest_collection_modifyitems(items):
    """Everything here needs a cluster."""
    for item in items:
        if HERE in item.path.parents:
            item.add_marker(pytest.mark.cluster)


@pytest.fixture(scope="session")
def slurm(tmp_path_factory):
    """A running Slurm of two nodes."""
    absent = missing()
    if absent:
        why = f"no Slurm here: {', '.join(absent)} missing (apt-get install {PACKAGES})"
        pytest.fail(why) if os.environ.get(REQUIRED) else pytest.skip(why)
    pytest.importorskip("submitit") if not os.environ.get(REQUIRED) else __import__("submitit")
    root = tmp_path_factory.mktemp("s")
    cluster = Cluster(root / "c")
    cluster.up()
    yield cluster
    cluster.down()
    shutil.rmtree(root, ignore_errors=True)


@pytest.fixture
def cluster(slurm, monkeypatch):
    """The cluster as the scheduler of this process; nothing is in its queue when the test begins."""
    monkeypatch.setenv("SLURM_CONF", slurm.environment["SLURM_CONF"])
    monkeypatch.setenv("PATH", PLACES)
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    monkeypatch.chdir(ROOT)
    yield slurm
    slurm.run("scancel", "--quiet", f"--user={getpass.getuser()}")
    until(lambda: not slurm.run("squeue", "--noheader"), "an empty queue")


@pytest.fixture
def messages():
    """Messages for the user."""
    return []


@pytest.fixture
def engine(cluster, tmp_path, messages):
    return Slurm(SITE, tmp_path / "study", messages.append)
