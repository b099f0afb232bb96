"""Estimates: means, errors, quantiles and paired contrasts, against numbers worked out by hand."""

import math

import numpy as np
import pandas as pd
import pytest

from scenarios import outcomes
from scenarios.analysis.comparability import check_comparable
from scenarios.analysis.contrasts import contrast_runs, subtract, variance_reduction
from scenarios.analysis.estimates import column_estimates, mean_and_error, quantiles, ratio_of_sums, summary
from scenarios.errors import RequestError
from scenarios.load import load
from scenarios.text import MINUS, compact_number, format_number, significant
from tests.analysis.runs import row, run
from tests.requests import TINY, asks, carried_out

RATE = "attacks_per_1000_troop_years"


def result(theories=("one theory",), scenario="mine", **columns):
    """A run with a few outcomes, replication by replication."""
    shaped = {name: np.reshape(values, (-1, len(theories))) for name, values in columns.items()}
    return run(scenario, [{"isis": theory} for theory in theories], **shaped)


def test_a_mean_has_the_standard_error_of_a_mean():
    assert mean_and_error(np.array([1.0, 2.0, 3.0, 6.0])) == pytest.approx((3.0, math.sqrt(14 / 3) / 2))
    assert mean_and_error(np.array([5.0]))[0] == 5.0
    assert math.isnan(mean_and_error(np.array([5.0]))[1])
    assert all(math.isnan(value) for value in mean_and_error(np.array([])))


def test_a_summary_gives_mean_error_and_points_by_theory_and_outcome():
    table = summary(result(("a", "b"), deaths=[1.0, 10.0, 2.0, 20.0, 3.0, 30.0, 6.0, 60.0]), ["deaths"])
    assert table["theory"].tolist() == ["a", "b"]
    first = row(table, theory="a")
    assert first["mean"] == 3.0
    assert first["mc_error"] == pytest.approx(math.sqrt(14 / 3) / 2)
    assert (first["q05"], first["q50"], first["q95"]) == pytest.approx((1.15, 2.5, 5.55))
    assert (first["n"], first["unit"]) == (4, "deaths")
    assert row(table, theory="b")["mean"] == 30.0


def test_what_is_undefined_in_some_replications_is_left_out_and_counted():
    contrast_row = row(
        summary(result(days_to_first_us_deaths=[3.0, math.nan, 5.0]), ["days_to_first_us_deaths"]), theory="one theory"
    )
    assert (contrast_row["mean"], contrast_row["n"]) == (4.0, 2)
    nothing = row(summary(result(days_to_first_us_deaths=[math.nan] * 3), ["days_to_first_us_deaths"]), n=0)
    assert math.isnan(nothing["mean"])
    assert math.isnan(nothing["q50"])


def test_a_rate_is_the_ratio_of_sums_and_not_the_mean_of_ratios():
    attacks, years = pd.Series([1.0, 9.0]), pd.Series([1_000.0, 2_000.0])
    rate, error = ratio_of_sums(attacks, years)
    assert rate == pytest.approx(1_000 * 10 / 3_000)
    residual = np.array([1 - 10 / 3, 9 - 20 / 3])
    assert error == pytest.approx(1_000 * residual.std(ddof=1) * math.sqrt(2) / 3_000)
    table = summary(
        result(attacks_on_troop_sites=[1.0, 9.0], troop_years=[1_000.0, 2_000.0], **{RATE: [1.0, 4.5]}), [RATE]
    )
    assert table.loc[0, "mean"] == pytest.approx(10 / 3)
    assert table.loc[0, "mc_error"] == pytest.approx(error)


def test_a_rate_without_troops_is_undefined_and_not_infinite():
    assert all(math.isnan(value) for value in ratio_of_sums(pd.Series([1.0, 2.0]), pd.Series([0.0, 0.0])))


def test_the_error_of_a_ratio_is_that_of_many_repetitions():
    luck = np.random.default_rng(1)
    years = luck.gamma(4, 250, (2_000, 50))
    attacks = luck.poisson(years * 0.02)
    pairs = zip(attacks, years, strict=True)
    ratios, errors = np.array([ratio_of_sums(pd.Series(a), pd.Series(y)) for a, y in pairs]).T
    assert errors.mean() == pytest.approx(ratios.std(), rel=0.05)


def test_a_contrast_is_the_mean_of_differences_draw_by_draw():
    scenario, base = result(deaths=[5.0, 7.0, 4.0, 9.0]), result(scenario="base", deaths=[3.0, 7.0, 5.0, 3.0])
    contrast_row = row(contrast_runs(scenario, base, ["deaths"]), outcome="deaths")
    difference = np.array([2.0, 0.0, -1.0, 6.0])
    error = difference.std(ddof=1) / 2
    assert (contrast_row["mean"], contrast_row["mc_error"]) == pytest.approx((1.75, error))
    reach = 3.182446 * error  # Student's t with three degrees of freedom
    assert (contrast_row["low"], contrast_row["high"]) == pytest.approx((1.75 - reach, 1.75 + reach))
    assert (contrast_row["q05"], contrast_row["q95"]) == pytest.approx(tuple(np.quantile(difference, (0.05, 0.95))))
    assert contrast_row["worse"] == pytest.approx((2 + 0.5) / 4)
    assert contrast_row["n"] == 4


def test_draws_are_paired_by_number_and_theory_and_not_by_their_place_in_the_table():
    scenario = result(("a", "b"), deaths=[1.0, 2.0, 3.0, 4.0])
    base = result(("a", "b"), deaths=[10.0, 20.0, 30.0, 40.0])
    base.outcomes = base.outcomes.iloc[::-1]
    table = contrast_runs(scenario, base, ["deaths"])
    assert table.set_index("theory")["mean"].to_dict() == {"a": -18.0, "b": -27.0}
    assert table["n"].tolist() == [2, 2]


def test_draws_that_only_one_of_two_runs_has_are_left_out():
    scenario, base = result(deaths=[1.0, 2.0, 3.0]), result(deaths=[1.0, 1.0])
    assert row(contrast_runs(scenario, base, ["deaths"]), outcome="deaths")[["mean", "n"]].tolist() == [0.5, 2]
    undefined = result(deaths=[1.0, math.nan])
    assert row(contrast_runs(scenario, undefined, ["deaths"]), outcome="deaths")["n"] == 1


def test_pairing_saves_what_the_variances_say():
    values, base = np.array([1.0, 2.0, 3.0, 4.0]), np.array([1.0, 2.0, 3.0, 5.0])
    paired = (values - base).var(ddof=1)
    assert variance_reduction(values, base) == pytest.approx((values.var(ddof=1) + base.var(ddof=1)) / paired)
    assert variance_reduction(values, values + 1) == math.inf
    assert math.isnan(variance_reduction(np.ones(4), np.ones(4)))
    assert math.isnan(variance_reduction(np.ones(1), np.ones(1)))


def test_without_pairing_nothing_is_saved():
    luck = np.random.default_rng(3)
    assert variance_reduction(luck.normal(size=20_000), luck.normal(size=20_000)) == pytest.approx(1.0, abs=0.05)


def with_manifest(**changes):
    finished = result(deaths=[1.0, 2.0])
    for name, value in changes.items():
        (finished.manifest["request"] if name in finished.manifest["request"] else finished.manifest)[name] = value
    return finished


@pytest.mark.parametrize(
    ("changes", "fragment"),
    [
        ({"seed": 2}, "seed: 1 against 2"),
        ({"as_of": "2024-01-31"}, "as_of: 2021-12-13 against 2024-01-31"),
        ({"step_days": 0.5}, "step_days: 1.0 against 0.5"),
        ({"horizon": 730}, "horizon: 100 against 730"),
        ({"given": {"baseline_attack_rate": 0.3}}, "given of baseline_attack_rate"),
        ({"beliefs": {"baseline_attack_rate": {"kind": "fixed"}}}, "beliefs of baseline_attack_rate"),
    ],
    ids=lambda value: next(iter(value)) if isinstance(value, dict) else "",
)
def test_runs_that_do_not_share_what_pairs_them_are_refused_with_how_to_run_them_alike(changes, fragment):
    with pytest.raises(RequestError) as error:
        check_comparable(with_manifest(), with_manifest(**changes))
    message = str(error.value)
    assert "not comparable" in message
    assert fragment in message
    assert "Run both alike: python -m scenarios run +scenario=mine start=2021-12 world=simulated" in message
    assert "against=mine" in message


@pytest.mark.parametrize(
    ("words", "fragment"),
    [
        (("world=calm",), "world: simulated against calm"),
        (("start=2021-07",), "start: 2021-12 against 2021-07"),
        (("theory.isis=[enablers,spent]",), "theories"),
        (("theory.clustering=contagion",), "theories"),
        (("ensemble.seed=9",), "seed: 1 against 9"),
    ],
    ids=lambda value: value[0] if isinstance(value, tuple) else "",
)
def test_real_runs_of_different_worlds_starts_or_theories_are_refused(tmp_path, words, fragment):
    scenario, other = (load(carried_out(asks(*given, of=TINY), tmp_path)) for given in ((), words))
    with pytest.raises(RequestError, match="not comparable") as error:
        contrast_runs(scenario, other)
    assert fragment in str(error.value)


def test_a_start_under_another_name_is_the_same_start_if_it_holds_the_same(tmp_path, here):
    from tests.requests import ROOT

    (here / "copied.yaml").write_text((ROOT / "seeds" / "starts" / "2021-12.yaml").read_text())
    by_file = load(carried_out(asks("start=copied.yaml", of=TINY), tmp_path))
    withdrawal = asks(of=TINY, scenario={"levers": {"enablers": 0.5}})
    assert len(contrast_runs(load(carried_out(withdrawal, tmp_path)), by_file)) == len(outcomes.HEADLINES)


def test_a_run_against_itself_differs_in_nothing(finished):
    table = contrast_runs(finished, finished)
    assert (table["mean"].dropna() == 0).all()
    assert (table.loc[table["n"] > 0, "worse"] == 0.5).all()


def test_a_real_contrast_is_what_its_outcomes_say(finished):
    contrast_row = row(contrast_runs(finished, finished.baseline, ["troop_years"]), theory="spent")
    scenario, base = (
        value.outcomes.query("theory == 1")["troop_years"].to_numpy() for value in (finished, finished.baseline)
    )
    assert contrast_row["mean"] == pytest.approx((scenario - base).mean())
    assert contrast_row["mean"] < 0
    assert contrast_row["worse"] == 0.0


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (0, "0"), (3, "3.00"), (31.4159, "31.4"), (1234.5, "1,234"), (0.01234, "0.012"), (-2.5, "-2.50"),
        (math.nan, "-"), (math.inf, "inf"), (None, "-"),
    ],
)  # fmt: skip
def test_numbers_read_well(value, words):
    assert significant(value) == words


def test_a_difference_has_its_sign_and_a_whole_number_no_decimals():
    assert [significant(value, sign=True) for value in (2.5, 0.0, -2.5)] == ["+2.50", "0", "-2.50"]
    assert [significant(value, whole=True) for value in (1.0, 4278.0, 67.12, math.nan)] == ["1", "4,278", "67.1", "-"]
    assert [format_number(-2.5, sign=True), compact_number(2.5, sign=True)] == [f"{MINUS}2.50", "+2.5"]


def test_runs_that_are_not_paired_are_not_subtracted():
    assert subtract(np.array([3.0, 1.0]), np.array([1.0, 1.0])).tolist() == [2.0, 0.0]
    with pytest.raises(ValueError, match="are not paired"):
        subtract(np.zeros(2), np.zeros(1))


def test_quantiles_and_estimates_of_columns_leave_out_what_is_undefined():
    values = np.array([[1.0, np.nan], [2.0, np.nan], [np.nan, np.nan], [4.0, np.nan]])
    assert quantiles(values[:, 0]).tolist() == pytest.approx(np.quantile([1.0, 2.0, 4.0], (0.05, 0.5, 0.95)).tolist())
    columns = column_estimates(values)
    assert columns["n"].tolist() == [3, 0]
    assert (columns["mean"][0], columns["mc_error"][0]) == mean_and_error(values[:, 0])
    assert columns["q05"][0] == quantiles(values)[0, 0] == pytest.approx(1.1)
    assert np.isnan([columns[name][1] for name in ("mean", "mc_error", "q05", "q50", "q95")]).all()
