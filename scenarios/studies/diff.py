"""Differences between two finished folders: in their requests, in versions, and in numbers."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from scenarios.errors import RequestError
from scenarios.outcomes import HEADLINES
from scenarios.runs.result import Result
from scenarios.store.manifest import settled
from scenarios.studies.dataset import Dataset
from scenarios.studies.stored_request import read_request
from scenarios.studies.writer import NAMES, summarised
from scenarios.text import CAVEAT

SHOWN, OF_A_THEORY = 20, 14  # differences, outcomes per theory

REQUEST, VERSIONS = "request", "versions and machine"


def describe_differences(first: Path, second: Path) -> list[str]:
    """Differences in words, the causes first."""
    manifests = [settled(first), settled(second)]
    kinds = [manifest.get("kind", "run") for manifest in manifests]
    if kinds[0] != kinds[1]:
        raise RequestError(f"{first} is a {kinds[0]} and {second} a {kinds[1]}; give two of a kind.")
    requests = [_request(path, manifest) for path, manifest in zip((first, second), manifests, strict=True)]
    lines = [*_section(REQUEST, *requests), *_section(VERSIONS, *(manifest["provenance"] for manifest in manifests))]
    numbers = _of_studies if kinds[0] == "study" else _of_runs
    values = numbers(first, second)
    causes = [] if lines else ["the same request, with the same versions"]
    return [f"A {first}", f"B {second}", *causes, *lines, *values, f"  {CAVEAT}"]


def _request(path: Path, manifest: Mapping[str, Any]) -> Mapping[str, Any]:
    if manifest.get("kind") == "study":
        stored = read_request(path)
        return {name: stored[name] for name in ("study", "config", "replications")}
    return {**manifest["request"], "replications": manifest["replications"]}


def _section(title: str, first: Any, second: Any) -> list[str]:
    """Differences between two trees, one line per key."""
    differing = list(_differences("", first, second))
    more = [f"    ... {len(differing) - SHOWN:,} more"] if len(differing) > SHOWN else []
    return [f"  {title}:", *(f"    {key}: {a} | {b}" for key, a, b in differing[:SHOWN]), *more] if differing else []


def _differences(key: str, first: Any, second: Any) -> Iterator[tuple[str, str, str]]:
    """Yield every leaf in which two trees differ: its key, and either side in short."""
    if isinstance(first, Mapping) and isinstance(second, Mapping):
        for name in dict.fromkeys([*first, *second]):
            yield from _differences(f"{key}.{name}" if key else str(name), first.get(name), second.get(name))
    elif first != second:
        yield key, _short(first), _short(second)


def _short(value: Any) -> str:
    text = "-" if value is None else str(value)
    return text if len(text) <= 60 else f"{text[:57]}..."


def _of_runs(first: Path, second: Path) -> list[str]:
    """Differences between the outcomes of two runs, by draw and theory."""
    runs = [Result(first), Result(second)]
    frames = [run.table("outcomes").set_index(["theory", "draw"]) for run in runs]
    parts = [(name, *_shared(frames[0].loc[a], frames[1].loc[b])) for name, a, b in _matched(*runs)]
    number = sum(len(part) for _, part, _ in parts)
    lines = [line for part in parts for line in _theory_lines(*part)]
    return [
        f"  numbers: {number:,} replications are in both, of {len(frames[0]):,} and {len(frames[1]):,}",
        *(lines or ["    the same to the last bit" if number else "    no draw of a theory is in both"]),
    ]


def _matched(first: Result, second: Result) -> list[tuple[str, int, int]]:
    """Theories of two runs with their numbers in either, matched by name, or by poles if names differ."""
    keys = [first.theories, second.theories]
    if set(keys[0]) != set(keys[1]):
        keys = [[str(theory["poles"]) for theory in run.manifest["request"]["theories"]] for run in (first, second)]
    return [(first.theories[at], at, keys[1].index(key)) for at, key in enumerate(keys[0]) if key in keys[1]]


def _shared(first: pd.DataFrame, second: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Rows of the draws that are in both."""
    shared = first.index.intersection(second.index)
    return first.loc[shared], second.loc[shared]


def _theory_lines(theory: str, first: pd.DataFrame, second: pd.DataFrame) -> list[str]:
    """Differences under one theory, headlines first: number of replications, and both means with their errors."""
    a, b = (frame.reindex(columns=NAMES).to_numpy(float) for frame in (first, second))
    unlike = ~((a == b) | (np.isnan(a) & np.isnan(b)))
    count = unlike.sum(axis=0)
    order = sorted(np.flatnonzero(count), key=lambda at: (NAMES[at] not in HEADLINES, -count[at]))
    summaries = [summarised(values, [theory]) for values in (a, b)]
    means = [" | ".join(_mean(summary, place) for summary in summaries) for place in range(len(NAMES))]
    rows = [f"      {NAMES[at]}: differs in {count[at]:,}, mean {means[at]}" for at in order[:OF_A_THEORY]]
    more = [f"      ... {len(order) - OF_A_THEORY:,} more outcomes"] if len(order) > OF_A_THEORY else []
    head = f"    {theory}: {unlike.any(axis=1).sum():,} of {len(a):,} replications differ; mean ± Monte Carlo error"
    return [head, *rows, *more] if order else []


def _mean(summary: Mapping[str, Any], place: int) -> str:
    """Mean with its Monte Carlo standard error."""
    mean, error = summary["mean"][place], summary["mc_error"][place]
    return f"{mean:.4g} ±{error:.3g}" if np.isfinite(mean) else "-"


def _of_studies(first: Path, second: Path) -> list[str]:
    """Differences between the points of two studies."""
    studies = [Dataset(first), Dataset(second)]
    a, b = (study.points.drop_duplicates("id").set_index("id") for study in studies)
    shared = a.index.intersection(b.index)
    unlike = shared[(a.loc[shared, "digest"] != b.loc[shared, "digest"]).to_numpy()]
    hashes = [study.manifest["dataset"] for study in studies]
    verdict = "the same dataset" if hashes[0] == hashes[1] else f"dataset {hashes[0]} | {hashes[1]}"
    return [
        f"  numbers: {len(shared):,} points are in both, {len(a) - len(shared):,} only in A, "
        f"{len(b) - len(shared):,} only in B; {len(unlike):,} of those in both differ",
        *(f"    {name}: {_why(a.loc[name], b.loc[name])}" for name in unlike[:SHOWN]),
        f"  {verdict}",
    ]


def _why(first: pd.Series, second: pd.Series) -> str:
    """Reason why one point differs."""
    if first["status"] != second["status"]:
        return f"{first['status']} | {second['status']}: {first['reason'] or second['reason']}"
    if first["draws"] != second["draws"]:
        return f"{first['draws']:,} draws | {second['draws']:,}"
    return f"other numbers under the same request (digest {first['digest'][:12]} | {second['digest'][:12]})"
