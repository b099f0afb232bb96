"""Several threads at once: each request has its own result, the same as alone."""

import sys
from concurrent.futures import ThreadPoolExecutor

import pytest

import scenarios
from scenarios.config.compose import composed
from scenarios.errors import RequestError
from scenarios.store.identity import code_digest

NAMES = ("relabel", "surge", "defer", "expel_now", "phased_3y", "status_quo")
SMALL = {"replications": 4, "horizon": 7, "theory": {"isis": "spent", "strikes": "both"}}


@pytest.fixture
def threads():
    """Six threads."""
    with ThreadPoolExecutor(len(NAMES)) as pool:
        yield pool


def test_six_runs_in_threads_each_have_their_own_result(here, pictures, threads):
    main = sys.modules["__main__"]

    def run(number):
        return scenarios.run(NAMES[number], seed=number, workers=2, **SMALL)

    together = list(threads.map(run, range(len(NAMES))))
    for number, result in enumerate(together):
        assert result.scenario == NAMES[number]
        assert result.manifest["seed"] == number
        alone = scenarios.run(NAMES[number], seed=number, workers=1, results="alone", **SMALL)
        assert result.manifest["id"] == alone.manifest["id"]
        assert result.outcomes.equals(alone.outcomes)
    assert sys.modules["__main__"] is main


def test_six_threads_that_ask_the_same_share_one_result(here, pictures, threads):
    results = list(threads.map(lambda _: scenarios.run("relabel", workers=1, **SMALL), NAMES))
    assert len({result.path for result in results}) == 1
    assert all(result.outcomes.equals(results[0].outcomes) for result in results)


def test_simulate_compare_and_load_may_be_called_in_threads(here, pictures, threads):
    def work(name):
        alone = scenarios.simulate({"baseline_attack_rate": 0.3}, scenario=name, outcomes=["deaths"], **SMALL)
        compared = scenarios.compare("relabel", "surge", workers=1, **SMALL)
        return alone, compared.contrasts["mean"].tolist(), len(scenarios.load("results"))

    together = list(threads.map(work, NAMES))
    assert together == [work(name) for name in NAMES]


def test_configurations_are_composed_one_at_a_time(threads):
    worlds = ("calm", "simulated", "lebanon_war") * 8
    names = list(threads.map(lambda world: composed(["+scenario=relabel", f"world={world}"])["world"]["name"], worlds))
    assert tuple(names) == worlds


def test_a_wrong_request_in_a_thread_disturbs_no_other(threads):
    def name(world):
        try:
            return composed(["+scenario=relabel", f"world={world}"])["world"]["name"]
        except RequestError:
            return "refused"

    assert list(threads.map(name, ("calm", "clam") * 6)) == ["calm", "refused"] * 6


def test_the_digest_of_the_code_is_one_in_all_threads(threads):
    code_digest.cache_clear()
    assert len(set(threads.map(lambda _: code_digest(), NAMES))) == 1
