"""Tables of the pages and derived files of the clone, from the code, seeds/ and simulated runs."""

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True)
class Size:
    """Replications, processes, and the folder of the runs, for what is generated from runs."""

    replications: int | None = None  # without it, the usual number of each page
    workers: int | None = None
    results: Path = Path("results/checks")
