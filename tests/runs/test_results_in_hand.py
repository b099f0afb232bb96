"""Results in memory: lazy arrays, bands, several together, faults reported first."""

import shutil

import numpy as np
import pyarrow.parquet as pq
import pytest

from scenarios import load
from scenarios.errors import RequestError
from scenarios.outcomes import OUTCOMES
from scenarios.report.notebook_pages import result_page
from scenarios.runs import result as runs_result
from scenarios.runs import series
from scenarios.runs.result import Result, Results
from tests.outcomes.reference import bands


@pytest.fixture
def read(monkeypatch):
    """The outcomes that are read from disk, in order."""
    names, real = [], series.Series.column
    monkeypatch.setattr(series.Series, "column", lambda self, name, *at: names.append(name) or real(self, name, *at))
    return names


@pytest.fixture
def both(finished):
    """A result and its baseline, without the link between them."""
    return Results([Result(finished.path), Result(finished.baseline.path)])


def test_an_array_is_read_when_its_numbers_are_needed_and_no_other_is(finished, read):
    arrays = finished.to_xarray()
    assert read == []
    first = arrays["deaths"].isel(draw=2)
    assert read == []
    series = finished.table("series", ["deaths"])
    assert float(first.sum()) == pytest.approx(series[series["replication"].isin([4, 5])]["deaths"].sum())
    assert read == ["deaths"]


@pytest.mark.parametrize(
    "key",
    [{}, {"draw": 3}, {"draw": slice(6, 2, -2)}, {"draw": [5, 1], "theory": 1}, {"theory": [1, 0], "period": slice(3)},
     {"draw": 0, "theory": 0, "period": 0}, {"draw": slice(0)}, {"period": [4, 4]}],
    ids=str,
)  # fmt: skip
def test_any_part_of_a_lazy_array_is_that_part_of_the_whole(finished, key):
    lazy = finished.to_xarray(["ladder"])["ladder"]
    whole = lazy.load().copy()
    part = finished.to_xarray(["ladder"])["ladder"].isel(key)
    np.testing.assert_array_equal(part.to_numpy(), whole.isel(key).to_numpy())
    assert part.dims == whole.isel(key).dims


def test_axes_and_columns_of_arrays_are_named_with_units(finished):
    arrays = finished.to_xarray(["ladder"])
    assert arrays["ladder"].attrs["units"] == arrays["ladder"].attrs["unit"] == "level"
    assert arrays["period"].attrs["unit"] == "period of 1 days"
    assert str(arrays["date"].to_numpy()[[0, -1]].astype("datetime64[D]")) == "['2021-12-13' '2022-01-09']"
    with pytest.raises(RequestError, match="series has no column deths"):
        finished.to_xarray(["deths"])


def test_bands_of_all_outcomes_are_those_of_each_and_carry_units(finished):
    table = finished.bands()
    assert set(table.index.unique("outcome")) == set(finished.series_names())
    for outcome in ("deaths", "ladder"):
        for number, theory in enumerate(finished.theories):
            expected = bands(finished, outcome, number)
            np.testing.assert_allclose(table.loc[(outcome, theory)].to_numpy(), expected.to_numpy(), rtol=1e-6)
    assert table.attrs["unit"]["ladder"] == "level"
    assert table.attrs["meaning"]["deaths"] == OUTCOMES["deaths"].meaning


def test_bands_read_only_what_is_named_and_merge_periods(finished, read):
    table = finished.bands(["isis_attacks"], (0.5,), merged=7)
    assert read == ["isis_attacks"]
    assert table.index.get_level_values("period").unique().tolist() == [0, 1, 2, 3]
    expected = bands(finished, "isis_attacks", 1, (0.5,), merged=7)
    np.testing.assert_allclose(table.loc[("isis_attacks", "spent")].to_numpy(), expected.to_numpy(), rtol=1e-6)


def test_units_survive_leaving_out_and_choosing(finished):
    assert finished.outcomes[["deaths"]].attrs["unit"]["deaths"] == "deaths"
    assert finished.outcomes.query("theory == 1").attrs["meaning"]["deaths"] == OUTCOMES["deaths"].meaning


def test_several_results_are_a_sequence_and_one_table_with_the_scenario_of_every_row(finished, both):
    assert [each.scenario for each in both] == ["full_withdrawal", "status_quo"]
    assert (len(both), both[1].scenario, len(both[:1]), type(both[:1])) == (2, "status_quo", 1, Results)
    outcomes = both.outcomes
    assert outcomes.columns[0] == "scenario"
    assert outcomes.groupby("scenario").size().to_dict() == {"full_withdrawal": 16, "status_quo": 16}
    assert outcomes.attrs["unit"]["deaths"] == "deaths"
    deaths = outcomes[outcomes["scenario"] == "full_withdrawal"]["deaths"]
    assert deaths.tolist() == finished.outcomes["deaths"].tolist()
    assert {len(both.parameters), len(both.series)} == {32, 32 * 28}
    assert set(both.events["scenario"]) == {"full_withdrawal", "status_quo"}


def test_several_results_are_one_array_with_an_axis_of_scenarios_as_lazy_as_each(both, read):
    arrays = both.to_xarray(["deaths"])
    assert read == []
    assert dict(arrays.sizes) == {"scenario": 2, "theory": 2, "draw": 8, "period": 28}
    one = arrays["deaths"].sel(scenario="status_quo").to_numpy()
    assert read == ["deaths"]
    np.testing.assert_array_equal(one, both[1].to_xarray(["deaths"])["deaths"].to_numpy())


def test_results_of_other_axes_are_no_one_array(both, monkeypatch):
    monkeypatch.setitem(both[1].manifest, "theories", ["enablers", "other"])
    with pytest.raises(RequestError, match="full_withdrawal and status_quo differ in the axis theory"):
        both.to_xarray(["deaths"])


@pytest.mark.parametrize(
    ("manifests", "names"),
    [
        ([("a", "2021", "calm", "1"), ("b", "2021", "calm", "2")], ["a", "b"]),
        ([("a", "2021", "calm", "1"), ("a", "2024", "calm", "2")], ["a, 2021", "a, 2024"]),
        ([("a", "2021", "calm", "1"), ("a", "2021", "calm", "2")], ["a, 1", "a, 2"]),
    ],
)
def test_results_are_distinguished_by_as_little_as_is_needed(manifests, names):
    keys = ("scenario", "as_of", "world", "id")
    assert runs_result.apart([dict(zip(keys, each, strict=True)) for each in manifests]) == names


@pytest.fixture
def beside(finished, tmp_path):
    """A result beside an altered one, one of another schema and an interrupted one."""
    for name in ("whole", "altered", "older", "broken_off"):
        shutil.copytree(finished.path, tmp_path / name)
    with (tmp_path / "altered" / "outcomes.parquet").open("ab") as file:
        file.write(b"x")
    manifest = tmp_path / "older" / "manifest.json"
    manifest.write_text(manifest.read_text().replace('"schema": 1', '"schema": 0', 1))
    (tmp_path / "broken_off" / "manifest.json").unlink()
    return tmp_path


def test_bad_folders_beside_a_good_one_are_left_out_and_reported_first(beside):
    result = load(beside)
    assert isinstance(result, Result)
    assert result.path == beside / "whole"
    messages = "\n".join(result.troubles)
    for part in ("broken_off is not a finished result: it has no manifest.json", "outcomes.parquet has",
                 "older was written with schema 0"):  # fmt: skip
        assert part in messages
    assert 0 < result_page(result).find("Read this first") < result_page(result).index("<h3>")
    assert repr(Results([result, result], result.troubles)).splitlines()[1].startswith("  could not be read: ")


@pytest.mark.parametrize(("name", "message"), [("altered", "bytes where its manifest"), ("older", "schema 0"),
                                            ("broken_off", "no manifest")])  # fmt: skip
def test_a_bad_folder_alone_is_refused_with_the_reason(beside, name, message):
    with pytest.raises(RequestError, match=message):
        load(beside / name)


def test_several_places_are_loaded_together(finished):
    results = load([finished.path, finished.baseline.path])
    assert sorted(each.scenario for each in results) == ["full_withdrawal", "status_quo"]


def test_polars_and_duckdb_read_the_same_numbers_without_this_package(finished):
    polars, duckdb = (pytest.importorskip(name) for name in ("polars", "duckdb"))
    file = finished.path / "outcomes.parquet"
    expected = finished.outcomes["deaths"].sum()
    assert polars.read_parquet(file)["deaths"].sum() == pytest.approx(expected)
    query = f"select sum(deaths), count(*) from '{file}' where not failed"
    assert duckdb.sql(query).fetchall()[0] == (pytest.approx(expected), 16)


def test_duckdb_reads_units_and_meanings_in_the_schema_and_pairs_two_runs(finished):
    duckdb = pytest.importorskip("duckdb")
    about = pq.read_schema(finished.path / "outcomes.parquet").field("deaths").metadata
    assert about == {b"unit": b"deaths", b"meaning": OUTCOMES["deaths"].meaning.encode()}
    run, base = (each.path / "outcomes.parquet" for each in (finished, finished.baseline))
    query = f"select avg(a.deaths - b.deaths) from '{run}' a join '{base}' b using (draw, theory)"
    expected = (finished.outcomes["deaths"] - finished.baseline.outcomes["deaths"]).mean()
    assert duckdb.sql(query).fetchall()[0][0] == pytest.approx(expected)
    file = duckdb.sql(
        f"select decode(value) from parquet_kv_metadata('{run}') where decode(key) = 'caveat'"
    ).fetchall()[0]
    assert file == ("A conditional exploration, not a forecast.",)
