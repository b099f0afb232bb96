"""kill -9 and Ctrl-C leave whole blocks, and the same command goes on from there."""

import signal
import subprocess
import sys
import time

import pytest

from scenarios import results, running, schema
from scenarios.archive import journal
from scenarios.archive.tables import about
from tests.scenarios.asking import ONE_THEORY, ROOT, asks, assert_same_content, carried_out

WORDS = ("ensemble.replications=24", "ensemble.horizon=14", *ONE_THEORY)
# Blocks of four draws; in the third block of the first scenario the serial run stops to be interrupted.
SCRIPT = """
import signal, sys, time
signal.signal(signal.SIGINT, signal.default_int_handler)
from scenarios import running, schema
from scenarios.__main__ import main
schema.BLOCK = 4
real = running.simulate
def slow(request, draws, *rest):
    if draws.start == 8:
        time.sleep(120)
    return real(request, draws, *rest)
running.simulate = slow
sys.exit(main(sys.argv[1:]))
"""
# In a pool the workers are other processes: there it is the many days that give the time.
LONG = """
import signal, sys
signal.signal(signal.SIGINT, signal.default_int_handler)
from scenarios import schema
from scenarios.__main__ import main
schema.BLOCK = 4
sys.exit(main(sys.argv[1:]))
"""


@pytest.fixture(autouse=True)
def small_blocks(monkeypatch):
    monkeypatch.setattr(schema, "BLOCK", 4)


@pytest.fixture(scope="module")
def fresh(tmp_path_factory):
    """What an undisturbed run finds."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(schema, "BLOCK", 4)
        return carried_out(asks(of=WORDS), tmp_path_factory.mktemp("fresh"))


def begun(folder, script, *words):
    command = [sys.executable, "-c", script, "run", "+scenario=full_withdrawal", *WORDS, *words]
    return subprocess.Popen(command, cwd=folder, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def whole_blocks(folder):
    found = [frame.about["draws"] for blocks in folder.rglob("blocks") for frame in journal.frames(blocks, about)]
    return sorted(found)


def wait_for_blocks(folder, number, process):
    until = time.monotonic() + 60
    while len(whole_blocks(folder)) < number:
        assert process.poll() is None, process.communicate()
        assert time.monotonic() < until, "no block came"
        time.sleep(0.05)


@pytest.fixture
def lived(monkeypatch):
    seen = []
    real = running.simulate

    def noting(request, draws, *rest):
        seen.append((draws.start, draws.stop))
        return real(request, draws, *rest)

    monkeypatch.setattr(running, "simulate", noting)
    return seen


def goes_on(folder, fresh, lived):
    """The same command lives what is missing alone, and ends with the same numbers."""
    assert not list(folder.rglob("manifest.json"))
    assert whole_blocks(folder) == [[0, 4], [4, 8]]
    assert_same_content(carried_out(asks(of=WORDS), folder / "results"), fresh)
    assert lived == [(8, 12), (12, 16), (16, 20), (20, 24)]


def test_a_process_killed_in_the_middle_of_a_block_leaves_whole_blocks_to_go_on_from(here, fresh, lived):
    with begun(here, SCRIPT, "workers=1") as process:
        wait_for_blocks(here, 2, process)
        process.kill()
    assert process.returncode == -signal.SIGKILL
    goes_on(here, fresh, lived)


def test_a_process_killed_in_the_middle_of_writing_a_block_loses_that_block_alone(here, fresh, lived):
    with begun(here, SCRIPT, "workers=1") as process:
        wait_for_blocks(here, 2, process)
        process.kill()
    (file,) = here.rglob("*.journal")
    with file.open("ab") as opened:
        opened.write(file.read_bytes()[: journal.HEADER.size + 500])
    goes_on(here, fresh, lived)


def test_control_c_ends_with_130_and_a_word_on_going_on(here, fresh, lived):
    with begun(here, SCRIPT, "workers=1") as process:
        wait_for_blocks(here, 2, process)
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=60)
    assert process.returncode == 130
    assert out == ""
    assert "interrupted: whole blocks are kept; the same command goes on from there." in err
    assert "Traceback" not in err
    goes_on(here, fresh, lived)


def children(process):
    """The processes that a process has begun, and those that these have."""
    listed = subprocess.run(["ps", "-eo", "pid=,ppid="], capture_output=True, text=True, check=True)
    parents = dict(map(int, line.split()) for line in listed.stdout.splitlines())
    found = {process.pid}
    for _ in parents:
        found |= {child for child, parent in parents.items() if parent in found}
    return found - {process.pid}


def running_still(pids):
    listed = subprocess.run(["ps", "-eo", "pid=,stat="], capture_output=True, text=True, check=True)
    states = dict(line.split() for line in listed.stdout.splitlines())
    return [pid for pid in pids if not states.get(str(pid), "Z").startswith("Z")]


def test_control_c_ends_the_workers_of_a_pool_too(here):
    words = ("workers=2", "ensemble.horizon=140", "ensemble.replications=400")
    with begun(here, LONG, *words) as process:
        wait_for_blocks(here, 1, process)
        workers = children(process)
        process.send_signal(signal.SIGINT)
        _, err = process.communicate(timeout=60)
    assert process.returncode == 130
    assert "Traceback" not in err
    assert len(workers) >= 2
    until = time.monotonic() + 20
    while alive := running_still(workers):
        assert time.monotonic() < until, alive
        time.sleep(0.1)
    assert whole_blocks(here)
    assert not list(here.rglob("manifest.json"))


def test_the_tests_run_the_code_of_this_folder():
    assert results.__file__.startswith(str(ROOT))
