"""Number of cores that this process may use, within the limits of affinity, control groups and Slurm."""

import math
import os
from collections.abc import Iterator, Mapping
from pathlib import Path

GROUPS, MOUNTED = Path("/proc/self/cgroup"), Path("/sys/fs/cgroup")

QUOTAS = (("cpu.max",), ("cpu.cfs_quota_us", "cpu.cfs_period_us"))  # version 2 (`max` if unlimited), version 1 (-1)

SLURM = ("SLURM_CPUS_PER_TASK", "SLURM_CPUS_ON_NODE")  # the first that is set applies


def usable() -> int:
    """Number of cores on which this process may run, at least one."""
    return min([_of_machine(), *_of_groups(GROUPS, MOUNTED), *_of_slurm(os.environ)])


def _of_machine() -> int:
    """Cores to which the affinity of this process is limited."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _of_groups(groups: Path, mounted: Path) -> Iterator[int]:
    """Cores within the quotas of control groups of either version; a part of a core counts as one."""
    for line in _text(groups).splitlines():
        _, controllers, path = line.split(":", 2)
        if controllers and "cpu" not in controllers.split(","):
            continue
        for folder in _upwards(mounted / "cpu" if controllers else mounted, path.strip("/")):
            words = " ".join(_text(folder / name) for name in QUOTAS[bool(controllers)]).split()
            if len(words) == 2 and all(word.isdecimal() for word in words) and int(words[1]):
                yield max(1, math.ceil(int(words[0]) / int(words[1])))


def _upwards(root: Path, path: str) -> Iterator[Path]:
    """The folder of a group and those above it; in a container only the root may be visible."""
    parts = [part for part in path.split("/") if part and part != ".."]
    for depth in range(len(parts), -1, -1):
        yield root.joinpath(*parts[:depth])


def _of_slurm(variables: Mapping[str, str]) -> Iterator[int]:
    """Cores that Slurm has allocated to this task."""
    for name in SLURM:
        if variables.get(name, "").isdecimal() and int(variables[name]):
            yield int(variables[name])
            return


def _text(file: Path) -> str:
    """Text of a file; empty if it cannot be read."""
    try:
        return file.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        return ""
