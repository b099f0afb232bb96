"""Series as xarray, with numbers read from disk on access."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import xarray as xr
from xarray.backends import BackendArray
from xarray.core import indexing

from scenarios.errors import RequestError
from scenarios.runs.series import Series
from scenarios.store.tables import check_known

AXES = ("theory", "draw", "period")


class StoredOutcome(BackendArray):
    """One outcome on disk, (theory, draw, period); an index reads the row groups of its draws."""

    def __init__(self, series: Series, name: str) -> None:
        self.series, self.name = series, name
        self.shape = (series.theories, series.draws.size, series.periods)
        self.dtype = np.dtype(np.float32)

    def __getitem__(self, key: indexing.ExplicitIndexer) -> Any:
        return indexing.explicit_indexing_adapter(key, self.shape, indexing.IndexingSupport.OUTER, self._at)

    def _at(self, key: tuple[Any, ...]) -> Any:
        theory, draw, period = key
        wanted = np.arange(self.shape[1])[draw]
        values = self.series.column(self.name, np.atleast_1d(wanted)).transpose(1, 0, 2)
        return values[theory][..., slice(None) if np.ndim(wanted) else 0, :][..., period]


def dataset(series: Series, theories: Sequence[str], outcomes: Sequence[str], about: dict[str, str]) -> xr.Dataset:
    """Outcomes on the axes theory, draw and period; their numbers are read on access."""
    check_known("series", series.schema.names, outcomes)
    columns = {name: _variable(series, name) for name in outcomes}
    days = {"unit": f"period of {series.period_days:g} days", "meaning": "Number of the period from the start."}
    began = np.datetime64(about["as_of"], "ns")
    dates = began + (np.arange(series.periods) * series.period_days * 86_400e9).astype("timedelta64[ns]")
    coordinates = {
        "theory": ("theory", list(theories), {"meaning": "Theory of the replication."}),
        "draw": ("draw", series.draws, {"unit": "1", "meaning": "Draw of luck and of uncertain parameters."}),
        "period": ("period", np.arange(series.periods), days),
        "date": ("period", dates, {"meaning": "First day of the period."}),
    }
    return xr.Dataset(columns, coordinates, about)


def _variable(series: Series, name: str) -> xr.Variable:
    words = series.words[name]
    lazy = indexing.LazilyIndexedArray(StoredOutcome(series, name))
    return xr.Variable(AXES, lazy, {**words, "units": words["unit"], "long_name": name.replace("_", " ")})


class Stack(BackendArray):
    """One outcome of several results, (scenario, theory, draw, period), read on access."""

    def __init__(self, columns: Sequence[xr.Variable]) -> None:
        self.columns = list(columns)
        self.shape = (len(self.columns), *self.columns[0].shape)
        self.dtype = self.columns[0].dtype

    def __getitem__(self, key: indexing.ExplicitIndexer) -> Any:
        return indexing.explicit_indexing_adapter(key, self.shape, indexing.IndexingSupport.OUTER, self._at)

    def _at(self, key: tuple[Any, ...]) -> Any:
        which, *rest = key
        wanted = np.arange(len(self.columns))[which]
        parts = [self.columns[number][tuple(rest)].to_numpy() for number in np.atleast_1d(wanted)]
        return np.stack(parts) if np.ndim(wanted) else parts[0]


def stacked(datasets: Sequence[xr.Dataset], labels: Sequence[str]) -> xr.Dataset:
    """Datasets of several results on a further axis, scenario; RequestError unless their other axes are equal."""
    first = datasets[0]
    for other, label in zip(datasets, labels, strict=True):
        for axis in AXES:
            if not np.array_equal(other[axis].to_numpy(), first[axis].to_numpy()):
                raise RequestError(
                    f"{labels[0]} and {label} differ in the axis {axis} ({first.sizes[axis]} and {other.sizes[axis]} "
                    "long, or with other names), so that they do not fit into one array; use them one by one."
                )
    columns = {name: _stacked([other[name] for other in datasets]) for name in first.data_vars}
    dates = xr.Variable(("scenario", "period"), [other["date"].to_numpy() for other in datasets], first["date"].attrs)
    names = xr.Variable("scenario", list(labels), {"meaning": "Scenario, and what else distinguishes results."})
    coordinates = {**{axis: first[axis] for axis in AXES}, "scenario": names, "date": dates}
    return xr.Dataset(columns, coordinates, {"caveat": first.attrs["caveat"]})


def _stacked(arrays: Sequence[xr.DataArray]) -> xr.Variable:
    lazy = indexing.LazilyIndexedArray(Stack([array.variable for array in arrays]))
    return xr.Variable(("scenario", *AXES), lazy, arrays[0].attrs)
