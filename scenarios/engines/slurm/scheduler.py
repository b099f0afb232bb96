"""What is known of the queue from query to query: which jobs have left it, and how long Slurm has been silent."""

import time
from collections.abc import Callable, Iterable

from scenarios.engines.slurm import queue
from scenarios.engines.slurm.queue import NoAnswerError, Queued
from scenarios.errors import SomeFailedError

RHYTHM = (2.0, 30.0)  # least and most seconds between two queries
SHARE = 20  # one part in so many of the time passed is waited between two queries
SETTLE = 5.0  # seconds for a job's last file to show on a shared folder


class Scheduler:
    """Slurm as one caller sees it; a short outage is waited out, a long one ends the call."""

    def __init__(self, name: str, patience_minutes: float, say: Callable[[str], None]) -> None:
        self.name, self.patience, self.say = name, 60 * patience_minutes, say
        self.began = self.heard = time.monotonic()
        self.asked = float("-inf")
        self.missed: dict[str, float] = {}  # jobs that are not in the queue, since when
        self.hitches: set[str] = set()
        self.silent = False

    def gone(self, jobs: Iterable[str]) -> list[str]:
        """Those jobs that left the queue long enough ago for their last file to have shown."""
        now = time.monotonic()
        if now - self.asked >= min(max(RHYTHM[0], (now - self.began) / SHARE), RHYTHM[1]):
            self.asked = now
            self._ask(list(jobs))
        return [job for job in jobs if now - self.missed.get(job, now) >= SETTLE]

    def _ask(self, jobs: list[str]) -> None:
        try:
            found = queue.queued([self.name])
        except NoAnswerError as error:
            self.no_answer(error)
            return
        self.answered()
        now = time.monotonic()
        self.missed = {job: self.missed.get(job, now) for job in jobs if job not in found}
        self._tell_hitches(found.values())
        self._drop([each.job for each in found.values() if each.never_starts])

    def answered(self) -> None:
        """Note that Slurm answered."""
        self.heard = time.monotonic()
        if self.silent:
            self.say("Slurm answers again.")
        self.silent = False

    def news(self) -> None:
        """Note news from a job, which needs no scheduler once it runs."""
        self.heard = time.monotonic()

    def no_answer(self, error: NoAnswerError) -> None:
        """Say once that Slurm does not answer; give up when it and the jobs have been silent for too long."""
        if not self.silent:
            self.say(f"Slurm does not answer ({error}); waiting, up to {self.patience / 60:g} minutes without news.")
        self.silent = True
        if time.monotonic() - self.heard > self.patience:
            raise SomeFailedError(
                f"Slurm has not answered for {self.patience / 60:g} minutes ({error}), and no job has brought "
                "anything. What is done is kept and jobs that run go on by themselves; once Slurm is back, the same "
                "command goes on."
            )

    def _tell_hitches(self, found: Iterable[Queued]) -> None:
        hitches = {each.hitch for each in found if each.hitch}
        for hitch in sorted(hitches - self.hitches):
            self.say(f"Jobs wait in the queue: {hitch} (squeue --name={self.name}).")
        self.hitches = hitches

    def _drop(self, jobs: list[str]) -> None:
        """Cancel jobs that would be held for good, so that they count as dead."""
        if jobs:
            queue.cancel(jobs)
