"""Journals: a frame is whole, by its digest, or it does not count."""

import os
import subprocess
import sys

import pytest

from scenarios.store import journal, locks
from scenarios.store.journal import Journal, discard, frames, journals
from tests.requests import ROOT


def length(payload):
    return {"length": len(payload)}


def kept(folder):
    return [frame.read() for frame in frames(folder, length)]


def write(folder, *payloads):
    with Journal(folder) as opened:
        for payload in payloads:
            opened.append(payload)


def only(folder):
    (file,) = journals(folder)
    return file


def test_frames_come_back_as_they_went_in_and_in_order(tmp_path):
    payloads = [b"one", b"", b"three" * 1_000, bytes(range(256))]
    write(tmp_path / "blocks", *payloads)
    assert kept(tmp_path / "blocks") == payloads
    assert [frame.about["length"] for frame in frames(tmp_path / "blocks", length)] == [3, 0, 5_000, 256]


def test_a_journal_goes_on_where_it_ended(tmp_path):
    write(tmp_path, b"one")
    write(tmp_path, b"two", b"three")
    assert kept(tmp_path) == [b"one", b"two", b"three"]
    assert len(journals(tmp_path)) == 1


def test_a_folder_without_journals_has_no_frames(tmp_path):
    assert frames(tmp_path / "nowhere", length) == []


@pytest.mark.parametrize("cut", [1, 20, 47, 48, 49, 60])
def test_whatever_a_crash_left_half_written_is_ignored_and_then_cut_off(tmp_path, cut):
    write(tmp_path, b"a whole frame", b"the frame that the crash hit")
    file = only(tmp_path)
    whole = journal.HEADER.size + len(b"a whole frame")
    os.truncate(file, whole + cut)
    assert kept(tmp_path) == [b"a whole frame"]
    write(tmp_path, b"after the crash")
    assert kept(tmp_path) == [b"a whole frame", b"after the crash"]
    assert file.stat().st_size == whole + journal.HEADER.size + len(b"after the crash")


@pytest.mark.parametrize("offset", [0, 8, 16, 47, 48, 55])
def test_a_frame_whose_header_or_digest_does_not_match_does_not_count(tmp_path, offset):
    write(tmp_path, b"the first", b"the second")
    file = only(tmp_path)
    content = bytearray(file.read_bytes())
    content[journal.HEADER.size + len(b"the first") + offset] ^= 1
    file.write_bytes(content)
    assert kept(tmp_path) == [b"the first"]


def test_two_writers_at_a_time_have_a_journal_each(tmp_path):
    with Journal(tmp_path) as one, Journal(tmp_path) as other:
        one.append(b"one")
        other.append(b"other")
        one.append(b"one more")
    assert len(journals(tmp_path)) == 2
    assert kept(tmp_path) == [b"one", b"one more", b"other"]
    write(tmp_path, b"later")
    assert len(journals(tmp_path)) == 2


def test_two_processes_have_a_journal_each(tmp_path):
    holds = (
        "import sys; from pathlib import Path; from scenarios.store.journal import Journal\n"
        "with Journal(Path(sys.argv[1])) as opened:\n"
        "    opened.append(b'other'); print('open', flush=True); sys.stdin.read()\n"
    )
    command = [sys.executable, "-c", holds, str(tmp_path)]
    with subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as other:
        assert other.stdout.readline() == "open\n"
        write(tmp_path, b"own")
        discard(tmp_path, lambda payload: True)
        assert kept(tmp_path) == [b"other"]  # the own journal is gone, the other is being written
        other.communicate("")
    assert kept(tmp_path) == [b"other"]


def test_journals_are_dropped_once_every_frame_is_settled(tmp_path):
    with Journal(tmp_path / "blocks") as one, Journal(tmp_path / "blocks") as other:
        one.append(b"settled")
        other.append(b"settled")
        other.append(b"open")
    discard(tmp_path / "blocks", lambda payload: payload == b"settled")
    assert kept(tmp_path / "blocks") == [b"settled", b"open"]
    discard(tmp_path / "blocks", lambda payload: True)
    assert not (tmp_path / "blocks").exists()


def test_a_journal_that_was_dropped_while_it_was_being_opened_is_not_written(tmp_path, monkeypatch):
    write(tmp_path, b"old")
    real = locks.is_locked

    def dropped_meanwhile(file):
        if not dropped:
            dropped.append(only(tmp_path))
            dropped[0].unlink()
        return real(file)

    dropped = []
    monkeypatch.setattr(journal, "is_locked", dropped_meanwhile)
    write(tmp_path, b"new")
    monkeypatch.setattr(journal, "is_locked", real)
    assert kept(tmp_path) == [b"new"]
