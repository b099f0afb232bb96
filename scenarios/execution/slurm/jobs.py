"""One submission to Slurm: its own folder, the options of the site, arrays of chunks, and what is kept of them."""

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
from typing import Any, BinaryIO

from scenarios.errors import RequestError
from scenarios.execution.slurm import private
from scenarios.execution.slurm.scheduler import NoAnswerError, is_outage
from scenarios.execution.slurm.site import Site
from scenarios.execution.slurm.worker import Chunk
from scenarios.store.files import host
from scenarios.store.locks import locked, wait

LOCK, KEPT = ".lock", "kept"

SUBMIT = "-P -u -m scenarios.execution.slurm.node"


@dataclass(frozen=True)
class Sent:
    """A chunk that is with Slurm."""

    job: Any  # submitit's
    chunk: Chunk

    @property
    def id(self) -> str:
        """Slurm's name of the job, as 12_3 for the third of array 12."""
        return str(self.job.job_id)

    @property
    def log(self) -> Path:
        """What the job printed."""
        return Path(self.job.paths.stdout)

    @property
    def is_over(self) -> bool:
        """Whether the job has left its last file."""
        return bool(self.job.paths.result_pickle.exists())

    def error(self) -> str:
        """Why the job itself, not one of its tasks, failed; empty if it did not."""
        if not self.is_over:
            return ""
        outcome, said = private.plain(self.job.paths.result_pickle.read_bytes())
        return str(said).strip().splitlines()[-1] if outcome == "error" else ""


class Submission:
    """The folder of one call of the engine, held by a lock as long as the call lasts; its name is that of its jobs."""

    def __init__(self, site: Site, folder: Path) -> None:
        self.site = site
        began = time.strftime("%Y%m%d-%H%M%S", time.gmtime())
        self.name = f"scenarios-{host()}-{began}-{os.getpid()}-{secrets.token_hex(4)}"
        self.folder = folder / self.name
        self.kept = self.folder / KEPT
        private.shared(folder)
        self.folder.mkdir(private.OWN)
        self.kept.mkdir(private.OWN)
        private.check(self.folder)
        self.lock = _locked(self.folder)

    def send(self, chunks: Sequence[Chunk]) -> list[Sent]:
        """Submit chunks as one array; NoAnswerError if the scheduler is away, RequestError if it refuses."""
        from submitit.core.utils import FailedJobError

        executor = _executor(self.site, self.folder)
        executor.update_parameters(**parameters(self.site, self.name))
        try:
            jobs = executor.submit_array(list(chunks))
        except FailedJobError as error:
            said = " ".join(str(error).split())
            raise NoAnswerError(said) if is_outage(said) else RequestError(_refused(said)) from error
        return [Sent(job, chunk) for job, chunk in zip(jobs, chunks, strict=True)]

    def refresh(self) -> None:
        """Make a shared file system look again at what lies in the folders."""
        for folder in (self.folder, self.kept):
            folder.chmod(folder.stat().st_mode)

    def clean(self, logs: Sequence[Path]) -> None:
        """Remove all but some logs, and the folder with them if there are none."""
        self.lock.close()
        shutil.rmtree(self.kept, ignore_errors=True)
        for file in self.folder.iterdir():
            if file not in logs:
                file.unlink(missing_ok=True)
        for folder in (self.folder, self.folder.parent):
            if not any(folder.iterdir()):
                folder.rmdir()


def script(site: Site, folder: Path, jobs: int) -> str:
    """The script that is given to sbatch for so many jobs."""
    from submitit.slurm.slurm import _make_sbatch_string

    words = parameters(site, "scenarios")
    return _make_sbatch_string(
        command=_command(site, folder), folder=folder, map_count=jobs if jobs > 1 else None, **words
    )


def parameters(site: Site, name: str) -> Mapping[str, Any]:
    """The words of a site as submitit takes them; those that are not given are left to Slurm."""
    words = {
        "job_name": name,
        "partition": site.partition,
        "account": site.account,
        "qos": site.qos,
        "constraint": site.constraint,
        "time": site.time_minutes,
        "mem": f"{round(site.memory_gb * 1024)}MB",
        "cpus_per_task": site.cpus,
        "srun_args": [f"--cpus-per-task={site.cpus}"],
        "array_parallelism": site.array_parallelism,
        "signal_delay_s": site.signal_seconds,
        "setup": site.prepared or None,
        "stderr_to_stdout": True,
        "additional_parameters": {"requeue": True, **site.options},
    }
    return {key: value for key, value in words.items() if value is not None}


def abandoned(folder: Path) -> list[Path]:
    """Folders of calls on this host that have ended without cleaning up."""
    found = sorted(folder.glob(f"scenarios-{host()}-*/{LOCK}"))
    return [each.parent for each in found if not each.parent.is_symlink() and _is_free(each)]


def _is_free(lock: Path) -> bool:
    """Whether no call holds a lock; one that is a link, a pipe or anything but a file is left alone."""
    if not stat.S_ISREG(lock.lstat().st_mode):
        return False
    with lock.open("ab") as file:
        return locked(file)


def _locked(folder: Path) -> BinaryIO:
    """The lock of a folder, taken until it is closed or the process ends."""
    file = (folder / LOCK).open("ab")
    wait(file)
    return file


def _executor(site: Site, folder: Path) -> Any:
    """An executor of submitit whose jobs are started by our own module."""
    from submitit import SlurmExecutor

    class Executor(SlurmExecutor):
        _submitit_command_str = _command(site, folder)

    return Executor(folder, max_num_timeout=0)


def _command(site: Site, folder: Path) -> str:
    """What a job runs."""
    return f"{site.python or shlex.quote(sys.executable)} {SUBMIT} {shlex.quote(str(folder))}"


def _refused(said: str) -> str:
    """Slurm's refusal, and which keys it may be about."""
    return (
        f"engine=slurm: sbatch refused the jobs: {said}. See engine.partition, .account, .qos, .time_minutes, "
        ".memory_gb, .max_array and .options; --dry-run shows the script."
    )
