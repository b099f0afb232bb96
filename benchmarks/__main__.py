"""`python -m benchmarks`: the targets, measured on this machine."""

import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from benchmarks.duel import duel
from scenarios.config.compose import asked, composed
from scenarios.execution.serial import Serial
from scenarios.simulation.experiment import simulate
from scenarios.studies.folder import Folder
from scenarios.studies.request import asked as study_asked
from scenarios.studies.runner import Drive

DUEL_REPLICATIONS, DUEL_DAYS = 1_000, 60
SWEPT_POINTS = 1_024
FLAT_DAYS = 140


def main() -> None:
    """Print every measurement."""
    sentence()
    flatness()
    memory_by_blocks()
    against_plain_mesa()
    overhead_of_a_sweep()


def sentence() -> None:
    """1,000 replications x 730 days x both scenarios, from the command line, with its memory."""
    with tempfile.TemporaryDirectory() as results:
        began = time.perf_counter()
        words = ["run", "+scenario=full_withdrawal", "ensemble=standard", f"results={results}"]
        subprocess.run([sys.executable, "-m", "scenarios", *words], check=True, capture_output=True)
        took = time.perf_counter() - began
    most = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024
    print(f"1,000 replications x 730 days x two scenarios: {took:.1f} s (target 60)")
    print(f"largest process of that run: {most:.0f} MB (target 1,000)")


def flatness() -> None:
    """Cost of a replication-day by size of the ensemble, block by block as runs do it."""
    asked_for = asked(composed(["+scenario=full_withdrawal", f"ensemble.horizon={FLAT_DAYS}", "against=none"])).request
    block = asked_for.draws_per_block
    theories = len(asked_for.strata)
    simulate(asked_for, range(4))
    for blocks in (1, 2, 4):
        began = time.perf_counter()
        for number in range(blocks):
            simulate(asked_for, range(number * block, (number + 1) * block))
        cost = (time.perf_counter() - began) / (blocks * block * theories * FLAT_DAYS)
        print(f"{blocks * block * theories:>6,} replications: {1e6 * cost:.1f} microseconds a replication-day")


def memory_by_blocks() -> None:
    """Largest memory of a run of one process by number of blocks."""
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
    """The same toy conflict in plain Mesa and as an ensemble."""
    plain, together = duel(DUEL_REPLICATIONS, DUEL_DAYS)
    print(
        f"toy of 30 factions, {DUEL_REPLICATIONS:,} replications x {DUEL_DAYS} days: plain Mesa {plain:.1f} s, "
        f"ensemble {together:.2f} s, ratio {plain / together:.0f}"
    )


def overhead_of_a_sweep() -> None:
    """What a point of a sweep costs beside its simulation: laid out, lived in this process, kept, finished."""
    factors = {"levers.credibility": [0, 1], "levers.troops.realised": [0, 1]}
    sample = {"design": "sobol", "points": SWEPT_POINTS, "factors": factors}
    study = {"name": "overhead", "cross": {"scenario": ["phased_3y"]}, "sample": sample}
    config = composed(["ensemble.replications=4", "ensemble.horizon=14"])
    with tempfile.TemporaryDirectory() as results:
        began = time.process_time()
        about = study_asked({**config, "study": study})
        folder = Folder(about, about.folder(Path(results))).open()
        Drive(folder, lambda tasks: Serial()).run(about.layout.distinct)
        lived = folder.finish({})["cpu"]
        beside, files = time.process_time() - began - lived, sum(1 for _ in folder.path.rglob("*"))
    print(
        f"sweep of {SWEPT_POINTS:,} points: {1e3 * beside / SWEPT_POINTS:.1f} ms a point beside the simulation "
        f"(target 20), {files} files"
    )


if __name__ == "__main__":
    main()
