"""Processes that tests begin, and moments that events make: no test depends on how fast the machine is."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

GUARD = 1800.0  # seconds after which a test that waits is ended; it measures nothing
FAULTS = Path(__file__).parent / "faults"
LOOKS = 0.05  # seconds between two looks
FROM_A_TERMINAL = {
    signal.SIGINT: signal.default_int_handler, signal.SIGTERM: signal.SIG_DFL, signal.SIGHUP: signal.SIG_DFL
}  # fmt: skip


def hear_signals() -> None:
    """Take signals as in a terminal, here and in what is begun from here, though they are inherited as ignored."""
    for number, handler in FROM_A_TERMINAL.items():
        if signal.getsignal(number) is signal.SIG_IGN:
            signal.signal(number, handler)


def until(holds: Callable[[], Any], what: str, process: subprocess.Popen[Any] | None = None) -> None:
    """Wait for an event, which a process that is given must not forestall by its end."""
    end = time.monotonic() + GUARD
    while not holds():
        ended = process is not None and process.poll() is not None
        assert not ended or holds(), f"ended before {what}: {process.communicate()}"
        assert time.monotonic() < end, f"waited {GUARD:g} seconds for {what}"
        time.sleep(LOOKS)


def environment(faults: Mapping[str, object], **given: str) -> dict[str, str]:
    """The variables of a process: those of this one without its path of modules, what is given, faults by name."""
    found = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"} | given
    if faults:
        found["PYTHONPATH"] = os.pathsep.join([str(FAULTS), *filter(None, [found.get("PYTHONPATH")])])
    return found | {f"FAULT_{name.upper()}": str(value) for name, value in faults.items()}


@contextmanager
def begun(*words: object, cwd: Path, faults: Mapping[str, object] | None = None, **given: str) -> Iterator[Any]:
    """Python under way in a process of its own, which does not outlive the block."""
    command = [sys.executable, *map(str, words)]
    pipes = {"stdin": subprocess.DEVNULL, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    with subprocess.Popen(command, cwd=cwd, env=environment(faults or {}, **given), text=True, **pipes) as process:
        try:
            yield process
        finally:
            process.kill()


def ended(process: subprocess.Popen[str]) -> tuple[int, str, str]:
    """Exit code, output and complaints of a process, once it ends by itself."""
    out, err = process.communicate(timeout=GUARD)
    return process.returncode, out, err


def alive(number: int) -> bool:
    """Whether a process is still at work."""
    try:
        status = Path(f"/proc/{number}/stat").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return False
    return status.rpartition(")")[2].split()[0] not in ("Z", "X")
