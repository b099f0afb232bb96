"""The picture of a run: its rows are those of the verdicts, its quarters those of the series."""

from itertools import pairwise

import numpy as np
import pytest

from scenarios.analysis.rows import outcome_rows
from scenarios.analysis.verdict_family import result_family
from scenarios.config.compose import command_request, composed
from scenarios.plots.quarters import MOST_PANELS, differing_rows, row_bands
from scenarios.plots.verdict_forest import COLORS, SAME, color_of, heights
from scenarios.report.pictures import forest_rows, overview_figure, overview_png
from scenarios.runs.result import Result
from scenarios.runs.runner import run_experiments


@pytest.fixture(scope="module")
def pair(tmp_path_factory):
    words = ["+scenario=full_withdrawal", "start=2021-12", "ensemble.replications=160", "ensemble.horizon=200"]
    requested = command_request(composed(words))
    folder = tmp_path_factory.mktemp("overview")
    folders = run_experiments([requested.request, requested.against], folder, 1, lambda done, whole: None)
    return tuple(Result(part.path) for part in folders)


@pytest.fixture(scope="module")
def family(pair):
    run, baseline = pair
    return result_family({run.scenario: run}, (baseline.scenario, baseline))


def test_every_row_is_named_once_an_outcome_and_has_its_change(pair, family):
    figure = overview_figure(*pair)
    texts = [text.get_text() for text in figure.axes[0].texts]
    rows = forest_rows(family, "full_withdrawal")
    for row in rows:
        assert row.change in texts
    titles = list(dict.fromkeys(row.row.primary.title for row in rows))
    assert [text for text in texts if text in titles] == titles
    assert len(rows) == len(outcome_rows(family))


def test_colours_follow_the_verdicts(family):
    for row in forest_rows(family, "full_withdrawal"):
        directions = row.cell.directions
        assert color_of(row.cell) in (*COLORS.values(), SAME, "#1b1e23")
        if directions[0].is_decided and len(directions) == 1:
            assert color_of(row.cell) == COLORS[directions[0]]


def test_rows_of_one_outcome_stand_closer_than_those_of_two(family):
    rows = forest_rows(family, "full_withdrawal")
    for (one, other), gap in zip(pairwise(rows), np.diff(heights(rows)), strict=True):
        assert gap == (1.0 if one.row.primary == other.row.primary else pytest.approx(1.42))


def test_the_quarters_are_quartiles_of_sums_by_quarter(pair):
    run, _ = pair
    bands = row_bands(run, "isis_attacks", [0])
    series = run.table("series", ["isis_attacks"])
    own = series[series["replication"] % len(run.theories) == 0]
    first = own[own["period"] < 13].groupby("replication")["isis_attacks"].sum()
    np.testing.assert_allclose(bands[0, 0], np.quantile(first, (0.25, 0.5, 0.75)))


def test_at_most_four_rows_have_quarters_and_none_that_is_always_zero(pair, family):
    rows = forest_rows(family, "full_withdrawal")
    drawn = differing_rows(rows, *pair)
    assert 1 <= len(drawn) <= MOST_PANELS
    for part in drawn:
        assert any(row_bands(run, part.row.primary.outcome, part.row.group.theories)[:, :, 1].any() for run in pair)


def test_the_picture_is_the_same_bytes_every_time_and_says_what_it_is(pair):
    assert overview_png(*pair) == overview_png(*pair)
    words = " ".join(text.get_text() for text in overview_figure(*pair).texts)
    assert "not a forecast" in " ".join(words.split())
    assert "paired runs a theory" in words
