"""What a sweep prints at its end."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from scenarios.errors import DONE, SomeFailedError
from scenarios.own import own_lines
from scenarios.sweeping.folder import Folder

SHOWN = 5  # failures that are told


def ended(path: Path, manifest: Mapping[str, Any]) -> int:
    """Report on a finished study, the hash last; SomeFailedError if points failed or are missing."""
    hours = manifest["cpu"] / 3_600
    print(
        f"{manifest['study']['name']}: {manifest['points']:,} points, {manifest['replications']:,} replications, "
        f"{hours:.3g} core-hours, as of {', '.join(manifest['as_of'])}\n"
        f"  {path}\n  python -m scenarios summarise {path}"
    )
    print("\n".join(f"  {line}" for line in [*own_lines(manifest), manifest["caveat"]]))
    for each in manifest["failures"][:SHOWN]:
        print(f"  point {each['point']} {each['status']}: {each['reason']}\n    {each['replay']}")
    print(f"dataset {manifest['dataset']}")
    if manifest["failed_points"]:
        raise SomeFailedError(
            f"{manifest['failed_points']:,} of {manifest['points']:,} points failed or are missing; "
            f"see {path}/points.parquet. The same command tries the missing ones again, and with --retry-failed all."
        )
    return DONE


def partly(folder: Folder, shard: tuple[int, int]) -> str:
    """What a shard prints when it is done and others are not."""
    left = folder.missing(folder.store())
    return (
        f"shard {shard[0]}/{shard[1]} of {folder.asked.name} is done; {left:,} of {folder.asked.replications:,} "
        f"replications are still to come from others.\n  {folder.path}\n"
        "  when all are done: python -m scenarios merge FOLDER [FOLDER ...]"
    )
