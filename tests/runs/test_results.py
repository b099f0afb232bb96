"""Results read back: by plain tools with units, as xarray, only what is requested; and messages where none are."""

import shutil

import numpy as np
import pandas as pd
import pyarrow.parquet as pq
import pytest

import scenarios
from scenarios import load
from scenarios.errors import RequestError
from scenarios.outcomes import COUNT, LEVEL, OUTCOMES, TOTAL
from scenarios.runs.result import Result
from scenarios.store.tables import TABLES

KEYS = {"parameters": ["replication", "draw", "theory"], "outcomes": ["replication", "draw", "theory", "failed"],
        "series": ["replication", "period"], "events": ["event", "replication", "day"]}  # fmt: skip


def of_kind(kind):
    return [name for name, each in OUTCOMES.items() if each.kind == kind]


def test_a_folder_gives_its_result(finished):
    result = load(finished.path)
    assert isinstance(result, Result)
    assert (result.scenario, result.theories, result.failures) == ("full_withdrawal", ["enablers", "spent"], [])
    assert load(str(finished.path)).manifest == finished.manifest
    assert scenarios.load is load


def test_a_folder_of_folders_gives_all_of_them(finished):
    results = load(finished.path.parents[1])
    assert sorted(each.scenario for each in results) == ["full_withdrawal", "status_quo"]


def test_a_glob_gives_what_it_matches(finished):
    folder = finished.path.parents[1]
    assert len(load(folder / "*" / "*")) == 2
    assert load(folder / "full*" / "*").scenario == "full_withdrawal"
    given = [folder / name for name in ("status_quo", "full_withdrawal", "status_quo")]
    assert [each.scenario for each in load(given)] == ["status_quo", "full_withdrawal"]
    assert load(folder / "status*").scenario == "status_quo"
    assert len(load(str(folder.parent / "**" / "manifest.json")[: -len("/manifest.json")])) == 2


def test_where_no_result_is_the_message_has_what_was_expected_and_what_is_there(finished, tmp_path):
    with pytest.raises(RequestError, match=r"nowhere: no finished result was found \(no .*manifest.json\); nothing is"):
        load(tmp_path / "nowhere")
    with pytest.raises(RequestError, match="the folder is empty"):
        load(tmp_path)
    (tmp_path / "notes.txt").write_text("x")
    with pytest.raises(RequestError, match=r"it contains notes\.txt"):
        load(tmp_path)
    with pytest.raises(RequestError, match="it is a file, not a folder"):
        load(tmp_path / "notes.txt")
    with pytest.raises(RequestError, match=r"it matches .*notes\.txt"):
        load(tmp_path / "*.txt")
    with pytest.raises(RequestError, match="no finished result was found"):
        load(tmp_path / "*" / "*")


def test_a_result_whose_file_was_altered_is_not_loaded(finished, tmp_path):
    folder = shutil.copytree(finished.path, tmp_path / "copy")
    with (folder / "outcomes.parquet").open("ab") as file:
        file.write(b"x")
    with pytest.raises(RequestError, match=r"outcomes\.parquet has .* bytes where its manifest says"):
        load(folder)


@pytest.mark.parametrize("name", TABLES)
def test_every_column_of_every_table_has_a_unit_and_a_meaning(finished, name):
    schema = pq.read_schema(finished.path / f"{name}.parquet")
    assert [schema.names[number] for number in range(len(KEYS[name]))] == KEYS[name]
    for column in schema:
        assert column.metadata[b"unit"], column.name
        assert column.metadata[b"meaning"].endswith(b"."), column.name
    assert schema.metadata[b"scenario"] == b"full_withdrawal"
    assert schema.metadata[b"as_of"] == b"2021-12-13"
    assert b"not a forecast" in schema.metadata[b"caveat"]


@pytest.mark.parametrize("name", TABLES)
def test_every_table_opens_with_plain_pandas(finished, name):
    frame = pd.read_parquet(finished.path / f"{name}.parquet")
    assert len(frame) > 0
    assert list(frame.columns[: len(KEYS[name])]) == KEYS[name]
    assert not any(pd.api.types.is_object_dtype(frame[column]) for column in frame if name != "events")


def test_a_run_leaves_no_index_or_pandas_metadata_behind(finished):
    for name in TABLES:
        assert b"pandas" not in pq.read_schema(finished.path / f"{name}.parquet").metadata


def test_units_and_meanings_come_back_with_the_frames(finished):
    frame = finished.outcomes
    assert frame.attrs["unit"]["us_deaths"] == "deaths"
    assert frame.attrs["meaning"]["us_deaths"] == OUTCOMES["us_deaths"].meaning
    assert finished.parameters.attrs["unit"]["baseline_attack_rate"] == "attacks/day"
    assert finished.table("series", ["ladder"]).attrs["unit"]["ladder"] == "level"


def test_only_the_requested_columns_are_read_beside_the_keys(finished):
    assert list(finished.table("outcomes", ["deaths"])) == ["replication", "draw", "theory", "failed", "deaths"]
    assert list(finished.table("series", ["ladder", "deaths"])) == ["replication", "period", "ladder", "deaths"]
    assert list(finished.table("parameters", [])) == ["replication", "draw", "theory"]


def test_a_column_that_is_not_there_is_named_with_those_that_are(finished):
    with pytest.raises(RequestError, match="series has no column days_to_first_us_deaths; it has replication, period"):
        finished.table("series", ["days_to_first_us_deaths"])


def test_the_axes_of_the_arrays_are_theory_draw_and_period(finished):
    arrays = finished.to_xarray()
    assert dict(arrays.sizes) == {"theory": 2, "draw": 8, "period": 28}
    assert arrays["theory"].to_numpy().tolist() == ["enablers", "spent"]
    assert arrays["draw"].to_numpy().tolist() == list(range(8))
    assert arrays["ladder"].attrs["unit"] == "level"
    assert arrays["deaths"].attrs["meaning"] == OUTCOMES["deaths"].meaning
    assert arrays.attrs["scenario"] == "full_withdrawal"
    assert "not a forecast" in arrays.attrs["caveat"]
    assert set(finished.to_xarray(["deaths"]).data_vars) == {"deaths"}


def test_the_array_of_a_theory_and_draw_is_the_series_of_its_replication(finished):
    array = finished.to_xarray(["isis_attacks"])["isis_attacks"]
    series = finished.table("series", ["isis_attacks"])
    for draw, theory in [(0, 0), (3, 1), (7, 1)]:
        expected = series[series["replication"] == 2 * draw + theory]["isis_attacks"].to_numpy()
        assert array.sel(draw=draw, theory=finished.theories[theory]).to_numpy().tolist() == expected.tolist()


def test_counts_of_the_periods_add_up_to_the_outcome_and_levels_are_its_mean(finished):
    arrays = finished.to_xarray()
    outcomes = finished.outcomes.sort_values(["theory", "draw"])
    for name in of_kind(COUNT):
        total = arrays[name].sum("period").to_numpy().ravel()
        np.testing.assert_allclose(total, outcomes[name], rtol=1e-5, atol=1e-5, err_msg=name)
    for name in of_kind(LEVEL):
        mean = arrays[name].mean("period").to_numpy().ravel()
        np.testing.assert_allclose(mean, outcomes[name], rtol=1e-4, atol=1e-5, err_msg=name)
    assert not set(of_kind(TOTAL)) & set(arrays.data_vars)


def test_the_tables_contain_every_outcome_and_every_uncertain_parameter(finished):
    assert set(OUTCOMES) <= set(finished.outcomes.columns)
    assert set(finished.series_names()) == set(of_kind(COUNT)) | set(of_kind(LEVEL))
    assert len(finished.parameters.columns) > 100
    assert finished.parameters.notna().all(axis=None)


def test_theories_share_their_draws_but_for_what_they_are_about(finished):
    parameters = finished.parameters
    enablers, spent = (parameters[parameters["theory"] == number].reset_index(drop=True) for number in (0, 1))
    differ = [name for name in parameters if not enablers[name].equals(spent[name])]
    assert set(differ) == {"replication", "theory", "isis_growth_from_lost_enablers"}


def test_the_length_of_a_period_comes_back(finished):
    assert finished.period_days == 1
    assert finished.series["period"].max() == 27


def test_a_result_describes_itself_in_a_line(finished):
    line = repr(finished)
    for word in ("full_withdrawal", "2021-12-13", "simulated", "16 replications", "2 theories", "0 failures"):
        assert word in line
