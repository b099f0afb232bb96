"""The first screen and the sections behind it, as data: they say what the verdicts say, and nothing else."""

import math
from dataclasses import replace
from itertools import product

import numpy as np
import pytest

from scenarios.analysis.rows import outcome_rows
from scenarios.analysis.verdicts import PRIMARY, SIDES, Direction
from scenarios.report.page import answer, conditions, dots, expectations, severity, timing
from scenarios.report.page.provenance import repetition
from scenarios.report.page.trade_off import BOTTOM, LEFT, RIGHT, TOP, trade_off
from scenarios.report.quantities import SYMBOLS
from scenarios.report.sentences import TOO_FEW, scenario_answers
from scenarios.validation import verdicts


@pytest.fixture(scope="module")
def first(comparison):
    return answer.section(comparison, verdicts.recorded_verdicts(), {})


def rows_of(grid):
    return [row for side in grid.sides for rows in side.outcomes for row in rows]


def test_every_cell_of_the_grid_is_the_verdict_of_its_row(first, comparison):
    (grid,) = first.grids
    for shown, row in zip(rows_of(grid), outcome_rows(comparison.family), strict=True):
        assert (shown.title, shown.group) == (row.primary.title, row.group.name)
        for cell, merged in zip(shown.cells, row.cells.values(), strict=True):
            assert cell.symbol == "".join(SYMBOLS[direction] for direction in merged.directions)
            assert cell.words == " or ".join(merged.directions)
            assert len(cell.dots) == len(merged.verdicts)


def test_the_grid_has_both_sides_and_the_six_outcomes_in_their_order(first):
    (grid,) = first.grids
    assert [side.title for side in grid.sides] == [f"Harm to {side}" for side in SIDES]
    titles = list(dict.fromkeys(row.title for row in rows_of(grid)))
    assert titles == [primary.title for primary in PRIMARY]


def test_every_row_is_shown_under_a_filter_for_each_of_its_answers(first, comparison):
    names = {one.name for one in first.filters}
    assert all(set(row.filters) <= names for row in rows_of(first.grids[0]))
    for name in names:
        shown = {row.title for row in rows_of(first.grids[0]) if name in row.filters}
        assert shown == {primary.title for primary in PRIMARY}


def test_the_sentences_are_those_of_the_terminal(first, comparison):
    assert list(first.answers) == list(scenario_answers(comparison.family).values())
    assert all(part.scenario in comparison.results for part in first.answers)


def test_without_a_baseline_there_is_no_answer_nor_anything_behind_it(runs):
    assert answer.section(None, (), {}) is None
    assert [part.section(None) for part in (timing, severity, conditions)] == [None] * 3
    alone = replace(runs, baseline=None)
    assert expectations.section(alone, {}) is None


def test_too_few_runs_have_no_headline_but_the_command():
    part = answer.ScenarioAnswer("surge", None, "", (), ())
    assert answer.headline([part]) == TOO_FEW


@pytest.mark.parametrize("number", range(1, 10))
def test_grids_hold_at_most_six_scenarios_and_intervals_of_at_most_three(first, comparison, number, monkeypatch):
    names = tuple(f"copy_{at}" for at in range(number))
    original = comparison.family
    source = original.scenarios[0]
    against = {
        (name, original.baseline, one.outcome): original.of(source, one.outcome)
        for name, one in product(names, PRIMARY)
    }
    family = replace(original, scenarios=names, against=against)
    grids = list(answer._grids(family))
    assert [len(grid.scenarios) for grid in grids] == ([6, number - 6] if number > 6 else [number])
    assert all(grid.with_dots == (number <= 3) for grid in grids)


def test_the_trade_off_stays_within_its_plane_and_names_every_scenario(comparison):
    plane = trade_off(comparison.family)
    assert plane is not None, "both sides differ in the runs of these tests"
    assert {path.name for path in plane.paths} == {"Full withdrawal", "Surge"}
    for mark in (mark for path in plane.paths for mark in path.marks):
        assert LEFT <= mark.x <= RIGHT
        assert TOP <= mark.y <= BOTTOM
    assert sum(tick.is_same for tick in plane.x_ticks) == sum(tick.is_same for tick in plane.y_ticks) == 1


def test_a_trade_off_is_not_drawn_where_one_side_is_alike(comparison):
    family = comparison.family
    alike = {
        key: tuple(replace(verdict, direction=Direction.ALIKE) for verdict in part)
        for key, part in family.against.items()
    }
    assert trade_off(replace(family, against=alike)) is None


def test_a_dot_is_cut_at_the_ends_of_the_scale_and_absent_where_undefined():
    assert dots.place(1e-9) == 0.0
    assert dots.place(math.inf) == dots.WIDTH
    assert dots.place(math.nan) is None
    assert dots.place(1.0) == dots.scale().same
    low, high = dots.scale().band
    assert low < dots.scale().same < high


def test_severity_has_the_quantiles_of_the_runs(comparison):
    section = severity.section(comparison)
    assert section.scenarios == ("Full withdrawal", "Surge", "Status quo")
    row = next(row for row in section.rows if row.title == "ISIS attacks")
    frame = comparison.baseline.outcomes
    typical = [frame.loc[frame["theory"] == theory, "isis_attacks"].median() for theory in range(2)]
    shown = [float(part.replace(",", "")) for part in row.cells[-1][0].split("\N{EN DASH}")]
    assert min(typical) - 1 <= min(shown) <= max(shown) <= max(typical) + 1
    assert "escalation to step 5" in section.likelihoods[0]


def test_expectations_of_a_scenario_are_judged_theory_by_theory(runs):
    section = expectations.section(runs, {run.scenario: repetition(run) for run in runs.all_runs})
    expected = [one for run in runs.results for one in repetition(run).request.scenario.expects]
    assert len(section.rows) + len(section.unjudged) == len(expected)
    assert all(len(row.by_theory) == len(runs.theories) for row in section.rows)
    ranks = [min(["no", "undecided", "yes"].index(verdict) for *_, verdict in row.by_theory) for row in section.rows]
    assert ranks == sorted(ranks)


def test_what_would_change_the_answer_draws_every_theory_by_itself(comparison):
    section = conditions.section(comparison)
    assert len(section.forests) == 2
    texts = [text.get_text() for text in section.forests[0][0].axes[0].texts]
    assert sum(text in ("US support matters", "ISIS is spent") for text in texts) == 2 * len(PRIMARY)
    assert len(section.reversals) == len(comparison.family.reversals)


def test_the_onset_is_the_quarter_from_which_medians_stay_apart(comparison, monkeypatch):
    usual, own = np.full((1, 4, 3), 10.0), np.array([10.0, 4.0, 10.0, 3.0])[None, :, None].repeat(3, axis=2)
    monkeypatch.setattr(timing, "row_bands", lambda run, *_: usual if run is comparison.baseline else own)
    monkeypatch.setattr(timing, "differing_rows", lambda rows, *_: rows)
    rows = timing.forest_rows(comparison.family, "surge")
    sentence = timing._onset(comparison.results["surge"], comparison.baseline, rows)
    assert sentence.endswith("lower from quarter 3 of 2022 on.")
    own[0, 3] = 10.0
    assert timing._onset(comparison.results["surge"], comparison.baseline, rows).endswith("alike by the end.")
