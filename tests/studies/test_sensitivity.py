"""The split of variance finds shares that are known, adds up, and errs less the more is drawn."""

import numpy as np
import pytest

from docs.generate.variance import variance_table
from scenarios.execution import Serial
from scenarios.studies import sensitivity
from scenarios.studies.sensitivity import (
    LUCK,
    VarianceStudy,
    as_it_is,
    grades_of,
    shapley_effects,
    signed_log,
    spread,
    subsets,
)
from tests.requests import asks

SOURCES = ("B", "D", LUCK)
SMALL = ("ensemble.replications=60", "ensemble.horizon=20", "theory.isis=enablers", "theory.strikes=[deter,provoke]")


def toy(answer, draws, seed=0, theories=(0.0,)):
    """A study of a function of three independent normals, one a source, under theories that add a constant."""
    luck = np.random.default_rng(seed)
    sets = {True: luck.standard_normal((len(SOURCES), draws)), False: luck.standard_normal((len(SOURCES), draws))}
    outcomes = {}
    for chosen in subsets(SOURCES):
        drawn = [sets[source in chosen][number] for number, source in enumerate(SOURCES)]
        outcomes[chosen] = {"y": np.array([answer(*drawn) + theory for theory in theories])}
    return VarianceStudy(SOURCES, outcomes)


def shares(study):
    return shapley_effects(study, ["y"], as_it_is).iloc[0]


def test_a_sum_is_split_by_the_squares_of_its_weights_and_theory_by_its_means():
    """Variances 4, 1 and 3 within, and of the theories' means 8: together 16."""
    apart = np.sqrt(8.0)
    percent = shares(toy(lambda b, d, luck: 2 * b + d + np.sqrt(3) * luck, 8_000, theories=(-apart, apart)))
    expected = {"theory": 50.0, "B": 25.0, "D": 6.25, "chance": 18.75, "parameters": 31.25, "sum": 100.0}
    for name, share in expected.items():
        assert percent[name] == pytest.approx(share, abs=2.0), name


def test_what_two_sources_do_together_is_shared_evenly():
    percent = shares(toy(lambda b, d, luck: b * luck, 20_000))
    assert percent["B"] == pytest.approx(50.0, abs=4.0)
    assert percent["chance"] == pytest.approx(50.0, abs=4.0)
    assert percent["D"] == pytest.approx(0.0, abs=2.0)


def test_the_error_is_honest_and_shrinks_as_the_root_of_the_draws():
    def answer(b, d, luck):
        return b + 2 * luck

    few, many = ([shares(toy(answer, draws, seed)) for seed in range(12)] for draws in (200, 1_800))
    errors = [np.mean([row["B_error"] for row in rows]) for rows in (few, many)]
    assert errors[0] / errors[1] == pytest.approx(3.0, rel=0.3)
    missed = [np.std([row["B"] for row in rows]) for rows in (few, many)]
    assert 0.5 < errors[0] / missed[0] < 2.0
    assert 0.5 < errors[1] / missed[1] < 2.0


@pytest.mark.parametrize("draws", [10, 100])
def test_shares_add_up_however_few_the_draws(draws):
    percent = shares(toy(lambda b, d, luck: np.exp(b + d) * (luck > 0), draws, theories=(0.0, 1.0, 5.0)))
    assert percent["sum"] == pytest.approx(100.0, abs=2.0)
    assert percent["B"] + percent["D"] == pytest.approx(percent["parameters"])


def test_what_does_not_vary_has_no_shares():
    percent = shares(toy(lambda b, d, luck: 0 * b, 50))
    assert np.isnan([percent["theory"], percent["B"], percent["chance"], percent["sum"], percent["sum_error"]]).all()
    nothing = shapley_effects(toy(lambda b, d, luck: 0 * b, 50), ["y"], as_it_is)
    assert "| y | - | - |" in variance_table("nothing", nothing, 50, "raw")


def test_a_paired_difference_drops_what_both_scenarios_share():
    one = toy(lambda b, d, luck: b + 3 * d + luck, 4_000)
    other = toy(lambda b, d, luck: 3 * d + luck, 4_000)
    percent = shares(one.less(other))
    assert percent["B"] == pytest.approx(100.0, abs=4.0)
    assert percent["D"] == pytest.approx(0.0, abs=4.0)


def test_the_log_scale_keeps_signs_and_order():
    np.testing.assert_allclose(signed_log(np.array([-np.e + 1, 0.0, np.e - 1])), [-1.0, 0.0, 1.0])


def test_an_error_needs_most_of_its_resamples():
    assert spread([1.0, 2.0, 3.0, np.nan]) == pytest.approx(1.0)
    assert np.isnan(spread([1.0, 2.0, np.nan, np.nan]))


@pytest.fixture(scope="module")
def simulated():
    """Every chunk of a small study of a withdrawal, with the model itself."""
    words = asks(of=SMALL)
    return sensitivity.studied(words, words.draws, 1, Serial())


def test_a_study_of_the_model_simulates_every_set_of_sources_and_its_shares_add_up(simulated):
    assert set(simulated.outcomes) == set(subsets(simulated.sources))
    assert simulated.sources[-1] == LUCK
    rows = shapley_effects(simulated, ["isis_attacks", "attacks_on_us_sites", "deaths"], signed_log)
    assert rows["sum"].to_numpy() == pytest.approx(100.0, abs=2.0)
    assert (rows["chance"] > 0).all()
    assert (rows["sum_error"] < 2.0).all()


def test_runs_that_share_all_sources_are_one_run_and_those_that_share_luck_alone_are_not(simulated):
    every = simulated.outcomes[frozenset(simulated.sources)]["isis_attacks"]
    none = simulated.outcomes[frozenset()]["isis_attacks"]
    luck = simulated.outcomes[frozenset({LUCK})]["isis_attacks"]
    assert every.shape == none.shape
    assert (every != none).mean() > 0.8
    assert (luck != none).mean() > 0.3
    assert abs(np.corrcoef(every.ravel(), none.ravel())[0, 1]) < 0.6


def test_chunks_cover_every_run_once_whatever_the_number_of_workers():
    request = asks(of=SMALL)
    runs = subsets((*grades_of(request), LUCK))
    for workers in (1, 2, 5):
        simulated = [run for chunk in sensitivity.run_chunks(request, request.draws, workers) for run in chunk.runs]
        assert sorted(simulated, key=sorted) == sorted(runs, key=sorted)
