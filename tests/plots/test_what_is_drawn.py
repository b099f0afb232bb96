"""Agreement of figures with results; undefined values are labelled, never drawn as zero."""

from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest
from matplotlib.colors import to_rgba
from matplotlib.dates import num2date
from matplotlib.patches import Rectangle

from agents.roster import GOVERNORATES
from scenarios import plots, text
from scenarios.config import policy
from scenarios.errors import RequestError
from scenarios.plots import captions, governorates, replication, timeline
from scenarios.text import DASH, MINUS
from tests.outcomes import reference
from tests.plots.conftest import comparison, split_frame


def words(figure):
    return " ".join(each.get_text() for axes in figure.axes for each in axes.texts)


def below(figure):
    return " ".join(each.get_text() for each in figure.texts)


def test_the_line_of_bands_is_the_median_of_the_result(simulated, drawn):
    result = simulated("one theory")
    axes = drawn("bands", "one theory").axes[0]
    line = next(each for each in axes.lines if each.get_label() == "full withdrawal")
    expected = reference.bands(result, "attacks_on_us_sites", 0, merged=4)[0.5]
    np.testing.assert_allclose(line.get_ydata(), expected, rtol=1e-6)
    first = num2date(line.get_xdata()[0]).date()
    assert (first.isoformat(), len(line.get_xdata())) == ("2021-12-27", 3)


def test_results_of_other_theories_are_not_drawn_together_and_none_are_not_drawn_at_all(simulated):
    with pytest.raises(RequestError, match=r"has the theories enablers / both and .*; draw them in separate figures"):
        plots.bands([simulated("two draws"), simulated("one theory")])
    with pytest.raises(RequestError, match="at least one result"):
        plots.bands([])


def test_curves_are_those_of_the_comparison(simulated, drawn):
    of = comparison(simulated("one theory"))
    for name, table, axis in (
        ("exceedance", of.exceedance("deaths"), "value"),
        ("time_to_event", of.time_to_event("us_deaths"), "day"),
    ):
        line = next(each for each in drawn(name, "one theory").axes[0].lines if each.get_label() == "full withdrawal")
        run = table[table["scenario"] == "full_withdrawal"]
        np.testing.assert_allclose(line.get_xdata(), run[axis])
        np.testing.assert_allclose(line.get_ydata(), run["share"])


def test_an_event_that_never_comes_is_a_share_of_zero_with_its_interval(simulated):
    of = comparison(simulated("a week"))
    none = of.time_to_event("kurdish_clashes").assign(share=0.0, low=0.0, high=0.3)
    quiet = SimpleNamespace(theories=of.theories, runs=of.runs, time_to_event=lambda event: none)
    axes = plots.incidence_curves(quiet, "kurdish_clashes").axes[0]
    assert all((line.get_ydata() == 0).all() for line in axes.lines)
    assert axes.collections[0].get_paths()[0].vertices[:, 1].max() == pytest.approx(0.3)


def test_an_outcome_that_is_undefined_everywhere_has_no_curve_but_a_note(simulated):
    of = comparison(simulated("a week"))
    empty = of.exceedance("deaths").iloc[:0]
    figure = plots.exceedance_curves(
        SimpleNamespace(theories=of.theories, runs=of.runs, exceedance=lambda name: empty), "deaths"
    )
    assert not figure.axes[0].lines
    assert "undefined in every replication" in " ".join(words(figure).split())


def undefined(of):
    """Comparison with undefined contrasts."""
    unknown = ["mean", "low", "high", "q05", "q95"]
    contrasts = of.contrasts.assign(**dict.fromkeys(unknown, np.nan))
    signs = of.signs.assign(mean=np.nan, sign="")
    return SimpleNamespace(contrasts=contrasts, signs=signs, theories=of.theories, results=of.results, runs=of.runs,
                           outcomes=of.outcomes, baseline_name=of.baseline_name)  # fmt: skip


def test_an_undefined_contrast_is_a_word_in_the_forest_and_not_a_point_at_zero(simulated):
    of = comparison(simulated("two draws"))
    axes = plots.forest(undefined(of), ["deaths"]).axes[0]
    assert [each.get_text() for each in axes.texts] == ["undefined"] * 2
    points = next(line for line in axes.lines if line.get_label() == "full withdrawal")
    assert np.isnan(points.get_xdata()).all()


def test_an_undefined_sign_is_a_dash_and_a_defined_one_an_arrow_with_its_mean(simulated):
    of = comparison(simulated("two draws"))
    assert words(plots.sign_grid(undefined(of), ["deaths"])) == f"{DASH} {DASH}"
    higher = of.signs.assign(sign="+", mean=1234.5)
    shown = SimpleNamespace(**{**vars(undefined(of)), "signs": higher})
    assert words(plots.sign_grid(shown, ["deaths"])) == "▲ +1,234 ▲ +1,234"


def test_the_forest_shows_means_and_intervals_of_the_contrasts(simulated):
    of = comparison(simulated("two draws"))
    axes = plots.forest(of, ["deaths"]).axes[0]
    contrasts = of.contrasts[of.contrasts["outcome"] == "deaths"]
    points = next(line for line in axes.lines if line.get_label() == "full withdrawal")
    np.testing.assert_allclose(points.get_xdata(), contrasts["mean"])
    spread, interval = ([each[:, 0].tolist() for each in lines.get_segments()] for lines in axes.collections)
    np.testing.assert_allclose(spread, contrasts[["q05", "q95"]])
    np.testing.assert_allclose(interval, contrasts[["low", "high"]])


def test_the_rungs_of_the_ladder_add_up_to_all_replications(drawn):
    for axes in drawn("ladder", "eight theories").axes:
        top = max(path.vertices[:, 1].max() for each in axes.collections for path in each.get_paths())
        assert len(axes.collections) == 8
        assert top == pytest.approx(1.0)


def test_a_ladder_without_its_series_names_the_option_to_set(simulated, monkeypatch):
    result = simulated("two draws")
    monkeypatch.setattr(type(result), "series_names", lambda self: ["deaths"])
    with pytest.raises(RequestError, match=r"the ladder needs days_at_level_0, .*record\.outcomes=null"):
        plots.ladder_shares(result)


def test_the_map_has_one_tile_a_governorate_each_in_a_place_of_its_own():
    assert set(governorates.PLACES) == set(GOVERNORATES)
    assert len(set(governorates.PLACES.values())) == len(GOVERNORATES)


def test_a_tile_is_the_mean_of_attacks_a_year_and_white_where_it_is_undefined(simulated):
    result = simulated("one theory")
    axes = plots.tiles(result).axes[0]
    expected = result.outcomes["attacks_in_diyala"].mean() * 365.25 / 84
    assert f"Diyala\n{text.compact_number(expected)}" in [each.get_text() for each in axes.texts]
    scale = governorates._scale(np.array([np.nan]), differs=False)
    governorates._map(axes, pd.Series(np.nan, index=list(GOVERNORATES)), scale, signed=False)
    tiles = [each for each in axes.patches if isinstance(each, Rectangle)][len(GOVERNORATES) :]
    assert {each.get_facecolor() for each in tiles} == {to_rgba("#ffffff")}
    assert f"Diyala\n{DASH}" in [each.get_text() for each in axes.texts]
    with pytest.raises(RequestError, match="one result, or one less another, not 3"):
        plots.tiles([result] * 3)


def test_the_timeline_lists_levers_and_dated_shocks_in_order(simulated):
    entries = timeline.timeline_events(simulated("one theory"))
    assert [day for day, _ in entries] == sorted(day for day, _ in entries)
    assert (0.0, "the change is announced") in entries
    assert (365.0, "legal basis: none") in entries


def test_places_in_a_timeline_have_their_capitals(simulated, monkeypatch):
    monkeypatch.setattr(policy, "describe_policy", lambda *arguments: [(0.0, "announced troops in baghdad: none")])
    assert (0.0, "announced troops in Baghdad: none") in timeline.timeline_events(simulated("one theory"))


def test_an_undefined_share_of_variance_is_a_dash_and_one_below_zero_a_bar_to_the_left(simulated):
    figure = plots.variance_bars(split_frame(("deaths", "us_deaths")), simulated("two draws"), 40)
    theory, other = figure.axes[:2]
    assert [each.get_text() for each in theory.texts] == [DASH]
    assert [bar.get_width() for bar in theory.patches] == [-1.0]
    assert [bar.get_width() for bar in other.patches] == [-1.0, 40.0]


def test_a_story_describes_an_event_with_its_cause(simulated):
    result = simulated("one theory")
    events = pd.DataFrame({
        "event": [0, 1, 2], "replication": 3, "day": [0.0, 5.0, 9.0], "kind": ["start", "lethal_attack", "us_strike"],
        "actor": ["world", "nujaba", "us_forces"], "place": ["", "", "nujaba"], "size": [1.0, 2.0, 1.0],
        "cause": [np.nan, 0, 1], "reason": ["", "attack kills", "answer to deaths"],
    })  # fmt: skip
    figure = plots.story(result, 3, events)
    assert "an attack by Nujaba killed 2 Americans" in below(figure)
    assert "2021-12-22 the US struck Nujaba, 4 days after an attack by Nujaba killed 2 Americans" in below(figure)


def test_a_replication_without_events_is_drawn_with_a_note(simulated):
    result = simulated("one theory")
    start = result.events[result.events["kind"] == "start"].iloc[:1]
    figure = plots.story(result, 0, start)
    assert words(figure) == "no event"


def test_a_replication_without_recorded_events_is_named_with_those_that_have_them(simulated):
    with pytest.raises(
        RequestError, match="events of replication 999 are not recorded in full_withdrawal; those of 0, 1"
    ):
        plots.story(simulated("one theory"), 999)


def test_at_most_fourteen_events_are_described_and_common_ones_never(simulated):
    events = simulated("one theory").events
    logged = replication._events(simulated("one theory"), 0, events)
    described = replication.weightiest(logged)
    assert len(described) <= 14
    assert not set(logged.loc[described, "kind"]) & set(replication.COMMON)


@pytest.mark.parametrize(
    ("value", "words"),
    [(np.nan, DASH), (np.inf, DASH), (0.0, "0"), (-2.5, f"{MINUS}2.5"), (1234.5, "1,234"), (0.00001, f"1.0e{MINUS}05")],
)
def test_numbers_in_figures_are_short_and_undefined_ones_a_dash(value, words):
    assert text.compact_number(value) == words


def test_the_caption_names_failed_draws_and_own_files(simulated):
    result = simulated("two draws")
    failed = [{"draw": 1, "error": "ValueError"}]
    own = [{"kind": "beliefs", "file": "mine.yaml", "changed": {"a": ["1", "2"]}, "beside": "the priors that ship"}]
    about = {**result.manifest, "failures": failed, "own": own}
    caption = captions.caption(SimpleNamespace(manifest=about))
    assert "n = 1 draws under each theory" in caption
    assert "1 draws failed and are left out." in caption
    assert "With own beliefs mine.yaml: 1 prior changed from the priors that ship." in caption
