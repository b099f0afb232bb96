"""Refusals of `compare`, and their messages."""

import json
from types import SimpleNamespace

import pytest

from scenarios.analysis import compared_runs
from scenarios.compare import ComparisonPlan, alike
from scenarios.errors import RequestError, SomeFailedError
from scenarios.report.terminal.comparison import failure_lines, full_header, raise_failures, unpaired_lines
from tests.analysis.conftest import SMALL
from tests.analysis.runs import run


@pytest.mark.parametrize(
    ("words", "fragment"),
    [
        (["full_withdrawl"], "'full_withdrawl' is neither a scenario nor a folder. Did you mean full_withdrawal"),
        (["full_withdrawal", "full_withdrawal"], "full_withdrawal is given twice"),
        ([], "compare needs a scenario or a folder: accelerated_exit"),
        (["relabel", "against=none"], "there is nothing to compare with relabel"),
        (["status_quo"], "there is nothing to compare with status_quo"),
        (["scenario=full_withdrawal,relabel"], "python -m scenarios compare full_withdrawal relabel"),
        (["relabel", "--by-theries"], "--by-theries is not a flag of compare. Did you mean --by-theory"),
        (["relabel", "-o"], "-o needs a value"),
        (["relabel", "-o", "contrasts.xlsx"], "give a file that ends in .csv or .parquet, or a folder"),
        (["relabel", "above.deaths=many"], "'many' is not a finite number"),
        (["relabel", "above.deaths=nan"], "'nan' is not a finite number"),
        (["relabel", "above.deths=3"], "'deths' is not an outcome. Did you mean deaths"),
        (["relabel", "outcomes=us_death"], "'us_death' is not an outcome. Did you mean us_deaths"),
        (["relabel", "outcomes="], "outcomes is empty"),
        (["relabel", "against=statusquo"], "Did you mean status_quo"),
        (["relabel", "world=clam"], "Did you mean calm"),
        (["relabel", "--config-dir", "nowhere"], "there is no folder nowhere"),
        (["results"], " results; give one of them"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_a_wrong_request_is_refused_with_what_to_do(command, words, fragment):
    output = command(*words)
    assert output.code == 2
    assert output.out == ""
    assert fragment in output.err


def test_a_start_that_a_scenario_cannot_bear_is_refused_before_anything_is_run(command, place):
    (place / "configs" / "scenario").mkdir(parents=True)
    (place / "configs" / "scenario" / "crowd.yaml").write_text(
        "# @package _global_\n# Needs many.\ndefaults:\n  - override /start: 2020-08\n"
        "scenario:\n  name: crowd\n  story: Many must be there.\n  needs: {troops_at_least: 4000}\n"
        "  levers: {enablers: 1}\n"
    )
    before = sorted((place / "results").iterdir())
    output = command("relabel", "crowd", "start=2021-12", *SMALL)
    assert output.code == 2
    assert "crowd from start 2021-12, at which all are compared" in output.err
    assert "needs at least 4,000 US troops" in output.err
    assert "It belongs to start 2020-08" in output.err
    assert sorted((place / "results").iterdir()) == before


def test_folders_that_differ_are_refused_with_how_to_run_them_alike(command, folder, place):
    other = command("relabel", "start=2021-12", *SMALL, "ensemble.seed=9")
    assert other.code == 0
    relabel = next((place / "results" / "relabel").glob("*/manifest.json")).parent
    output = command(folder("full_withdrawal"), str(relabel))
    assert output.code == 2
    assert "not comparable, they differ in seed: 9 against 1" in output.err
    alone = command(folder("full_withdrawal"), "status_quo", "ensemble.seed=9")
    assert alone.code == 2
    assert "they differ in seed: 9 against 1" in alone.err
    assert "python -m scenarios run +scenario=relabel start=2021-12" in output.err


def test_runs_of_different_versions_of_the_model_are_refused():
    scenario, base = run(deaths=[1, 2]), run("base", deaths=[1, 2])
    scenario.manifest["provenance"] = {"code": "another"}
    with pytest.raises(RequestError, match="different versions of the model"):
        compared_runs([scenario], base)


def test_the_same_run_twice_is_refused():
    scenario = run(deaths=[1, 2])
    with pytest.raises(RequestError, match="mine is given twice"):
        compared_runs([scenario, scenario], run("base", deaths=[1, 2]))


def test_two_runs_of_one_scenario_are_distinguished_by_name():
    runs = [run(number="aaaaaaaa", deaths=[1, 2]), run(number="bbbbbbbb", deaths=[2, 3])]
    comparison = compared_runs(runs, run("base", deaths=[1, 2]), ["deaths"])
    assert len(set(comparison.results)) == 2
    assert comparison.contrasts["mean"].tolist() == [0.0, 1.0]


def test_a_comparison_needs_a_baseline():
    with pytest.raises(RequestError, match="needs a baseline"):
        compared_runs([run(deaths=[1, 2])])


def test_what_failed_is_reported_first_and_ends_in_the_code_for_it(monkeypatch):
    scenario = run(deaths=[1, 2, 3, 4])
    scenario.outcomes = scenario.outcomes[scenario.outcomes["draw"] != 2]
    scenario.failures = [{"draw": 2, "error": "it burst"}]
    comparison = compared_runs([scenario], run("base", deaths=[1, 2, 3, 4]), ["deaths"])
    assert full_header(comparison)[1].startswith("FAILED: 1 draws of mine, the first with it burst")
    assert unpaired_lines(comparison) == ["left out: 1 replications of mine or base that only one of the two has"]
    assert failure_lines(comparison.runs)
    with pytest.raises(SomeFailedError, match="1 draws of mine failed"):
        raise_failures(comparison)


def test_nothing_is_raised_where_nothing_failed(comparison):
    raise_failures(comparison)
    assert failure_lines(comparison.runs) == []


def test_a_run_is_repeated_by_the_words_that_made_it(comparison):
    finished = comparison.results["phased_3y"]
    given = {**finished.manifest, "request": {**finished.manifest["request"], "given": {"baseline_attack_rate": 0.3}}}
    words = alike(SimpleNamespace(manifest=json.loads(json.dumps(given)), path=finished.path))
    assert "start=2021-12" in words
    assert "ensemble.horizon=14" in words
    assert "loop=open" in words
    assert "+parameters.baseline_attack_rate=0.3" in words


def test_what_is_to_be_run_is_requested_once(comparison):
    config = {"start": {"name": "2021-12"}}
    expected = ComparisonPlan((comparison.results["phased_3y"], comparison.baseline), "status_quo", config, None, False)
    assert expected.requests() == {}
