"""Folders that several processes change at once, and what is on the disk between two moments."""

import errno
import multiprocessing
import os
from dataclasses import replace

import numpy as np
import pyarrow.parquet as pq
import pytest

import scenarios.studies.chunks as chunk_module
from scenarios.errors import RequestError
from scenarios.store import journal
from scenarios.studies.chunks import ChunkResult, chunks, claim, simulate_chunk
from scenarios.studies.dataset import Dataset
from scenarios.studies.index import Store
from scenarios.studies.merging import merge_studies
from scenarios.studies.plan import planned
from scenarios.studies.replay import replay
from scenarios.studies.status import status
from scenarios.studies.writer import Writer, digest_of_rows
from tests.store.strange import state
from tests.studies.sweeps import ONE, RATE, study, swept


def test_what_is_discarded_after_it_was_indexed_is_read_from_the_finished_data(tmp_path):
    folder, _ = swept(tmp_path, shard=(1, 1), **ONE)
    store, point = folder.store(), folder.study.layout.points[1]
    before = folder.store().values(point.id, range(2), 4)
    folder.finish({})
    assert not journal.journals(folder.path / "blocks")
    np.testing.assert_array_equal(store.values(point.id, range(2), 4), before)


def test_data_that_are_replaced_after_they_were_indexed_are_looked_up_anew(tmp_path):
    folder, _ = swept(tmp_path, **ONE)
    point = folder.study.layout.points[1]
    store = Store(tmp_path, [folder.path]).refresh()
    before = folder.store().values(point.id, range(2), 4)
    swept(tmp_path, words=["ensemble.replications=16"], **ONE)
    np.testing.assert_array_equal(store.values(point.id, range(2), 4), before)
    assert store.missing(point.id, range(4)) == []


def test_a_new_journal_under_the_same_name_is_read_from_its_beginning(tmp_path):
    folder, _ = swept(tmp_path, shard=(1, 1), **ONE)
    store, points = folder.store(), [point.id for point in folder.study.layout.points]
    path = journal.journals(folder.path / "blocks")[0]
    content = path.read_bytes()
    path.unlink()
    later, _ = swept(tmp_path, shard=(1, 1), words=["ensemble.replications=24"], **ONE)
    assert later.path == folder.path
    assert len(path.read_bytes()) > len(content)
    assert [store.refresh().missing(point, range(6)) for point in points] == [[], []]


def test_a_frame_of_zeros_after_a_power_cut_does_not_count(tmp_path, monkeypatch):
    folder, _ = swept(tmp_path, shard=(1, 1), **ONE)
    path = journal.journals(folder.path / "blocks")[0]
    content = path.read_bytes()
    path.write_bytes(content[: journal.HEADER.size] + bytes(len(content) - journal.HEADER.size))
    assert folder.missing(folder.store()) == folder.study.replications
    with pytest.raises(RequestError, match="does not appear in blocks"):
        swept(tmp_path, **ONE)
    monkeypatch.setattr(journal.Journal, "whole", {})  # as in a process that comes anew
    assert swept(tmp_path, **ONE)[1]["whole"]


def test_fewer_replications_than_are_there_take_nothing_away(tmp_path):
    words = ["ensemble.replications=16"]
    folder, manifest = swept(tmp_path, words=words, **ONE)
    shard, _ = swept(tmp_path, words=["ensemble.replications=24"], shard=(1, 1), **ONE)
    swept(tmp_path, **ONE)
    assert Dataset(folder.path).manifest["dataset"] == manifest["dataset"]
    assert shard.missing(shard.store()) == 0


def test_cores_are_counted_once_however_often_a_study_is_merged(tmp_path):
    folder, _ = swept(tmp_path / "one", shard=(1, 1), **ONE)
    seconds = [merge_studies([folder.path], tmp_path / name)[1]["cpu"] for name in ("a", "a", "b")]
    assert seconds[0] == seconds[1] == seconds[2] > 0


def test_shards_can_be_merged_from_folders_that_nothing_is_written_to(tmp_path):
    folders = [swept(tmp_path / str(number), shard=(number, 2))[0].path for number in (1, 2)]
    before = [state(folder) for folder in folders]
    merge_studies(folders, tmp_path / "out")
    assert [state(folder) for folder in folders] == before


def test_reading_changes_nothing(tmp_path):
    folder, _ = swept(tmp_path, **ONE)
    before = state(folder.path)
    status(folder.path)
    assert len(Dataset(folder.path).summary)
    assert not replay(folder.path, "1", 0).differing
    assert state(folder.path) == before


@pytest.mark.parametrize("interruption", [OSError(errno.ENOSPC, os.strerror(errno.ENOSPC)), KeyboardInterrupt()])
def test_data_that_cannot_be_finished_leave_nothing_half_written_and_come_with_the_next_call(
    tmp_path, monkeypatch, interruption
):
    def stopped(self):
        raise interruption

    with monkeypatch.context() as patched:
        patched.setattr(Writer, "close", stopped)
        with pytest.raises((RequestError, KeyboardInterrupt)) as error:
            swept(tmp_path, **ONE)
    assert isinstance(error.value, KeyboardInterrupt) or "No space left on device. What was simulated is" in str(
        error.value
    )
    assert not list(tmp_path.rglob("*.tmp"))
    assert swept(tmp_path, **ONE)[1]["whole"]


def test_a_crash_between_the_data_and_the_end_of_their_journals_changes_nothing(tmp_path, monkeypatch):
    with monkeypatch.context() as patched:
        patched.setattr(journal, "discard", lambda *arguments: None)
        folder, manifest = swept(tmp_path, **ONE)
    assert journal.journals(folder.path / "blocks")
    again = folder.finish({})
    assert not (folder.path / "blocks").exists()
    assert (again["dataset"], again["cpu"]) == (manifest["dataset"], manifest["cpu"])


def test_a_point_that_appears_twice_in_a_design_does_not_change_the_hash(tmp_path):
    table = tmp_path / "points.csv"
    hashes = []
    for rows in (["0.1", "0.4"], ["0.4", "0.1", "0.1"]):
        table.write_text("\n".join([f"scenario,{RATE}", *(f"status_quo,{row}" for row in rows)]))
        folder, manifest = swept(tmp_path / str(len(rows)), cross={}, table=str(table))
        hashes.append(manifest["dataset"])
        assert pq.read_table(folder.path / "outcomes.parquet").num_rows == 8 * len(rows)
    assert hashes[0] == hashes[1]


def test_undefined_values_have_one_digest():
    values = np.array([[1.0, np.nan], [0.0, 2.0]])
    assert digest_of_rows(values) == digest_of_rows(np.copysign(values, [[1, -1], [1, 1]]))
    assert digest_of_rows(values) != digest_of_rows(np.nan_to_num(values))


def test_a_plan_speaks_of_its_shard_and_of_what_is_left(tmp_path):
    from scenarios.studies.runner import sharded

    about = study()
    shard = list(sharded(about.layout.distinct, (1, 2)))
    swept(tmp_path, shard=(1, 2), points=lambda points: shard[:1])
    report = planned(about, about.folder(tmp_path), shard, 1)
    assert f"this shard: {len(shard)} points" in report
    assert f"{8 * len(shard)} replications to simulate" in report
    assert "8 of them are there already" in report


def keep_claim(folder, key, claimed, done):
    with claim(folder, key) as is_claimed:
        claimed.put(is_claimed)
        done.get()


def test_what_another_process_claims_is_not_simulated_here_and_is_once_it_lets_go(tmp_path, monkeypatch):
    about = study(**ONE)
    path = about.folder(tmp_path)
    path.mkdir(parents=True)
    first = chunks(about, path, about.layout.distinct)[0]
    simulated = []
    together = chunk_module.simulate_together
    monkeypatch.setattr(
        chunk_module, "simulate_together", lambda *arguments: simulated.append(1) or together(*arguments)
    )
    context = multiprocessing.get_context("spawn")
    claimed, done = context.Queue(), context.Queue()
    other = context.Process(target=keep_claim, args=(path, first.key, claimed, done))
    other.start()
    try:
        assert claimed.get(timeout=300)
        assert simulate_chunk(first) == ChunkResult(elsewhere=True)
        assert simulated == []
        assert simulate_chunk(replace(first, claim="another chunk")) == ChunkResult()
        assert simulated == [1]
    finally:
        done.put(None)
        other.join(300)
    assert other.exitcode == 0
    assert simulate_chunk(first) == ChunkResult()
    assert Store(path).refresh().missing(first.ids[0], first.draws) == []


def test_two_sweeps_at_once_simulate_every_chunk_once(tmp_path, monkeypatch):
    """The other sweep takes a chunk just before this one does: this one waits, and it is done."""
    about = study(**ONE)
    path = about.folder(tmp_path)
    path.mkdir(parents=True)
    first = chunks(about, path, about.layout.distinct)[0]
    assert simulate_chunk(first) == ChunkResult()
    monkeypatch.setattr(chunk_module, "simulate_together", lambda *arguments: pytest.fail("simulated twice"))
    chunk_module._store.cache_clear()
    assert simulate_chunk(first) == ChunkResult()
