"""Engines: tasks spread over processes; one that fails or is killed does not stop the rest."""

import os

import pytest

from scenarios.execution import Serial, failure_of
from scenarios.execution.pool import KILLED, Pool
from scenarios.runs.runner import engine_for
from tests.execution import jobs

ENGINES = [Serial(), Pool(2)]


@pytest.mark.parametrize("engine", ENGINES, ids=["serial", "pool"])
def test_every_task_ends_once_with_its_value(engine):
    results = list(engine.results(jobs.doubled, range(6)))
    assert sorted((done.task, done.value) for done in results) == [(task, 2 * task) for task in range(6)]
    assert not any(done.failure for done in results)


@pytest.mark.parametrize("engine", ENGINES, ids=["serial", "pool"])
def test_a_task_that_fails_says_why_in_one_line_and_the_rest_is_done(engine):
    results = {done.task: done for done in engine.results(jobs.fails_at_three, range(6))}
    assert len(results) == 6
    assert results.pop(3).failure == "ValueError: three is too many"
    assert {task: done.value for task, done in results.items()} == {task: 2 * task for task in (0, 1, 2, 4, 5)}


def test_no_tasks_give_no_results():
    for engine in ENGINES:
        assert list(engine.results(jobs.doubled, [])) == []


def test_a_worker_that_is_killed_loses_its_task_alone():
    results = {done.task: done for done in Pool(2).results(jobs.dies_at_three, range(6))}
    assert len(results) == 6
    assert results.pop(3).failure == KILLED
    assert {task: done.value for task, done in results.items()} == {task: 2 * task for task in (0, 1, 2, 4, 5)}


def test_a_worker_that_is_killed_once_is_given_a_second_try(tmp_path):
    tasks = [(number, str(tmp_path / "killed")) for number in range(5)]
    results = {done.task[0]: done.value for done in Pool(2).results(jobs.dies_once, tasks)}
    assert (tmp_path / "killed").exists()
    assert results == {number: 2 * number for number in range(5)}


def test_a_pool_works_in_other_processes_and_serial_in_this_one():
    assert {done.value[0] for done in Serial().results(jobs.process_of, range(3))} == {os.getpid()}
    assert os.getpid() not in {done.value[0] for done in Pool(2).results(jobs.process_of, range(3))}


@pytest.mark.parametrize(
    ("tasks", "workers", "kind"), [(0, 4, Serial), (1, 4, Serial), (5, 1, Serial), (5, 2, Pool), (2, 8, Pool)]
)
def test_there_are_no_more_processes_than_tasks(tasks, workers, kind):
    engine = engine_for(tasks, workers)
    assert isinstance(engine, kind)
    if isinstance(engine, Pool):
        assert engine.workers == min(tasks, workers)


def test_a_failure_is_reported_by_kind_and_message():
    assert failure_of(ValueError("a\n  b")) == "ValueError: a b"
    assert failure_of(MemoryError()) == "MemoryError"
