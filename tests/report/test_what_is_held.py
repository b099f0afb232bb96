"""A table names what was held fixed, so that nobody takes one theory for all of them."""

import pytest

from scenarios.config.user_inputs import own_texts
from scenarios.evidence.theories import hypotheses, labels, strata


def manifest(closed=False, **theory):
    theories = [{"poles": [list(pole) for pole in each.poles]} for each in strata(theory)]
    return {"request": {"theories": theories, "closed_loop": closed}}


@pytest.mark.parametrize("isis", ["enablers", "spent"])
@pytest.mark.parametrize("strikes", ["deter", "provoke"])
def test_one_theory_has_the_name_that_it_has_among_those_that_usually_run(isis, strikes):
    (alone,) = labels(strata({"isis": isis, "strikes": strikes}))
    assert alone in labels(strata({}))
    assert alone == f"{isis} / {strikes}"


@pytest.mark.parametrize("name", hypotheses())
def test_a_pole_held_fixed_is_reported_unless_it_is_what_usually_runs(name):
    for pole in hypotheses()[name].poles:
        usual = hypotheses()[name].default == (pole,)
        assert own_texts(manifest(**{name: pole})) == ([] if usual else [f"theory held fixed: {name} {pole}"])


def test_poles_that_vary_are_not_held_fixed():
    assert own_texts(manifest(isis=["spent", "seam"])) == []
    assert own_texts(manifest(presence=["deters", "provokes"], strikes="both")) == ["theory held fixed: strikes both"]


def test_a_closed_loop_is_reported():
    assert own_texts(manifest(closed=True)) == ["loop closed: events may override the announced path"]


def test_what_runs_by_default_has_nothing_to_report():
    assert own_texts(manifest()) == []
