"""Runner of experiments: simulates missing blocks on an engine, then finishes the folders."""

import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np

from agents.ensemble.axis import Axis
from scenarios.config.compose import command_request
from scenarios.config.request import Request
from scenarios.config.user_inputs import STATES
from scenarios.errors import RequestError, SomeFailedError
from scenarios.execution import Done, Engine, cores, failure_of
from scenarios.execution.pool import parallel
from scenarios.outcomes import OUTCOMES, periodic
from scenarios.runs.folder import RunFolder
from scenarios.runs.result import Result
from scenarios.runs.work import halved, rounds
from scenarios.simulation.experiment import Block, simulate_draws, staged
from scenarios.store import journal
from scenarios.store.tables import packed, tables

FAILURES = (ArithmeticError, ValueError, MemoryError)  # of a draw; any other error ends the process of the block

TRIED = 64  # draws with which a user's own beliefs are checked before a run


@dataclass(frozen=True)
class Task:
    """A block of draws of one experiment, to be simulated and appended to a journal."""

    request: Request
    draws: range
    folder: Path  # of journals

    @property
    def replications(self) -> int:
        """Number of replications in the block."""
        return len(self.draws) * len(self.request.strata)

    def halves(self) -> "tuple[Task, ...]":
        """Halves of the block; empty if it has one draw."""
        middle = self.draws.start + len(self.draws) // 2
        parts = (range(self.draws.start, middle), range(middle, self.draws.stop))
        return tuple(replace(self, draws=part) for part in parts) if len(self.draws) > 1 else ()


def run_experiments(
    requests: Sequence[Request], results: Path, workers: int | None, watch: Callable[[int, int], None]
) -> list[RunFolder]:
    """Simulate the missing blocks of experiments and finish their folders; `watch(done, whole)` counts replications."""
    for request in requests:
        check_beliefs(request)
    folders = [RunFolder(request, results) for request in requests]
    for folder in folders:
        folder.open()
    tasks = [Task(folder.request, draws, folder.journals) for folder in folders for draws in folder.missing()]
    whole, done = sum(task.replications for task in tasks), 0
    watch(0, whole)
    lost: list[Done] = []
    for ended in rounds(lambda number: engine_for(number, workers), run_block, tasks):
        lost += [ended] if ended.failure else []
        done += ended.task.replications
        watch(done, whole)
    refuse_to_finish(lost, whole)
    for folder in folders:
        if not folder.is_finished():
            folder.finish()
    return folders


def finished_run(config: Mapping[str, Any]) -> Result:
    """The result of the run that a configuration requests, with its baseline; finished runs are not simulated again."""
    requested = command_request(config)
    run, *baselines = run_experiments(
        requested.requests, requested.results, requested.workers, lambda done, whole: None
    )
    result = Result(run.path)
    result.baseline = Result(baselines[0].path) if baselines else None
    return result


def refuse_to_finish(lost: Sequence[Done], whole: int) -> None:
    """Raise SomeFailedError if the process of a block died; finished blocks are kept for the next attempt."""
    if lost:
        missing = sum(each.task.replications for each in lost)
        raise SomeFailedError(
            f"{missing:,} of {whole:,} replications are missing: {lost[0].failure}. The rest is kept; run the same "
            "command again, with workers=1 if memory was short."
        )


def check_beliefs(request: Request) -> None:
    """Refuse beliefs and values with which the first draws cannot be staged, before anything is written.

    One draw is enough for shipped beliefs; a user's own are checked with more, since one may be stable by chance.
    """
    draws = min(request.draws, TRIED) if any(each.kind in STATES for each in request.own) else 1
    try:
        staged(request, Axis.crossing(range(draws), len(request.strata)))
    except (ArithmeticError, ValueError) as error:
        raise RequestError(f"beliefs and parameters give no state of the world: {failure_of(error)}") from error


def first_drawn(request: Request) -> Mapping[str, Any]:
    """Uncertain quantities of the first draw by column name."""
    return staged(request, Axis.crossing(range(1), len(request.strata)))[0].drawn


def engine_for(tasks: int, workers: int | None) -> Engine:
    """A pool with a worker for every core or task, whichever are fewer; this process for one task."""
    return parallel(min(workers or cores.usable(), tasks))


def run_block(task: Task) -> None:
    """Simulate a block and append it to a journal; failing draws are isolated by halving and recorded as failed."""
    for part, simulated, failure in halved(task, _simulated, lambda failed, error: failed.halves(), FAILURES):
        if failure:
            append_failed(part, failure_of(failure))
        else:
            append(part, *simulated)


def _simulated(task: Task) -> tuple[Mapping[str, Any], int, float]:
    """Tables of a block, number of rejected draws, and time taken [s]."""
    began = time.perf_counter()
    block = simulate_draws(task.request, task.draws)
    return tables(block, task.request), block.rejected, time.perf_counter() - began


def append(task: Task, content: Mapping[str, Any], rejected: int, seconds: float, failures: Sequence[Any] = ()) -> None:
    """Append a block to the journal of this process."""
    note = {
        "draws": [task.draws.start, task.draws.stop],
        "rejected": rejected,
        "seconds": seconds,
        "failures": list(failures),
    }
    with journal.Journal(task.folder) as opened:
        opened.append(packed(content, note))


def append_failed(task: Task, why: str) -> None:
    """Append a failed draw: its parameters if they were drawn, empty outcomes, and the reason."""
    axis = Axis.crossing(task.draws, len(task.request.strata))
    size = len(axis)
    try:
        drawn = staged(task.request, axis)[0].drawn
    except (ArithmeticError, ValueError):
        drawn = {name: np.full(size, np.nan) for name in first_drawn(task.request)}
    recorded = task.request.record.outcomes or periodic()
    empty = Block(
        draws=task.draws,
        axis=axis,
        parameters=drawn,
        outcomes={name: np.full(size, np.nan) for name in OUTCOMES},
        series={name: np.empty((0, size), dtype=np.float32) for name in recorded},
        events={},
        rejected=0,
        failed=True,
    )
    append(task, tables(empty, task.request), 0, 0.0, [{"draw": task.draws.start, "error": why}])
