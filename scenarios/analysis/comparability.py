"""Comparability of runs: what must agree for a contrast of two runs to be one of scenarios alone."""

from collections.abc import Mapping
from typing import Any, Protocol

from scenarios.errors import RequestError
from scenarios.runs.result import Result

SAME = ("as_of", "seed", "schema")

SAME_IN_REQUEST = ("start", "world", "theories", "beliefs", "given", "step_days", "horizon")


class Comparable(Protocol):
    """Run, finished or planned: its scenario, and what determines its numbers as in a manifest."""

    @property
    def scenario(self) -> str:
        """Name of the scenario."""

    @property
    def manifest(self) -> Mapping[str, Any]:
        """Manifest, or as much of it as is known before the run."""


def check_comparable(result: Comparable, baseline: Comparable) -> None:
    """Refuse a contrast of runs without common random numbers or inputs; the error says how to run them alike."""
    run, base = result.manifest, baseline.manifest
    differ = [name for name in SAME if run[name] != base[name]]
    differ += [name for name in SAME_IN_REQUEST if run["request"][name] != base["request"][name]]
    if differ:
        differences = "; ".join(_against(run, base, name) for name in differ)
        raise RequestError(
            f"{result.scenario} and {baseline.scenario} are not comparable, they differ in {differences}. "
            f"Run both alike: python -m scenarios run +scenario={result.scenario} start={base['start']} "
            f"world={base['world']} ensemble.seed={base['seed']} ensemble.step_days={base['request']['step_days']:g} "
            f"ensemble.horizon={base['request']['horizon']} against={baseline.scenario}"
        )


def _against(run: Mapping[str, Any], baseline: Mapping[str, Any], name: str) -> str:
    """Difference between two manifests in words."""
    left, right = (manifest.get(name, manifest["request"].get(name)) for manifest in (run, baseline))
    if isinstance(left, dict):
        names = [key for key in {**left, **right} if left.get(key) != right.get(key)]
        return f"{name} of {', '.join(names[:5])}{', ...' if len(names) > 5 else ''}"
    if left == right:
        return f"{name} (of the same name, but not the same)"
    return f"{name}: {left} against {right}"


def check_versions(run: Result, base: Result) -> None:
    """Refuse runs of different versions of the model, whose contrast would also be one of versions."""
    codes = [result.manifest.get("provenance", {}).get("code", "") for result in (run, base)]
    if codes[0] != codes[1]:
        raise RequestError(
            f"{run.path} and {base.path} were computed by different versions of the model (code {codes[0][:8]} "
            f"against {codes[1][:8]}). Run both with one version: python -m scenarios compare {run.scenario} "
            f"against={base.scenario}"
        )
