"""A study over two nodes, with a point that raises and a job that is killed: its data are those of the laptop run."""

from pathlib import Path

import pandas as pd
import pytest

from tests.processes import ended, until
from tests.studies.sweeps import RATE, SIZE, started, written

COMBINATION = "scenario == '{}' and `theory.isis` == '{}' and `theory.strikes` == '{}'"
STUDY = {
    "cross": {
        "scenario": ["status_quo", "phased_3y"],
        "theory.isis": ["enablers", "spent"],
        "theory.strikes": ["deter", "provoke"],
        RATE: [0.1, 0.2, 0.3],
    },
    "constraints": [
        f"`{RATE}` < 0.15 or (`{RATE}` < 0.25 and {COMBINATION.format('phased_3y', 'spent', 'deter')})"
        f" or (`{RATE}` > 0.25 and {COMBINATION.format('status_quo', 'enablers', 'provoke')})"
    ],
}
CLUSTER = ("engine=slurm", "engine.time_minutes=60", "engine.memory_gb=0.5", "engine.array_parallelism=4")


@pytest.fixture
def swept(tmp_path):
    """A sweep of eight combinations, two of which have a second point: exit code, last line and folder."""
    written(tmp_path, **STUDY)

    def swept(name: str, *words: str, **faults: object) -> tuple[int, str, Path]:
        with started(tmp_path, "sweep", "+study=small.yaml", *SIZE, f"results={name}", *words, **faults) as sweep:
            code, out, err = ended(sweep)
        print(out, err)
        return code, out.splitlines()[-1], next((tmp_path / name).glob("*/*"))

    return swept


def test_a_study_with_a_point_that_raises_and_a_killed_job_has_the_hash_of_the_laptop(cluster, swept, tmp_path):
    faults = {"raise": 0.2, "kill": 0.3, "mark": tmp_path / "killed"}
    code, dataset, folder = swept("cluster", *CLUSTER, **faults)
    assert code == 3
    assert (tmp_path / "killed").exists()
    points = pd.read_parquet(folder / "points.parquet").set_index(RATE)
    assert set(points.loc[[0.1, 0.3], "status"]) == {"done"}
    assert "a fault was requested" in points.loc[0.2, "reason"]
    assert swept("laptop", **{"raise": 0.2})[:2] == (3, dataset)
    assert dataset.startswith("dataset ")
    where = cluster.run("sacct", "--allocations", "--noheader", "--format=NodeList").split()
    assert {"n1", "n2"} <= set(where)
    assert not (folder / "slurm").exists()


@pytest.mark.slow
def test_a_study_that_loses_a_node_and_is_preempted_on_the_other_has_the_hash_of_the_laptop(cluster, swept, tmp_path):
    written(tmp_path, **STUDY)
    held, go = tmp_path / "held", tmp_path / "go"
    held.mkdir()
    words = ("+study=small.yaml", *SIZE, "results=cluster", *CLUSTER)
    with started(tmp_path, "sweep", *words, hold=0.1, held=held, go=go) as sweep:
        until(lambda: len(list(held.iterdir())) == 4, "a waiting job on every processor", sweep)
        try:
            cluster.kill_node("n2")
            cluster.run("sbatch", "--partition=urgent", "--nodelist=n1", "--ntasks=2", "--wrap=srun sleep 5",
                         f"--output={tmp_path}/urgent")  # fmt: skip
            until(lambda: {"NODE_FAIL", "PREEMPTED"} <= cluster.states(), "a node that is lost", sweep)
            go.touch()
            code, out, err = ended(sweep)
        finally:
            cluster.start_node("n2")
    assert code == 0, err
    assert out.splitlines()[-1] == swept("laptop")[1]
