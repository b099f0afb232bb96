"""Series of a result as arrays, read one outcome at a time and for the requested draws only."""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pyarrow.parquet as pq
from numpy.typing import NDArray

from scenarios.errors import RequestError
from scenarios.execution.cores import usable
from scenarios.outcomes import COUNT, OUTCOMES
from scenarios.store.tables import check_known, describe_columns

Numbers = NDArray[np.float32]

KEYS = ("replication", "period")


class Series:
    """The series of one result, with rows by draw, theory and period, the period varying fastest.

    Every row group contains consecutive draws, so that a few draws are read quickly; failed draws have no rows.
    """

    def __init__(self, file: Path, theories: int) -> None:
        self.path, self.theories = file, theories
        opened = pq.ParquetFile(file, memory_map=True)
        self.schema, self.metadata = opened.schema_arrow, opened.metadata

    @property
    def names(self) -> list[str]:
        """Outcomes recorded by period."""
        return [name for name in self.schema.names if name not in KEYS]

    @property
    def words(self) -> dict[str, dict[str, str]]:
        """Unit and meaning of every column."""
        return describe_columns(self.schema)

    @property
    def period_days(self) -> float:
        """Length of a period [days]."""
        return float(self.schema.metadata[b"period_days"])

    @cached_property
    def periods(self) -> int:
        """Number of periods; zero if every draw failed."""
        spans = self._extremes("period")
        return 1 + max((last for _, last in spans.values()), default=-1)

    @cached_property
    def groups(self) -> dict[int, NDArray[np.int64]]:
        """Draws in each row group."""
        by_group = {
            number: np.arange(first // self.theories, last // self.theories + 1)
            for number, (first, last) in self._extremes("replication").items()
        }
        for number, draws in by_group.items():
            rows = self.metadata.row_group(number).num_rows
            if rows != draws.size * self.theories * self.periods:
                raise RequestError(
                    f"{self.path}: row group {number} has {rows:,} rows where {draws.size:,} draws under "
                    f"{self.theories} theories over {self.periods} periods need "
                    f"{draws.size * self.theories * self.periods:,}; read it with table('series')."
                )
        return by_group

    @cached_property
    def draws(self) -> NDArray[np.int64]:
        """Draws that did not fail, in order."""
        return np.concatenate([*self.groups.values(), np.empty(0, dtype=np.int64)])

    def _extremes(self, key: str) -> dict[int, tuple[int, int]]:
        """Minimum and maximum of a key in each row group with rows, from the statistics of the file."""
        column, metadata = self.schema.get_field_index(key), self.metadata
        groups = [n for n in range(metadata.num_row_groups) if metadata.row_group(n).num_rows]
        statistics = {number: metadata.row_group(number).column(column).statistics for number in groups}
        return {number: (int(each.min), int(each.max)) for number, each in statistics.items()}

    def column(self, name: str, wanted: NDArray[np.int64] | None = None) -> Numbers:
        """One outcome, (draws, theories, periods), of all draws or of those at some positions.

        Every call opens its own reader, since a reader must not be shared by threads.
        """
        places = {number: at for number, at in self._places().items() if wanted is None or np.isin(wanted, at).any()}
        if not places:
            return np.empty((0, self.theories, self.periods), dtype=np.float32)
        reader = pq.ParquetFile(self.path, metadata=self.metadata, memory_map=True)
        read = reader.read_row_groups(list(places), columns=[name], use_threads=False)
        values = read.column(0).to_numpy().reshape(-1, self.theories, self.periods)
        if wanted is None:
            return values
        stored = np.concatenate(list(places.values()))
        return values[np.searchsorted(stored, wanted)]

    def _places(self) -> dict[int, NDArray[np.int64]]:
        """Positions along the axis of draws, by row group."""
        ends = np.cumsum([0, *(draws.size for draws in self.groups.values())])
        return {number: np.arange(ends[at], ends[at + 1]) for at, number in enumerate(self.groups)}

    def bands(self, outcomes: Sequence[str] | None, quantiles: Sequence[float], merged: int) -> pd.DataFrame:
        """Quantiles over draws by outcome, theory (number) and period; columns are the quantiles.

        Periods may be merged: counts are summed, levels averaged, an incomplete last period dropped. Outcomes are read
        by as many threads as there are cores.
        """
        names = self.names if outcomes is None else list(outcomes)
        check_known("series", self.schema.names, names)
        with ThreadPoolExecutor(min(len(names), usable()) or 1) as pool:
            values = list(pool.map(lambda name: self._bands(name, quantiles, merged), names))
        index = in_order(names, range(self.theories), range(self.periods // merged))
        rows = np.concatenate(values) if values else np.empty((0, len(quantiles)))
        return pd.DataFrame(rows, index=index, columns=list(quantiles))

    def _bands(self, name: str, quantiles: Sequence[float], merged: int) -> NDArray[np.float64]:
        values = np.array(self._merged(name, merged).transpose(1, 2, 0), order="C")
        rows = values.reshape(values.shape[0] * values.shape[1], values.shape[2])
        if not values.shape[-1]:
            return np.full((len(rows), len(quantiles)), np.nan)
        rows.sort(axis=-1)  # NaN is sorted to the end
        if np.isnan(rows[:, -1]).any():
            return np.nanquantile(rows, quantiles, axis=-1).T.astype(float)
        return of_sorted(rows, quantiles)

    def means(self, outcome: str, merged: int = 1) -> NDArray[np.float64]:
        """Mean over draws, (theories, periods); NaN if every draw failed."""
        values = self._merged(outcome, merged)
        return values.mean(axis=0, dtype=float) if len(values) else np.full(values.shape[1:], np.nan)

    def _merged(self, name: str, merged: int) -> Numbers:
        """One outcome, with periods merged into longer ones."""
        values = self.column(name)
        if merged == 1:
            return values
        whole = self.periods // merged
        parts = values[:, :, : whole * merged].reshape(*values.shape[:2], whole, merged)
        return parts.sum(axis=-1) if OUTCOMES[name].kind == COUNT else parts.mean(axis=-1)


def of_sorted(rows: Numbers, quantiles: Sequence[float]) -> NDArray[np.float64]:
    """Quantiles of every row of sorted numbers, by linear interpolation (type 7 of Hyndman and Fan 1996)."""
    at = np.asarray(quantiles) * (rows.shape[-1] - 1)
    below = np.floor(at).astype(int)
    low, high = (rows[:, index].astype(float) for index in (below, np.ceil(at).astype(int)))
    return low + (high - low) * (at - below)


def in_order(*levels: Sequence[Any]) -> pd.MultiIndex:
    """Index outcome x theory x period in the given order, with codes that pandas recognises as sorted."""
    codes = np.indices([len(each) for each in levels]).reshape(len(levels), -1)
    return pd.MultiIndex(levels=levels, codes=list(codes), names=["outcome", "theory", "period"])
