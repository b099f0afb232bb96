"""Results as folders: blocks become whole files, and what is there is never simulated again."""

import json
import os
import shutil
from contextlib import ExitStack
from pathlib import Path

import pyarrow.parquet as pq
import pytest

from scenarios import load
from scenarios.config import request as config_request
from scenarios.errors import RequestError
from scenarios.runs import runner
from scenarios.runs.folder import RunFolder
from scenarios.runs.runner import run_experiments
from scenarios.simulation import experiment
from scenarios.store.files import time_stamp
from scenarios.store.manifest import PENDING
from scenarios.store.tables import TABLES
from tests.processes import begun, ended, until
from tests.requests import (
    TINY,
    asks,
    asks_all,
    assert_same_content,
    carried_out,
    standing,
    tables,
)

TWO = (*TINY, "theory.isis=[enablers,spent]", "record.events=3")


def unwatched(done, whole):
    """Ignore progress."""


def draws(number, *words, of=TWO):
    """The experiment with so many draws, under each theory."""
    return asks(*words, f"ensemble.replications={number * 2}", of=of)


@pytest.fixture(autouse=True)
def small_blocks(monkeypatch):
    """Blocks of four draws under each of two theories."""
    monkeypatch.setattr(config_request, "BLOCK", 8)


@pytest.fixture
def simulated(monkeypatch):
    """The draws that are simulated, block by block."""
    seen = []
    real = experiment.simulate_draws

    def recording(request, draws, *rest):
        seen.append((request.scenario.name, draws.start, draws.stop))
        return real(request, draws, *rest)

    monkeypatch.setattr(runner, "simulate_draws", recording)
    return seen


@pytest.fixture(scope="module")
def fresh(tmp_path_factory):
    """Ten draws in one go, one process."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(config_request, "BLOCK", 8)
        return carried_out(draws(10), tmp_path_factory.mktemp("fresh"))


def test_a_run_becomes_a_folder_named_by_scenario_and_id_with_every_table_and_the_manifest_last(fresh):
    manifest = json.loads((fresh / "manifest.json").read_text())
    assert fresh.parent.name == "full_withdrawal"
    assert fresh.name == manifest["id"]
    assert {each.name for each in fresh.iterdir()} == {
        "manifest.json", ".lock", *(f"{name}.parquet" for name in TABLES),
    }  # fmt: skip
    newest = max(fresh.glob("*.parquet"), key=lambda file: file.stat().st_mtime_ns)
    assert (fresh / "manifest.json").stat().st_mtime_ns >= newest.stat().st_mtime_ns


def test_the_manifest_has_the_request_its_provenance_and_its_results(fresh):
    manifest = json.loads((fresh / "manifest.json").read_text())
    expected = {
        "schema": 1, "scenario": "full_withdrawal", "as_of": "2021-12-13", "start": "2021-12", "world": "simulated",
        "theories": ["enablers", "spent"], "draws": 10, "replications": 20, "seed": 1, "failures": [],
    }  # fmt: skip
    assert {name: manifest[name] for name in expected} == expected
    assert manifest["request"]["horizon"] == 7
    assert manifest["provenance"]["packages"]["numpy"]
    assert manifest["provenance"]["python"]
    assert "not a forecast" in manifest["caveat"]
    assert manifest["seconds"] > 0


def test_the_manifest_knows_every_file_by_size_and_digest(fresh):
    manifest = json.loads((fresh / "manifest.json").read_text())
    assert set(manifest["files"]) == {f"{name}.parquet" for name in TABLES}
    for name, stamped in manifest["files"].items():
        assert time_stamp(fresh / name) == stamped


def test_tables_contain_every_replication_once_and_in_order(fresh):
    content = tables(fresh)
    for name in ("parameters", "outcomes"):
        assert content[name]["replication"].tolist() == list(range(20))
        assert content[name]["draw"].tolist() == [number // 2 for number in range(20)]
        assert content[name]["theory"].tolist() == [0, 1] * 10
    assert content["series"]["replication"].tolist() == list(range(20))  # one week
    assert sorted(content["events"]["replication"].unique()) == list(range(6))


def test_the_same_again_computes_nothing_and_touches_nothing(fresh, tmp_path, simulated):
    shutil.copytree(fresh.parent, tmp_path / "full_withdrawal")
    before = standing(tmp_path)
    assert carried_out(draws(10), tmp_path) == tmp_path / "full_withdrawal" / fresh.name
    assert simulated == []
    assert standing(tmp_path) == before


def test_what_is_finished_is_enough_where_nothing_can_be_written(fresh, tmp_path, simulated, monkeypatch):
    def refused(path, data):
        raise PermissionError(13, "Permission denied", str(path))

    shutil.copytree(fresh.parent, tmp_path / "full_withdrawal")
    before = standing(tmp_path)
    monkeypatch.setattr(Path, "write_bytes", refused)
    carried_out(draws(10), tmp_path)
    with pytest.raises(RequestError, match=r"cannot be written \(Permission denied\); give a folder of your own"):
        carried_out(draws(11), tmp_path)
    assert simulated == []
    assert standing(tmp_path) == before


def test_finishing_what_another_process_has_finished_touches_nothing(fresh, tmp_path):
    shutil.copytree(fresh.parent, tmp_path / "full_withdrawal")
    before = standing(tmp_path)
    RunFolder(draws(10), tmp_path).finish()
    assert standing(tmp_path) == before


def test_a_request_for_fewer_computes_nothing_and_leaves_the_rest(fresh, tmp_path, simulated):
    shutil.copytree(fresh.parent, tmp_path / "full_withdrawal")
    before = standing(tmp_path)
    carried_out(draws(3), tmp_path)
    assert simulated == []
    assert standing(tmp_path) == before


@pytest.mark.parametrize("first", [1, 3, 4, 5, 8, 9])
def test_more_replications_are_added_and_equal_those_of_one_run(fresh, tmp_path, simulated, first):
    carried_out(draws(first), tmp_path)
    folder = carried_out(draws(10), tmp_path)
    simulated_draws = [draw for _, start, stop in simulated for draw in range(start, stop)]
    assert sorted(simulated_draws) == list(range(10))
    assert_same_content(folder, fresh)
    assert json.loads((folder / "manifest.json").read_text())["draws"] == 10


def test_a_block_has_the_same_bounds_whatever_was_there_before(tmp_path, simulated):
    carried_out(draws(10), tmp_path)
    assert [(start, stop) for _, start, stop in simulated] == [(0, 4), (4, 8), (8, 10)]


def test_one_draw_has_the_same_columns_as_several(tmp_path):
    """A block of a single draw: uncertain quantities are known by the prior, not by the draws."""
    one, three = carried_out(draws(1), tmp_path / "one"), carried_out(draws(3), tmp_path / "three")
    for name in TABLES:
        assert pq.read_schema(one / f"{name}.parquet").equals(pq.read_schema(three / f"{name}.parquet")), name


@pytest.mark.parametrize("words", [TINY, TWO, (*TINY, "theory.strikes=[deter,provoke,both]")])
def test_a_single_draw_of_any_theories_may_be_added(tmp_path, words):
    theories = len(asks(of=words).strata)
    carried_out(asks(f"ensemble.replications={4 * theories}", of=words), tmp_path)
    folder = carried_out(asks(f"ensemble.replications={5 * theories}", of=words), tmp_path)
    assert len(load(folder).outcomes) == 5 * theories


def test_two_workers_give_the_same_content_as_one(fresh, tmp_path):
    assert_same_content(carried_out(draws(10), tmp_path, workers=2), fresh)


def test_blocks_of_another_size_give_the_same_content(fresh, tmp_path, monkeypatch):
    monkeypatch.setattr(config_request, "BLOCK", 1_000)
    assert_same_content(carried_out(draws(10), tmp_path), fresh)


def test_whole_blocks_of_an_interrupted_run_are_used(fresh, tmp_path, simulated, monkeypatch):
    with monkeypatch.context() as patch:
        patch.setattr(RunFolder, "finish", lambda folder: None)
        carried_out(draws(6), tmp_path)
    (journal,) = next((tmp_path / "full_withdrawal").iterdir()).glob("blocks/*.journal")
    os.truncate(journal, journal.stat().st_size - 7)  # the second block, draws 4 and 5, is half-written
    assert not list(tmp_path.rglob("manifest.json"))
    del simulated[:]
    assert_same_content(carried_out(draws(10), tmp_path), fresh)
    assert [(start, stop) for _, start, stop in simulated] == [(4, 8), (8, 10)]
    assert not list(tmp_path.rglob("*.journal"))


def test_blocks_of_two_runs_that_overlap_are_merged_and_no_draw_appears_twice(fresh, tmp_path):
    for first, stop in [(0, 3), (2, 7), (1, 5), (5, 10), (6, 8)]:
        request = draws(10)
        runner.run_block(runner.Task(request, range(first, stop), RunFolder(request, tmp_path).journals))
    assert_same_content(carried_out(draws(10), tmp_path), fresh)


def test_blocks_beyond_a_gap_are_kept_for_a_later_run(tmp_path, simulated):
    request = draws(10)
    runner.run_block(runner.Task(request, range(4, 8), RunFolder(request, tmp_path).journals))
    carried_out(draws(2), tmp_path)
    del simulated[:]
    folder = carried_out(draws(8), tmp_path)
    assert [(start, stop) for _, start, stop in simulated] == [(2, 4)]
    assert len(load(folder).outcomes) == 16


def test_two_processes_at_the_same_time_write_one_whole_result(here, command, simulated):
    """Each is stopped at its first block until the other is there too."""
    words = ("run", "+scenario=relabel", *TINY, "workers=1")
    waiting, go = here / "waiting", here / "go"
    waiting.mkdir()
    faults = {"hold_draw": 0, "held": waiting, "go": go}
    with ExitStack() as stack:
        both = [
            stack.enter_context(
                begun("-m", "scenarios", *words, f"ensemble.replications={number}", cwd=here, faults=faults)
            )
            for number in (24, 40)
        ]
        for process in both:
            until((waiting / str(process.pid)).exists, "the first block", process)
        go.touch()
        outputs = [ended(process) for process in both]
    assert [code for code, *_ in outputs] == [0, 0], outputs
    for result in load(here / "results"):
        assert result.outcomes["replication"].tolist() == list(range(40))
    assert command(*words, "ensemble.replications=40").code == 0
    assert simulated == []


class CrashError(BaseException):
    """The machine stops."""


def crashing(monkeypatch, at):
    """The machine stops before the n-th renaming of a file."""
    count = [0]
    real = Path.replace

    def rename(file, target):
        count[0] += 1
        if count[0] == at:
            raise CrashError
        return real(file, target)

    monkeypatch.setattr(Path, "replace", rename)


RENAMINGS = 1 + len(TABLES) + 1  # the next manifest into its place, every table, the manifest


@pytest.mark.parametrize("at", range(1, RENAMINGS + 1))
def test_a_crash_at_any_moment_of_a_commit_leaves_the_old_result_or_the_new(
    fresh, tmp_path, monkeypatch, simulated, at
):
    old = carried_out(draws(4), tmp_path)
    kept = tmp_path / "old"
    shutil.copytree(old, kept)
    with monkeypatch.context() as patch:
        crashing(patch, at)
        with pytest.raises(CrashError):
            carried_out(draws(10), tmp_path)
    result = load(old)
    assert len(result.outcomes) == (8 if at == 1 else 20)
    assert_same_content(old, kept if at == 1 else fresh)
    del simulated[:]
    assert_same_content(carried_out(draws(10), tmp_path), fresh)
    assert simulated == []  # the blocks were whole
    assert not (old / PENDING).exists()


def test_a_crash_beyond_the_last_renaming_does_not_happen(tmp_path, monkeypatch):
    crashing(monkeypatch, RENAMINGS + 1)
    assert (carried_out(draws(2), tmp_path) / "manifest.json").exists()


def test_a_half_committed_first_result_is_rolled_forward_on_the_command_line(command, here, earlier):
    for file in (earlier / "series.parquet", earlier / "events.parquet"):
        file.rename(earlier / f".{file.name}.tmp")
    (earlier / "manifest.json").rename(earlier / PENDING)
    ended = command("run", "+scenario=full_withdrawal", *TINY, "workers=1")
    assert ended.code == 0
    assert "replications in" not in ended.err
    assert len(load(earlier).outcomes) == 8


def test_progress_is_reported_in_replications_of_both_scenarios(tmp_path):
    reports = []
    requested = asks_all(of=(*TINY, "ensemble.replications=16"))
    run_experiments(
        [requested.request, requested.against], tmp_path, 1, lambda done, whole: reports.append((done, whole))
    )
    assert reports == [(0, 32), (8, 32), (16, 32), (24, 32), (32, 32)]


def test_nothing_is_pickled(fresh):
    for file in fresh.iterdir():
        assert file.suffix in (".parquet", ".json", "")
