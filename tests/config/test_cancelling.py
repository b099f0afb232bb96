"""Values and priors of a user's own beside theories: one that would cancel a pole, or be cancelled, is refused."""

import pytest

import scenarios
from scenarios.errors import RequestError
from scenarios.evidence.parameters import beliefs
from scenarios.evidence.theories import hypotheses
from scenarios.studies.request import composed_study, study_request
from tests.requests import asks, asks_all, one_line, refused

SMALL = {"replications": 4, "horizon": 7}
SETTING = [
    (question.name, pole.name, change.parameter)
    for question in hypotheses().values()
    for pole in question.poles.values()
    for change in pole.changes
]


def typical(parameter):
    """Value within the bounds of a parameter."""
    low, high = beliefs()[parameter].bounds
    return low + 0.5 * (high - low)


@pytest.mark.parametrize(("question", "pole", "parameter"), SETTING, ids=lambda each: each)
def test_a_value_for_a_parameter_that_a_pole_sets_is_refused(question, pole, parameter):
    message = refused(f"theory.{question}={pole}", f"parameters.{parameter}={typical(parameter)}")
    assert f"parameters.{parameter} is set by theory.{question}={pole}; a value of your own would cancel" in message


@pytest.mark.parametrize(
    ("question", "pole", "parameter"),
    [
        ("strikes", "both", "strike_deterrence_effect"),
        ("strikes", "deter", "strike_deterrence_effect"),
        ("strikes", "provoke", "attacks_provoked_per_strike"),
        ("outbidding", "present", "outbidding_effect"),
        ("isis", "spent", "ungoverned_space_effect"),
        ("clustering", "mix", "baseline_attack_rate"),
    ],
)
def test_under_a_pole_that_leaves_it_free_a_value_is_taken(question, pole, parameter):
    words = (f"theory.{question}={pole}", f"parameters.{parameter}={typical(parameter)}")
    assert asks(*words).given == {parameter: typical(parameter)}


def test_one_of_several_poles_suffices_and_the_way_out_is_named():
    message = refused("theory.strikes=[deter,provoke]", "parameters.strike_deterrence_effect=0.5")
    assert "is set by theory.strikes=provoke;" in message
    assert "Request theory.strikes=deter or both, under which it is free, or leave out the value." in message
    message = refused("theory.isis=[spent,seam]", "parameters.isis_growth_from_lost_enablers=1")
    assert "is set by theory.isis=seam and theory.isis=spent;" in message
    assert "Every pole of isis sets it: choose one by theory.isis=enablers, spent, seam, feuds" in message


def test_a_value_that_a_pole_sets_is_refused_from_python():
    given = {"strike_deterrence_effect": 0.5}
    with pytest.raises(RequestError, match=r"is set by theory\.strikes=provoke"):
        scenarios.run("relabel", parameters=given, **SMALL)
    with pytest.raises(RequestError, match=r"is set by theory\.strikes=provoke"):
        scenarios.compare("relabel", "surge", parameters=given, **SMALL)
    with pytest.raises(RequestError, match=r"is set by theory\.strikes=provoke"):
        scenarios.simulate(given, scenario="relabel", **SMALL)
    with pytest.raises(RequestError, match=r"is set by theory\.clustering=frailty"):
        scenarios.compare("relabel", "surge", parameters={"baseline_attack_rate": 0.5}, by_theory=True, **SMALL)


@pytest.mark.parametrize(
    "study",
    [
        "{cross: {theory.strikes: [deter, provoke], parameters.strike_deterrence_effect: [0.1, 0.5]}}",
        "{sample: {design: sobol, points: 2, factors: {parameters.strike_deterrence_effect: prior}}}",
        "{sample: {design: sobol, points: 2, factors: {parameters.strike_deterrence_effect: [0, 1]}}}",
        "{cross: {theory: [s003], parameters.strike_deterrence_effect: [0.1]}}",
    ],
)
def test_nor_is_it_a_factor_of_a_study_under_that_pole(here, study):
    (here / "mine.yaml").write_text(study)
    with pytest.raises(RequestError) as error:
        study_request(composed_study(["+study=mine.yaml", "scenario=relabel"]))
    message = one_line(str(error.value))
    assert message.startswith("point ")
    assert "parameters.strike_deterrence_effect is set by theory.strikes=provoke" in message


def test_it_is_a_factor_where_it_is_free(here):
    (here / "mine.yaml").write_text(
        "cross: {theory.strikes: [deter, both], parameters.strike_deterrence_effect: [0.1, 1]}"
    )
    assert len(study_request(composed_study(["+study=mine.yaml", "scenario=relabel"])).layout.points) == 4


def believed(here, parameter):
    (here / "mine.yaml").write_text(
        f"expert: me\npriors:\n  {parameter}: {{prior: {{fixed: {typical(parameter)}}}, because: I was there}}\n"
    )
    return "beliefs=mine.yaml"


def test_a_prior_that_counts_under_no_theory_that_runs_is_refused(here):
    message = refused("theory.strikes=provoke", believed(here, "strike_deterrence_effect"))
    assert "beliefs: the prior of strike_deterrence_effect would not be used" in message
    assert "is set by theory.strikes=provoke. Request theory.strikes=deter or both" in message
    with pytest.raises(RequestError, match="would not be used"):
        scenarios.compare("relabel", "surge", theory={"strikes": "provoke"}, beliefs="mine.yaml", **SMALL)


def test_a_prior_that_counts_under_one_of_them_is_taken(here):
    words = ("theory.strikes=[deter,provoke]", believed(here, "strike_deterrence_effect"))
    assert asks_all(*words).request.own[0].changed


def test_in_a_study_a_prior_counts_at_some_point(here):
    (here / "both.yaml").write_text("cross: {theory.strikes: [deter, provoke]}")
    (here / "one.yaml").write_text("cross: {theory.strikes: [provoke]}")
    words = ["scenario=relabel", believed(here, "strike_deterrence_effect")]
    assert len(study_request(composed_study(["+study=both.yaml", *words])).points) == 2
    with pytest.raises(RequestError, match="would not be used"):
        study_request(composed_study(["+study=one.yaml", *words]))
