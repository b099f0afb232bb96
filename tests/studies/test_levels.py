"""Levels of factors: any mix runs as text or is refused beforehand, and is read back as it was."""

from datetime import date, datetime

import pandas as pd
import pyarrow as pa
import pytest
import yaml

import scenarios
from scenarios.__main__ import main
from scenarios.errors import RequestError
from scenarios.plots import design_points as plots_points
from scenarios.report.notebook_pages import study_page
from scenarios.studies.levels import framed, level_text, read_level
from scenarios.studies.stored_request import store_request, stored_study
from tests.studies import sweeps
from tests.studies.sweeps import SIZE, study, swept

VALUES = (
    0.5, 1, -3, 1e-5, 1e22, 2**62, True, False, None, date(2024, 1, 1), "0.5", "true", "null", "spring", "x #2", "#1",
    "a: b", "[x", "2024-01-01", "on", "1e3", "0x1", "1:30", "0027", "~", "été", "=", "<<", "- a", " lead", "trail ", "",
    "'q'", '"q"', "a,b", "a;b", "*a", "&a", "!x", "%x", "@x", "`x", "{}", "?", "---", "\u00a0x", [[0, 1], [20, 0.5]],
    ["a", "1e3"], {"a": {"b": ["on", 1.0]}}, [date(2024, 1, 1)], [],
)  # fmt: skip
PATH = [[0, 1], [20, 0.5]]


@pytest.mark.parametrize("value", VALUES, ids=repr)
def test_a_level_is_read_back_as_it_was_written_on_one_line(value):
    line = level_text(value)
    level = read_level(line, "x")
    assert (level, type(level)) == (value, type(value))
    assert "\n" not in line


@pytest.mark.parametrize("value", VALUES, ids=repr)
def test_a_level_beside_any_other_makes_a_column_that_a_table_stores(value):
    for other in VALUES:
        column = framed([{"x": value}, {"x": other}])["x"]
        assert len(pa.array(column)) == 2
        assert column.nunique() == (1 if other is value else 2)


@pytest.mark.parametrize(
    ("levels", "kind"),
    [
        ([0, 0.5], "float64"), ([1, 2], "int64"), ([True, False], "bool"), (["a", "b"], "str"), ([0.5, PATH], "str"),
        ([True, 1], "str"), (["0.5", 0.5], "str"), ([None, 0.5], "str"), ([date(2024, 1, 1), "2024"], "str"),
        ([date(2024, 1, 1)], "str"), ([PATH], "str"), ([{"a": 1}, 2], "str"),
    ],
)  # fmt: skip
def test_a_column_is_numeric_only_where_all_its_levels_are(levels, kind):
    column = framed([{"x": value} for value in levels])["x"]
    assert pd.api.types.is_string_dtype(column) if kind == "str" else column.dtype == kind
    assert column.nunique() == len(levels)


MIXES = {
    "number and path": {"scenario": ["relabel"], "levers.enablers": [0.5, PATH]},
    "whole and broken numbers": {"scenario": ["relabel"], "levers.enablers": [0, 0.5, 1.0]},
    "mappings": {
        "scenario": ["phased_3y"],
        "levers.troops": [{"announced": PATH}, {"announced": PATH, "realised": 0.5}],
    },
    "text and path": {"scenario": ["relabel"], "levers.role": ["none", [[0, "combat"], [3, "none"]]]},
    "pole and poles": {"scenario": ["relabel"], "theory.isis": ["spent", ["spent", "enablers"]]},
    "days and dates": {"scenario": ["timetable_bilateral"], "levers.troops.deadlines": [[10], [date(2021, 12, 20)]]},
    "paths by day and by date": {
        "scenario": ["phased_3y"],
        "levers.troops.announced": [PATH, [[date(2021, 12, 20), 1], ["2021-12-24", 0.5]]],
    },
    "presets of theories": {"scenario": ["relabel"], "theory": ["s001", "s003"]},
    "large numbers": {"scenario": ["relabel"], "ensemble.seed": [1, 2**62]},
}


@pytest.mark.parametrize("mix", MIXES)
def test_a_mix_of_levels_is_swept_and_every_reader_reads_it(tmp_path, capsys, mix):
    folder, manifest = swept(tmp_path, cross=MIXES[mix])
    path = str(folder.path)
    for words in (["status", path], ["summarise", path], ["replay", path, "1"], ["diff", path, path], ["merge", path],
                  ["sweep", path]):  # fmt: skip
        assert main(words) == 0, words
    assert capsys.readouterr().out.strip().endswith(manifest["dataset"])
    loaded = scenarios.load(path)
    (varied,) = loaded.varied
    for level in loaded.points[varied].unique():
        assert len(loaded.contrast(varied, level, ["deaths"])) > 0
    assert varied in loaded.summary.columns
    assert varied in loaded.to_xarray(["deaths"]).coords
    assert study_page(loaded)
    plots_points(loaded, "deaths")


def test_levels_of_unlike_kind_are_selected_by_what_they_are_and_by_how_they_are_written(tmp_path):
    folder, _ = swept(tmp_path, cross=MIXES["number and path"])
    loaded = scenarios.load(folder.path)
    assert loaded.points["levers.enablers"].tolist() == ["0.5", "[[0, 1], [20, 0.5]]"]
    for level in (0.5, "0.5", PATH, "[[0, 1], [20, 0.5]]"):
        assert len(loaded.contrast("levers.enablers", level, ["deaths"])) == 4
    with pytest.raises(RequestError, match=r"never 0.7 .* Did you mean 0.5"):
        loaded.contrast("levers.enablers", 0.7)


def test_a_table_with_levels_of_unlike_kind_is_swept(tmp_path):
    file = tmp_path / "points.csv"
    file.write_text(
        '# a remark, with a comma\n\nscenario,levers.enablers\nrelabel,0.5\nrelabel,"[[0, 1], [20, 0.5]]"\n'
    )
    folder, _ = swept(tmp_path, cross={}, table=str(file))
    assert scenarios.load(folder.path).points["levers.enablers"].tolist() == ["0.5", "[[0, 1], [20, 0.5]]"]
    store_request(folder.study, folder.path)
    assert stored_study(folder.path).points == folder.study.points


def test_sampled_values_of_unlike_kind_are_swept(tmp_path):
    sample = {"design": "sobol", "points": 4, "factors": {"levers.enablers": {"values": [0.5, PATH]}}}
    folder, _ = swept(tmp_path, cross={"scenario": ["relabel"]}, sample=sample)
    assert set(scenarios.load(folder.path).points["levers.enablers"]) == {"0.5", "[[0, 1], [20, 0.5]]"}


@pytest.mark.parametrize(
    ("cross", "words"),
    [
        ({"levers.enablers": [True, 0.5]}, ["point 0", "levers.enablers=true"]),
        ({"levers.enablers": [None, 0.5]}, ["point 0", "levers.enablers=null"]),
        ({"levers.enablers": ["0.5", 0.5]}, ["point 0", "levers.enablers=\"0.5\""]),
        ({"levers.enablers": [float("inf")]}, ["point 0", "levers.enablers"]),
        ({"theory.isis": [None, "spent"]}, ["point 0", "theory.isis"]),
        ({"theory.isis": [[["spent"]]]}, ["point 0", "theory.isis"]),
        ({"ensemble.seed": [1, 2**70]}, ["study.cross.ensemble.seed[1]", "9,223,372,036,854,775,807"]),
        ({"ensemble.seed": [1, 1.0]}, ["different values"]),
        ({"levers.enablers": [b"x"]}, ["study.cross.levers.enablers[0] is of kind bytes"]),
        ({"levers.role": ["a\ud800"]}, ["study.cross.levers.role[0]", "cannot be printed"]),
        ({"levers.role": ["a\nb"]}, ["study.cross.levers.role[0]", "leave out the character '\\n'"]),
        ({"levers.role": ["a" * 10_001]}, ["has 10,001 characters; at most 10,000"]),
        ({"levers.troops.deadlines": [[datetime(2022, 1, 1, 12)]]}, ["is the moment", "give a date, as 2022-01-01"]),
        ({"levers.troops": [{"announced": PATH}], "levers.troops.realised": [0.5]}, ["lies within levers.troops"]),
        ({"levers.Enablers": [0.5], "levers.enablers": [0.5]}, ["levers.Enablers is unknown", "enablers"]),
        ({"point": [1, 2]}, ["study.cross.point is no factor"]),
        ({"id": [1, 2]}, ["study.cross.id is no factor"]),
        ({"draws": [1, 2]}, ["study.cross.draws is no factor"]),
        ({"world.story": ["a", "b"]}, ["study.cross.world.story is no factor"]),
        ({"ensemble.seed": [*range(2_000)], "levers.enablers": [k / 1e3 for k in range(1_000)]}, ["2,000,000 points"]),
        ({f"levers.x{k}": list(range(100)) for k in range(20)}, ["at most 1,000,000"]),
    ],
)  # fmt: skip
def test_a_mix_that_cannot_be_run_or_kept_is_refused_before_anything_runs(cross, words):
    with pytest.raises(RequestError) as error:
        study(cross={"scenario": ["relabel"], **cross})
    assert all(word in str(error.value) for word in words), error.value
    assert "\n" not in str(error.value)


@pytest.mark.parametrize("wrong", [0, False, "", [], {}, "x", [3], {"a": 1}])
@pytest.mark.parametrize("key", ["sample", "table", "constraints", "cross", "story", "claims"])
def test_an_entry_of_the_wrong_kind_is_refused_with_file_and_key_and_never_passed_over(tmp_path, capsys, key, wrong):
    if (key, wrong) in [("constraints", []), ("claims", []), ("cross", {}), ("story", "x")]:
        return
    file = tmp_path / "mine.yaml"
    beside = {} if key in ("sample", "table") else {"table": "points.csv"}
    (tmp_path / "points.csv").write_text("scenario\nrelabel\n")
    file.write_text(yaml.safe_dump({"cross": {"loop": ["open", "closed"]}, **beside, key: wrong}))
    assert main(["sweep", f"+study={file}", *SIZE, f"results={tmp_path}/results"]) == 2
    captured = capsys.readouterr().err
    assert all(line.startswith("study." + key) for line in captured.removeprefix("error: ").splitlines())
    assert str(file) in captured
    assert not (tmp_path / "results").exists()


def test_a_study_that_no_table_can_store_is_refused_before_anything_runs(tmp_path, monkeypatch):
    def framed_wrongly(points):
        return {"scenario": [1, "a"]}

    monkeypatch.setattr("scenarios.studies.writer.framed", framed_wrongly)
    with pytest.raises(RequestError, match="no table can store its factors"):
        sweeps.swept(tmp_path)
    assert not list(tmp_path.iterdir())
