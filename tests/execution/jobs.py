"""Work for other processes, which import it by name."""

import os
import signal
from typing import Any

from scenarios.runs import runner
from scenarios.store import journal
from scenarios.store.tables import about
from tests.processes import until

FATAL = 3


def doubled(task: int) -> int:
    return 2 * task


def fails_at_three(task: int) -> int:
    if task == FATAL:
        raise ValueError("three\nis too many")
    return 2 * task


def dies_at_three(task: int) -> int:
    """Worker that the system kills at one task."""
    if task == FATAL:
        os.kill(os.getpid(), signal.SIGKILL)
    return 2 * task


def dies_once(task: tuple[int, str]) -> int:
    """Worker that is killed at one task, the first time alone."""
    number, mark = task
    if number == FATAL and not os.path.exists(mark):
        open(mark, "w").close()
        os.kill(os.getpid(), signal.SIGKILL)
    return 2 * number


def simulate_or_die(task: runner.Task) -> None:
    """Block whose worker is killed if it contains one draw, once another block is there."""
    if FATAL in task.draws and task.request.scenario.name == "full_withdrawal":
        until(lambda: journal.frames(task.folder, about), "another block")
        os.kill(os.getpid(), signal.SIGKILL)
    runner.run_block(task)


def process_of(task: Any) -> tuple[int, Any]:
    return os.getpid(), task
