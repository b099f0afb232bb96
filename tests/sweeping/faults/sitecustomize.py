"""Faults for processes that are started with this folder on PYTHONPATH: points whose attack rate says so fail.

FAULT_RAISE=0.2   a point whose baseline attack rate is 0.2 raises ValueError
FAULT_KILL=0.3    a process that lives a point with that rate kills itself, once if FAULT_MARK names a file
FAULT_HANG=0.4    a point with that rate takes twenty seconds, or FAULT_SECONDS
"""

import os
import signal
import time
from pathlib import Path

RATE = "baseline_attack_rate"


def _has(variants, name):
    wanted = os.environ.get(name)
    return wanted is not None and any(each.given.get(RATE) == float(wanted) for each in variants)


def _kill():
    mark = os.environ.get("FAULT_MARK")
    if mark is None or not Path(mark).exists():
        if mark:
            Path(mark).touch()
        os.kill(os.getpid(), signal.SIGKILL)


def _faulty(together):
    def lived(request, variants, draws):
        if _has(variants, "FAULT_KILL"):
            _kill()
        if _has(variants, "FAULT_RAISE"):
            raise ValueError("a fault was asked for")
        if _has(variants, "FAULT_HANG"):
            time.sleep(float(os.environ.get("FAULT_SECONDS", "20")))
        return together(request, variants, draws)

    return lived


if any(name in os.environ for name in ("FAULT_RAISE", "FAULT_KILL", "FAULT_HANG")):
    import scenarios.variants

    scenarios.variants.together = _faulty(scenarios.variants.together)
