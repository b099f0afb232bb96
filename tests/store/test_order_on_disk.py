"""What reaches the disk, in which order: whenever the power fails, no half result looks whole."""

import os
from pathlib import Path

import pytest

from scenarios import load
from scenarios.errors import RequestError
from scenarios.runs.folder import RunFolder
from scenarios.store import journal
from scenarios.store.journal import Journal
from scenarios.store.manifest import MANIFEST, PENDING
from scenarios.store.tables import TABLES
from tests.requests import TINY, asks, carried_out
from tests.store.strange import state

RUN = ("run", "+scenario=full_withdrawal", *TINY, "workers=1")
FILES = [f"{name}.parquet" for name in TABLES]


@pytest.fixture
def events(monkeypatch):
    """Syncs, renamings and removals in order, with files by their place on the disk."""
    seen = []
    fsync, replace, unlink = os.fsync, Path.replace, Path.unlink

    def syncing(handle):
        status = os.fstat(handle)
        fsync(handle)
        seen.append(("fsync", status.st_ino, status.st_size))

    def renaming(file, target):
        status = file.stat()
        seen.append(("rename", status.st_ino, status.st_size, Path(target).name))
        return replace(file, target)

    def removing(file, missing_ok=False):
        if file.exists():
            seen.append(("remove", file.name))
        return unlink(file, missing_ok=missing_ok)

    monkeypatch.setattr(os, "fsync", syncing)
    monkeypatch.setattr(Path, "replace", renaming)
    monkeypatch.setattr(Path, "unlink", removing)
    return seen


def places(seen, kind, name=None):
    return [place for place, each in enumerate(seen) if each[0] == kind and name in (None, each[-1])]


def synced(seen, inode, first, last):
    """Whether a file or folder is synced between two moments."""
    return any(each[:2] == ("fsync", inode) for each in seen[first:last])


def test_what_is_renamed_is_on_the_disk_whole_and_each_step_before_the_next(tmp_path, events):
    folder = carried_out(asks(of=TINY), tmp_path)
    inode = folder.stat().st_ino
    renamed = [each[-1] for each in events if each[0] == "rename"]
    assert renamed == [PENDING, *FILES, MANIFEST]
    for place in places(events, "rename"):
        _, file, size, name = events[place]
        if name != MANIFEST:  # which is the next manifest under another name
            assert ("fsync", file, size) in events[:place], f"{name} is renamed before it is on the disk"
    (next_one,), (last,) = (places(events, "rename", name) for name in (PENDING, MANIFEST))
    tables = [places(events, "rename", name)[0] for name in FILES]
    assert synced(events, inode, next_one, tables[0]), "tables are replaced before the next manifest is durable"
    assert synced(events, inode, tables[-1], last), "the manifest is replaced before the tables are durable"
    (dropped,) = [place for place in places(events, "remove") if events[place][1].endswith(".journal")]
    assert synced(events, inode, last, dropped), "journals are dropped before the manifest is durable"


def test_a_block_counts_once_it_and_the_name_of_its_journal_are_on_the_disk(tmp_path, events):
    with Journal(tmp_path / "blocks") as opened:
        named = list(events)
        opened.append(b"a block")
        (path,) = journal.journals(tmp_path / "blocks")
        status = path.stat()
        assert events[-1] == ("fsync", status.st_ino, status.st_size)
    for folder in (tmp_path / "blocks", tmp_path):
        assert synced(named, folder.stat().st_ino, 0, len(named)), f"{folder} is not synced"


def test_files_beside_the_tables_are_committed_in_the_same_order(command, here, earlier, events):
    assert command(*RUN).code == 0
    renamed = [each[-1] for each in events if each[0] == "rename"]
    assert renamed == [PENDING, "summary.csv", MANIFEST, PENDING, "summary.csv", "overview.png", MANIFEST]
    for place in places(events, "rename"):
        _, file, size, name = events[place]
        assert name == MANIFEST or ("fsync", file, size) in events[:place]
    assert set(load(earlier).manifest["derived"]) == {"summary.csv", "overview.png"}


# What a killed process leaves


DOCUMENTED = {MANIFEST, ".lock", "summary.csv", "overview.png", *FILES}


@pytest.fixture
def whole(command, here, earlier):
    """A run with everything beside it."""
    assert command(*RUN).code == 0
    return earlier


def names(folder):
    return {str(each.relative_to(folder)) for each in folder.rglob("*")}


LEFT = (".series.parquet.tmp", ".manifest.next.json.123.part", ".summary.csv.9.part", ".overview.png.tmp", ".writable")


def test_a_finished_folder_has_the_documented_files_and_leftovers_go_with_the_next_command(command, here, whole):
    assert names(whole) == DOCUMENTED
    for name in LEFT:
        (whole / name).write_bytes(b"half")
    (whole / "blocks").mkdir()
    (whole / "blocks" / "node7-0.journal").write_bytes(b"IRAQBLK1 torn")
    assert len(load(whole).outcomes) == 8
    assert command(*RUN).code == 0
    assert names(whole) == DOCUMENTED


def test_journals_that_were_to_be_dropped_go_with_the_next_command(command, here, monkeypatch):
    with monkeypatch.context() as killed:
        killed.setattr(journal, "discard", lambda *_: None)
        assert command(*RUN).code == 0
    assert len(list(here.rglob("*.journal"))) == 2
    assert command(*RUN).code == 0
    assert not list(here.rglob("blocks"))
    (folder,) = (here / "results" / "full_withdrawal").iterdir()
    assert names(folder) == DOCUMENTED


def test_a_journal_that_another_process_is_writing_stays(command, here, whole):
    with Journal(whole / "blocks") as other:
        for name in LEFT:
            (whole / name).write_bytes(b"half")
        assert command(*RUN).code == 0
        assert names(whole) == {*DOCUMENTED, "blocks", f"blocks/{other.path.name}"}
    assert command(*RUN).code == 0
    assert names(whole) == DOCUMENTED


def test_files_of_the_users_own_in_a_folder_stay(command, here, whole):
    own = ("notes.txt", ".notes.txt.5.part", "page.html", ".page.html.77.part", "series.parquet.bak")
    for name in own:
        (whole / name).write_text("notes")
    assert command(*RUN).code == 0
    assert names(whole) == {*DOCUMENTED, *own}


def test_a_finished_folder_is_not_touched_by_the_same_command(command, here, whole):
    before = state(here / "results")
    assert command(*RUN).code == 0
    assert state(here / "results") == before


@pytest.mark.parametrize("name", ["summary.csv", "overview.png"])
@pytest.mark.parametrize("damage", ["altered", "gone"])
def test_files_computed_from_the_tables_are_verified_and_computed_again(command, here, whole, name, damage):
    good = (whole / name).read_bytes()
    if damage == "gone":
        (whole / name).unlink()
    else:
        (whole / name).write_bytes(good[:-1] + b"x")
    with pytest.raises(RequestError, match=name):
        load(whole)
    assert command(*RUN).code == 0
    assert (whole / name).read_bytes() == good
    assert len(load(whole).outcomes) == 8


def test_tables_that_cannot_be_finished_leave_nothing_half_written(tmp_path, monkeypatch):
    request = asks(of=TINY)
    with monkeypatch.context() as full:
        full.setattr("scenarios.store.folder.stamp_synced", lambda file: (_ for _ in ()).throw(OSError(28, "full")))
        with pytest.raises(RequestError, match=r"could not be finished: .*full\. What was simulated is kept"):
            carried_out(request, tmp_path)
    assert not list(tmp_path.rglob("*.tmp"))
    assert names(carried_out(request, tmp_path)) == {MANIFEST, ".lock", *FILES}
    assert RunFolder(request, tmp_path).is_finished()
