"""Common random numbers pay: what a small change of policy does is seen through far fewer replications."""

from pathlib import Path

from scenarios.composing import asked, composed
from scenarios.findings import contrast
from scenarios.results import Result
from scenarios.running import carry_out

PAIRED = ("attacks_on_us_sites", "us_strikes", "deaths", "us_deaths")
LEAST = 8.0  # times fewer replications than unpaired runs would need
WORDS = ("+scenario=relabel", "ensemble.replications=160", "ensemble.horizon=365")


def test_pairing_saves_most_of_the_replications_of_a_relabelling_under_every_theory(tmp_path: Path):
    wanted = asked(composed(WORDS)).requests
    folders = carry_out(wanted, tmp_path, 1, lambda done, whole: None)
    mine, theirs = (Result(each.path) for each in folders)
    found = contrast(mine, theirs, PAIRED)
    assert (found["variance_reduction"] >= LEAST).all(), found[["theory", "outcome", "variance_reduction"]]
    assert (found["mc_error"] > 0).all()  # the policies do differ
    pairs, others = (each.outcomes["deaths"].to_numpy().reshape(-1, 4) for each in (mine, theirs))
    assert (pairs - others).var() * LEAST < (pairs - others[::-1]).var()  # draws of other luck are no pairs
