"""Status of a study while it runs or after, and the reports at the end of a sweep."""

import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from scenarios.config.user_inputs import own_lines
from scenarios.errors import DONE, SomeFailedError
from scenarios.store import regular
from scenarios.store.locks import is_locked
from scenarios.store.manifest import MANIFEST, read_manifest
from scenarios.studies.folder import WORKING, StudyFolder, siblings
from scenarios.studies.index import Store
from scenarios.studies.stored_request import read_design, read_request

RECENT = 20  # blocks from which the pace is estimated

SHOWN = 5  # failures in a report


@dataclass(frozen=True)
class Status:
    """Progress of a study."""

    name: str
    points: int
    whole_points: int
    replications: int
    there: int
    at_work: bool
    pace: float  # recent replications per second; NaN if unknown
    failures: Mapping[str, str]
    dataset: str

    @property
    def lines(self) -> list[str]:
        """Lines of the report."""
        stopped = "at work" if self.at_work else "stopped; the same command goes on"
        lines = [
            f"{self.name}: {'finished' if self.dataset else stopped}",
            f"  {self.whole_points:,} of {self.points:,} points, {self.there:,} of {self.replications:,} replications "
            f"({self.there / max(self.replications, 1):.0%})",
        ]
        if self.at_work and self.pace > 0 and self.there < self.replications:
            left = (self.replications - self.there) / self.pace
            lines.append(f"  {self.pace:,.0f} replications a second lately; about {left / 60:,.1f} min left")
        lines += [f"  failed: {point}: {why}" for point, why in list(self.failures.items())[:SHOWN]]
        lines += [f"  ... {more:,} more failures"] if (more := len(self.failures) - SHOWN) > 0 else []
        return [*lines, f"dataset {self.dataset}"] if self.dataset else lines


def status(folder: Path) -> Status:
    """Status of the study in a folder; RequestError if it is none."""
    request = read_request(folder)
    design = read_design(folder).drop_duplicates("id")
    store = Store(folder, siblings(folder)).refresh()
    manifest = read_manifest(folder) if regular.name_exists(folder / MANIFEST) else None
    sizes = zip(design["id"], design["draws"], design["theories"], strict=True)
    left = [sum(map(len, store.missing(point, range(draws)))) * theories for point, draws, theories in sizes]
    replications = int((design["draws"] * design["theories"]).sum())
    return Status(
        name=str(request["study"]["name"]),
        points=len(design),
        whole_points=sum(number == 0 for number in left),
        replications=replications,
        there=replications - sum(left),
        at_work=is_at_work(folder),
        pace=pace(store.notes),
        failures=_failures(store, manifest or {}, dict(zip(design["id"], left, strict=True))),
        dataset=manifest["dataset"] if manifest and not sum(left) and not is_at_work(folder) else "",
    )


def _failures(store: Store, manifest: Mapping[str, Any], left: Mapping[str, int]) -> dict[str, str]:
    """Reason by point that failed, or is missing after all were tried."""
    lost = (failure for failure in manifest.get("failures", ()) if failure["status"] == "missing")
    missing = {failure["point"]: failure["reason"] for failure in lost if left.get(failure["point"])}
    return missing | {point: why for point, why in store.reasons.items() if point in left and store.failed(point)}


def is_at_work(folder: Path) -> bool:
    """True if a sweep on this host is at work in a folder."""
    file = folder / WORKING
    if not regular.name_exists(file):
        return False
    try:
        with regular.opened(file) as opened:
            return not is_locked(opened)
    except OSError:  # a file system without locks, or a folder of another user: no sweep can be detected
        return False


def pace(notes: Sequence[Mapping[str, Any]]) -> float:
    """Replications per second over the latest blocks; NaN with fewer than two."""
    latest = sorted(notes, key=lambda note: note["at"])[-RECENT:]
    if len(latest) < 2:
        return float("nan")
    simulated = sum(len(note["points"]) * len(range(*note["draws"])) * note["theories"] for note in latest[1:])
    return simulated / max(time.time() - latest[0]["at"], 1e-9)


def report_finished(path: Path, manifest: Mapping[str, Any]) -> int:
    """Report a finished study, the hash last; SomeFailedError if points failed or are missing."""
    hours = manifest["cpu"] / 3_600
    print(
        f"{manifest['study']['name']}: {manifest['points']:,} points, {manifest['replications']:,} replications, "
        f"{hours:.3g} core-hours, as of {', '.join(manifest['as_of'])}\n"
        f"  {path}\n  python -m scenarios summarise {path}"
    )
    print("\n".join(f"  {line}" for line in [*own_lines(manifest), manifest["caveat"]]))
    for failure in manifest["failures"][:SHOWN]:
        print(f"  point {failure['point']} {failure['status']}: {failure['reason']}\n    {failure['replay']}")
    print(f"dataset {manifest['dataset']}")
    if manifest["failed_points"]:
        raise SomeFailedError(
            f"{manifest['failed_points']:,} of {manifest['points']:,} points failed or are missing; "
            f"see {path}/points.parquet. The same command tries the missing ones again, and with --retry-failed all."
        )
    return DONE


def report_partial(folder: StudyFolder, shard: tuple[int, int]) -> str:
    """Report of a finished shard while others are not finished."""
    left = folder.missing(folder.store())
    return (
        f"shard {shard[0]}/{shard[1]} of {folder.study.name} is done; {left:,} of {folder.study.replications:,} "
        f"replications are still to come from others.\n  {folder.path}\n"
        "  when all are done: python -m scenarios merge FOLDER [FOLDER ...]"
    )
