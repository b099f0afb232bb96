"""Folders that are wrong, broken, unlike or incomplete: refused, or said before anything else."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from scenarios.__main__ import main
from scenarios.report.page import page as page_page
from scenarios.report.page.runs import gathered, notices
from scenarios.store.identity import digest_of
from scenarios.store.manifest import SEAL
from tests.report.conftest import run
from tests.requests import Said

Report = Callable[..., Said]


@pytest.fixture
def report(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Report:
    """The command in an empty folder, without the parts that take long and are tested elsewhere."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(page_page, "_sections", lambda runs, of: [])

    def carried(*words: str) -> Said:
        code = main(["report", *words])
        said = capsys.readouterr()
        return Said(code, said.out, said.err)

    return carried


@pytest.fixture
def copied(lived: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(lived, tmp_path / "results"))


def folder(results: Path, scenario: str) -> Path:
    return next((results / scenario).iterdir())


def altered(path: Path, **changes: object) -> None:
    """A manifest changed and sealed again, as a later version or a failing run would have written it."""
    manifest = {**json.loads((path / "manifest.json").read_text()), **changes}
    manifest.pop(SEAL, None)
    (path / "manifest.json").write_text(json.dumps({**manifest, SEAL: digest_of(manifest)}))


@pytest.mark.parametrize("where", ["nowhere", "results"])
def test_a_wrong_folder_ends_with_what_was_looked_for_and_what_lies_there(report, tmp_path, where):
    (tmp_path / "results").mkdir()
    (tmp_path / "results" / "notes.txt").write_text("nothing")
    error = report(where).error
    assert "manifest.json" in error
    assert ("notes.txt" if where == "results" else "nothing is there") in error


def test_a_folder_with_an_altered_file_is_left_out_and_said_first(report, copied, tmp_path):
    with (folder(copied, "surge") / "outcomes.parquet").open("ab") as file:
        file.write(b"more")
    said = report(str(copied))
    assert said.code == 3
    assert "Left out of this page" in said.out
    page = (tmp_path / "report.html").read_text(encoding="utf-8")
    assert page.index("Read this first") < page.index("outcomes.parquet has") < page.index("</main>")
    assert [each.scenario for each in gathered([copied]).results] == ["full_withdrawal"]


def test_folders_none_of_which_can_be_used_are_refused_with_the_reason(report, copied):
    path = folder(copied, "surge")
    altered(path, schema=99)
    error = report(str(path)).error
    assert "schema 99" in error


def test_a_study_among_runs_is_left_out_and_said(copied):
    (copied / "swept").mkdir()
    (copied / "swept" / "manifest.json").write_text(json.dumps({"kind": "study", "schema": 1, "files": {}}))
    altered(copied / "swept")
    found = gathered([copied])
    assert [each.scenario for each in found.results] == ["full_withdrawal", "surge"]
    assert any("swept is not a run" in each for each in notices(found))


def test_a_run_that_was_broken_off_is_named(copied):
    (folder(copied, "surge") / "manifest.json").unlink()
    assert any("surge" in each and "not a finished result" in each for each in notices(gathered([copied])))


def test_failed_replications_are_said_before_anything_else(report, copied, tmp_path):
    altered(folder(copied, "surge"), failures=[{"draw": 3, "error": "a rate is <infinite>"}])
    said = report(str(copied))
    assert said.code == 3
    page = (tmp_path / "report.html").read_text(encoding="utf-8")
    assert "1 of 12 draws (2 replications) failed" in page
    assert "a rate is &lt;infinite&gt;" in page


def test_runs_that_are_not_alike_are_refused_with_how_to_run_them_alike(report, copied, tmp_path):
    (tmp_path / "unlike").mkdir()
    run(tmp_path / "unlike", "surge", "ensemble.seed=2", "ensemble.horizon=7", "against=none")
    error = report(str(copied / "full_withdrawal"), str(tmp_path / "unlike")).error
    assert "seed" in error
    assert "python -m scenarios run" in error


def test_the_baseline_that_was_run_beside_is_found_beside(lived):
    found = gathered([folder(lived, "surge")])
    assert found.baseline is not None
    assert found.baseline.scenario == "status_quo"


def test_a_run_without_a_baseline_says_so_and_shows_levels_alone(copied):
    shutil.rmtree(copied / "status_quo")
    found = gathered([folder(copied, "surge")])
    assert found.baseline is None
    assert any("No run of the baseline" in each for each in notices(found))
    assert "More deaths" not in page_page.made(found)


def test_scenarios_stand_in_the_order_in_which_they_are_given(lived):
    found = gathered([lived / "surge", lived / "full_withdrawal"])
    assert [each.scenario for each in found.results] == ["surge", "full_withdrawal"]


def test_the_baseline_alone_is_told_as_what_it_is(lived):
    assert any("the baseline itself" in each for each in notices(gathered([lived / "status_quo"])))


def test_few_draws_are_said(runs):
    said = [each for each in notices(runs) if "only 12 draws" in each]
    assert [each.partition(":")[0] for each in said] == ["full_withdrawal, surge and status_quo"]


def test_the_same_scenario_twice_is_refused(report, copied):
    shutil.copytree(folder(copied, "surge"), copied / "again")
    assert "surge stands in several folders" in report(str(copied)).error


def test_a_page_is_not_written_into_a_folder_that_is_not_there(report, copied):
    assert "there is no folder" in report(str(copied), "-o", "missing/page.html").error
