"""What is made of a finished study: tables, contrasts, status, replays, differences."""

import json

import duckdb
import numpy as np
import pandas as pd
import pyarrow.parquet as pq
import pytest

import scenarios
from scenarios import plots
from scenarios.errors import RequestError, SomeFailedError
from scenarios.outcomes import OUTCOMES
from scenarios.plots import design_points
from scenarios.report.notebook_pages import study_page
from scenarios.runs.result import Result
from scenarios.studies.dataset import Dataset, of_factor
from scenarios.studies.diff import describe_differences as difference
from scenarios.studies.replay import locate, replay
from scenarios.studies.status import status
from tests.studies.sweeps import RATE, study, swept


@pytest.fixture(scope="module")
def results(tmp_path_factory):
    return tmp_path_factory.mktemp("results")


@pytest.fixture(scope="module")
def finished(results):
    folder, _ = swept(results, words=["ensemble.replications=40"])
    return Dataset(folder.path)


def test_load_gives_the_dataset_with_its_factors(finished):
    loaded = scenarios.load(finished.path)
    assert isinstance(loaded, Dataset)
    assert loaded.factors == ["scenario", RATE]
    assert list(loaded.points[RATE][:4]) == [0.1, 0.2, 0.3, 0.4]
    assert "8 points" in repr(loaded)
    assert loaded.failures.empty


def test_the_summary_is_that_of_the_replications(finished):
    raw = finished.outcomes(["deaths", "days_to_first_us_deaths"])
    theories = json.loads(finished.points.loc[0, "theories"])
    grouped = raw.groupby(["point", "theory"])
    for name in ("deaths", "days_to_first_us_deaths"):
        table = finished.summarised([name]).set_index(["point", "theory"])
        for (point, theory), values in grouped[name]:
            row, there = table.loc[(point, theories[theory])], values.dropna()
            assert row["n"] == len(there)
            assert row["unit"] == OUTCOMES[name].unit
            if len(there) > 1:
                assert row["mean"] == pytest.approx(there.mean())
                assert row["mc_error"] == pytest.approx(there.std() / np.sqrt(len(there)))
                assert row["q05"] == pytest.approx(there.quantile(0.05))
                assert row["q95"] == pytest.approx(there.quantile(0.95))


def test_a_rate_is_a_ratio_of_sums(finished):
    raw = finished.outcomes(["attacks_on_troop_sites", "troop_years"]).query("point == 0 and theory == 0")
    table = finished.summarised(["attacks_per_1000_troop_years"]).query("point == 0").iloc[0]
    assert table["mean"] == pytest.approx(1_000 * raw["attacks_on_troop_sites"].sum() / raw["troop_years"].sum())


def test_one_tidy_table_has_factors_as_columns(finished):
    rows = len(finished.points) * 4 * len(OUTCOMES)
    assert len(finished.summary) == rows
    assert {"scenario", RATE, "theory", "outcome", "unit", "mean", "mc_error", "n"} <= set(finished.summary.columns)
    assert finished.summary.attrs["unit"]["deaths"]


def test_a_contrast_is_paired_with_the_point_alike_in_all_else(finished):
    table = finished.contrast("scenario", "status_quo", ["deaths"]).set_index(["point", "theory"])
    raw = finished.outcomes(["deaths"]).set_index(["point", "draw", "theory"])["deaths"]
    theories = json.loads(finished.points.loc[0, "theories"])
    for point in range(4, 8):
        for number, theory in enumerate(theories):
            scenario, partner = (raw.xs((value, number), level=("point", "theory")) for value in (point, point - 4))
            assert table.loc[(point, theory), "mean"] == pytest.approx((scenario - partner).mean())
            assert table.loc[(point, theory), "n"] == 10
    assert set(table.index.get_level_values("point")) == {4, 5, 6, 7}


@pytest.mark.parametrize(
    ("factor", "value", "words"),
    [
        ("scenari", "status_quo", "Did you mean scenario"),
        ("scenario", "status_qu", "Did you mean status_quo"),
        ("scenario", "foo", r"Valid: phased_3y, status_quo\.$"),
    ],
)
def test_a_contrast_with_nothing_is_refused(finished, factor, value, words):
    with pytest.raises(RequestError, match=words):
        finished.contrast(factor, value)


def test_arrays_have_factors_as_coordinates(finished):
    arrays = finished.to_xarray(["deaths"])
    assert dict(arrays.sizes) == {"point": 8, "theory": 4, "outcome": 1}
    assert list(arrays["scenario"].to_numpy()[:2]) == ["status_quo"] * 2
    one = finished.summarised(["deaths"]).query("point == 3 and theory == 'spent / deter'")["mean"].iloc[0]
    assert float(arrays["mean"].sel(point=3, theory="spent / deter", outcome="deaths")) == one


def test_a_dataset_shows_itself_in_a_notebook_with_nothing_unescaped(tmp_path):
    folder, _ = swept(tmp_path, name="small", story="x")
    page = study_page(Dataset(folder.path))
    assert "A conditional exploration, not a forecast." in page
    assert page.count("<tr") == 1 + 24
    assert "the first 24 of 32 rows" in page
    assert "baseline attack rate: 0.100, 0.200, 0.300, 0.400 [attacks/day]" in page
    assert "US deaths [deaths]" in page
    assert '<img src="data:image/png' in page
    assert "Rests on 300 quantities" in page


def test_what_failed_in_a_study_is_reported_before_any_number(finished, monkeypatch):
    odd = finished.points.assign(status="failed", reason="a <rate> & more")
    monkeypatch.setitem(vars(finished), "points", odd)
    page = study_page(finished)
    assert page.index("Read this first") < page.index("8 of 8 points failed or are missing") < page.index("<table")
    assert "a &lt;rate&gt; &amp; more" in page


def test_arrays_and_points_have_units(finished):
    arrays = finished.to_xarray(["deaths", "ladder_max"])
    assert dict(zip(arrays["outcome"].to_numpy(), arrays["unit"].to_numpy(), strict=True)) == {
        "deaths": "deaths", "ladder_max": "level",
    }  # fmt: skip
    assert arrays["n"].attrs["unit"] == "1"
    assert arrays["mean"].attrs["unit"] == "that of the outcome"
    assert arrays[RATE].attrs["unit"] == finished.points.attrs["unit"][RATE] == "attacks/day"
    assert arrays["scenario"].attrs["meaning"] == "Setting of scenario."
    assert of_factor("ensemble.horizon")["unit"] == "day"


@pytest.mark.parametrize("name", ["points", "outcomes", "summary"])
def test_every_column_of_a_study_has_a_unit_and_a_meaning(finished, name):
    for column in pq.read_schema(finished.path / f"{name}.parquet"):
        assert column.metadata[b"unit"], column.name
        assert column.metadata[b"meaning"].endswith(b"."), column.name


def test_the_points_of_a_study_are_drawn_by_factor_with_unit_and_n(finished):
    figure = design_points(finished, "us_deaths")
    assert [axes.get_title(loc="left") for axes in figure.axes] == [
        "by scenario, n = 10 a point", "by baseline attack rate, n = 10 a point",
    ]  # fmt: skip
    assert figure.axes[1].get_xlabel() == "baseline attack rate [attacks/day]"
    table = finished.summarised(["us_deaths"]).query("theory == 'spent / deter'")["mean"]
    drawn = next(value for value in figure.axes[0].lines if value.get_label() == "spent / deter")
    np.testing.assert_allclose(drawn.get_ydata(), table)
    assert finished.manifest["dataset"][:12] in plots.alternative_text(figure)


def test_a_study_is_no_run(finished):
    with pytest.raises(RequestError, match="is not a run"):
        Result(finished.path)


def test_the_raw_files_open_in_duckdb(finished):
    query = f"""
        select p.scenario, avg(o.deaths) as deaths
        from '{finished.path}/outcomes.parquet' o join '{finished.path}/points.parquet' p using (point)
        where not o.failed group by p.scenario order by p.scenario"""
    frame = duckdb.sql(query).df()
    raw = (
        finished.outcomes(["deaths"]).join(finished.points["scenario"], on="point").groupby("scenario")["deaths"].mean()
    )
    np.testing.assert_allclose(frame["deaths"], raw.sort_index())


def test_status_reports_how_much_is_there(tmp_path, finished):
    folder, _ = swept(tmp_path, shard=(1, 2))
    half = status(folder.path)
    assert 0 < half.whole_points < half.points == 8
    assert half.there == half.whole_points * 8
    assert not half.at_work
    assert "stopped; the same command goes on" in half.lines[0]
    whole = status(finished.path)
    assert whole.there == whole.replications == 320
    assert whole.lines[-1] == f"dataset {finished.manifest['dataset']}"


def test_status_of_another_folder_names_its_content(tmp_path):
    (tmp_path / "letter.txt").touch()
    with pytest.raises(RequestError, match=r"has no study.yaml; it contains letter.txt"):
        status(tmp_path)


def test_a_point_and_a_replication_come_again_bit_for_bit(finished):
    point = finished.points["id"].iloc[5]
    assert not replay(finished.path, point, None).differing
    one = replay(finished.path, "5", 17)
    assert len(one.values) == 1
    assert not one.differing


def test_a_replay_locates_a_point_in_any_folder(results, finished):
    point = finished.points["id"].iloc[2]
    assert locate(results, point[:8]) == (finished.path, point)
    with pytest.raises(RequestError, match="nothing has an identifier that begins with 'zz'"):
        locate(results, "zz")


@pytest.mark.parametrize(("point", "replication"), [("nowhere", None), ("", None), ("3", 40)])
def test_a_replay_of_nothing_is_refused(finished, point, replication):
    with pytest.raises(RequestError):
        replay(finished.path, point, replication)


def test_bits_that_are_not_those_stored_are_reported(finished, monkeypatch, capsys):
    import scenarios.studies.replay as module
    from scenarios.cli.reproduce import replay_command

    real = module.simulate_together

    def other(*arguments):
        outcomes = real(*arguments)
        return {**outcomes, "deaths": outcomes["deaths"] + 1}

    monkeypatch.setattr(module, "simulate_together", other)
    with pytest.raises(SomeFailedError, match="deaths are not what is stored"):
        replay_command.main([str(finished.path), "3"], standalone_mode=False)
    assert "point" in capsys.readouterr().out


def test_diff_reports_why_two_studies_differ(tmp_path, finished):
    same, _ = swept(tmp_path / "same", words=["ensemble.replications=40"])
    assert "  the same dataset" in difference(finished.path, same.path)
    assert "the same request, with the same versions" in difference(finished.path, same.path)
    other, _ = swept(tmp_path / "other", words=["ensemble.replications=40", "ensemble.seed=2"])
    text = "\n".join(difference(finished.path, other.path))
    assert "config.ensemble.seed: 1 | 2" in text
    assert "8 only in A, 8 only in B" in text


def test_diff_of_runs_names_the_cause_and_the_outcomes(tmp_path):
    words = {"replications": 4, "horizon": 14, "results": tmp_path, "against": "none"}
    one, other = (scenarios.run("status_quo", world=world, **words) for world in ("calm", "simulated"))
    text = "\n".join(difference(one.path, other.path))
    assert "world.regime" in text
    assert "4 replications are in both" in text


def test_diff_of_a_run_and_a_study_is_refused(tmp_path, finished):
    run = scenarios.run("status_quo", replications=4, horizon=14, results=tmp_path, against="none")
    with pytest.raises(RequestError, match="give two of a kind"):
        difference(run.path, finished.path)


def test_factors_of_more_than_one_number_are_texts_in_the_table(tmp_path):
    folder, _ = swept(tmp_path, cross={"theory.isis": ["spent", ["enablers", "spent"]], "scenario": ["status_quo"]})
    assert list(Dataset(folder.path).points["theory.isis"]) == ["spent", "[enablers, spent]"]
    assert isinstance(Dataset(folder.path).points, pd.DataFrame)


def test_what_is_planned_is_what_is_requested(tmp_path):
    from scenarios.studies.plan import planned

    about = study()
    report = planned(about, about.folder(tmp_path), about.layout.distinct, 1)
    assert "8 points (8 differ), 64 replications" in report
    assert "64 replications to simulate, 896 replication-days in 2 chunks" in report
    assert "core-hours" in report
    assert not list(tmp_path.iterdir())
