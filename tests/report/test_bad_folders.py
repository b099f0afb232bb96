"""Folders that are wrong, broken, unlike or incomplete: refused, or noted before anything else."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from scenarios.__main__ import main
from scenarios.report.page import page as page_module
from scenarios.report.page.runs import collect_runs, notices
from scenarios.store.identity import digest_of
from scenarios.store.manifest import SEAL
from tests.report.conftest import simulate_beside_baseline
from tests.requests import Said

Report = Callable[..., Said]


@pytest.fixture
def report(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Report:
    """The command in an empty folder, without the parts that take long and are tested elsewhere."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(page_module, "sections", lambda *_: [])

    def run(*words: str) -> Said:
        code = main(["report", *words])
        printed = capsys.readouterr()
        return Said(code, printed.out, printed.err)

    return run


@pytest.fixture
def copied(results: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(results, tmp_path / "results"))


def folder(results: Path, scenario: str) -> Path:
    return next((results / scenario).iterdir())


def alter(path: Path, **changes: object) -> None:
    """Change a manifest and seal it again, as a later version or a failing run would have written it."""
    manifest = {**json.loads((path / "manifest.json").read_text()), **changes}
    manifest.pop(SEAL, None)
    (path / "manifest.json").write_text(json.dumps({**manifest, SEAL: digest_of(manifest)}))


@pytest.mark.parametrize("where", ["nowhere", "results"])
def test_a_wrong_folder_is_refused_with_what_was_expected_and_what_it_contains(report, tmp_path, where):
    (tmp_path / "results").mkdir()
    (tmp_path / "results" / "notes.txt").write_text("nothing")
    error = report(where).error
    assert "manifest.json" in error
    assert ("notes.txt" if where == "results" else "nothing is there") in error


def test_a_folder_with_an_altered_file_is_left_out_and_noted_first(report, copied, tmp_path):
    with (folder(copied, "surge") / "outcomes.parquet").open("ab") as file:
        file.write(b"more")
    ended = report(str(copied))
    assert ended.code == 3
    assert "Left out of this page" in ended.out
    page = (tmp_path / "report.html").read_text(encoding="utf-8")
    assert page.index("Read this first") < page.index("outcomes.parquet has") < page.index("</main>")
    assert [each.scenario for each in collect_runs([copied]).results] == ["full_withdrawal"]


def test_folders_none_of_which_can_be_used_are_refused_with_the_reason(report, copied):
    path = folder(copied, "surge")
    alter(path, schema=99)
    error = report(str(path)).error
    assert "schema 99" in error


def test_a_study_among_runs_is_left_out_and_noted(copied):
    (copied / "swept").mkdir()
    (copied / "swept" / "manifest.json").write_text(json.dumps({"kind": "study", "schema": 1, "files": {}}))
    alter(copied / "swept")
    runs = collect_runs([copied])
    assert [each.scenario for each in runs.results] == ["full_withdrawal", "surge"]
    assert any("swept is not a run" in each for each in notices(runs))


def test_an_interrupted_run_is_named(copied):
    (folder(copied, "surge") / "manifest.json").unlink()
    assert any("surge" in each and "not a finished result" in each for each in notices(collect_runs([copied])))


def test_failed_replications_are_noted_before_anything_else(report, copied, tmp_path):
    alter(folder(copied, "surge"), failures=[{"draw": 3, "error": "a rate is <infinite>"}])
    ended = report(str(copied))
    assert ended.code == 3
    page = (tmp_path / "report.html").read_text(encoding="utf-8")
    assert "1 of 64 draws (2 replications) failed" in page
    assert "a rate is &lt;infinite&gt;" in page


def test_runs_that_are_not_alike_are_refused_with_how_to_run_them_alike(report, copied, tmp_path):
    (tmp_path / "unlike").mkdir()
    simulate_beside_baseline(tmp_path / "unlike", "surge", "ensemble.seed=2", "ensemble.horizon=7", "against=none")
    error = report(str(copied / "full_withdrawal"), str(tmp_path / "unlike")).error
    assert "seed" in error
    assert "python -m scenarios run" in error


def test_the_baseline_that_was_run_beside_a_scenario_is_used(results):
    runs = collect_runs([folder(results, "surge")])
    assert runs.baseline is not None
    assert runs.baseline.scenario == "status_quo"


def test_a_run_without_a_baseline_is_noted_and_shows_levels_alone(copied):
    shutil.rmtree(copied / "status_quo")
    runs = collect_runs([folder(copied, "surge")])
    assert runs.baseline is None
    assert any("There is no run of the baseline" in each for each in notices(runs))
    assert "More deaths" not in page_module.render_page(runs)


def test_scenarios_stand_in_the_order_in_which_they_are_given(results):
    runs = collect_runs([results / "surge", results / "full_withdrawal"])
    assert [each.scenario for each in runs.results] == ["surge", "full_withdrawal"]


def test_the_baseline_alone_is_noted(results):
    assert any("the baseline itself" in each for each in notices(collect_runs([results / "status_quo"])))


def test_few_draws_are_noted(runs):
    few = [notice for notice in notices(runs) if "only 64 draws" in notice]
    assert [notice.partition(":")[0] for notice in few] == ["full_withdrawal, surge and status_quo"]


def test_the_same_scenario_twice_is_refused(report, copied):
    shutil.copytree(folder(copied, "surge"), copied / "again")
    assert "surge appears in several folders" in report(str(copied)).error


def test_a_page_is_not_written_into_a_folder_that_is_not_there(report, copied):
    assert "there is no folder" in report(str(copied), "-o", "missing/page.html").error
