"""The engine that a sweep asks for."""

from collections.abc import Callable, Mapping
from pathlib import Path

from scenarios.engines import Engine
from scenarios.engines.site import site
from scenarios.running import engine_for


def engine_of(written: Mapping[str, object], folder: Path, workers: int | None) -> Callable[[int], Engine]:
    """A function that makes the engine for so many chunks: processes of this machine, or job arrays."""
    described = site(written)
    if described is None:
        return lambda tasks: engine_for(tasks, workers)
    from scenarios.engines.slurm import Slurm

    return lambda tasks: Slurm(described, folder)
