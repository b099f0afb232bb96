"""Finished results read back: tables as pandas frames with units, series as arrays and xarray."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any, overload

import pandas as pd

from scenarios.runs.series import Series
from scenarios.store import tables
from scenarios.store.manifest import settled
from scenarios.store.shape import RUN

if TYPE_CHECKING:
    import xarray as xr

QUANTILES = (0.05, 0.5, 0.95)

FURTHER = ("as_of", "world", "id")  # keys that distinguish results of one scenario


class Result:
    """One finished experiment."""

    def __init__(self, path: Path) -> None:
        self.path, self.manifest = path, settled(path, RUN)
        self.place = path.absolute()  # valid even if the working folder changes
        self.baseline: Result | None = None  # set for a result that comes directly from a run
        self.troubles: list[str] = []  # messages about unreadable folders beside it

    @property
    def scenario(self) -> str:
        """Name of the scenario."""
        return str(self.manifest["scenario"])

    @property
    def theories(self) -> list[str]:
        """Names of the theories, in the order of their numbers."""
        return list(self.manifest["theories"])

    @property
    def failures(self) -> list[dict[str, Any]]:
        """Draws that failed, each with its reason."""
        return list(self.manifest["failures"])

    @cached_property
    def outcomes(self) -> pd.DataFrame:
        """Replications x outcomes, without failed ones; units and meanings are in `attrs`."""
        frame = self.table("outcomes")
        return frame[~frame["failed"]].drop(columns="failed")

    @cached_property
    def parameters(self) -> pd.DataFrame:
        """Replications x uncertain parameters, as drawn."""
        return self.table("parameters")

    @cached_property
    def events(self) -> pd.DataFrame:
        """Dated events of the recorded draws, each with its cause."""
        return self.table("events")

    @property
    def series(self) -> pd.DataFrame:
        """(replication, period) x outcomes, all columns; `table('series', [...])` reads only some."""
        return self.table("series")

    def table(self, name: str, columns: Iterable[str] | None = None) -> pd.DataFrame:
        """One table, or its keys and some columns, with units and meanings in `attrs`."""
        return tables.frame(self.place / f"{name}.parquet", columns)

    @cached_property
    def by_period(self) -> Series:
        """The series as arrays, one outcome at a time."""
        return Series(self.place / "series.parquet", len(self.theories))

    def bands(
        self, outcomes: Sequence[str] | None = None, quantiles: Sequence[float] = QUANTILES, merged: int = 1
    ) -> pd.DataFrame:
        """Quantiles over replications by outcome, theory and period, of all or some outcomes.

        Periods may be merged: counts are summed, levels averaged, an incomplete last period dropped. Units and
        meanings are in `attrs`.
        """
        bands = self.by_period.bands(outcomes, quantiles, merged)
        bands.index = bands.index.set_levels(self.theories, level="theory")
        words = self.by_period.words
        for word in tables.WORDS:
            bands.attrs[word] = {name: words[name][word] for name in bands.index.unique("outcome")}
        return bands

    def to_xarray(self, outcomes: Iterable[str] | None = None) -> "xr.Dataset":
        """Series as arrays with units on the axes theory, draw and period; numbers are read on access."""
        from scenarios.runs.arrays import dataset

        about = {name: str(self.manifest[name]) for name in ("scenario", "as_of", "world", "grades", "caveat")}
        names = self.series_names() if outcomes is None else list(outcomes)
        return dataset(self.by_period, self.theories, names, about)

    def series_names(self) -> list[str]:
        """Outcomes recorded by period."""
        return self.by_period.names

    @property
    def period_days(self) -> float:
        """Length of a period [days]."""
        return self.by_period.period_days

    def __repr__(self) -> str:
        about = self.manifest
        return (
            f"<Result {self.scenario} as of {about['as_of']}, world {about['world']}: "
            f"{about['replications']:,} replications, "
            f"{len(self.theories)} theor{'y' if len(self.theories) == 1 else 'ies'}, "
            f"{len(self.failures)} failures, {self.path}>"
        )


class Results(Sequence[Result]):
    """Several finished experiments, with messages about unreadable folders beside them."""

    def __init__(self, results: Iterable[Result], troubles: Iterable[str] = ()) -> None:
        self.results, self.troubles = list(results), list(troubles)

    @overload
    def __getitem__(self, which: int) -> Result: ...

    @overload
    def __getitem__(self, which: slice) -> "Results": ...

    def __getitem__(self, which: int | slice) -> "Result | Results":
        return Results(self.results[which], self.troubles) if isinstance(which, slice) else self.results[which]

    def __len__(self) -> int:
        return len(self.results)

    def __iter__(self) -> Iterator[Result]:
        return iter(self.results)

    @property
    def labels(self) -> list[str]:
        """Distinct names of the results: the scenario and, if needed, as-of date, world and id."""
        return apart([each.manifest for each in self])

    @property
    def outcomes(self) -> pd.DataFrame:
        """Outcomes of all, without failed replications."""
        return self._together(lambda each: each.outcomes)

    @property
    def parameters(self) -> pd.DataFrame:
        """Parameters of all, as drawn."""
        return self._together(lambda each: each.parameters)

    @property
    def events(self) -> pd.DataFrame:
        """Events of the recorded draws of all."""
        return self._together(lambda each: each.events)

    @property
    def series(self) -> pd.DataFrame:
        """Series of all."""
        return self._together(lambda each: each.series)

    def to_xarray(self, outcomes: Iterable[str] | None = None) -> "xr.Dataset":
        """Series of all on a further axis, scenario, read on access; their other axes must be equal."""
        from scenarios.runs.arrays import stacked

        shared = set.intersection(*(set(each.series_names()) for each in self)) if self.results else set()
        names = [each for each in self[0].series_names() if each in shared] if outcomes is None else list(outcomes)
        return stacked([each.to_xarray(names) for each in self], self.labels)

    def _together(self, of: Callable[[Result], pd.DataFrame]) -> pd.DataFrame:
        """Concatenated tables, with the scenario of every row in a column."""
        frames = [of(each).assign(scenario=label) for each, label in zip(self, self.labels, strict=True)]
        table = pd.concat(frames, ignore_index=True)
        table.attrs = frames[0].attrs
        return table[["scenario", *(name for name in table.columns if name != "scenario")]]

    def __repr__(self) -> str:
        lines = [f"  could not be read: {each}" for each in self.troubles]
        return "\n".join([f"<{len(self)} results", *lines, *(f"  {each!r}" for each in self)]) + ">"


def apart(manifests: Sequence[Mapping[str, Any]]) -> list[str]:
    """Distinct names of results: the scenario and, while names coincide, as-of date, world and id."""
    words = [[str(each["scenario"])] for each in manifests]
    for further in FURTHER:
        names = [", ".join(each) for each in words]
        if len(set(names)) == len(names):
            break
        if len({each[further] for each in manifests}) > 1:
            words = [[*parts, str(each[further])] for parts, each in zip(words, manifests, strict=True)]
    return [", ".join(each) for each in words]
