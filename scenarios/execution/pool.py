"""The default engine: a pool of processes on this machine."""

import multiprocessing
import os
import signal
import sys
import threading
from collections.abc import Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from multiprocessing import util
from multiprocessing.context import BaseContext
from types import ModuleType
from typing import Any

from scenarios import packages, streams
from scenarios.execution import Done, Engine, Serial, Work, failure_of

KILLED = "the process was killed (out of memory, perhaps) and died again when the task was tried alone"

STARTING = threading.Lock()  # one thread at a time, since the main module is replaced meanwhile

PRELOADED = ["scenarios.simulation.experiment", "scenarios.runs.folder"]

SOCKET = "/listener-12345678"  # in the folder for temporary files, by which workers are requested

LONGEST = 100  # bytes of the path of a socket; systems differ, from 104 on


def parallel(workers: int) -> Engine:
    """A pool of processes; this process if one is enough, or if it is a daemon, which may start none."""
    return Pool(workers) if workers > 1 and not multiprocessing.current_process().daemon else Serial()


class Pool:
    """A pool with workers forked from a clean server that has loaded the model."""

    def __init__(self, workers: int) -> None:
        self.workers = workers

    def results(self, work: Work, tasks: Sequence[Any]) -> Iterator[Done]:
        """Each task as it ends; tasks that were running when a worker died are tried once more, alone."""
        left = list(tasks)
        for done in self._together(work, tasks, self.workers):
            left.remove(done.task)
            yield done
        for task in left:
            alone = list(self._together(work, [task], 1))
            yield alone[0] if alone else Done(task, failure=KILLED)

    def _together(self, work: Work, tasks: Sequence[Any], workers: int) -> Iterator[Done]:
        """Each task as it ends; iteration stops early if a worker dies."""
        pool = ProcessPoolExecutor(workers, mp_context=_context(), initializer=_prepare)
        waiting: dict[Future, Any] = {}
        try:
            with _environment_of_workers():
                waiting = {pool.submit(work, task): task for task in tasks}
            while waiting:
                ended, _ = wait(waiting, return_when=FIRST_COMPLETED)
                for future in ended:
                    task, error = waiting.pop(future), future.exception()
                    if isinstance(error, BrokenProcessPool):
                        return
                    yield Done(task, failure=failure_of(error)) if error else Done(task, future.result())
        except BaseException:
            for process in list(getattr(pool, "_processes", {}).values()):
                process.terminate()
            raise
        finally:
            pool.shutdown(wait=True, cancel_futures=True)


@contextmanager
def _environment_of_workers() -> Iterator[None]:
    """Start workers with our packages, whatever the working folder contains, and without the caller's main module.

    Every worker would run that module again; they run the module that selects our packages instead.
    """
    with STARTING:
        main, before, changes = sys.modules["__main__"], dict(os.environ), packages.child_environment()
        sys.modules["__main__"] = ModuleType("__main__")
        sys.modules["__main__"].__file__ = packages.__file__
        os.environ.update(changes)
        streams.open_descriptors()
        try:
            yield
        finally:
            sys.modules["__main__"] = main
            for name in changes:
                os.environ.pop(name)
            os.environ.update({name: before[name] for name in changes if name in before})


def _context() -> BaseContext:
    """Context that starts workers from a clean process, never as a copy of this one with its threads.

    Workers are forked from a server if possible: it needs a socket, whose path must be short.
    """
    can_serve = "forkserver" in multiprocessing.get_all_start_methods()
    is_short = can_serve and len(os.fsencode(util.get_temp_dir() + SOCKET)) <= LONGEST
    context = multiprocessing.get_context("forkserver" if is_short else "spawn")
    if hasattr(context, "set_forkserver_preload"):
        context.set_forkserver_preload(PRELOADED)
    return context


def _prepare() -> None:
    """Leave Ctrl-C to the parent, which ends its workers in order, and exit if the parent is killed."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)
