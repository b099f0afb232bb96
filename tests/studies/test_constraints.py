"""Constraints of a study: a small grammar that compares factors and can do nothing else."""

import numpy as np
import pytest

from scenarios.errors import RequestError
from scenarios.studies.constraints import satisfying

COLUMNS = {
    "scenario": np.array(["status_quo", "relabel", "relabel"], dtype=object),
    "levers.credibility": np.array([0.1, 0.5, 0.9]),
    "ensemble.seed": np.array([1, 2, 3]),
    "world.open": np.array([True, False, False]),
    "levers.enablers": np.array(["0.5", "[[0, 1], [20, 0.5]]", "'0.5'"], dtype=object),
}


def satisfied(*constraints):
    return [int(value) for value in satisfying(constraints, COLUMNS)]


def refused(constraint):
    with pytest.raises(RequestError) as error:
        satisfied(constraint)
    assert "\n" not in str(error.value)
    assert "study.constraints" in str(error.value)
    return str(error.value)


@pytest.mark.parametrize(
    ("constraint", "expected"),
    [
        ("levers.credibility > 0.2", [0, 1, 1]),
        ("`levers.credibility` > .2", [0, 1, 1]),
        ("0.2 < levers.credibility < 0.6", [0, 1, 0]),
        ("0.2 < levers.credibility != ensemble.seed", [0, 1, 1]),
        ("`levers.credibility` > 0.2 or scenario == 'status_quo'", [1, 1, 1]),
        ("levers.credibility > 0.6 | scenario == 'status_quo' & ensemble.seed == 1", [1, 0, 1]),
        ("(levers.credibility > 0.6 or scenario == 'status_quo') and ensemble.seed >= 2", [0, 0, 1]),
        ('scenario == "relabel"', [0, 1, 1]),
        ("(scenario == 'status_quo') == (levers.credibility < 0.3)", [1, 1, 1]),
        ("not scenario == 'relabel'", [1, 0, 0]),
        ("~(scenario == 'relabel')", [1, 0, 0]),
        ("not not scenario == 'relabel'", [0, 1, 1]),
        ("scenario in ['relabel', 'phased_3y']", [0, 1, 1]),
        ("scenario not in ('relabel',)", [1, 0, 0]),
        ("ensemble.seed in [1, 3]", [1, 0, 1]),
        ("ensemble.seed > -1e0", [1, 1, 1]),
        ("scenario >= 'relabel' and not world.open", [0, 1, 1]),
        ("world.open", [1, 0, 0]),
        ("world.open == False", [0, 1, 1]),
        ("world.open != true", [0, 1, 1]),
        ("levers.enablers == '0.5'", [1, 0, 0]),
        ("levers.enablers != '[[0, 1], [20, 0.5]]'", [1, 0, 1]),
        ("1 < 2 and world.open", [1, 0, 0]),
    ],
)
def test_a_constraint_is_satisfied_where_its_comparisons_are(constraint, expected):
    assert satisfied(constraint) == expected


def test_several_constraints_must_all_be_satisfied():
    assert satisfied("ensemble.seed > 1", "ensemble.seed < 3") == [0, 1, 0]


@pytest.mark.parametrize(
    "constraint",
    [
        "@Path('{file}').write_text('x')",
        "__import__('pathlib').Path('{file}').write_text('x')",
        "scenario.map(@print) == 1",
        "scenario.to_csv('{file}')",
        "`scenario`.to_csv('{file}')",
        "scenario.str.startswith('r')",
        "(lambda: open('{file}', 'w'))()",
        "[open('{file}', 'w') for x in [1]] == 1",
        "scenario.__class__ == 1",
        "ensemble.seed ** 9999999 > 1",
        "ensemble.seed + 1 > 1",
        "ensemble.seed := 3",
        "f'{file}' == scenario",
        "scenario[0] == 'relabel'",
        "scenario == 'relabel'; ensemble.seed == 1",
        "ensemble.seed == 1 # and more",
        "scenario if world.open else scenario",
        "index == 0",
    ],
)
def test_nothing_but_comparisons_is_read_and_nothing_is_carried_out(tmp_path, constraint):
    file = tmp_path / "written"
    assert "cannot be read" in refused(constraint.replace("{file}", str(file)))
    assert not file.exists()


@pytest.mark.parametrize(
    ("constraint", "words"),
    [
        ("levers.credibilty > 0.2", ["levers.credibilty is no factor", "did you mean levers.credibility?"]),
        (
            "scenario == relabel",
            ["relabel is no factor", "a text is written in quotes", "Factors: scenario"],
        ),
        ("scenario == 3", ["it compares scenario, which is a text, with 3, which is a number"]),
        ("ensemble.seed < 'two'", ["ensemble.seed, which is a number, with 'two', which is a text"]),
        ("levers.enablers < 0.5", ["levers.enablers, which is a text, with 0.5"]),
        ("scenario in 'relabel'", ["'relabel' is a text and no list, which belongs after in"]),
        ("scenario == ['relabel']", ["the list, which is a list"]),
        ("scenario in ['relabel', 3]", ["which is a text, with 3, which is a number"]),
        ("scenario in [['relabel']]", ["a list"]),
        ("world.open < true", ["neither is less"]),
        ("ensemble.seed", ["is no comparison of factors"]),
        ("1 < 2", ["is no comparison of factors"]),
        ("true", ["is no comparison of factors"]),
        ("ensemble.seed and world.open", ["ensemble.seed is a number and no comparison"]),
        ("not scenario", ["scenario is a text and no comparison"]),
        ("scenario = 'relabel'", ["character 10", "no comparison"]),
        ("ensemble.seed >", ["its end is out of place"]),
        ("ensemble.seed > )", ["')' at character 17"]),
        ("(ensemble.seed > 1", ["'(' at character 1", "'(' was never closed"]),
        ("ensemble.seed > 1)", ["')' at character 18"]),
        ("and", ["'and' at character 1"]),
        ("ensemble.seed 3", ["'3' at character 15"]),
        ("scenario (1) == 2", ["'scenario' at character 1", "is no comparison of factors"]),
        ("ensemble.seed - 1 > 2", ["'ensemble.seed' at character 1", "is no comparison of factors"]),
        ("(ensemble.seed ]", ["']' at character 16"]),
        ("scenario == 'relabel", ["character 13"]),
        ("ensemble.seed > -scenario", ["a minus belongs before a number"]),
        ("ensemble.seed > 1e999", ["too large"]),
        (f"ensemble.seed > {'9' * 400}", ["too large"]),
        ("ensemble.seed > 1x", ["no comparison at character 17"]),
        ("()", ["no comparison of factors"]),
        ("scenario == 'a'\nb", ["b is no factor"]),
        (" ", ["its end is out of place"]),
    ],
)
def test_a_constraint_that_compares_nothing_is_refused_with_the_place(constraint, words):
    message = refused(constraint)
    assert all(word in message for word in words), message


@pytest.mark.parametrize(
    "constraint",
    [
        "(" * 51 + "world.open" + ")" * 51,
        "not " * 400 + "world.open",
        "~" * 1_999,
        "ensemble.seed in " + "[" * 1_000,
        "ensemble.seed > 1 or " * 100 + "world.open",
        "9" * 1_999 + "x",
        "a." * 999 + "(",
    ],
)
def test_a_constraint_that_is_long_or_deep_is_refused(constraint):
    refused(constraint)


def test_fifty_brackets_are_read():
    assert satisfied("(" * 50 + "world.open" + ")" * 50) == [1, 0, 0]


def test_a_factor_may_have_any_name_between_backquotes():
    assert satisfying(["`world.küste-x` > 1"], {"world.küste-x": np.array([0.0, 2.0])}).tolist() == [False, True]
    assert satisfying(["true == 1"], {"true": np.array([1, 2])}).tolist() == [True, False]


def test_the_constraint_that_leaves_no_point_is_named():
    alone = refused("ensemble.seed > 7")
    assert "none of 3 points satisfies constraint 0 by itself, 'ensemble.seed > 7'" in alone
    with pytest.raises(RequestError) as error:
        satisfied("ensemble.seed > 0", "ensemble.seed < 3", "ensemble.seed > 2")
    assert "constraints 0 to 2 together: 2 are left by those before 'ensemble.seed > 2'" in str(error.value)
