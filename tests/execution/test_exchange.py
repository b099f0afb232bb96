"""The folder through which jobs are exchanged: private, and nothing is unpickled that this call did not write."""

import os
import pickle
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

from scenarios.errors import RequestError
from scenarios.execution.slurm import Slurm, jobs, node, private
from scenarios.execution.slurm.jobs import JobTasks, Sent, Submission
from scenarios.execution.slurm.monitor import Monitor
from scenarios.execution.slurm.private import Begun, TaskResult, kept
from scenarios.execution.slurm.site import Site
from scenarios.store import files
from scenarios.store.journal import Journal
from tests.execution import jobs as work

KEY = b"k" * 32


class Bomb:
    """Object that makes a file when it is unpickled."""

    def __init__(self, file: Path) -> None:
        self.file = file

    def __reduce__(self):
        return Path.touch, (self.file,)


@pytest.fixture
def bomb(tmp_path):
    """Pickle that would run code, and the file that shows that it did."""
    file = tmp_path / "has-run"
    return pickle.dumps(Bomb(file)), file


def mode(folder: Path) -> int:
    return folder.stat().st_mode & 0o777


@pytest.mark.parametrize("umask", [0o000, 0o002, 0o022, 0o077])
@pytest.mark.parametrize("exists", [False, True])
def test_every_folder_of_a_submission_is_private_whatever_the_umask(tmp_path, umask, exists):
    if exists:
        private.shared(tmp_path / "study" / "slurm")
    before = os.umask(umask)
    try:
        submission = Submission(Site(), tmp_path / "study" / "slurm")
    finally:
        os.umask(before)
    assert {mode(path) for path in (submission.folder.parent, submission.folder, submission.kept)} == {0o700}


def test_two_submissions_of_one_process_have_names_that_nobody_can_guess(tmp_path):
    names = {Submission(Site(), tmp_path / "slurm").name for _ in range(3)}
    assert len(names) == 3


@pytest.mark.parametrize("open_to", [0o755, 0o770, 0o701, 0o777, 0o720])
def test_a_folder_that_is_open_to_others_is_refused_and_left_as_it_is(tmp_path, open_to):
    folder = tmp_path / "slurm"
    folder.mkdir()
    folder.chmod(open_to)
    with pytest.raises(RequestError, match=rf"slurm is open to others \(mode 0{open_to:o}, where at most 0700"):
        Submission(Site(), folder)
    assert mode(folder) == open_to
    assert not any(folder.iterdir())


def test_a_link_or_a_file_in_place_of_the_folder_is_refused(tmp_path):
    (tmp_path / "elsewhere").mkdir(0o700)
    (tmp_path / "slurm").symlink_to(tmp_path / "elsewhere")
    (tmp_path / "file").touch(0o700)
    for name in ("slurm", "file"):
        with pytest.raises(RequestError, match="is a link or a file where a private folder must be"):
            private.shared(tmp_path / name)


def test_a_folder_of_another_user_is_refused(tmp_path, monkeypatch):
    (tmp_path / "slurm").mkdir(0o700)
    monkeypatch.setattr(os, "getuid", lambda: 4_242_424)
    with pytest.raises(RequestError, match=r"slurm belongs to user \d+, not to you"):
        private.shared(tmp_path / "slurm")


def test_a_call_refuses_an_open_folder_before_it_reads_anything_in_it(tmp_path, monkeypatch):
    pytest.importorskip("submitit", reason="it is in the extra `cluster`")
    monkeypatch.setattr("shutil.which", lambda name: f"/bin/{name}")
    (tmp_path / "slurm").mkdir()
    (tmp_path / "slurm").chmod(0o777)
    with pytest.raises(RequestError, match="is open to others"):
        list(Slurm(Site(), tmp_path).results(work.doubled, [1]))


def planted(folder: Path, payload: bytes) -> None:
    with Journal(folder) as journal:
        journal.append(payload)


def test_results_that_no_job_of_the_call_wrote_are_refused_and_never_unpickled(tmp_path, bomb):
    content, file = bomb
    for number, payload in enumerate([content, bytes(32) + content, private.sealed(1, b"other")[:32] + content, b""]):
        planted(tmp_path / str(number), payload)
        with pytest.raises(RequestError, match="was not written by a job of this call"):
            list(kept(tmp_path / str(number), KEY))
    assert not file.exists()


def test_a_job_that_starts_again_unpickles_nothing_that_was_planted(tmp_path, bomb):
    content, file = bomb
    planted(tmp_path / "kept", content)
    with pytest.raises(RequestError, match="was not written by a job of this call"):
        JobTasks(work.doubled, ((0, 0),), tmp_path / "kept", "code", key=KEY)()
    assert not file.exists()


def test_what_a_job_keeps_is_read_back_with_its_key(tmp_path):
    planted(tmp_path, private.sealed(Begun(3), KEY))
    planted(tmp_path, private.sealed(TaskResult(3, {"a": (1, 2)}, "", False), KEY))
    assert list(kept(tmp_path, KEY)) == [Begun(3), TaskResult(3, {"a": (1, 2)}, "", False)]


def test_two_calls_have_different_keys(tmp_path):
    submission = Submission(Site(), tmp_path / "slurm")
    keys = {Monitor(submission, work.doubled, [1], lambda message: None).key for _ in range(3)}
    assert {len(key) for key in keys} == {32}
    assert len(keys) == 3


def test_the_last_file_of_a_job_is_read_as_texts_alone(tmp_path, bomb):
    content, file = bomb
    paths = SimpleNamespace(result_pickle=tmp_path / "result.pkl", stdout=tmp_path / "log")
    sent = Sent(SimpleNamespace(job_id="12", paths=paths), JobTasks(work.doubled, (), tmp_path, ""))
    assert sent.error() == ""
    for written, message in [(("success", None), ""), (("error", "Traceback\n  x\nValueError: no"), "ValueError: no")]:
        paths.result_pickle.write_bytes(pickle.dumps(written))
        assert sent.error() == message
    paths.result_pickle.write_bytes(content)
    with pytest.raises(RequestError, match="the last file of a job requests"):
        sent.error()
    assert not file.exists()


@pytest.mark.parametrize("kind", ["link", "pipe", "folder"])
def test_locks_that_are_no_files_are_left_alone(tmp_path, kind):
    folder = tmp_path / f"scenarios-{files.host()}-20260101-000000-1-ab"
    folder.mkdir()
    lock = folder / jobs.LOCK
    if kind == "link":
        lock.symlink_to(tmp_path / "somewhere")
    elif kind == "pipe":
        os.mkfifo(lock)
    else:
        lock.mkdir()
    assert jobs.abandoned(tmp_path) == []
    assert not (tmp_path / "somewhere").exists()


def test_a_node_unpickles_nothing_from_a_folder_that_is_open_to_others(tmp_path, monkeypatch, capsys):
    pytest.importorskip("submitit", reason="it is in the extra `cluster`")
    seen = []
    monkeypatch.setattr("submitit.core.submission.process_job", seen.append)
    folder = tmp_path / "job"
    folder.mkdir()
    folder.chmod(0o777)
    assert node.main(folder) == 2
    assert "is open to others" in capsys.readouterr().err
    assert seen == []
    folder.chmod(0o700)
    assert node.main(folder) == 0
    assert seen == [folder]


def test_the_script_of_a_job_starts_what_checks_the_folder(tmp_path):
    pytest.importorskip("submitit", reason="it is in the extra `cluster`")
    script = Slurm(Site(), tmp_path).script(2)
    assert f"{sys.executable} -P -u -m scenarios.execution.slurm.node {tmp_path}/slurm/NAME" in script
