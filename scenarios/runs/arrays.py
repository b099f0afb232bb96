"""Series as xarray whose numbers are read when they are asked for."""

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


class Column(BackendArray):
    """One outcome on disk, (theory, draw, period); an index reads the row groups that hold its draws."""

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
    """Outcomes on the axes theory, draw and period; only their names are read before a number is needed."""
    check_known("series", series.schema.names, outcomes)
    columns = {name: _variable(series, name) for name in outcomes}
    days = {"unit": f"period of {series.period_days:g} days", "meaning": "Number of the period from the start."}
    began = np.datetime64(about["as_of"], "ns")
    dates = began + (np.arange(series.periods) * series.period_days * 86_400e9).astype("timedelta64[ns]")
    coordinates = {
        "theory": ("theory", list(theories), {"meaning": "Theory under which a replication lives."}),
        "draw": ("draw", series.draws, {"unit": "1", "meaning": "Draw of luck and of uncertain parameters."}),
        "period": ("period", np.arange(series.periods), days),
        "date": ("period", dates, {"meaning": "First day of the period."}),
    }
    return xr.Dataset(columns, coordinates, about)


def _variable(series: Series, name: str) -> xr.Variable:
    words = series.words[name]
    lazy = indexing.LazilyIndexedArray(Column(series, name))
    return xr.Variable(AXES, lazy, {**words, "units": words["unit"], "long_name": name.replace("_", " ")})


class Stack(BackendArray):
    """The same outcome of several results, (scenario, theory, draw, period), each read when its numbers are needed."""

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


def stacked(found: Sequence[xr.Dataset], labels: Sequence[str]) -> xr.Dataset:
    """Several datasets on one further axis, scenario; RequestError where their axes are not the same."""
    first = found[0]
    for each, label in zip(found, labels, strict=True):
        for axis in AXES:
            if not np.array_equal(each[axis].to_numpy(), first[axis].to_numpy()):
                raise RequestError(
                    f"{labels[0]} and {label} differ in the axis {axis} ({first.sizes[axis]} and {each.sizes[axis]} "
                    "long, or of other names), so that they are no one array; take them one by one."
                )
    columns = {name: _stacked([each[name] for each in found]) for name in first.data_vars}
    dates = xr.Variable(("scenario", "period"), [each["date"].to_numpy() for each in found], first["date"].attrs)
    names = xr.Variable("scenario", list(labels), {"meaning": "Scenario, and what else tells results apart."})
    coordinates = {**{axis: first[axis] for axis in AXES}, "scenario": names, "date": dates}
    return xr.Dataset(columns, coordinates, {"caveat": first.attrs["caveat"]})


def _stacked(arrays: Sequence[xr.DataArray]) -> xr.Variable:
    lazy = indexing.LazilyIndexedArray(Stack([each.variable for each in arrays]))
    return xr.Variable(("scenario", *AXES), lazy, arrays[0].attrs)
