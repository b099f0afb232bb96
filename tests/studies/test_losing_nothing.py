"""What a sweep keeps when something goes wrong, and that it ends with the same hash."""

import errno
import os
import signal
from dataclasses import replace
from pathlib import Path

import pytest

import scenarios.studies.chunks as chunk_module
from scenarios.errors import RequestError
from scenarios.store import journal
from scenarios.studies import runner
from scenarios.studies.folder import StudyFolder
from scenarios.studies.merging import merge_studies
from tests.processes import ended, until
from tests.studies.sweeps import RATE, SIZE, completed, started, study, swept, written

TWO = {
    "cross": {"scenario": ["status_quo", "phased_3y"], RATE: [0.1, 0.4]},
    "constraints": [f"(scenario == 'status_quo') == (`{RATE}` < 0.3)"],
}


@pytest.fixture(scope="module")
def whole(tmp_path_factory):
    """The small study, swept at one go."""
    return swept(tmp_path_factory.mktemp("whole"))


@pytest.fixture(scope="module")
def two(tmp_path_factory):
    """Two points of two kinds, so of two chunks: rates 0.1 and 0.4."""
    return swept(tmp_path_factory.mktemp("two"), **TWO)


@pytest.fixture
def counted(monkeypatch):
    """Replications that are simulated, by point and draws."""
    simulated = []
    together = chunk_module.simulate_together

    def counting(request, variants, draws):
        simulated.extend((repr(variant.given), draw) for variant in variants for draw in draws)
        return together(request, variants, draws)

    monkeypatch.setattr(chunk_module, "simulate_together", counting)
    return simulated


def test_shards_merged_in_any_order_give_the_hash_of_one_sweep(tmp_path, whole):
    folders = [swept(tmp_path / str(number), shard=(number, 3))[0].path for number in (1, 2, 3)]
    for order in (folders, folders[::-1]):
        path, manifest = merge_studies(order, tmp_path / order[0].parent.parent.name / "out")
        assert manifest["dataset"] == whole[1]["dataset"]
        assert manifest["whole"]
        assert path.is_relative_to(tmp_path)


def test_the_order_of_points_and_of_work_does_not_matter(tmp_path, whole):
    _, backwards = swept(tmp_path, points=lambda points: points[::-1])
    assert backwards["dataset"] == whole[1]["dataset"]
    turned = {"scenario": ["phased_3y", "status_quo"], RATE: [0.4, 0.3, 0.2, 0.1]}
    assert swept(tmp_path / "turned", cross=turned)[1]["dataset"] == whole[1]["dataset"]


def test_a_finished_study_is_not_simulated_again(tmp_path, counted):
    _, first = swept(tmp_path)
    before = len(counted)
    assert swept(tmp_path)[1] == first
    assert len(counted) == before


def test_an_enlarged_study_simulates_only_its_new_points(tmp_path, counted):
    swept(tmp_path)
    before = len(counted)
    larger = {"scenario": ["status_quo", "phased_3y"], RATE: [0.1, 0.2, 0.3, 0.4, 0.5]}
    _, manifest = swept(tmp_path, cross=larger)
    assert len(counted) - before == 2 * 2
    assert manifest["dataset"] == swept(tmp_path / "anew", cross=larger)[1]["dataset"]


def test_more_replications_are_added_to_those_that_are_there(tmp_path, counted):
    swept(tmp_path)
    before = len(counted)
    more = ["ensemble.replications=16"]
    _, manifest = swept(tmp_path, words=more)
    assert len(counted) - before == 8 * 2
    assert manifest["dataset"] == swept(tmp_path / "anew", words=more)[1]["dataset"]


def test_a_stopped_study_goes_on_where_it_was(tmp_path, whole, counted, monkeypatch):
    keep = chunk_module.append_block
    kept = []

    def interrupted(*arguments):
        if len(kept) == 1:
            raise KeyboardInterrupt
        kept.append(keep(*arguments))

    monkeypatch.setattr(chunk_module, "append_block", interrupted)
    with pytest.raises(KeyboardInterrupt):
        swept(tmp_path)
    monkeypatch.setattr(chunk_module, "append_block", keep)
    there = len(counted)
    _, manifest = swept(tmp_path)
    assert manifest["dataset"] == whole[1]["dataset"]
    assert len(counted) - there == 8


def test_a_torn_block_does_not_count(tmp_path, whole):
    folder, _ = swept(tmp_path, shard=(1, 1))
    path = journal.journals(folder.path / "blocks")[0]
    path.write_bytes(path.read_bytes()[:-7])
    assert swept(tmp_path)[1]["dataset"] == whole[1]["dataset"]


def test_an_altered_block_is_detected(tmp_path):
    folder, _ = swept(tmp_path, shard=(1, 1))
    path = journal.journals(folder.path / "blocks")[0]
    content = bytearray(path.read_bytes())
    content[-100] ^= 1
    path.write_bytes(content)
    with pytest.raises(RequestError, match="was altered"):
        folder.finish({})
    assert not [file for file in folder.path.iterdir() if file.name.endswith(".tmp")]


def test_blocks_are_dropped_once_the_data_are_whole_and_files_stay_few(whole):
    names = sorted(file.name for file in whole[0].path.iterdir())
    visible = [name for name in names if not name.startswith(".")]
    assert visible == [
        "design.csv",
        "manifest.json",
        "outcomes.parquet",
        "points.parquet",
        "study.yaml",
        "summary.parquet",
    ]


def test_a_process_that_is_killed_costs_nothing_if_the_point_succeeds_when_tried_again(tmp_path, two):
    mark = tmp_path / "killed"
    code, out, _ = completed(
        tmp_path, "sweep", f"+study={written(tmp_path, **TWO)}", *SIZE, "workers=2", kill=0.4, mark=mark
    )
    assert mark.exists()
    assert (code, out.splitlines()[-1]) == (0, f"dataset {two[1]['dataset']}")


def test_a_point_that_always_kills_its_process_is_reported_missing_and_comes_with_the_next_call(tmp_path, two):
    words = ["sweep", f"+study={written(tmp_path, **TWO)}", *SIZE, "workers=2"]
    code, out, err = completed(tmp_path, *words, kill=0.4)
    assert code == 3
    assert "1 of 2 points failed or are missing" in err
    assert "missing: the process was killed" in out
    code, out, _ = completed(tmp_path, *words)
    assert (code, out.splitlines()[-1]) == (0, f"dataset {two[1]['dataset']}")


def at_work_in(folder):
    """The processes whose working folder it is."""
    return [file for file in Path("/proc").glob("[0-9]*/cwd") if os.path.realpath(file) == str(folder)]


def test_a_sweep_that_is_killed_at_any_moment_ends_with_the_same_hash(tmp_path, two):
    words = ["sweep", f"+study={written(tmp_path, **TWO)}", *SIZE, "workers=2"]
    with started(tmp_path, *words, hold=0.4) as process:
        until(lambda: list(tmp_path.glob("results/small/*/blocks/*.journal")), "the first block", process)
        process.kill()
    until(lambda: not at_work_in(tmp_path), "the end of every worker")
    assert list(tmp_path.glob("results/small/*/blocks/*.journal"))
    code, out, _ = completed(tmp_path, *words)
    assert (code, out.splitlines()[-1]) == (0, f"dataset {two[1]['dataset']}")


def test_two_sweeps_at_once_in_one_folder_share_the_work_and_agree(tmp_path, whole):
    words = ["sweep", f"+study={written(tmp_path)}", *SIZE, "workers=1"]
    with started(tmp_path, *words) as one, started(tmp_path, *words) as other:
        both = [ended(one), ended(other)]
    assert [(code, out.splitlines()[-1]) for code, out, _ in both] == [(0, f"dataset {whole[1]['dataset']}")] * 2


def test_ctrl_c_reports_what_is_kept_and_how_to_go_on(tmp_path):
    words = ["sweep", f"+study={written(tmp_path)}", *SIZE, "workers=1"]
    with started(tmp_path, *words, hold=0.4, held=tmp_path) as process:
        until((tmp_path / str(process.pid)).exists, "a point that is held", process)
        process.send_signal(signal.SIGINT)
        code, _, err = ended(process)
    assert code == 130
    assert "replications are kept in results/small/" in err
    assert "the same command goes on from there" in err


def test_a_full_disk_stops_the_sweep_with_a_clear_message_and_loses_nothing(tmp_path, whole, monkeypatch):
    append = journal.Journal.append

    def full(self, payload):
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(journal.Journal, "append", full)
    with pytest.raises(RequestError, match=r"No space left on device.*What was done is kept"):
        swept(tmp_path)
    monkeypatch.setattr(journal.Journal, "append", append)
    assert swept(tmp_path)[1]["dataset"] == whole[1]["dataset"]


def test_a_worker_with_another_version_of_the_code_simulates_nothing(tmp_path, monkeypatch):
    monkeypatch.setattr(
        runner, "chunks", lambda *given: [replace(chunk, code="another") for chunk in chunk_module.chunks(*given)]
    )
    with pytest.raises(RequestError, match=r"a worker runs code \w{8}, this sweep another; install the same version"):
        swept(tmp_path)


def test_a_folder_that_cannot_be_written_is_refused(tmp_path):
    file = tmp_path / "file"
    file.touch()
    with pytest.raises(RequestError, match=r"results: .* cannot be written"):
        StudyFolder(study(), study().folder(file)).open()


def test_shards_of_different_studies_are_not_merged(tmp_path):
    one, _ = swept(tmp_path / "one", shard=(1, 2))
    other, _ = swept(tmp_path / "other", shard=(2, 2), words=["ensemble.seed=2"])
    with pytest.raises(RequestError, match="merge only shards of one study"):
        merge_studies([one.path, other.path], None)


def test_a_merge_of_some_shards_reports_what_is_missing(tmp_path):
    folder, _ = swept(tmp_path, shard=(1, 2))
    _, manifest = merge_studies([folder.path], None)
    assert not manifest["whole"]
    assert {failure["status"] for failure in manifest["failures"]} == {"missing"}


def test_progress_never_goes_beyond_the_whole(tmp_path):
    seen = []
    swept(tmp_path, watch=lambda done, whole: seen.append((done, whole)))
    assert seen[0] == (0, 64)
    assert seen[-1] == (64, 64)
    assert all(done <= whole for done, whole in seen)
