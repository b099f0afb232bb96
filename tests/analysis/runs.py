"""Made-up finished runs whose comparisons can be worked out by hand."""

from types import SimpleNamespace
from typing import Any

import numpy as np
import pandas as pd

from scenarios.outcomes import OUTCOMES

REQUEST: dict[str, Any] = {
    "start": {}, "world": {}, "beliefs": {}, "given": {}, "step_days": 1.0, "horizon": 100, "closed_loop": False,
}  # fmt: skip
ONE = ({"isis": "enablers", "strikes": "both"},)


def run(scenario="mine", poles=ONE, number="", **columns):
    """A run with a few outcomes; each is (draws,), the same under every theory, or (draws, theories)."""
    shaped = {name: np.asarray(values, dtype=float) for name, values in columns.items()}
    draws, theories = len(next(iter(shaped.values()))), len(poles)
    spread = {
        name: values if values.ndim == 2 else np.repeat(values[:, np.newaxis], theories, axis=1)
        for name, values in shaped.items()
    }
    size = draws * theories
    usual = {name: np.zeros(size) for name in OUTCOMES}
    keys = {"replication": range(size), "draw": np.arange(size) // theories, "theory": np.arange(size) % theories}
    frame = pd.DataFrame({**keys, **usual, **{name: values.ravel() for name, values in spread.items()}})
    labels = [" / ".join(theory.values()) for theory in poles]
    request = {**REQUEST, "theories": [{"poles": [list(pair) for pair in theory.items()]} for theory in poles]}
    manifest = {
        "id": number or scenario, "scenario": scenario, "schema": 1, "as_of": "2021-12-13", "start": "2021-12",
        "world": "simulated", "seed": 1, "draws": draws, "replications": size, "theories": labels, "request": request,
        "grades": "nothing", "provenance": {"code": "one"}, "failures": [],
    }  # fmt: skip
    return SimpleNamespace(
        scenario=scenario, theories=labels, outcomes=frame, manifest=manifest, path=f"results/{scenario}",
        baseline=None, failures=[],
    )  # fmt: skip


def row(frame, **chosen):
    for name, value in chosen.items():
        frame = frame[frame[name] == value]
    assert len(frame) == 1, f"{len(frame)} rows"
    return frame.iloc[0]
