"""The Slurm engine: chunks of tasks as job arrays, submitted by submitit and monitored until every task has ended."""

import shutil
from collections.abc import Callable, Iterator, Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from scenarios.errors import RequestError, SomeFailedError
from scenarios.execution import Done, Work, to_stderr
from scenarios.execution.slurm import scheduler
from scenarios.execution.slurm.jobs import Submission, abandoned, job_script
from scenarios.execution.slurm.monitor import Monitor
from scenarios.execution.slurm.private import shared
from scenarios.execution.slurm.scheduler import NoAnswerError
from scenarios.execution.slurm.site import Site

FOLDER = "slurm"  # of submissions, in the folder of the results that they serve


class Slurm:
    """Job arrays of chunks; a job that dies loses only the running task, which is tried once more, alone.

    `folder` must be shared by all nodes; `report` is called with messages for the user while jobs run.
    """

    def __init__(self, site: Site, folder: Path, report: Callable[[str], None] = to_stderr) -> None:
        _needs_submitit()
        self.site, self.report = site, report
        self.folder = folder.absolute() / FOLDER

    def script(self, tasks: int) -> str:
        """Script for sbatch for a number of tasks; nothing is written or submitted."""
        return job_script(self.site, self.folder / "NAME", self.site.jobs_for(tasks))

    def results(self, work: Work, tasks: Sequence[Any]) -> Iterator[Done]:
        """Each task as it ends; jobs are cancelled if the caller stops iterating."""
        if not tasks:
            return
        if shutil.which("sbatch") is None:
            raise RequestError(
                "engine=slurm: there is no sbatch here; give the command on a login node of the cluster."
            )
        shared(self.folder)
        self._tidy()
        submission = Submission(self.site, self.folder)
        watch = Monitor(submission, work, tasks, self.report)
        try:
            self._begin(watch)
            yield from watch.results()
        except BaseException:
            self._leave(watch)
            raise
        submission.clean(watch.logs)

    def _begin(self, watch: Monitor) -> None:
        """Submit all tasks; SomeFailedError if Slurm does not answer."""
        try:
            watch.begin()
        except NoAnswerError as error:
            raise SomeFailedError(
                f"Slurm does not answer ({error}). Nothing was submitted; what was done before is kept, and once Slurm "
                "is back the same command goes on."
            ) from error
        arrays = ", ".join(sorted({job.partition("_")[0] for job in watch.sent}))
        self.report(
            f"Slurm job {arrays}: {len(watch.left):,} tasks in {len(watch.sent):,} jobs ({watch.submission.name})."
        )

    def _leave(self, watch: Monitor) -> None:
        """Cancel the remaining jobs and report it; the next call removes their files once they have ended."""
        jobs = watch.jobs()
        if not jobs:
            watch.submission.clean(watch.logs)
        elif scheduler.cancel(jobs):
            self.report(f"Cancelled in Slurm: {', '.join(jobs)}; the tasks that had ended are kept.")
        else:
            self.report(f"The jobs could not be cancelled; they go on. To end them: scancel {' '.join(jobs)}")

    def _tidy(self) -> None:
        """Remove files of earlier calls on this host; jobs of theirs that are still queued are reported."""
        for folder in abandoned(self.folder):
            try:
                jobs = sorted({job.partition("_")[0] for job in scheduler.queued([folder.name])})
            except NoAnswerError:
                return
            if not jobs:
                shutil.rmtree(folder)
                continue
            self.report(
                f"Jobs {', '.join(jobs)} of an earlier call are still in the queue; what they bring counts. "
                f"To end them: scancel {' '.join(jobs)}"
            )


def _needs_submitit() -> None:
    if find_spec("submitit") is None:
        raise RequestError("engine=slurm needs submitit; install it by: pip install 'iraq-scenarios[cluster]'")
