"""The user's own studies: from files, with keys changed, over every kind of factor, and repeated from their folder."""

import pytest
import yaml

from scenarios.__main__ import main
from scenarios.errors import RequestError
from scenarios.studies.request import composed_study, study_request
from scenarios.studies.stored_request import store_request, stored_study
from tests.studies.sweeps import RATE, SIZE, STUDY, study

SAMPLE = {"design": "sobol", "points": 4, "factors": {RATE: [0.1, 0.4]}}


def request_of(*words):
    return study_request(composed_study([*SIZE, *words]))


def test_a_study_in_the_callers_own_folder_is_read_and_its_keys_can_be_changed(tmp_path, monkeypatch):
    file = tmp_path / "configs" / "study" / "mine.yaml"
    file.parent.mkdir(parents=True)
    file.write_text(yaml.safe_dump({"name": "mine", "cross": {"scenario": ["relabel"]}, "sample": SAMPLE}))
    monkeypatch.chdir(tmp_path)
    assert len(request_of("+study=mine").points) == 4
    assert len(request_of("+study=mine", "study.sample.points=8").points) == 8


def test_keys_of_a_study_file_can_be_changed_and_its_table_is_found_beside_it(tmp_path):
    file = tmp_path / "mine.yaml"
    file.write_text(yaml.safe_dump({"cross": {"scenario": ["relabel"]}, "sample": SAMPLE}))
    assert request_of(f"+study={file}").name == "mine"
    changed = request_of(f"study={file}", "study.sample.points=8", "study.cross.scenario=[relabel,phased_3y]")
    assert len(changed.points) == 16
    with pytest.raises(RequestError, match=r"study.sample.point is unknown.*Did you mean points"):
        request_of(f"+study={file}", "study.sample.point=8")
    (tmp_path / "points.csv").write_text(f"scenario,{RATE}\nrelabel,0.3\n")
    file.write_text(yaml.safe_dump({"table": "points.csv"}))
    assert request_of(f"+study={file}").points == [{"scenario": "relabel", RATE: 0.3}]


def test_faults_of_a_file_have_line_and_column_unless_a_word_gave_the_value(tmp_path):
    file = tmp_path / "mine.yaml"
    sample = "sample:\n  design: sobol\n  points: 0\n  factors: {levers.credibility: [0, 1]}\n"
    file.write_text(f"name: mine\ncros: {{}}\n{sample}")
    unknown = f"study.cros is unknown. Did you mean cross? (line 2, column 1) (the study is in {file})"
    for word, first in [
        ("study.sample.seed=1", "study.sample.points is 0, outside [1, 1,000,000]. (line 5, column 3)"),
        ("study.sample.points=-1", "study.sample.points is -1, outside [1, 1,000,000]."),
    ]:
        with pytest.raises(RequestError) as error:
            request_of(f"+study={file}", word)
        assert str(error.value).splitlines() == [first, unknown]


@pytest.mark.parametrize(
    ("factor", "values"),
    [
        ("theory", ["s001", "s003"]),
        ("theory.isis", ["spent", ["enablers", "spent"]]),
        ("start", ["2020-08", "2024-01"]),
        ("loop", ["open", "closed"]),
        ("world.intensity", [0.5, 1.5]),
        ("ensemble.seed", [1, 2]),
        ("ensemble.step_days", [1, 2]),
        ("levers.credibility", [0.2, 0.8]),
        ("levers.troops.announced", [[[0, 1], [200, 0]], [["2026-12-01", 1], ["2027-06-01", 0.5]]]),
    ],
)
def test_every_kind_of_factor_makes_distinct_points_that_are_read_back_from_their_folder(tmp_path, factor, values):
    about = study(cross={"scenario": ["phased_3y"], factor: values})
    assert len(about.layout.distinct) == 2
    store_request(about, tmp_path)
    again = stored_study(tmp_path)
    assert again.id == about.id
    assert [point.id for point in again.layout.points] == [point.id for point in about.layout.points]


def test_the_users_files_are_stored_with_the_study_even_if_they_share_a_name(tmp_path):
    places = [tmp_path / name / "mine.yaml" for name in ("a", "b")]
    for place, origin in zip(places, ("2020-08", "2024-01"), strict=True):
        place.parent.mkdir()
        assert main(["new-start", str(place), f"from={origin}"]) == 0
    cross = {**STUDY["cross"], "start": [str(place) for place in places]}
    folder = tmp_path / "kept"
    folder.mkdir()
    about = study(cross=cross)
    store_request(about, folder)
    for place in places:
        place.unlink()
    again = stored_study(folder)
    assert again.id == about.id
    assert len(list((folder / "inputs").iterdir())) == 2
    store_request(again, folder)
    assert len(list((folder / "inputs").iterdir())) == 2


def test_a_folder_whose_design_was_altered_is_refused(tmp_path):
    store_request(study(), tmp_path)
    file = tmp_path / "design.csv"
    file.write_text(file.read_text().replace("0.4", "0.5"))
    with pytest.raises(RequestError, match=r"design.csv or a file in inputs was altered"):
        stored_study(tmp_path)
