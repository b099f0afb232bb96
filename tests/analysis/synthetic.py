"""Synthetic results whose early observables and later outcomes are related as chosen."""

from types import SimpleNamespace

import numpy as np
import pandas as pd

from scenarios.analysis.indicators import COUNTS, RUNGS

WEEKS, DRAWS = 30, 800
SEEN = ("claimed_attacks", "us_strikes", "ladder")


def synthetic(early, later, theories=("one theory",), draws=DRAWS, weeks=WEEKS, period_days=7.0, poles=None, grow=()):
    """Result of a number of draws and theories.

    early    observable -> (draws, theories), put into the first week
    later    future -> (draws, theories), put into the last week
    grow     series that are recorded beside those needed
    """
    number = len(theories)
    size = draws * number
    names = sorted({*COUNTS, *RUNGS, *SEEN, "troops", *early, *later, *grow})
    values = {name: np.zeros((size, weeks)) for name in names}
    values["troops"][:] = 2_500.0
    for name, given in early.items():
        values[name][:, 0] = spread(given, draws, number)
    for name, given in later.items():
        values[name][:, -1] += spread(given, draws, number)
    replication = np.arange(size)
    keys = {"replication": np.repeat(replication, weeks), "period": np.tile(np.arange(weeks), size)}
    series = pd.DataFrame({**keys, **{name: part.ravel() for name, part in values.items()}})
    outcomes = pd.DataFrame({"replication": replication, "draw": replication // number, "theory": replication % number})
    manifest = {
        "request": {"horizon": weeks * period_days, "theories": [{"poles": pair} for pair in poles or [[]] * number]},
        "as_of": "2021-12-13", "world": "calm", "grades": "nothing", "caveat": "Not a forecast.",
    }  # fmt: skip
    return SimpleNamespace(
        theories=list(theories), outcomes=outcomes, manifest=manifest, period_days=period_days, path="here",
        scenario="made_up", series_names=lambda: names, failures=[],
        table=lambda name, columns: series[["replication", "period", *columns]],
    )  # fmt: skip


def spread(values, draws, number):
    """One value a draw, or one a draw and theory, as one a replication."""
    return np.broadcast_to(np.reshape(values, (draws, -1)), (draws, number)).ravel()


def normals(count, seed=5):
    """Independent standard normal numbers, (draws, count)."""
    return np.random.default_rng(seed).normal(size=(DRAWS, count))
