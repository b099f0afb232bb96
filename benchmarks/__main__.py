"""Benchmarks of the performance targets on this machine: `python -m benchmarks`."""

import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from benchmarks.duel import duel
from scenarios.config.compose import command_request, composed
from scenarios.execution import Serial
from scenarios.simulation.experiment import simulate_draws
from scenarios.studies.folder import StudyFolder
from scenarios.studies.request import study_request as study_asked
from scenarios.studies.runner import Drive

DUEL_REPLICATIONS, DUEL_DAYS = 1_000, 60
SWEPT_POINTS = 1_024
FLAT_DAYS = 140


def main() -> None:
    """Print every measurement."""
    standard_run()
    flatness()
    memory_by_blocks()
    against_plain_mesa()
    overhead_of_a_sweep()


def standard_run() -> None:
    """Measure time and memory of 1,000 replications x 730 days x both scenarios from the command line."""
    with tempfile.TemporaryDirectory() as results:
        began = time.perf_counter()
        words = ["run", "+scenario=full_withdrawal", "ensemble=standard", f"results={results}"]
        subprocess.run([sys.executable, "-m", "scenarios", *words], check=True, capture_output=True)
        took = time.perf_counter() - began
    most = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    print(f"1,000 replications x 730 days x two scenarios: {took:.1f} s (target 60)")
    print(f"largest process of that run: {most:.0f} MB (target 1,000)")


def flatness() -> None:
    """Measure the cost of a replication-day by size of the ensemble, block by block as in runs."""
    request = command_request(
        composed(["+scenario=full_withdrawal", f"ensemble.horizon={FLAT_DAYS}", "against=none"])
    ).request
    block = request.draws_per_block
    theories = len(request.strata)
    simulate_draws(request, range(4))
    for blocks in (1, 2, 4):
        began = time.perf_counter()
        for number in range(blocks):
            simulate_draws(request, range(number * block, (number + 1) * block))
        cost = (time.perf_counter() - began) / (blocks * block * theories * FLAT_DAYS)
        print(f"{blocks * block * theories:>6,} replications: {1e6 * cost:.1f} microseconds a replication-day")


def memory_by_blocks() -> None:
    """Measure the peak memory of a run in one process by number of blocks."""
    for blocks in (1, 3):
        with tempfile.TemporaryDirectory() as results:
            peak = Path(results) / "peak"
            code = (
                "import resource, sys; from scenarios.__main__ import main; "
                f"main(['run', '+scenario=full_withdrawal', 'against=none', 'workers=1', 'ensemble.horizon=364', "
                f"'ensemble.replications={blocks * 1000}', 'results={results}']); "
                f"open('{peak}', 'w').write(str(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024))"
            )
            subprocess.run([sys.executable, "-c", code], check=True, capture_output=True)
            print(f"{blocks} block(s) of 1,000 in one process: {peak.read_text()} MB at most")


def against_plain_mesa() -> None:
    """Measure the same toy conflict in plain Mesa and as an ensemble."""
    plain, together = duel(DUEL_REPLICATIONS, DUEL_DAYS)
    print(
        f"toy of 30 factions, {DUEL_REPLICATIONS:,} replications x {DUEL_DAYS} days: plain Mesa {plain:.1f} s, "
        f"ensemble {together:.2f} s, ratio {plain / together:.0f}"
    )


def overhead_of_a_sweep() -> None:
    """Measure the cost of a design point beside its simulation: layout, storage and completion in one process."""
    factors = {"levers.credibility": [0, 1], "levers.troops.realised": [0, 1]}
    sample = {"design": "sobol", "points": SWEPT_POINTS, "factors": factors}
    study = {"name": "overhead", "cross": {"scenario": ["phased_3y"]}, "sample": sample}
    config = composed(["ensemble.replications=4", "ensemble.horizon=14"])
    with tempfile.TemporaryDirectory() as results:
        began = time.process_time()
        requested = study_asked({**config, "study": study})
        folder = StudyFolder(requested, requested.folder(Path(results))).open()
        Drive(folder, lambda tasks: Serial()).run(requested.layout.distinct)
        simulation = folder.finish({})["cpu"]
        overhead, files = time.process_time() - began - simulation, sum(1 for _ in folder.path.rglob("*"))
    print(
        f"sweep of {SWEPT_POINTS:,} points: {1e3 * overhead / SWEPT_POINTS:.1f} ms a point beside the simulation "
        f"(target 20), {files} files"
    )


if __name__ == "__main__":
    main()
