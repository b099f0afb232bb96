"""Work of one job on its node: every result of its chunk of tasks is stored, so that a death loses one task.

Jobs start this module; it unpickles submitit's job only if the folder that holds it is private.
"""

import signal
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import FrameType
from typing import Any

from scenarios.errors import WRONG_REQUEST, RequestError
from scenarios.execution import Done, Work
from scenarios.execution.pool import parallel
from scenarios.execution.slurm.jobs import JobTasks
from scenarios.execution.slurm.private import Begun, TaskResult, check_private, kept, sealed
from scenarios.execution.slurm.scheduler import SIGNALLED
from scenarios.store.identity import code_digest
from scenarios.store.journal import Journal

TERMINATED = 128 + signal.SIGTERM

SHOWN = 12  # digits of a digest of code


@dataclass(frozen=True)
class Numbered:
    """Work on a numbered task."""

    work: Work

    def __call__(self, task: tuple[int, Any]) -> Any:
        """Value of the task."""
        return self.work(task[1])


def run_job(job: JobTasks) -> None:
    """Run the tasks that no earlier attempt of a job has finished, until Slurm signals the end."""
    signal.signal(signal.SIGUSR2, _end)
    signal.signal(signal.SIGTERM, _end)
    done = {note.number for note in kept(job.kept, job.key) if isinstance(note, TaskResult)}
    with Journal(job.kept) as journal:
        journal.append(sealed(Begun(job.numbers[0]), job.key))
        for ended in _results(job, [task for task in job.tasks if task[0] not in done]):
            journal.append(sealed(TaskResult(ended.task[0], ended.value, ended.failure, ended.final), job.key))


def _results(job: JobTasks, tasks: Sequence[tuple[int, Any]]) -> Iterator[Done]:
    """Each task as it ends; all fail if the code differs from the caller's."""
    code = code_digest()
    if code == job.code:
        yield from parallel(job.cpus).results(Numbered(job.work), tasks)
        return
    failure = (
        f"another version of the code is on the worker ({code[:SHOWN]} where the caller has {job.code[:SHOWN]}); "
        "install the same version where jobs run and give the same command again"
    )
    yield from (Done(task, failure=failure, final=True) for task in tasks)


def _end(number: int, frame: FrameType | None) -> None:
    """Exit at once; Slurm requeues a preempted job, and the caller resubmits tasks after a time limit."""
    sys.exit(SIGNALLED if number == signal.SIGUSR2 else TERMINATED)


def main(folder: Path) -> int:
    """Run the job that Slurm's environment names; returns the exit code."""
    from submitit.core.submission import process_job

    try:
        check_private(folder)
    except RequestError as error:
        print(f"error: {error}", file=sys.stderr)
        return WRONG_REQUEST
    process_job(folder)
    return 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
