"""`scenarios.run` and `scenarios.load` from Python."""

import pytest

import scenarios
from scenarios.errors import RequestError
from tests.requests import TINY, assert_same_content

ONE = {"isis": "enablers", "strikes": "both"}


def test_a_run_from_python_is_the_one_of_the_command_line(command, here, capsys):
    result = scenarios.run("full_withdrawal", theory=ONE, replications=8, horizon=7, results=here / "python")
    printed = capsys.readouterr()
    assert (printed.out, printed.err) == ("", "")
    assert result.baseline.scenario == "status_quo"
    command("run", "+scenario=full_withdrawal", *TINY, "workers=1")
    for each in (result, result.baseline):
        assert_same_content(each.path, here / "results" / each.scenario / each.path.name)


def test_a_run_from_python_takes_what_the_command_line_takes(here):
    result = scenarios.run(
        "relabel", start="2020-08", world="calm", theory={"isis": ["spent", "seam"], "strikes": "both"}, replications=4,
        seed=3, horizon=14, step_days=2, against="full_withdrawal", loop="closed", workers=1, results="here",
        parameters={"baseline_attack_rate": 0.3},
    )  # fmt: skip
    request = result.manifest["request"]
    assert (result.scenario, result.baseline.scenario) == ("relabel", "full_withdrawal")
    assert result.theories == ["spent", "seam"]
    assert (result.manifest["start"], result.manifest["world"], result.manifest["seed"]) == ("2020-08", "calm", 3)
    assert (request["horizon"], request["step_days"], request["closed_loop"]) == (14, 2.0, True)
    assert result.path.is_relative_to("here")
    assert scenarios.load("here/relabel").path == result.path


def test_a_run_from_python_may_print_and_may_have_no_baseline(here, capsys):
    result = scenarios.run("relabel", theory=ONE, replications=2, horizon=7, against="none", quiet=False)
    assert result.baseline is None
    answer = capsys.readouterr().out
    assert answer.startswith("relabel alone | 30 Jul 2021, 7 days | 2 runs")
    assert "no status quo beside it" in answer


@pytest.mark.parametrize(
    ("words", "fragment"),
    [
        ({"scenario": "relabell"}, "Did you mean relabel?"),
        ({"world": "calmm"}, "Did you mean calm?"),
        ({"theory": {"isiss": "spent"}}, "theory.isiss is unknown"),
        ({"theory": {"isis": "spend"}}, "Did you mean spent"),
        ({"replications": 0}, "ensemble.replications is 0"),
        ({"start": "nowhere.yaml"}, "there is no file nowhere.yaml"),
        ({"parameters": {"baseline_attack_rate": 99.0}}, "outside [0.05, 6]"),
        ({"beliefs": "nowhere.yaml"}, "nowhere.yaml"),
        ({"against": "nobody"}, "scenario 'nobody' is unknown"),
    ],
    ids=lambda each: next(iter(each)) if isinstance(each, dict) else "",
)
def test_a_wrong_request_from_python_is_an_error_that_names_the_fault(here, words, fragment):
    with pytest.raises(RequestError) as error:
        scenarios.run(**{"scenario": "relabel", "replications": 2, "horizon": 7, **words})
    assert fragment in str(error.value)
    assert list(here.iterdir()) == []


def test_the_package_has_no_other_names():
    assert scenarios.__all__ == ["compare", "explain", "load", "run", "simulate"]
    with pytest.raises(AttributeError, match="has no attribute 'walk'"):
        scenarios.walk  # noqa: B018
