"""Why two finished folders differ: in what was asked, in versions, and in which numbers."""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from scenarios.archive.manifest import settled
from scenarios.datasets import Dataset
from scenarios.errors import RequestError
from scenarios.outcomes import OUTCOMES
from scenarios.results import Result
from scenarios.sweeping.asking import read_asked

SHOWN = 20
ASKED, VERSIONS = "asked", "versions and machine"


def told(first: Path, second: Path) -> list[str]:
    """The differences in words, the causes first."""
    manifests = [settled(first), settled(second)]
    kinds = [manifest.get("kind", "run") for manifest in manifests]
    if kinds[0] != kinds[1]:
        raise RequestError(f"{first} is a {kinds[0]} and {second} a {kinds[1]}; give two of a kind.")
    asked = [_asked(path, manifest) for path, manifest in zip((first, second), manifests, strict=True)]
    lines = [*_section(ASKED, *asked), *_section(VERSIONS, *(each["provenance"] for each in manifests))]
    numbers = _of_studies if kinds[0] == "study" else _of_runs
    found = numbers(first, second)
    causes = [] if lines else ["asked alike, with the same versions"]
    return [f"A {first}", f"B {second}", *causes, *lines, *found]


def _asked(path: Path, manifest: Mapping[str, Any]) -> Mapping[str, Any]:
    if manifest.get("kind") == "study":
        found = read_asked(path)
        return {name: found[name] for name in ("study", "config", "replications")}
    return {**manifest["request"], "replications": manifest["replications"]}


def _section(title: str, first: Any, second: Any) -> list[str]:
    """Differences between two trees, one line per key."""
    found = list(differences("", first, second))
    more = [f"    ... {len(found) - SHOWN:,} more"] if len(found) > SHOWN else []
    return [f"  {title}:", *(f"    {key}: {a} | {b}" for key, a, b in found[:SHOWN]), *more] if found else []


def differences(key: str, first: Any, second: Any) -> Iterator[tuple[str, str, str]]:
    """Every leaf in which two trees differ: its key, and either side in short."""
    if isinstance(first, Mapping) and isinstance(second, Mapping):
        for name in dict.fromkeys([*first, *second]):
            yield from differences(f"{key}.{name}" if key else str(name), first.get(name), second.get(name))
    elif first != second:
        yield key, _short(first), _short(second)


def _short(value: Any) -> str:
    said = "-" if value is None else str(value)
    return said if len(said) <= 60 else f"{said[:57]}..."


def _of_runs(first: Path, second: Path) -> list[str]:
    """Where the outcomes of two runs differ, draw by draw and theory by theory."""
    frames = [Result(path).table("outcomes").set_index(["draw", "theory"]) for path in (first, second)]
    shared = frames[0].index.intersection(frames[1].index)
    lines = [f"  numbers: {len(shared):,} replications are in both, of {len(frames[0]):,} and {len(frames[1]):,}"]
    return lines + _parted(*(frame.loc[shared] for frame in frames))


def _parted(first: pd.DataFrame, second: pd.DataFrame) -> list[str]:
    names = [name for name in OUTCOMES if name in first and name in second]
    a, b = first[names].to_numpy(float), second[names].to_numpy(float)
    unlike = ~((a == b) | (np.isnan(a) & np.isnan(b)))
    if not unlike.any():
        return ["    the same to the last bit"]
    order = np.argsort(-unlike.sum(axis=0), kind="stable")
    rows = [
        f"    {names[place]}: differs in {unlike[:, place].sum():,}, mean {_mean(a[:, place])} | {_mean(b[:, place])}"
        for place in order
        if unlike[:, place].any()
    ]
    return [f"    {int(unlike.any(axis=1).sum()):,} replications differ", *rows[:SHOWN]]


def _mean(values: Sequence[float]) -> str:
    known = np.asarray(values)[np.isfinite(values)]
    return f"{known.mean():.4g}" if known.size else "-"


def _of_studies(first: Path, second: Path) -> list[str]:
    """Where the points of two studies differ."""
    studies = [Dataset(first), Dataset(second)]
    a, b = (study.points.drop_duplicates("id").set_index("id") for study in studies)
    shared = a.index.intersection(b.index)
    unlike = shared[(a.loc[shared, "digest"] != b.loc[shared, "digest"]).to_numpy()]
    hashes = [study.manifest["dataset"] for study in studies]
    verdict = "the same dataset" if hashes[0] == hashes[1] else f"dataset {hashes[0]} | {hashes[1]}"
    return [
        f"  numbers: {len(shared):,} points are in both, {len(a) - len(shared):,} in A alone, "
        f"{len(b) - len(shared):,} in B alone; {len(unlike):,} of those in both differ",
        *(f"    {name}: {_why(a.loc[name], b.loc[name])}" for name in unlike[:SHOWN]),
        f"  {verdict}",
    ]


def _why(first: pd.Series, second: pd.Series) -> str:
    """How one point differs."""
    if first["status"] != second["status"]:
        return f"{first['status']} | {second['status']}: {first['reason'] or second['reason']}"
    if first["draws"] != second["draws"]:
        return f"{first['draws']:,} draws | {second['draws']:,}"
    return f"other numbers under the same request (digest {first['digest'][:12]} | {second['digest'][:12]})"
