"""Submissions to Slurm: a folder of each call, the options of the site, and arrays of jobs with their tasks."""

import os
import secrets
import shlex
import shutil
import stat
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from scenarios.errors import RequestError
from scenarios.execution import Work
from scenarios.execution.slurm import private
from scenarios.execution.slurm.scheduler import NoAnswerError, is_outage
from scenarios.execution.slurm.site import Site
from scenarios.store.files import host
from scenarios.store.locks import is_locked, wait

LOCK, KEPT = ".lock", "kept"

SUBMIT = "-P -u -m scenarios.execution.slurm.node"


@dataclass(frozen=True)
class JobTasks:
    """The tasks of one job by number; submitit pickles it and calls it on the node."""

    work: Work
    tasks: tuple[tuple[int, Any], ...]
    kept: Path  # folder of the journals in which jobs store results
    code: str  # digest of the caller's code
    cpus: int = 1
    key: bytes = b""  # of the marks on results, known only to the jobs of one call

    @property
    def numbers(self) -> tuple[int, ...]:
        """Numbers of the tasks."""
        return tuple(number for number, _ in self.tasks)

    def __call__(self) -> None:
        """Run the tasks; only on a node, where the module that jobs start is loaded."""
        from scenarios.execution.slurm.node import run_job

        run_job(self)


@dataclass(frozen=True)
class Sent:
    """Tasks that were submitted to Slurm as a job."""

    job: Any  # submitit's
    chunk: JobTasks

    @property
    def id(self) -> str:
        """Slurm's name of the job, such as 12_3 in array 12."""
        return str(self.job.job_id)

    @property
    def log(self) -> Path:
        """File with the output of the job."""
        return Path(self.job.paths.stdout)

    @property
    def is_over(self) -> bool:
        """True if the job has written its last file."""
        return bool(self.job.paths.result_pickle.exists())

    def error(self) -> str:
        """Error of the job itself, not of one of its tasks; empty if there is none."""
        if not self.is_over:
            return ""
        outcome, message = private.load_plain(self.job.paths.result_pickle.read_bytes())
        return str(message).strip().splitlines()[-1] if outcome == "error" else ""


class Submission:
    """The folder of one call of the engine, locked during the call; its jobs have the same name."""

    def __init__(self, site: Site, folder: Path) -> None:
        self.site = site
        began = time.strftime("%Y%m%d-%H%M%S", time.gmtime())
        self.name = f"scenarios-{host()}-{began}-{os.getpid()}-{secrets.token_hex(4)}"
        self.folder = folder / self.name
        self.kept = self.folder / KEPT
        private.shared(folder)
        self.folder.mkdir(private.OWN)
        self.kept.mkdir(private.OWN)
        private.check_private(self.folder)
        self.lock = (self.folder / LOCK).open("ab")  # locked until it is closed or the process ends
        wait(self.lock)

    def send(self, chunks: Sequence[JobTasks]) -> list[Sent]:
        """Submit chunks as one array; NoAnswerError if the scheduler is unavailable, RequestError if it refuses."""
        from submitit import SlurmExecutor
        from submitit.core.utils import FailedJobError

        class Executor(SlurmExecutor):
            _submitit_command_str = _command(self.site, self.folder)

        executor = Executor(self.folder, max_num_timeout=0)
        executor.update_parameters(**parameters(self.site, self.name))
        try:
            jobs = executor.submit_array(list(chunks))
        except FailedJobError as error:
            message = " ".join(str(error).split())
            if is_outage(message):
                raise NoAnswerError(message) from error
            raise RequestError(
                f"engine=slurm: sbatch refused the jobs: {message}. See engine.partition, .account, .qos, "
                ".time_minutes, .memory_gb, .max_array and .options; --dry-run shows the script."
            ) from error
        return [Sent(job, chunk) for job, chunk in zip(jobs, chunks, strict=True)]

    def refresh(self) -> None:
        """Make a shared file system refresh its listing of the folders."""
        for folder in (self.folder, self.kept):
            folder.chmod(folder.stat().st_mode)

    def clean(self, logs: Sequence[Path]) -> None:
        """Remove all files except some logs, and the folder if there are none."""
        self.lock.close()
        shutil.rmtree(self.kept, ignore_errors=True)
        for file in self.folder.iterdir():
            if file not in logs:
                file.unlink(missing_ok=True)
        for folder in (self.folder, self.folder.parent):
            if not any(folder.iterdir()):
                folder.rmdir()


def job_script(site: Site, folder: Path, jobs: int) -> str:
    """Script for sbatch for a number of jobs."""
    from submitit.slurm.slurm import _make_sbatch_string

    options = parameters(site, "scenarios")
    return _make_sbatch_string(
        command=_command(site, folder), folder=folder, map_count=jobs if jobs > 1 else None, **options
    )


def parameters(site: Site, name: str) -> Mapping[str, Any]:
    """Options of a site as parameters of submitit; omitted ones are left to Slurm."""
    options = {
        "job_name": name,
        **site.model_dump(include={"partition", "account", "qos", "constraint", "array_parallelism"}),
        "time": site.time_minutes,
        "mem": f"{round(site.memory_gb * 1024)}MB",
        "cpus_per_task": site.cpus,
        "srun_args": [f"--cpus-per-task={site.cpus}"],
        "signal_delay_s": site.signal_seconds,
        "setup": site.prepared or None,
        "stderr_to_stdout": True,
        "additional_parameters": {"requeue": True, **site.options},
    }
    return {key: value for key, value in options.items() if value is not None}


def abandoned(folder: Path) -> list[Path]:
    """Folders of calls on this host that ended without removing them."""
    locks = sorted(folder.glob(f"scenarios-{host()}-*/{LOCK}"))
    return [lock.parent for lock in locks if not lock.parent.is_symlink() and _is_free(lock)]


def _is_free(lock: Path) -> bool:
    """True if no call has the lock; a link, a pipe or anything but a file is ignored."""
    if not stat.S_ISREG(lock.lstat().st_mode):
        return False
    with lock.open("ab") as file:
        return is_locked(file)


def _command(site: Site, folder: Path) -> str:
    """Command of a job."""
    return f"{site.python or shlex.quote(sys.executable)} {SUBMIT} {shlex.quote(str(folder))}"
