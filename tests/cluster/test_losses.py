"""Losses of the scheduler, processors, nodes and time; and a node with another version of the code."""

from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from scenarios.errors import SomeFailedError
from scenarios.execution.slurm import Slurm, monitor
from tests.cluster import jobs
from tests.cluster.conftest import SITE
from tests.cluster.jobs import Task, all_wait, counts, release, tasks
from tests.cluster.slurm import Cluster
from tests.processes import until


@contextmanager
def away(cluster: Cluster) -> Iterator[None]:
    """While the scheduler does not answer."""
    cluster.end("slurmctld")
    try:
        yield
    finally:
        cluster.start_controller()


def test_a_node_with_another_version_of_the_code_touches_no_task_and_reports_it(engine, tmp_path, monkeypatch):
    monkeypatch.setattr(monitor, "code_digest", lambda: "f" * 32)
    finished = list(engine.results(jobs.doubled, tasks(tmp_path, 3)))
    assert len(finished) == 3
    assert all("another version of the code is on the worker" in done.failure for done in finished)
    assert not counts(tmp_path, "begun")


def test_a_scheduler_that_is_away_from_the_start_is_reported(cluster, engine, tmp_path):
    with away(cluster), pytest.raises(SomeFailedError, match=r"Nothing was submitted; .* the same command goes on"):
        next(engine.results(jobs.doubled, tasks(tmp_path, 2)))


@pytest.mark.slow
def test_a_scheduler_that_does_not_come_back_ends_the_call_and_jobs_go_on(cluster, tmp_path, messages):
    impatient = Slurm(SITE.model_copy(update={"patience_minutes": 0.05}), tmp_path / "study", messages.append)
    results = impatient.results(jobs.doubled, tasks(tmp_path, 2, of=2))
    assert next(results).value == 0
    with away(cluster), pytest.raises(SomeFailedError, match=r"What is done is kept .* the same command goes on"):
        next(results)
    assert any("could not be cancelled; they go on" in message for message in messages)
    release(tmp_path)
    until(lambda: set(counts(tmp_path)) == {0, 1}, "the end of a job that goes on")


@pytest.mark.slow
def test_preempted_jobs_are_requeued_and_run_what_they_had_not_ended(engine, cluster, tmp_path):
    results = engine.results(jobs.doubled, tasks(tmp_path, 24, of=6))
    finished = [next(results)]
    until(lambda: all_wait(tmp_path, 24, of=6), "a job on every processor")
    cluster.run("sbatch", "--partition=urgent", "--nodes=2", "--ntasks-per-node=2", "--wrap=srun sleep 5",
                 f"--output={tmp_path}/urgent")  # fmt: skip
    until(lambda: "PREEMPTED" in cluster.states(), "a job that is preempted")
    release(tmp_path)
    finished += list(results)
    assert sorted(done.value for done in finished) == [2 * number for number in range(24)]
    assert set(counts(tmp_path).values()) == {1}
    assert max(counts(tmp_path, "begun").values()) == 2, "what was under way began once more"


@pytest.mark.slow
def test_a_node_that_dies_loses_its_jobs_to_the_other(engine, cluster, tmp_path):
    results = engine.results(jobs.doubled, tasks(tmp_path, 24, of=6))
    finished = [next(results)]
    until(lambda: all_wait(tmp_path, 24, of=6), "a job on every processor")
    try:
        cluster.kill_node("n2")
        release(tmp_path)
        finished += list(results)
    finally:
        cluster.start_node("n2")
    assert sorted(done.value for done in finished) == [2 * number for number in range(24)]
    assert set(counts(tmp_path)) == set(range(24))
    assert max(counts(tmp_path, "begun").values()) == 2, "what was under way there began once more"


@pytest.mark.slow
def test_a_job_at_its_limit_goes_on_in_another_and_a_task_that_reaches_it_alone_fails(cluster, tmp_path, messages):
    hurried = Slurm(SITE.model_copy(update={"time_minutes": 3, "chunks": 1}), tmp_path / "study", messages.append)
    marks = tasks(tmp_path, 1)[0].folder
    long = [Task(number, marks, waits=number == 1) for number in range(3)]
    finished = {done.task.number: done for done in hurried.results(jobs.doubled, long)}
    assert "TIMEOUT" in finished.pop(1).failure
    assert {number: done.value for number, done in finished.items()} == {0: 0, 2: 4}
    assert counts(tmp_path, "begun") == {0: 1, 1: 2, 2: 1}
