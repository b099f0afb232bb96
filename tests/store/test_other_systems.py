"""Folders on other systems: of other users, read-only, linked, without locks or syncs; outputs that are no files."""

import errno
import inspect
import os
import shutil
import subprocess
import sys
import threading
from pathlib import Path

import pytest

import scenarios
from scenarios.errors import RequestError
from scenarios.load import load
from scenarios.store import derived, locks, manifest, search
from scenarios.store import files as store_files
from scenarios.store import folder as folder_module
from scenarios.store.files import LOCK, write_output
from scenarios.store.manifest import MANIFEST
from tests.requests import ROOT, TINY
from tests.store.strange import content, pending, state

RUN = ("run", "+scenario=full_withdrawal", *TINY, "workers=1")
# Root without the capabilities by which it may read and write everything: permissions hold for it as for anybody.
CAPABILITIES = (1, 2, 3)  # DAC_OVERRIDE, DAC_READ_SEARCH, FOWNER
AS_NOBODY = f"""
import ctypes, os, sys
if os.getuid() == 0:
    libc = ctypes.CDLL(None)
    assert not any([libc.prctl(24, each, 0, 0, 0) for each in {CAPABILITIES}]), "PR_CAPBSET_DROP is refused"
os.execv(sys.executable, [sys.executable, "-c", *sys.argv[1:]])
"""


def as_nobody(code, folder, *words):
    """Python code run in a folder by a user to whom permissions apply."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-c", AS_NOBODY, f"import sys\n{code}", *map(str, words)]
    return subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)


@pytest.fixture
def of_another(tmp_path_factory, tiny):
    """Finished results of another user, in a folder that everybody may enter."""
    place = tmp_path_factory.mktemp("shared")
    shutil.copytree(tiny, place / "results")
    return place


LOADS = "import scenarios; results = scenarios.load(sys.argv[1]); print(len(results), *results.troubles)"
COMMANDS = "from scenarios.__main__ import main; sys.exit(main(sys.argv[1:]))"


def sealed_off(place, mode):
    """Set the permissions of a folder and its content; nothing may be written."""
    for folder, _, files in os.walk(place):
        for name in files:
            (Path(folder) / name).chmod(mode & 0o444)
        Path(folder).chmod(mode)


def test_results_of_another_user_whose_lock_cannot_be_written_are_read(of_another):
    sealed_off(of_another / "results", 0o555)
    before = state(of_another / "results")
    ended = as_nobody(LOADS, of_another, "results")
    assert (ended.returncode, ended.stdout.split()) == (0, ["2"]), ended.stderr
    assert state(of_another / "results") == before


def test_a_rerun_in_a_finished_folder_that_cannot_be_written_succeeds(command, here, earlier, monkeypatch):
    assert command(*RUN).code == 0
    before = state(here / "results")

    def refused(*_, **__):
        raise OSError(errno.EROFS, "Read-only file system", "here")

    for name in ("write_bytes", "unlink", "replace"):
        monkeypatch.setattr(Path, name, refused)
    for module in (store_files, derived, folder_module, manifest):
        monkeypatch.setattr(module, "exclusive", refused)
    assert command(*RUN).code == 0
    assert state(here / "results") == before


def test_a_rerun_by_a_user_who_may_only_read_succeeds(of_another):
    sealed_off(of_another / "results", 0o555)
    ended = as_nobody(COMMANDS, of_another, *RUN)
    assert ended.returncode == 0, ended.stderr
    assert "cannot be written; summary.csv and overview.png there stay as they are" in ended.stderr


def test_a_folder_that_may_not_be_entered_is_named_and_hides_no_other(of_another):
    (of_another / "results" / "status_quo").chmod(0o000)
    try:
        ended = as_nobody(LOADS.replace("len(results)", "results.scenario"), of_another, "results")
        barred = as_nobody(LOADS, of_another, "results/status_quo")
    finally:
        (of_another / "results" / "status_quo").chmod(0o755)
    assert ended.stdout.startswith("full_withdrawal results/status_quo cannot be read (Permission denied)"), (
        ended.stderr
    )
    assert "RequestError: results/status_quo cannot be read (Permission denied)" in barred.stderr


@pytest.mark.parametrize("name", [MANIFEST, "outcomes.parquet"])
def test_a_file_that_may_not_be_read_is_named_and_hides_no_other(of_another, name):
    (next((of_another / "results" / "status_quo").iterdir()) / name).chmod(0o000)
    ended = as_nobody(LOADS.replace("len(results)", "results.scenario"), of_another, "results")
    assert ended.stdout.startswith("full_withdrawal results/status_quo/"), ended.stderr
    assert f"{name} cannot be read (Permission denied)" in ended.stdout


def without(monkeypatch, call, number):
    """A system whose call fails with an error."""

    def lacking(*_):
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(locks.FCNTL, call, lacking)


LACKING = (errno.ENOLCK, errno.ENOSYS, errno.ENOTSUP)


@pytest.mark.parametrize("number", LACKING)
def test_reading_needs_no_lock_and_writing_names_the_file_system_that_lacks_it(command, earlier, monkeypatch, number):
    without(monkeypatch, "flock", number)
    assert len(load(earlier).outcomes) == 8
    error = command(*RUN[:-1], "ensemble.replications=16").error
    assert f"has no locks: flock reports {os.strerror(number)}" in error
    assert "give a folder of your own by results=PATH" in error
    assert locks.file_system(earlier).split()[-1].strip(",") in error


def test_a_commit_that_was_cut_short_is_read_as_it_is_where_nothing_can_be_locked(earlier, monkeypatch):
    pending(earlier, content(earlier)["files"])
    without(monkeypatch, "flock", errno.ENOLCK)
    before = state(earlier)
    assert len(load(earlier).outcomes) == 8
    assert state(earlier) == before


def test_a_lock_of_another_user_that_is_read_only_serves_writers_too(tmp_path):
    file = tmp_path / LOCK
    file.touch()
    file.chmod(0o444)
    code = (
        "from pathlib import Path; from scenarios.store.files import exclusive\n"
        "with exclusive(Path(sys.argv[1])): print('locked')"
    )
    assert as_nobody(code, "/", tmp_path).stdout == "locked\n"


@pytest.mark.parametrize(
    ("number", "is_reported"), [(errno.EINVAL, False), (errno.ENOTSUP, False), (errno.EIO, True), (errno.ENOSPC, True)]
)
def test_a_folder_that_cannot_be_synced_is_no_fault_but_a_broken_disk_is(
    command, here, monkeypatch, number, is_reported
):
    sync = os.fsync

    def failing(handle):
        if os.path.isdir(f"/proc/self/fd/{handle}"):
            raise OSError(number, os.strerror(number))
        sync(handle)

    monkeypatch.setattr(os, "fsync", failing)
    ended = command(*RUN)
    assert ended.code in ((2, 3) if is_reported else (0,)), ended.err
    assert not is_reported or os.strerror(number) in ended.err


FAKE_MSVCRT = """
import errno, fcntl, multiprocessing, os, subprocess, sys, types
locks = fcntl
def locking(handle, mode, size):
    locks.lockf(handle, locks.LOCK_EX | locks.LOCK_NB, size, os.lseek(handle, 0, os.SEEK_CUR))
msvcrt = types.ModuleType("msvcrt")
msvcrt.locking, msvcrt.LK_NBLCK = locking, 2
sys.modules["fcntl"] = None
sys.modules["msvcrt"] = msvcrt if {} else None
from scenarios.store import files, journal
from scenarios.studies import chunks, folder
from scenarios.__main__ import main
sys.exit(main(sys.argv[1:]))
"""


@pytest.mark.parametrize("has_msvcrt", [True, False])
def test_without_fcntl_the_locks_of_windows_serve_or_one_line_names_what_is_missing(here, has_msvcrt):
    def run(*words):
        code = FAKE_MSVCRT.format(has_msvcrt)
        environment = {**os.environ, "PYTHONPATH": str(ROOT)}
        command = [sys.executable, "-c", code, *words]
        return subprocess.run(command, env=environment, capture_output=True, text=True, check=False)

    assert run("list").returncode == 0
    ended = run(*RUN)
    assert "Traceback" not in ended.stderr
    if has_msvcrt:
        assert ended.returncode == 0, ended.stderr
        assert not list(here.rglob("*.journal"))
    else:
        assert ended.returncode == 2
        assert "neither fcntl nor msvcrt" in ended.stderr.splitlines()[-1]


# Linked folders, loops, and callers that go elsewhere


def test_a_linked_folder_is_visited_once_and_loops_end(here, earlier):
    (here / "scratch").mkdir()
    (here / "results" / "full_withdrawal").rename(here / "scratch" / "full_withdrawal")
    (here / "results" / "full_withdrawal").symlink_to(here / "scratch" / "full_withdrawal")
    (here / "results" / "loop").symlink_to(here / "results")
    (here / "scratch" / "full_withdrawal" / "up").symlink_to(here)
    (here / "results" / "again").symlink_to(here / "scratch")
    (here / "results" / "nowhere").symlink_to(here / "missing")
    for where in ("results", here / "results", "results/**", ["results", "scratch"], "**"):
        assert sorted(each.scenario for each in load(where)) == ["full_withdrawal", "status_quo"], where
    assert {each.path.parts[0] for each in load("results/full_withdrawal")} == {"results"}
    assert load(f"results/full_withdrawal/{earlier.name}").scenario == "full_withdrawal"
    assert len(search.finished(here, [MANIFEST])) == 2


def test_a_report_includes_a_linked_folder_and_its_baseline(command, here, earlier):
    (here / "scratch").mkdir()
    (here / "results" / "full_withdrawal").rename(here / "scratch" / "full_withdrawal")
    (here / "results" / "full_withdrawal").symlink_to(here / "scratch" / "full_withdrawal")
    ended = command("report", "results")
    assert ended.code == 0
    assert "full_withdrawal, status_quo" in ended.out


def test_folders_nested_deeply_are_walked_without_recursion(tmp_path):
    deep = tmp_path / "/".join("d" * 300)
    deep.mkdir(parents=True)
    before = sys.getrecursionlimit()
    sys.setrecursionlimit(len(inspect.stack()) + 150)
    try:
        count = len(list(search.Walk(tmp_path).folders()))
    finally:
        sys.setrecursionlimit(before)
    assert count == 301


def test_what_was_loaded_by_a_relative_path_is_read_wherever_the_caller_goes(
    here, earlier, tmp_path_factory, monkeypatch
):
    results = scenarios.load("results")
    result = scenarios.load("results/full_withdrawal")
    monkeypatch.chdir(tmp_path_factory.mktemp("elsewhere"))
    assert len(result.outcomes) == len(result.parameters) == 8
    assert len(results.events.columns) > 3
    assert result.bands(["deaths"]).size
    assert len(result.table("series", ["deaths"]))
    assert result.to_xarray(["deaths"])["deaths"].sum() >= 0
    assert str(result.path) == f"results/full_withdrawal/{earlier.name}"


# What -o names


def read_from(pipe, into):
    with open(pipe, "rb") as file:
        into.append(file.read())


@pytest.mark.parametrize("name", ["page.html", "page"])
def test_a_page_is_written_into_a_pipe_that_stays_one(command, here, earlier, name):
    os.mkfifo(here / name)
    got = []
    reader = threading.Thread(target=read_from, args=(here / name, got), daemon=True)
    reader.start()
    assert command("report", "results", "-o", name).code == 0
    reader.join(60)
    assert got[0].startswith(b"<!DOCTYPE html>")
    assert (here / name).is_fifo()


def test_an_output_goes_into_a_device_and_through_links_which_stay(tmp_path):
    target, link = tmp_path / "target", tmp_path / "link"
    target.write_text("old")
    target.chmod(0o600)
    link.symlink_to("target")
    write_output(link, b"new")
    assert link.is_symlink()
    assert target.read_bytes() == b"new"
    fresh = tmp_path / "fresh"
    fresh.symlink_to("not_yet")
    write_output(fresh, b"fresh")
    assert (tmp_path / "not_yet").read_bytes() == b"fresh"
    write_output(Path("/dev/null"), b"gone")
    assert Path("/dev/null").is_char_device()
    assert not [each for each in tmp_path.iterdir() if each.name.endswith(".part")]


def test_an_output_to_standard_output_goes_there(tmp_path):
    code = "from pathlib import Path; from scenarios.store.files import write_output\n"
    code += "write_output(Path('/dev/stdout'), b'page')"
    ended = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, check=True)
    assert ended.stdout == b"page"


@pytest.mark.parametrize("kind", ["folder", "loop", "no folder"])
def test_an_output_that_cannot_be_written_is_refused_by_its_name(tmp_path, kind):
    file = tmp_path / "missing" / "page" if kind == "no folder" else tmp_path / "page"
    if kind == "folder":
        file.mkdir()
    if kind == "loop":
        file.symlink_to(file)
    with pytest.raises(RequestError, match=rf"-o: {file} cannot be written"):
        write_output(file, b"page")


WRITERS = {
    "compare": ("compare", "full_withdrawal", *TINY[1:], "workers=1"),
    "report": ("report", "results"),
}


@pytest.mark.parametrize("command_name", WRITERS)
def test_every_output_follows_links_and_keeps_them(command, here, earlier, command_name):
    (here / "real.csv").write_text("old")
    (here / "link.csv").symlink_to("real.csv")
    assert command(*WRITERS[command_name], "-o", "link.csv").code == 0
    assert (here / "link.csv").is_symlink()
    assert len((here / "real.csv").read_text()) > 100
