"""`scenarios.simulate`: plain numbers in and out."""

import numpy as np
import pytest

import scenarios
from scenarios.errors import RequestError

ONE = {"isis": "spent", "strikes": "deter"}
SIZE = {"replications": 6, "horizon": 21}


def test_it_gives_the_means_of_a_run_with_the_same_values(tmp_path):
    values = {"baseline_attack_rate": 0.3}
    means = scenarios.simulate(values, scenario="relabel", theory=ONE, outcomes=["deaths", "us_deaths"], **SIZE)
    run = scenarios.run("relabel", parameters=values, theory=ONE, against="none", results=tmp_path, **SIZE)
    assert means == run.outcomes[["deaths", "us_deaths"]].mean().to_dict()
    assert all(type(value) is float for value in means.values())


def test_a_difference_is_paired(tmp_path):
    means = scenarios.simulate({}, scenario="full_withdrawal", against="status_quo", theory=ONE, **SIZE)
    run = scenarios.run("full_withdrawal", theory=ONE, results=tmp_path, start="2021-12", **SIZE)
    expected = run.outcomes["deaths"].mean() - run.baseline.outcomes["deaths"].mean()
    assert means["deaths"] == pytest.approx(expected)


def test_theories_are_never_pooled():
    means = scenarios.simulate({}, scenario="status_quo", outcomes=["deaths"], replications=8, horizon=14)
    assert set(means) == {
        f"deaths, {isis} / {strikes}" for isis in ("enablers", "spent") for strikes in ("deter", "provoke")
    }


def test_numbers_of_a_sampler_and_levers_are_taken():
    words = {"scenario": "phased_3y", "theory": ONE, "outcomes": ["deaths"], **SIZE}
    plain = scenarios.simulate({"baseline_attack_rate": 0.25, "levers.credibility": 1.0}, **words)
    drawn = scenarios.simulate({"baseline_attack_rate": np.float64(0.25), "levers.credibility": np.array(1)}, **words)
    assert plain == drawn


@pytest.mark.parametrize(
    ("call", "words"),
    [
        ({"parameters": {"baseline_attack_rat": 0.1}}, "Did you mean baseline_attack_rate"),
        ({"parameters": {"baseline_attack_rate": "many"}}, "is 'many'; it must be a number"),
        ({"parameters": {"baseline_attack_rate": -1}}, "outside"),
        ({"parameters": {}, "outcomes": ["death"]}, "Did you mean deaths"),
        ({"parameters": {}, "theory": {"isi": "spent"}}, "theory.isi is unknown"),
    ],
)
def test_a_wrong_argument_is_refused(call, words):
    with pytest.raises(RequestError, match=words):
        scenarios.simulate(**{"scenario": "status_quo", **SIZE, **call})
