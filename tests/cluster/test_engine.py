"""The engine on a real Slurm of two nodes: tasks end once, deaths are reported, outages are waited out."""

from contextlib import closing
from pathlib import Path

import pytest

from scenarios.errors import RequestError
from scenarios.execution.slurm import Slurm, scheduler
from scenarios.execution.slurm.site import Site
from tests.cluster import jobs
from tests.cluster.jobs import all_wait, counts, nodes, release, silent, tasks
from tests.execution.jobs import FATAL
from tests.processes import until


def test_one_that_raises_and_one_that_is_killed_fail_alone_and_every_other_task_is_run_once(engine, tmp_path, messages):
    results = engine.results(jobs.raises_and_dies, tasks(tmp_path, 24, of=6))
    first = next(results)
    until(lambda: all_wait(tmp_path, 24, of=6), "a job on every processor")
    release(tmp_path)
    finished = {done.task.number: done for done in (first, *results)}
    assert finished.pop(2 * FATAL).failure == "ValueError: 6 is too many"
    killed = finished.pop(FATAL).failure
    assert "FAILED on n" in killed
    assert "killed by signal 9" in killed
    assert counts(tmp_path, "killed") == {FATAL: 2}
    assert {number: done.value for number, done in finished.items()} == {number: 2 * number for number in finished}
    assert counts(tmp_path) == dict.fromkeys(finished, 1)
    assert nodes(tmp_path) == {"n1", "n2"}
    log = Path(killed.rpartition("log ")[2].rstrip(")"))
    left = [file for file in (tmp_path / "study").rglob("*") if file.is_file()]
    assert left == [log], "only the log of the job that died is kept"


def test_nothing_is_left_behind_when_all_is_well(engine, tmp_path):
    assert len(list(engine.results(jobs.doubled, tasks(tmp_path, 3)))) == 3
    assert not list((tmp_path / "study").iterdir())


def test_the_script_of_a_dry_run_is_the_one_that_is_submitted(engine, tmp_path, messages):
    dry = engine.script(8)
    assert not (tmp_path / "study").exists()
    with closing(engine.results(jobs.doubled, tasks(tmp_path, 8))) as results:
        next(results)
        (submitted,) = (tmp_path / "study").rglob("*_submission.sh")
        name = submitted.parent.name
        text = submitted.read_text().replace(f"--job-name={name}", "--job-name=scenarios").replace(name, "NAME")
    assert text == dry


def test_jobs_are_cancelled_when_the_caller_stops_and_the_same_call_goes_on(engine, tmp_path, messages):
    with closing(engine.results(jobs.doubled, tasks(tmp_path, 12, of=3))) as results:
        next(results)
    assert any("Cancelled in Slurm" in message for message in messages)
    until(lambda: not scheduler.queued([folder.name for folder in (tmp_path / "study" / "slurm").iterdir()]), "no job")
    assert set(counts(tmp_path)) <= {0, 3, 6, 9}
    assert len(list(engine.results(jobs.doubled, tasks(tmp_path, 12)))) == 12
    assert not list((tmp_path / "study").iterdir()), "what the first call left is tidied by the second"


def test_a_scheduler_that_is_away_for_a_while_costs_nothing(engine, cluster, tmp_path, messages):
    results = engine.results(jobs.doubled, tasks(tmp_path, 16, of=4))
    finished = [next(results)]
    cluster.end("slurmctld")
    until(silent, "a silent scheduler")
    release(tmp_path)
    finished += [next(results) for _ in range(2)]
    cluster.start_controller()
    finished += list(results)
    assert sorted(done.value for done in finished) == [2 * number for number in range(16)]
    assert counts(tmp_path) == dict.fromkeys(range(16), 1)


def test_a_partition_that_does_not_exist_is_refused_with_the_message_of_the_scheduler(cluster, tmp_path):
    engine = Slurm(Site(partition="nowhere"), tmp_path, lambda message: None)
    with pytest.raises(RequestError, match=r"invalid partition.*engine\.partition"):
        list(engine.results(jobs.doubled, tasks(tmp_path, 2)))
    assert not (tmp_path / "slurm").exists()
