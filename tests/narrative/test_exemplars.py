"""Exemplars are the medoids at their quantiles."""

from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest

from scenarios.errors import RequestError
from scenarios.narrative import Medoid, medoids
from scenarios.narrative.exemplars import medoid, standardised
from scenarios.outcomes import HEADLINES


def result(size=100, theories=1, **columns):
    """Result whose headline outcomes are constant except for those given."""
    frame = pd.DataFrame({name: np.zeros(size * theories) for name in HEADLINES})
    frame["replication"] = np.arange(size * theories)
    frame["theory"], frame["draw"] = frame["replication"] % theories, frame["replication"] // theories
    for name, values in columns.items():
        frame[name] = np.repeat(np.asarray(values, dtype=float), theories)
    return SimpleNamespace(outcomes=frame, theories=[f"theory {n}" for n in range(theories)], path="here")


def test_with_one_outcome_the_typical_replication_is_the_middle_of_those_near_the_quantile():
    exemplars = medoids(result(deaths=np.arange(100)))
    assert exemplars == [Medoid(9, 0.1, "theory 0"), Medoid(49, 0.5, "theory 0"), Medoid(89, 0.9, "theory 0")]


def test_of_those_near_a_quantile_the_one_most_like_the_others_is_taken():
    strikes = np.full(100, 5.0)
    strikes[44:56] = [0, 1, 2, 3, 4, 9, 5, 6, 7, 8, 2, 1]
    chosen = medoids(result(deaths=np.arange(100), us_strikes=strikes), quantiles=(0.5,))[0].replication
    ranks = np.array([standardised(np.arange(100.0)), standardised(strikes)]).T
    near = np.flatnonzero(np.abs(ranks[:, 0] - 0.5) <= 0.05)
    sums = [np.linalg.norm(ranks[near] - ranks[each], axis=1).sum() for each in near]
    assert chosen == near[int(np.argmin(sums))]
    assert chosen != 49


def test_drama_does_not_count_only_ranks_do():
    strikes = np.arange(100.0)
    wild = np.where(strikes > 95, strikes * 1e6, strikes)
    quiet, loud = (medoids(result(deaths=np.arange(100), us_strikes=each)) for each in (strikes, wild))
    assert quiet == loud


def test_of_equals_the_lowest_number_is_taken():
    assert medoids(result(deaths=np.zeros(100)))[0].replication == medoid(np.full((100, 1), 0.5), 0.1) == 0


def test_a_theory_is_described_by_its_own_replications():
    exemplars = medoids(result(theories=2, deaths=np.arange(100)), theory="theory 1")
    assert {each.theory for each in exemplars} == {"theory 1"}
    assert [each.replication for each in exemplars] == [19, 99, 179]


def test_a_theory_whose_replications_all_failed_has_none():
    one = result(theories=2, deaths=np.arange(100))
    one.outcomes = one.outcomes[one.outcomes["theory"] == 0]
    assert {each.theory for each in medoids(one)} == {"theory 0"}


def test_an_outcome_that_is_undefined_somewhere_does_not_count():
    rate = np.arange(100.0)[::-1].copy()
    rate[3] = np.nan
    plain, holed = result(deaths=np.arange(100)), result(deaths=np.arange(100), attacks_per_1000_troop_years=rate)
    assert medoids(plain) == medoids(holed)


@pytest.mark.parametrize(
    ("wrong", "message"),
    [({"quantiles": (1.5,)}, r"quantiles has 1\.5; each must lie in \[0, 1\]"), ({"theory": "theory 3"}, "theory 0")],
)
def test_wrong_arguments_are_refused(wrong, message):
    with pytest.raises(RequestError, match=message):
        medoids(result(deaths=np.arange(100)), **wrong)
