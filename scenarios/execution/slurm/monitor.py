"""Monitor of the jobs of one call: results from journals, dead jobs from the queue, further attempts."""

import secrets
import time
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any

from scenarios.execution import Done, Work
from scenarios.execution.slurm.jobs import JobTasks, Sent, Submission
from scenarios.execution.slurm.private import Begun, kept
from scenarios.execution.slurm.scheduler import (
    NOT_TO_BLAME,
    SETTLE,
    UNKNOWN,
    Fate,
    NoAnswerError,
    Scheduler,
    describe_fate,
    fate_of,
)
from scenarios.store.identity import code_digest

TRIES, TRIES_OF_NODES = 2, 10  # of a task that killed its job, or whose node was lost

KEY = 32  # bytes of the key of one call

PAUSES = (0.5, 10.0)  # seconds between two checks

SHARE = 50  # the pause between two checks is the time passed divided by this


class Monitor:
    """Tasks of one call: those left, the job of each, and the number of its attempts."""

    def __init__(self, submission: Submission, work: Work, tasks: Sequence[Any], report: Callable[[str], None]) -> None:
        self.submission, self.site, self.work = submission, submission.site, work
        self.left = dict(enumerate(tasks))
        self.scheduler = Scheduler(submission.name, self.site.patience_minutes, report)
        self.sent: dict[str, Sent] = {}
        self.again: list[list[int]] = []
        self.tries: Counter[tuple[int, bool]] = Counter()
        self.begun: set[int] = set()
        self.logs: list[Path] = []
        self.code, self.key = code_digest(), secrets.token_bytes(KEY)

    def begin(self) -> None:
        """Submit all tasks; NoAnswerError if the scheduler is unavailable."""
        self._send(split_evenly(self.left, self.site.jobs_for(len(self.left))))

    def results(self) -> Iterator[Done]:
        """Each task as it ends."""
        began = time.monotonic()
        while self.left:
            yield from self._news()
            for sent in self._over():
                yield from self._settle(sent)
            self._send_again()
            time.sleep(min(max(PAUSES[0], (time.monotonic() - began) / SHARE), PAUSES[1]) if self.left else 0)
        self._wait_for_last_files()

    def jobs(self) -> list[str]:
        """Arrays and single jobs that Slurm has."""
        return sorted({job.partition("_")[0] for job in self.sent})

    def _send(self, groups: Sequence[Sequence[int]]) -> None:
        """Submit tasks by number as chunks of one array."""
        chunks = [
            JobTasks(self.work, tuple((number, self.left[number]) for number in group), self.submission.kept,
                  self.code, self.site.cpus, self.key)
            for group in groups
        ]  # fmt: skip
        self.sent.update({sent.id: sent for sent in self.submission.send(chunks)})

    def _send_again(self) -> None:
        """Submit the unfinished tasks of dead jobs; later if the scheduler is unavailable."""
        if not self.again:
            return
        try:
            self._send(self.again[: self.site.max_array])
        except NoAnswerError as error:
            self.scheduler.no_answer(error)
            return
        del self.again[: self.site.max_array]

    def _news(self) -> Iterator[Done]:
        """Tasks that ended since the last check."""
        self.submission.refresh()
        for note in kept(self.submission.kept, self.key):
            if isinstance(note, Begun):
                self.begun.add(note.first)
            elif note.number in self.left:
                self.scheduler.news()
                yield Done(self.left.pop(note.number), note.value, note.failure, note.final)

    def _over(self) -> list[Sent]:
        """Jobs without further results, removed from the list."""
        over = [job for job, sent in self.sent.items() if sent.is_over]
        gone = self.scheduler.gone([job for job in self.sent if job not in over])
        return [self.sent.pop(job) for job in (*over, *gone)]

    def _settle(self, sent: Sent) -> Iterator[Done]:
        """Unfinished tasks of an ended job: queued for another attempt, or failed with the reason."""
        yield from self._news()
        rest = [number for number in sent.chunk.numbers if number in self.left]
        if not rest:
            return
        error = sent.error()
        fate = UNKNOWN if error else fate_of(sent.id)
        hopeless = bool(error) or fate.state == "CANCELLED"
        lost = rest if hopeless else self._try_again(sent.chunk, rest, fate)
        self.logs += [sent.log] if lost else []
        why = f"{error or describe_fate(fate, self.site)} (Slurm job {sent.id}; log {sent.log})"
        for number in lost:
            yield Done(self.left.pop(number), failure=why, final=hopeless or self._is_blameless(sent.chunk, fate))

    def _try_again(self, chunk: JobTasks, rest: list[int], fate: Fate) -> list[int]:
        """Queue the unfinished tasks of a dead job for another attempt; returns those without attempts left.

        Tasks run in order, so that the first unfinished one killed the job; all are suspects if the job never started
        Python, and none caused the loss of a node.
        """
        blameless = fate.state in NOT_TO_BLAME
        together = self._is_blameless(chunk, fate)
        suspects = rest if together else rest[: self.site.cpus]
        self.tries.update((number, blameless) for number in suspects)
        limit = TRIES_OF_NODES if blameless else TRIES
        lost = [number for number in suspects if self.tries[number, blameless] >= limit]
        once_more = [number for number in suspects if number not in lost]
        groups = [once_more] if together else [[number] for number in once_more]
        self.again += [group for group in (*groups, rest[len(suspects) :]) if group]
        return lost

    def _is_blameless(self, chunk: JobTasks, fate: Fate) -> bool:
        """True if the tasks did not kill the job: its node was lost, or it never started them."""
        return fate.state in NOT_TO_BLAME or chunk.numbers[0] not in self.begun

    def _wait_for_last_files(self) -> None:
        """Wait for the end of finished jobs before their folder is cleaned."""
        until = time.monotonic() + SETTLE
        while time.monotonic() < until and not all(sent.is_over for sent in self.sent.values()):
            time.sleep(PAUSES[0])


def split_evenly(numbers: Collection[int], groups: int) -> list[list[int]]:
    """Numbers in a number of ordered groups of nearly the same size, none empty."""
    whole = list(numbers)
    bounds = [len(whole) * group // max(1, groups) for group in range(max(1, groups) + 1)]
    return [whole[low:high] for low, high in pairwise(bounds) if high > low]
