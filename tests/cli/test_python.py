"""The functions of Python take what the commands take; an error names the argument."""

import pytest

import scenarios
from scenarios.errors import RequestError

TINY = {"replications": 4, "horizon": 14, "workers": 1, "start": "2021-12"}


def test_a_theory_is_named_as_on_the_command_line(here):
    result = scenarios.run("relabel", theory="s001", against="none", **TINY)
    assert result.theories == ["spent / both"]
    compared = scenarios.compare("relabel", theory="s001", **TINY)
    assert compared.results["relabel"].path == result.path
    simulated = {"replications": 4, "horizon": 14, "start": "2021-12"}
    means = scenarios.simulate({}, scenario="relabel", theory="s001", outcomes=["deaths"], **simulated)
    assert means["deaths"] == pytest.approx(result.outcomes["deaths"].mean())


@pytest.mark.parametrize(
    ("wrong", "message"),
    [
        ({"theory": "s01"}, "theory 's01' is unknown. Did you mean s001"),
        ({"theory": ["isis"]}, r"theory is \['isis'\]; it must be a mapping of names to values"),
        ({"parameters": 3}, "parameters is 3; it must be a mapping"),
        ({"record": "day"}, "record is 'day'; it must be a mapping"),
        ({"shocks": 3}, "shocks is 3; it must be a list"),
        ({"replications": 0}, "replications is 0, outside"),
    ],
)
def test_an_error_names_the_argument(here, wrong, message):
    with pytest.raises(RequestError, match=message):
        scenarios.run("relabel", **wrong)
    if not {"record", "shocks"} & set(wrong):
        with pytest.raises(RequestError, match=message):
            scenarios.compare("relabel", **wrong)
    assert list(here.iterdir()) == []


def test_thresholds_are_given_by_outcome(here):
    with pytest.raises(RequestError, match="above is 3; it must be a mapping"):
        scenarios.compare("relabel", above=3)


@pytest.mark.parametrize("name", scenarios.__all__)
def test_every_function_has_an_example_in_its_docstring(name):
    assert f"scenarios.{name}(" in getattr(scenarios, name).__doc__
