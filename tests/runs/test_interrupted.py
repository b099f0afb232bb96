"""kill -9 and Ctrl-C leave whole blocks, and the same command goes on from there."""

import signal
import subprocess

import pytest

from scenarios.config import request as config_request
from scenarios.runs import result, runner
from scenarios.simulation import experiment
from scenarios.store import journal
from scenarios.store.tables import about
from tests.processes import alive, begun, ended, until
from tests.requests import ONE_THEORY, ROOT, asks, assert_same_content, carried_out

WORDS = ("ensemble.replications=24", "ensemble.horizon=14", *ONE_THEORY)
# Blocks of four draws; a run is stopped at the third of a scenario, to be interrupted there.
STOPPED = {"hold_draw": 8}
SCRIPT = """
import sys
from scenarios.__main__ import main
from scenarios.config import request
request.BLOCK = 4
sys.exit(main(sys.argv[1:]))
"""


@pytest.fixture(autouse=True)
def small_blocks(monkeypatch):
    monkeypatch.setattr(config_request, "BLOCK", 4)


@pytest.fixture(scope="module")
def fresh(tmp_path_factory):
    """The folder of an undisturbed run."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(config_request, "BLOCK", 4)
        return carried_out(asks(of=WORDS), tmp_path_factory.mktemp("fresh"))


def at_work(folder, *words):
    """A run in progress, up to the block at which it is stopped."""
    command = ("run", "+scenario=full_withdrawal", *WORDS, *words)
    return begun("-c", SCRIPT, *command, cwd=folder, faults=STOPPED)


def whole_blocks(folder):
    whole = [frame.about["draws"] for blocks in folder.rglob("blocks") for frame in journal.frames(blocks, about)]
    return sorted(whole)


def wait_for_blocks(folder, number, process):
    until(lambda: len(whole_blocks(folder)) >= number, f"{number} blocks", process)


@pytest.fixture
def simulated(monkeypatch):
    seen = []
    real = experiment.simulate_draws

    def noting(request, draws, *rest):
        seen.append((draws.start, draws.stop))
        return real(request, draws, *rest)

    monkeypatch.setattr(runner, "simulate_draws", noting)
    return seen


def goes_on(folder, fresh, simulated):
    """The same command simulates only what is missing, and ends with the same numbers."""
    assert not list(folder.rglob("manifest.json"))
    assert whole_blocks(folder) == [[0, 4], [4, 8]]
    assert_same_content(carried_out(asks(of=WORDS), folder / "results"), fresh)
    assert simulated == [(8, 12), (12, 16), (16, 20), (20, 24)]


def test_a_process_killed_in_the_middle_of_a_block_leaves_whole_blocks_to_go_on_from(here, fresh, simulated):
    with at_work(here, "workers=1") as process:
        wait_for_blocks(here, 2, process)
        process.kill()
    assert process.returncode == -signal.SIGKILL
    goes_on(here, fresh, simulated)


def test_a_process_killed_in_the_middle_of_writing_a_block_loses_only_that_block(here, fresh, simulated):
    with at_work(here, "workers=1") as process:
        wait_for_blocks(here, 2, process)
        process.kill()
    (file,) = here.rglob("*.journal")
    with file.open("ab") as opened:
        opened.write(file.read_bytes()[: journal.HEADER.size + 500])
    goes_on(here, fresh, simulated)


def test_control_c_ends_with_130_and_how_to_continue(here, fresh, simulated):
    with at_work(here, "workers=1") as process:
        wait_for_blocks(here, 2, process)
        process.send_signal(signal.SIGINT)
        code, out, err = ended(process)
    assert code == 130
    assert out == ""
    assert "interrupted: whole blocks are kept; the same command goes on from there." in err
    assert "Traceback" not in err
    goes_on(here, fresh, simulated)


def children(process):
    """The descendants of a process."""
    listed = subprocess.run(["ps", "-eo", "pid=,ppid="], capture_output=True, text=True, check=True)
    parents = dict(map(int, line.split()) for line in listed.stdout.splitlines())
    family = {process.pid}
    for _ in parents:
        family |= {child for child, parent in parents.items() if parent in family}
    return family - {process.pid}


def test_control_c_ends_the_workers_of_a_pool_too(here):
    with at_work(here, "workers=2") as process:
        wait_for_blocks(here, 2, process)
        workers = children(process)
        process.send_signal(signal.SIGINT)
        code, _, err = ended(process)
    assert code == 130
    assert "Traceback" not in err
    assert len(workers) >= 2
    until(lambda: not any(map(alive, workers)), "the end of every worker")
    assert whole_blocks(here) == [[0, 4], [4, 8]]
    assert not list(here.rglob("manifest.json"))


def test_the_tests_run_the_code_of_this_folder():
    assert result.__file__.startswith(str(ROOT))
