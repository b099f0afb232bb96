"""Common random numbers pay: what a small change of policy does is seen through far fewer replications."""

import pytest

import scenarios
from scenarios.findings import contrast
from scenarios.results import Result

PAIRED = ("attacks_on_us_sites", "us_strikes", "deaths", "us_deaths")
LEAST = 8.0  # times fewer replications than unpaired runs would need


@pytest.fixture(scope="module")
def relabelled(tmp_path_factory: pytest.TempPathFactory) -> Result:
    """A year of relabelled forces, against the status quo."""
    place = tmp_path_factory.mktemp("relabelled")
    return scenarios.run("relabel", replications=200, horizon=365, results=place, workers=1, quiet=True)


@pytest.mark.parametrize("outcome", PAIRED)
def test_pairing_saves_most_of_the_replications_of_a_relabelling_under_every_theory(relabelled: Result, outcome: str):
    found = contrast(relabelled, relabelled.baseline, [outcome])
    assert (found["variance_reduction"] >= LEAST).all(), found[["theory", "variance_reduction"]]


def test_the_pairs_differ_after_all(relabelled: Result):
    found = contrast(relabelled, relabelled.baseline, ["attacks_on_us_sites"])
    assert (found["q05"] < found["q95"]).all()


def test_runs_on_other_luck_are_not_paired(relabelled: Result):
    mine, theirs = (each.outcomes["deaths"].to_numpy() for each in (relabelled, relabelled.baseline))
    shifted = theirs.reshape(-1, 4)[::-1].ravel()
    assert (mine - theirs).var() * LEAST < (mine - shifted).var()
