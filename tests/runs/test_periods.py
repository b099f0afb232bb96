"""Periods of the series: their length is what the file says, at any step."""

import numpy as np
import pytest

from scenarios import load
from scenarios.plots.time_series import periods_per_point, span_of
from scenarios.report.pictures import overview_png
from tests.requests import ONE_THEORY, asks, carried_out

WORDS = ("ensemble.replications=4", "ensemble.horizon=28", *ONE_THEORY)


def bands(result, outcome, theory, quantiles, merged=1):
    """Quantiles of one outcome under one theory by period."""
    table = result.bands([outcome], quantiles, merged).reset_index(["outcome", "theory"])
    return table[table["theory"] == result.theories[theory]][list(quantiles)]


@pytest.fixture
def pictures():
    """The real ones are drawn."""


@pytest.mark.parametrize(
    ("step", "grain", "days", "periods"),
    [
        (1, "week", 7, 4),
        (1, "day", 1, 28),
        (0.5, "week", 7, 4),
        (0.5, "day", 1, 28),
        (2, "week", 8, 4),
        (4, "week", 8, 4),
        (2, "day", 2, 14),
        (7, "week", 7, 4),
        (7, "day", 7, 4),
    ],
)
def test_a_period_is_a_whole_number_of_steps_and_has_a_length(tmp_path, step, grain, days, periods):
    result = load(carried_out(asks(f"ensemble.step_days={step}", f"record.period={grain}", of=WORDS), tmp_path))
    assert result.period_days == days
    series = result.table("series", ["troop_years", "troops"])
    assert sorted(series["period"].unique()) == list(range(periods))
    total = series.groupby("replication")["troop_years"].sum().to_numpy()
    np.testing.assert_allclose(total, result.outcomes["troop_years"], rtol=1e-5)
    first = series[series["period"] == 0]
    np.testing.assert_allclose(first["troop_years"], first["troops"] * days / 365.25, rtol=1e-4)


def test_only_chosen_outcomes_are_in_the_series_if_some_are_chosen(tmp_path):
    chosen = load(carried_out(asks("record.outcomes=[deaths,troops]", of=WORDS), tmp_path))
    everything = load(carried_out(asks(of=WORDS), tmp_path))
    assert chosen.series_names() == ["deaths", "troops"]
    for name in ("deaths", "troops"):
        assert chosen.series[name].equals(everything.series[name])
    assert chosen.outcomes.equals(everything.outcomes)


@pytest.mark.parametrize(
    "words", [(), ("record.outcomes=[deaths]",), ("record.outcomes=[ladder]",), ("record.period=day",)]
)
def test_a_run_of_any_grain_and_choice_ends_with_a_picture(command, here, words):
    ended = command("run", "+scenario=full_withdrawal", *WORDS, "workers=1", *words)
    assert ended.code == 0, ended.err
    pictures = list(here.rglob("overview.png"))
    assert len(pictures) == 1
    assert all(each.read_bytes().startswith(b"\x89PNG") for each in pictures)


def test_bands_are_quantiles_over_the_replications_of_a_theory_by_period(finished):
    table = bands(finished, "isis_attacks", 1, (0.05, 0.5, 0.95))
    assert list(table.columns) == [0.05, 0.5, 0.95]
    assert table.index.tolist() == list(range(28))
    day = finished.to_xarray(["isis_attacks"])["isis_attacks"].sel(theory="spent", period=3).to_numpy()
    np.testing.assert_allclose(table.loc[3], np.quantile(day, (0.05, 0.5, 0.95)), rtol=1e-6)


@pytest.mark.parametrize(("outcome", "combined"), [("isis_attacks", "sum"), ("ladder", "mean")])
def test_merged_periods_add_up_counts_and_average_levels_and_drop_what_is_left(finished, outcome, combined):
    table = bands(finished, outcome, 0, (0.5,), merged=9)
    assert table.index.tolist() == [0, 1, 2]  # 27 of 28 days
    days = finished.to_xarray([outcome])[outcome].sel(theory="enablers").to_numpy()[:, 9:18]
    assert table.loc[1, 0.5] == pytest.approx(np.median(getattr(np, combined)(days, axis=1)), rel=1e-5)


@pytest.mark.parametrize("times", [1, 4, 28, 29])
def test_merging_as_many_periods_as_there_are_or_more_breaks_nothing(finished, times):
    table = bands(finished, "ladder", 0, (0.05, 0.5, 0.95), merged=times)
    assert list(table.columns) == [0.05, 0.5, 0.95]
    assert len(table) == 28 // times


def test_a_short_run_is_drawn_period_by_period_with_a_note(finished):
    assert periods_per_point(finished) == 1
    assert span_of(finished) == "in a day"
    assert overview_png(finished, finished.baseline).startswith(b"\x89PNG")
