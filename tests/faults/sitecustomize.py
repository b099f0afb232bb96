"""Faults for processes that are started with this folder on PYTHONPATH.

FAULT_RAISE=0.2         a point of a study whose baseline attack rate is 0.2 raises ValueError
FAULT_KILL=0.3          a process that simulates a point with that rate kills itself, once if FAULT_MARK names a file
FAULT_HOLD=0.4          a point with that rate is held until the end of its process
FAULT_HOLD_DRAW=8       the blocks of a run from that draw on are held likewise
FAULT_KILL_RUN=NAME     the job of that run kills itself

A process that is held shows so by a file named after its number in the folder FAULT_HELD, and goes on once FAULT_GO
names a file that is there.
"""

import os
import signal
import time
from pathlib import Path

RATE = "baseline_attack_rate"
GUARD = 1800.0  # seconds after which a process that nobody ends or lets go is taken to be forgotten


def _has(variants, name):
    value = os.environ.get(name)
    return value is not None and any(variant.given.get(RATE) == float(value) for variant in variants)


def _kill():
    mark = os.environ.get("FAULT_MARK")
    if mark is None or not Path(mark).exists():
        if mark:
            Path(mark).touch()
        os.kill(os.getpid(), signal.SIGKILL)


def _hold():
    if "FAULT_HELD" in os.environ:
        Path(os.environ["FAULT_HELD"], str(os.getpid())).touch()
    end = time.monotonic() + GUARD
    while not Path(os.environ.get("FAULT_GO", "nowhere")).exists():
        if time.monotonic() > end:
            raise SystemExit("held, and forgotten")
        time.sleep(0.05)


def _faulty_points(together):
    def faulty(request, variants, draws):
        if _has(variants, "FAULT_KILL"):
            _kill()
        if _has(variants, "FAULT_RAISE"):
            raise ValueError("a fault was requested")
        if _has(variants, "FAULT_HOLD"):
            _hold()
        return together(request, variants, draws)

    return faulty


def _held_blocks(simulate):
    def faulty(request, draws, *rest):
        if draws.start >= int(os.environ["FAULT_HOLD_DRAW"]):
            _hold()
        return simulate(request, draws, *rest)

    return faulty


def _killed_runs(execute):
    def faulty(config):
        if config.scenario.name == os.environ["FAULT_KILL_RUN"]:
            os.kill(os.getpid(), signal.SIGKILL)
        return execute(config)

    return faulty


if {"FAULT_RAISE", "FAULT_KILL", "FAULT_HOLD"} & set(os.environ):
    import scenarios.simulation.batch

    scenarios.simulation.batch.simulate_together = _faulty_points(scenarios.simulation.batch.simulate_together)

if "FAULT_HOLD_DRAW" in os.environ:
    import scenarios.runs.runner

    scenarios.runs.runner.simulate_draws = _held_blocks(scenarios.runs.runner.simulate_draws)

if "FAULT_KILL_RUN" in os.environ:
    import scenarios.cli.hydra

    scenarios.cli.hydra.execute = _killed_runs(scenarios.cli.hydra.execute)
