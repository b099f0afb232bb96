"""Verdicts on the primary outcomes: error rates, the order of verdicts, sizes, and odd ensembles."""

import math

import numpy as np
import pandas as pd
import pytest
from scipy.stats import binom, multinomial

from scenarios.analysis.paired_tests import carried, difference_interval, median_interval, sign_test
from scenarios.analysis.verdict_family import ERROR, verdict_family
from scenarios.analysis.verdicts import LEAST_PAIRS, PRIMARY, Direction, Measure, verdict
from tests.analysis.families import CROSSED, NAMES, ONE, frame

MORE, FEWER, ALIKE, UNDECIDED, IDENTICAL, TOO_FEW, UNDEFINED = Direction

ATTACKS = next(primary for primary in PRIMARY if primary.outcome == "attacks_on_us_sites")
LADDER = next(primary for primary in PRIMARY if primary.threshold is not None)
LEVEL = ERROR / 24


def judged(run, base, primary=ATTACKS, measure=Measure.RATIO, error=LEVEL):
    values = (np.asarray(part, dtype=float) for part in (run, base))
    return verdict(*values, primary, measure, error, ("mine", "base", 0))


def one(run, base=None, theories=ONE, **columns):
    """Family of one scenario whose attacks on US sites are given, with those of the baseline."""
    draws = len(run)
    base = np.full(draws, 100.0) if base is None else base
    mine = frame(draws, len(theories), attacks_on_us_sites=run, **columns)
    return verdict_family({"mine": mine}, ("base", frame(draws, len(theories), attacks_on_us_sites=base)), theories)


@pytest.mark.parametrize("theories", range(1, 17))
@pytest.mark.parametrize("pairs", [LEAST_PAIRS, 100, 1_000])
def test_a_false_direction_is_no_likelier_than_its_level_whatever_the_tails(pairs, theories):
    level = ERROR / (len(PRIMARY) * theories)
    decided = [number for number in range(pairs + 1) if sign_test(number, pairs - number) < level]
    assert sum(binom.pmf(decided, pairs, 0.5)) <= level


def test_heavy_tails_give_no_more_false_directions_than_stated():
    luck, families, false = np.random.default_rng(7), 150, 0
    for _ in range(families):
        base = {name: 100 * luck.pareto(1.1, 60) + 20 for name in NAMES}
        moved = {name: values * np.exp(luck.standard_t(2, 60)) for name, values in base.items()}
        moved["ladder_max"], base["ladder_max"] = luck.integers(3, 8, 60), luck.integers(3, 8, 60)
        found = verdict_family({"mine": frame(60, 1, **moved)}, ("base", frame(60, 1, **base)), ONE)
        false += any(each.direction.is_decided for each in found.all_of("mine"))
    assert false <= ERROR * families


def test_a_few_violent_runs_neither_make_nor_hide_a_direction():
    base = np.full(100, 100.0)
    moved = np.where(np.arange(100) < 95, 90.0, 5_000.0)
    found = judged(moved, base)
    assert (found.direction, found.mean > 0, found.agreeing) == (FEWER, True, 0.95)
    assert found.carried == pytest.approx(24_500 / 25_450)


@pytest.mark.parametrize("pairs", [30, 31, 100])
def test_the_interval_of_a_median_holds_at_its_level(pairs):
    for error in (0.05, LEVEL, LEVEL / 36):
        low, high = median_interval(np.arange(pairs), error)
        if math.isinf(low):
            assert 2 * 0.5**pairs > error
            continue
        below = int(
            low
        )  # values below the lower end; the median lies below it if at most that many are below the median
        assert binom.cdf(below, pairs, 0.5) <= error / 2 < binom.cdf(below + 1, pairs, 0.5)
        assert high == pairs - 1 - low


@pytest.mark.parametrize(("up", "down"), [(0.0, 0.0), (0.05, 0.0), (0.2, 0.02), (0.3, 0.3), (0.9, 0.05)])
def test_the_interval_of_a_difference_of_probabilities_is_conservative(up, down):
    pairs, error, covered = 30, 0.05, 0.0
    chance = multinomial(pairs, [up, down, 1 - up - down])
    for higher in range(pairs + 1):
        for lower in range(pairs + 1 - higher):
            low, high = difference_interval(higher, lower, pairs, error)
            if low - 1e-12 <= up - down <= high + 1e-12:
                covered += chance.pmf([higher, lower, pairs - higher - lower])
    assert covered >= 1 - error


@pytest.mark.parametrize(
    ("factor", "direction"),
    [
        (np.ones(100), IDENTICAL),
        (np.full(100, 1.01), ALIKE),
        (np.full(100, 0.96), ALIKE),
        (np.full(100, 1.2), MORE),
        (np.full(100, 0.8), FEWER),
        (np.where(np.arange(100) % 2, 1.2, 0.8), UNDECIDED),
        (np.where(np.arange(100) < 60, 1.3, 0.8), UNDECIDED),
        (np.full(LEAST_PAIRS - 1, 1.2), TOO_FEW),
        (np.ones(LEAST_PAIRS - 1), TOO_FEW),
        (np.empty(0), UNDEFINED),
    ],
)
def test_verdicts_come_in_their_order(factor, direction):
    assert judged(1_000 * factor, np.full(factor.size, 1_000.0)).direction == direction


def test_typical_change_is_the_median_of_paired_ratios_with_half_a_case_added():
    found = judged([0, 4, 9] * 40, [4, 4, 4] * 40)
    assert found.change == pytest.approx(0.0)
    assert (found.ratio_q05, found.ratio_q95) == (pytest.approx(0.5 / 4.5), pytest.approx(9.5 / 4.5))
    counted = judged([1, 2, 3] * 40, [4, 4, 4] * 40, measure=Measure.COUNT)
    assert (counted.change, counted.q05, counted.q95, counted.level) == (-2.0, -3.0, -1.0, 4.0)


def test_an_outcome_is_counted_where_the_status_quo_has_fewer_than_ten_under_any_theory():
    base = np.stack([np.full(40, 9.0), np.full(40, 12.0), *[np.full(40, 30.0)] * 2], axis=1)
    found = one(base + 1, base, CROSSED)
    assert {each.measure for each in found.of("mine", "attacks_on_us_sites")} == {Measure.COUNT}
    assert {each.measure for each in found.of("mine", "isis_attacks")} == {Measure.RATIO}


def test_a_probability_is_compared_in_points_by_the_pairs_that_differ():
    base, run = np.full(200, 6.0), np.where(np.arange(200) < 40, 4.0, 7.0)
    found = judged(run, base, LADDER, Measure.POINTS)
    assert (found.direction, found.level, found.change) == (FEWER, 1.0, pytest.approx(-0.2))
    assert found.low < -0.2 < found.high < 0
    assert math.isnan(found.q05)
    assert found.p_value == sign_test(0, 40)
    near = judged(np.where(np.arange(1_000) < 5, 4.0, 6.0), np.full(1_000, 6.0), LADDER, Measure.POINTS)
    assert near.direction == ALIKE


def test_a_tail_behind_what_is_typically_alike_is_seen():
    run = np.where(np.arange(100) < 20, 180.0, 100.0)
    found = judged(run, np.full(100, 100.0))
    assert (found.direction, found.tail, found.higher, found.lower) == (ALIKE, True, 0.2, 0.0)
    assert not judged(np.where(np.arange(100) < 20, 110.0, 100.0), np.full(100, 100.0)).tail
    assert not judged(np.where(np.arange(100) < 3, 180.0, 100.0), np.full(100, 100.0)).tail


def test_a_mean_that_goes_the_other_way_is_seen():
    base = np.where(np.arange(1_000) < 100, 9_000.0, 100.0)
    run = np.where(np.arange(1_000) < 100, 1_000.0, 120.0)
    found = judged(run, base)
    assert (found.direction, found.mean_direction, found.mean_is_opposed) == (MORE, FEWER, True)


def test_zero_everywhere_is_identical_and_undefined_values_are_left_out():
    found = one(np.zeros(40), np.zeros(40))
    (attacks,) = found.of("mine", "attacks_on_us_sites")
    assert (attacks.direction, attacks.change, attacks.agreeing, attacks.carried) == (IDENTICAL, 0.0, 1.0, 0.0)
    some = np.where(np.arange(80) < 45, np.nan, 120.0)
    (partly,) = one(some).of("mine", "attacks_on_us_sites")
    assert (partly.pairs, partly.direction) == (35, MORE)
    (none,) = one(np.full(40, np.nan)).of("mine", "attacks_on_us_sites")
    assert (none.pairs, none.direction) == (0, UNDEFINED)
    assert math.isnan(none.change)


def test_draws_that_failed_in_one_run_are_left_out_of_both():
    mine, base = frame(50, 4), frame(50, 4)
    found = verdict_family({"mine": mine[mine["draw"] >= 15]}, ("base", base[base["draw"] < 48]), CROSSED)
    assert {each.pairs for each in found.all_of("mine")} == {33}
    gone = mine[mine["theory"] != 2]
    directions = {
        each.theory: each.direction for each in verdict_family({"mine": gone}, ("base", base), CROSSED).all_of("mine")
    }
    assert directions == {0: IDENTICAL, 1: IDENTICAL, 2: UNDEFINED, 3: IDENTICAL}


@pytest.mark.parametrize("number", range(1, 10))
def test_a_verdict_does_not_depend_on_what_is_shown_beside_it(number):
    luck = np.random.default_rng(3)
    base = frame(40, 4)
    runs = {
        f"run {at}": frame(40, 4, attacks_on_us_sites=100 * luck.lognormal(0.1 * at, 0.4, (40, 4))) for at in range(9)
    }
    alone = verdict_family({"run 0": runs["run 0"]}, ("base", base), CROSSED)
    shown = verdict_family(dict(list(runs.items())[:number]), ("base", base), CROSSED)
    assert repr(shown.all_of("run 0")) == repr(alone.all_of("run 0"))  # undefined numbers are not equal
    assert len(shown.between) == len(PRIMARY) * number * (number - 1) // 2


def test_the_level_is_shared_by_all_theories_and_by_all_pairs_of_scenarios():
    sign = np.where(np.arange(40) < 31, 1.3, 0.7)  # p = 0.0007
    assert LEVEL / 4 < sign_test(31, 9) < LEVEL
    base = frame(40, 1)
    moved = frame(40, 1, attacks_on_us_sites=100 * sign)
    for theories, direction in ((4, MORE), (16, UNDECIDED)):
        poles = [{"isis": "enablers", "command": str(at)} for at in range(theories)]
        parts = [part.assign(theory=at) for part in (moved, base) for at in range(theories)]
        wide_run, wide_base = (pd.concat(each, ignore_index=True) for each in (parts[:theories], parts[theories:]))
        found = verdict_family({"mine": wide_run}, ("base", wide_base), poles)
        assert {each.direction for each in found.of("mine", "attacks_on_us_sites")} == {direction}
    many = verdict_family({"mine": moved, **{f"other {at}": base for at in range(8)}}, ("base", base), ONE)
    assert many.of("mine", "attacks_on_us_sites")[0].direction == MORE
    assert many.between["mine", "other 0", "attacks_on_us_sites"][0].direction == UNDECIDED


def test_a_reversal_is_the_weight_at_which_as_many_runs_are_higher_as_lower():
    up, down = np.where(np.arange(100) < 90, 130.0, 70.0), np.where(np.arange(100) < 30, 130.0, 70.0)
    run = np.stack([up, up, down, down], axis=1)
    found = one(run, theories=CROSSED)
    assert [(each.question, each.answer, each.other) for each in found.reversals] == [("isis", "enablers", "spent")] * 2
    assert [each.held for each in found.reversals] == [(("strikes", "deter"),), (("strikes", "provoke"),)]
    mix = found.reversals[0].mix
    assert mix.point == pytest.approx(0.4 / 1.2)
    assert mix.low < mix.point < mix.high
    assert not one(np.full(100, 130.0), theories=CROSSED).reversals


def test_a_family_as_a_table_has_a_row_a_verdict():
    table = one(np.full(40, 130.0), theories=CROSSED).frame()
    assert len(table) == len(PRIMARY) * 4
    assert set(table["direction"]) == {str(MORE), str(IDENTICAL)}


def test_what_few_runs_carry():
    assert carried(np.zeros(10)) == 0.0
    assert carried(np.ones(100)) == pytest.approx(0.05)
    assert carried(np.array([1.0, -99.0])) == pytest.approx(0.99)
