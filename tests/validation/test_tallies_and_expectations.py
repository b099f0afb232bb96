"""Counts and expectations of the texts are compared with runs by the definition of each."""

from dataclasses import replace
from types import SimpleNamespace

import numpy as np
import pytest

from docs.generate import patterns
from scenarios.config.scenario import Expectation
from scenarios.evidence.stylised_facts import Fact, facts
from scenarios.validation import counts, expectations
from scenarios.validation.checks import FAIL, PASS
from scenarios.validation.counts import COUNTED, RULES
from scenarios.validation.expectations import UNSETTLED, Prediction, judge_direction
from scenarios.validation.histories import HISTORIES
from tests.validation.constructed import history, steady

ONE = Fact.model_construct(
    table="us_strikes", start="2021-01-01", end="2021-01-10", place="Iraq", value=20.0, bound="exact", unit="strikes",
    what="replies to attacks", source="press",
)  # fmt: skip


@pytest.fixture
def tally(monkeypatch):
    """Tallies of given facts in histories where every outcome has the same number every day."""

    def tallies_of(fact, a_day):
        outcomes = {rule.outcome for rule in COUNTED}

        def simulated(result, theory):
            daily = a_day[:, None] + np.zeros(HISTORIES[result.name].horizon)
            return history(result.name, **dict.fromkeys(outcomes, daily))

        runs = SimpleNamespace(result=lambda name: SimpleNamespace(name=name, theories=["both"]))
        monkeypatch.setattr(counts, "SimulatedHistory", simulated)
        monkeypatch.setattr(
            counts, "facts", lambda: {table: (fact,) if table == fact.table else () for table in facts()}
        )
        return counts.compare_counts(runs)

    return tallies_of


A_DAY = np.linspace(1.0, 3.0, 101)  # ten days thus hold 10 to 30, of which 11 to 29 is the middle


def test_a_count_is_summed_over_its_days_and_placed_among_replications(tally):
    (counted,) = tally(ONE, A_DAY)
    assert counted.simulated == pytest.approx((11.0, 20.0, 29.0))
    assert counted.share_below == pytest.approx(0.5)
    assert counted.verdict == PASS
    assert counted.run == "pledge"
    assert counts.start_of(counted) == "2020-08"


@pytest.mark.parametrize(
    ("value", "bound", "verdict"),
    [
        (11.1, "exact", PASS), (10.9, "exact", FAIL), (28.9, "about", PASS), (29.1, "about", FAIL),
        (28.9, "at_least", PASS), (29.1, "at_least", FAIL), (0.0, "at_least", PASS),
    ],
)  # fmt: skip
def test_a_count_passes_within_the_middle_of_the_simulated_and_a_lower_bound_at_or_under_its_top(
    tally, value, bound, verdict
):
    (counted,) = tally(ONE.model_copy(update={"value": value, "bound": bound}), A_DAY)
    assert counted.verdict == verdict


def test_a_mean_of_quarters_is_compared_by_the_quarter(tally):
    (counted,) = tally(ONE.model_copy(update={"unit": "strikes/quarter"}), A_DAY)
    assert counted.simulated[1] == pytest.approx(2.0 * 91.3125)


@pytest.mark.parametrize(
    "unfit",
    [
        {"end": "2030-01-01"}, {"start": "2018-12-31"}, {"end": "2021-01"}, {"value": None},
        {"what": "something that nobody counts in a run"},
    ],
)  # fmt: skip
def test_a_count_out_of_every_history_or_without_a_number_is_left_out(tally, unfit):
    assert not tally(ONE.model_copy(update=unfit), A_DAY)


def test_every_bound_of_the_facts_has_a_rule():
    used = {each.bound for table in {rule.table for rule in COUNTED} for each in facts()[table] if each.value}
    assert used <= {*RULES, "at_most"}


@pytest.mark.parametrize(
    ("direction", "mean", "error", "verdict"),
    [
        ("up", 2.1, 1.0, PASS), ("up", -2.1, 1.0, FAIL), ("up", 1.9, 1.0, UNSETTLED),
        ("down", -2.1, 1.0, PASS), ("down", 2.1, 1.0, FAIL), ("down", -1.9, 1.0, UNSETTLED),
        ("same", 1.9, 1.0, PASS), ("same", 2.1, 1.0, FAIL), ("same", -2.1, 1.0, FAIL),
    ],
)  # fmt: skip
def test_an_expectation_is_judged_by_its_sign_beyond_noise(direction, mean, error, verdict):
    assert judge_direction(direction, mean, error) == verdict


def test_expectations_of_a_scenario_are_judged_from_its_own_start_under_every_theory(monkeypatch, tmp_path):
    monkeypatch.setattr(expectations, "options", SimpleNamespace(options=lambda kind: ["full_withdrawal"]))
    monkeypatch.setattr(expectations, "HORIZON", 30)
    judged = expectations.predictions(tmp_path, 8, 1)
    assert {each.scenario for each in judged} == {"full_withdrawal"}
    assert len({each.theory for each in judged}) == 4
    assert len(judged) == 4 * len({str(each.expectation) for each in judged})
    assert all(
        each.verdict == judge_direction(each.expectation.direction, each.difference, each.error) for each in judged
    )
    table = patterns.prediction_table(judged)
    assert len(table.splitlines()) == 2 + len(judged) // 4


def test_an_expectation_is_one_line_with_a_cell_a_theory():
    expected = Expectation("us_deaths", "down", ("S001-01",), "status_quo", None)
    each = Prediction("leave", "2021-12", "calm", expected, "deter", -3.0, 1.0, PASS)
    *_, line = patterns.prediction_table(
        [each, replace(each, theory="provoke", difference=4.0, verdict=FAIL)]
    ).splitlines()
    assert line == "| leave | 2021-12, calm | us deaths: less (S001-01) | -3.00 +- 1.00: pass | +4.00 +- 1.00: fail |"


def test_a_tally_is_one_line_under_the_shipped_priors_with_the_poles_in_brief(tally):
    (counted,) = tally(ONE, A_DAY)
    *_, line = patterns.tally_table([replace(counted, theory="deter", verdict=FAIL), counted]).splitlines()
    assert line.startswith(
        "| 2021-01-01 | 2021-01-10 | 20.0 | exact | replies to attacks | 2020-08 | 11.0, 20.0, 29.0 |"
    )
    assert line.endswith("| 0.50 | pass | deter fail |")


def test_steady_series_add_up():
    assert history("stay", troops=steady("stay", 2.0)).total("troops", "2020-09-01", "2020-09-10")[0] == 20.0
