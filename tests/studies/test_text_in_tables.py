"""Text in tables of points and in what a folder keeps of them: read as it is written, and read back as it was."""

import random
import unicodedata

import pytest
import yaml

from scenarios.__main__ import main
from scenarios.errors import RequestError
from scenarios.studies.levels import UNPRINTED, level_text, read_level
from scenarios.studies.request import composed_study, study_request
from scenarios.studies.stored_request import store_request, stored_study
from scenarios.studies.table import table
from tests.studies.sweeps import RATE, SIZE, study

AWKWARD = (
    "spring#1", "x #2", "a: b", "*", "[x]", "{x}", "'q'", '"on"', "- z", "&a", "!t", "1_0", "0027", "été", "شتاء",
    "a,b", "%d", "@x", "`x`", "x ", "?", "| x", "> x", "null",
)  # fmt: skip
FACTORS = ("start", "scenario", "world", "theory.isis", "levers.enablers", "ensemble.seed")
LETTERS = "aé日ق#:*&!|>%@`'\"[]{},?-~=<>\\ \t\n\x85\u2028\u0301019eE_.+onyesTrue"


def rows(folder, content):
    file = folder / "points.csv"
    file.write_text(content, encoding="utf-8", newline="")
    return table(file)


def test_any_text_or_number_is_read_back_from_a_cell_unchanged():
    rng = random.Random(15)
    texts = ["".join(rng.choices(LETTERS, k=rng.randint(0, 9))) for _ in range(2_000)]
    printed = [text for text in texts if not any(unicodedata.category(mark) in UNPRINTED for mark in text)]
    assert len(printed) > 500
    for value in [*printed, *AWKWARD, "2021-01-01", "1e3", "true", ""]:
        for factor in FACTORS:
            cell = level_text(value, factor)
            assert read_level(cell, factor, factor) == value, (factor, value, cell)
            assert len(cell.splitlines()) == 1
    assert read_level(level_text(5e-324, "levers.enablers"), "", "levers.enablers") == 5e-324


@pytest.mark.parametrize("name", AWKWARD)
def test_a_study_over_starts_of_any_name_is_read_back_from_its_folder(tmp_path, monkeypatch, name):
    monkeypatch.chdir(tmp_path)
    for value, origin in ((f"{name}.yaml", "2021-07"), ("other.yaml", "2024-01")):
        assert main(["new-start", f"./{value}", f"from={origin}"]) == 0
    (tmp_path / "mine.study.yaml").write_text(
        yaml.safe_dump({"name": "mine", "cross": {"start": [f"{name}.yaml", "other.yaml"], "scenario": ["surge"]}})
    )
    about = study_request(composed_study([*SIZE, "+study=mine.study.yaml"]))
    (tmp_path / "kept").mkdir()
    store_request(about, tmp_path / "kept")
    again = stored_study(tmp_path / "kept")
    assert [point.settings for point in again.layout.points] == [point.settings for point in about.layout.points]
    assert again.id == about.id


def test_names_in_a_table_are_text_and_other_cells_numbers_lists_or_text(tmp_path):
    points = rows(
        tmp_path,
        "# points of ours\nscenario,start,world,theory.isis,levers.enablers,ensemble.seed\n"
        '2025,spring#1.yaml,1e3,spent,"[[0, 1], [9, 0.5]]",3\n'
        "# between\n\n"
        "null,x #2.yaml,true,\"[enablers, spent]\",5e-1,4\n"
        '"#1",a.yaml,calm,spent,x #2,5\n'
        "\"1_0\",\"'a'\",on,0027,\"x y\",\"#1\"\n",
    )  # fmt: skip
    assert [tuple(point.values()) for point in points] == [
        ("2025", "spring#1.yaml", "1e3", "spent", [[0, 1], [9, 0.5]], 3),
        ("null", "x #2.yaml", "true", ["enablers", "spent"], 0.5, 4),
        ("#1", "a.yaml", "calm", "spent", "x #2", 5),
        ("1_0", "a", "on", "0027", "x y", "#1"),
    ]


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("", ["cannot be read as CSV", "it is empty"]),
        ("scenario\n", ["has no rows"]),
        ("scenari\nsurge\n", ["'scenari' is no factor", "Did you mean scenario"]),
        ("scenario,\nsurge,1\n", ["'' is no factor"]),
        ("scenario\0\nsurge\n", []),
        ("scenario,scenario,scenario\na,b,c\n", ["column 'scenario' occurs 3 times; keep one"]),
        ("scenario,ensemble.seed\n\n# remark\nsurge,1,2\n", ["line 4 has 3 cells, and the first line 2"]),
        ("scenario,ensemble.seed\nsurge,1\nsurge\n", ["line 3 has 1 cells, and the first line 2"]),
        (f"scenario,{RATE}\nsurge,\n", [f"line 2, {RATE} is empty"]),
        ("scenario\n[a\n", ["line 2", "is not a value"]),
        ('scenario\n"surge\n', ["cannot be read as CSV: line 2"]),
        (f"scenario,{RATE}\nsurge,{'9' * 400}\n", [f"line 2, {RATE}: holds a number of 400 digits"]),
        ('scenario,levers.enablers\nsurge,"[&a 1, *a]"\n', ["line 2, levers.enablers: line 1 has an anchor or alias"]),
        ("scenario,levers.enablers\nsurge," + "[" * 5_000 + "]" * 5_000 + "\n", ["nested deeper than 50 levels"]),
        ("scenario,levers.enablers\nsurge," + "[" * 60 + "]" * 60 + "\n", ["nested deeper than 50 levels"]),
        ('scenario,levers.role\nsurge,"""\\uD800"""\n', ["line 2, levers.role", "which is not a value"]),
        ("scenario,levers.enablers\nsurge," + "x" * 20_000 + "\n", ["20,000 characters; at most 10,000"]),
        (f"scenario\n{'x' * 200_000}\n", ["field larger than field limit"]),
        ("scenario,levers.enablers\nsurge,[!!python/object/apply:os.getcwd []]\n", ["has the tag"]),
        ("scenario,start\nsurge,${oc.env:HOME}\n", ["line 2, start: holds the interpolation"]),
        ('scenario,theory.isis\nsurge,"[spent, ${x}]"\n', ["holds the interpolation"]),
    ],
    ids=lambda value: value[:40].replace("\n", " ") if isinstance(value, str) else "",
)
def test_a_malformed_table_is_refused_with_its_place(tmp_path, content, words):
    with pytest.raises(RequestError) as error:
        rows(tmp_path, content)
    message = str(error.value)
    assert all(word in message for word in [*words, str(tmp_path / "points.csv")]), message
    assert "\n" not in message
    assert len(message) < 500


@pytest.mark.parametrize(
    ("key", "written", "place", "meant"),
    [
        ("study.cross.world", "[2030, 1e3, null, on]", ("cross", "world"), ["2030", "1e3", "null", "on"]),
        ("study.cross.theory.isis", "[a, [b, a]]", ("cross", "theory.isis"), ["a", ["b", "a"]]),
        ("study.sample.points", "8", ("sample", "points"), 8),
        ("study.sample.factors.levers.x.values", "[1, 0.5]", ("sample", "factors", "levers.x", "values"), [1, 0.5]),
        ("study.table", "points #1.csv", ("table",), "points #1.csv"),
    ],
)
def test_a_word_that_changes_a_study_is_read_as_its_file_would_be(tmp_path, key, written, place, meant):
    file = tmp_path / "mine.yaml"
    file.write_text("cross: {scenario: [surge]}\n")
    node = composed_study([*SIZE, f"+study={file}", f"{key}={written}"])["study"]
    for name in place:
        node = node[name]
    assert node == meant


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (lambda text: "a: &a [1]\nb: *a\n" + text, "study.yaml was altered: line 1 has an anchor or alias"),
        (lambda text: text + "x: !!python/name:os.system ''\n", "has the tag"),
        (lambda text: text + "x: ${oc.env:HOME}\n", "holds the interpolation"),
        (lambda text: text.replace("beliefs: null", "beliefs: ../../mine.yaml"), "where inputs/NAME is required"),
        (lambda text: text.replace("options:", "options:\n  world: 3", 1), "an option is no mapping"),
        (lambda text: text + "x: " + "y" * 1_000_000, "at most 1,000,000 are read"),
    ],
)
def test_a_folder_of_somebody_else_that_requests_more_than_a_study_is_refused(tmp_path, change, expected):
    store_request(study(cross={"scenario": ["surge"]}), tmp_path)
    file = tmp_path / "study.yaml"
    before = file.read_text()
    file.write_text(change(before))
    assert file.read_text() != before
    with pytest.raises(RequestError) as error:
        stored_study(tmp_path)
    assert expected in str(error.value)
    assert "\n" not in str(error.value)
