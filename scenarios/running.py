"""Experiments carried out: what is missing is computed block by block, and only then turned into files."""

import os
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from agents.ensemble.axis import Axis
from scenarios.archive import journal
from scenarios.archive.folder import Folder
from scenarios.archive.tables import packed, tables
from scenarios.engines import Done, Engine, failure_of
from scenarios.engines.pool import Pool
from scenarios.engines.serial import Serial
from scenarios.experiment import Block, simulate, staged
from scenarios.outcomes import OUTCOMES, periodic
from scenarios.schema import Request


@dataclass(frozen=True)
class Task:
    """A block of draws of one experiment, to be lived and appended to a journal."""

    request: Request
    draws: range
    folder: Path  # of journals

    @property
    def replications(self) -> int:
        """Replications that it holds."""
        return len(self.draws) * len(self.request.strata)


def carry_out(
    requests: Sequence[Request], results: Path, workers: int | None, watch: Callable[[int, int], None]
) -> list[Folder]:
    """Run what is missing of some experiments, then finish their folders; `watch` hears of (done, all) replications."""
    folders = [Folder(request, results) for request in requests]
    for folder in folders:
        folder.open()
    tasks = [Task(each.request, draws, each.journals) for each in folders for draws in each.missing()]
    engine = engine_for(len(tasks), workers)
    whole, done = sum(task.replications for task in tasks), 0
    watch(0, whole)
    for ended in engine.results(live, tasks):
        if ended.failure:
            record_failure(ended)
        done += ended.task.replications
        watch(done, whole)
    for folder in folders:
        if not folder.is_finished():
            folder.finish({})
    return folders


def engine_for(tasks: int, workers: int | None) -> Engine:
    """As many processes as there are cores and tasks; one task needs none."""
    wanted = min(workers or os.cpu_count() or 1, tasks)
    return Pool(wanted) if wanted > 1 else Serial()


def live(task: Task) -> None:
    """Live a block and keep it; a draw that cannot be lived is found by halving and recorded, the rest is kept."""
    began = time.perf_counter()
    try:
        block = simulate(task.request, task.draws)
    except (ArithmeticError, ValueError, MemoryError) as error:
        if len(task.draws) == 1:
            keep_failed(task, failure_of(error))
            return
        middle = task.draws.start + len(task.draws) // 2
        live(Task(task.request, range(task.draws.start, middle), task.folder))
        live(Task(task.request, range(middle, task.draws.stop), task.folder))
        return
    keep(task, tables(block, task.request), block.rejected, time.perf_counter() - began)


def keep(task: Task, found: Mapping[str, Any], rejected: int, seconds: float, failures: Sequence[Any] = ()) -> None:
    """Append a block to a journal of this process."""
    note = {
        "draws": [task.draws.start, task.draws.stop],
        "rejected": rejected,
        "seconds": seconds,
        "failures": list(failures),
    }
    with journal.Journal(task.folder) as opened:
        opened.append(packed(found, note))


def record_failure(ended: Done) -> None:
    """Keep the failure of a whole block, one marked draw after another."""
    for draw in ended.task.draws:
        keep_failed(Task(ended.task.request, range(draw, draw + 1), ended.task.folder), ended.failure)


def keep_failed(task: Task, why: str) -> None:
    """Keep one draw that failed: its parameters as drawn, its outcomes marked and empty, the reason in the manifest."""
    axis = Axis.crossing(task.draws, len(task.request.strata))
    assumptions, _ = staged(task.request, axis)
    size = len(axis)
    recorded = task.request.record.outcomes or periodic()
    empty = Block(
        draws=task.draws,
        axis=axis,
        parameters=assumptions.drawn,
        outcomes={name: np.full(size, np.nan) for name in OUTCOMES},
        series={name: np.empty((0, size), dtype=np.float32) for name in recorded},
        events={},
        rejected=0,
        failed=True,
    )
    keep(task, tables(empty, task.request), 0, 0.0, [{"draw": task.draws.start, "error": why}])
