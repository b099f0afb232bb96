"""Writer of the finished data of a study: every point in order, its summary, one hash over all."""

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa

from scenarios.analysis.estimates import ATTACKS, RATE, YEARS, column_estimates, ratio_of_sums
from scenarios.errors import RequestError
from scenarios.outcomes import OUTCOMES
from scenarios.store.folder import TableFiles
from scenarios.store.identity import digest_of
from scenarios.studies.dataset import ABOUT, QUANTITIES, of_factor, unit_of
from scenarios.studies.index import COLUMNS, DATA, POINTS, SUMMARY, Numbers, Store
from scenarios.studies.layout import Layout, Point
from scenarios.studies.levels import framed

GROUP = 2_000  # approximate rows per row group; a point is never split

NAMES = tuple(OUTCOMES)

RATES, COUNTS, EXPOSURE = (NAMES.index(name) for name in (RATE, ATTACKS, YEARS))

KEYS = {  # columns of outcomes.parquet beside outcomes: unit, meaning
    "point": ABOUT["point"],
    "replication": ("1", "Number of the replication within its point: draw times theories plus theory."),
    "draw": ("1", "Draw of luck and of uncertain parameters; the same draw pairs points and theories."),
    "theory": ("1", "Number of the theory of the replication; names are in points.parquet."),
}


class Writer(TableFiles):
    """Writer of the three tables of a study; a point is never split over row groups."""

    def __init__(self, folder: Path, layout: Layout) -> None:
        super().__init__(folder)
        self.layout = layout
        self.buffer: list[tuple[Point, Numbers]] = []
        self.points: list[Point] = []
        self.rows: list[dict[str, Any]] = []  # of points.parquet
        self.summaries: list[pa.Table] = []
        self.group = 0
        self.start(DATA, data_schema())
        self.start(SUMMARY, summary_schema())

    def add(self, point: Point, values: Numbers, about: Mapping[str, Any]) -> None:
        """Add one point with its replications, (replications, columns), and its status."""
        theories = self.layout.theories(point)
        row = sum(len(rows) for _, rows in self.buffer)
        place = {"group": self.group, "row": row, "rows": len(values), "draws": len(values) // len(theories)}
        self.rows.append({"theories": json.dumps(theories), "digest": digest_of_rows(values), **place, **about})
        self.buffer.append((point, values))
        self.points.append(point)
        if len(values):
            summary = {"point": np.full(len(theories) * len(OUTCOMES), point.number), **summarised(values, theories)}
            self.summaries.append(pa.table(dict(summary), schema=summary_schema()))
        if row + len(values) >= GROUP:
            self._flush()

    def _flush(self) -> None:
        if any(len(values) for _, values in self.buffer):
            self.append(DATA, pa.concat_tables(self._table(*added) for added in self.buffer))
            self.append(SUMMARY, pa.concat_tables(self.summaries))
            self.group += 1
        self.buffer, self.summaries = [], []

    def _table(self, point: Point, values: Numbers) -> pa.Table:
        theories, size = len(self.layout.theories(point)), len(values)
        number = np.arange(size)
        keys = {"point": np.full(size, point.number), "replication": number, "draw": number // theories}
        columns = {name: values[:, place] for place, name in enumerate(COLUMNS)}
        columns["failed"] = columns["failed"].astype(bool)
        return pa.table({**keys, "theory": number % theories, **columns}, schema=data_schema())

    def close(self) -> dict[str, Any]:
        """Finish the tables; return their sizes and digests."""
        self._flush()
        about = {name: [row[name] for row in self.rows] for name in self.rows[0]}
        table = pa.table({**point_columns(self.points), **about})
        self.append(POINTS, table.cast(_with_words(table.schema)))
        return super().close()

    def hash(self) -> str:
        """Hash over all results, whatever the order in which they came."""
        return digest_of(sorted({f"{point.id} {row['digest']}" for point, row in self.by_point() if row["rows"]}))

    def by_point(self) -> Iterator[tuple[Point, Mapping[str, Any]]]:
        """Points with their rows of points.parquet."""
        return zip(self.points, self.rows, strict=True)


def point_columns(points: Sequence[Point]) -> dict[str, pa.Array]:
    """Numbers, identifiers and factors of points as columns; RequestError if a table cannot store them."""
    ids = {"point": [point.number for point in points], "id": [point.id for point in points]}
    frame = framed([point.settings for point in points])
    try:
        return {name: pa.array(values) for name, values in [*ids.items(), *frame.items()]}
    except (pa.ArrowException, ValueError, OverflowError) as error:
        raise RequestError(f"study: no table can store its factors ({' '.join(str(error).split())}).") from error


def write_points(writer: Writer, store: Store, draws: Mapping[str, range], lost: Mapping[str, str]) -> None:
    """Write every point in order: its draws to the first gap, and the reason if some are missing."""
    for point in writer.layout.points:
        gaps = store.missing(point.id, draws[point.kind])
        stop = gaps[0].start if gaps else draws[point.kind].stop
        there = range(max(stop, store.finished(point.id)))
        values = _stored_values(store, point, there, len(writer.layout.theories(point)))
        why = store.reasons.get(point.id, "")
        about = _about(values, lost.get(point.id, "not simulated yet") if gaps else "", why)
        writer.add(point, values, {**about, "cpu": store.cpu(point.id, there)})


def _stored_values(store: Store, point: Point, there: range, theories: int) -> Numbers:
    """Replications of stored draws; OSError if some are gone since they were indexed."""
    values = store.values(point.id, there, theories)
    if len(values) != len(there) * theories:
        raise OSError(f"of point {point.id}, {len(there) * theories - len(values):,} replications are gone meanwhile")
    return values


def _about(values: Numbers, missing: str, why: str) -> dict[str, Any]:
    """Status of a point: done, failed in whole or in part, or missing."""
    bad = int(values[:, -1].sum())
    status = "missing" if missing else "failed" if bad else "done"
    return {"status": status, "failed": bad, "reason": missing or (why if bad else "")}


def digest_of_rows(values: Numbers) -> str:
    """Digest of replications, bit for bit; every NaN counts as the same."""
    digest = hashlib.blake2b(digest_size=16)
    for first in range(0, len(values), GROUP):
        part = values[first : first + GROUP]
        digest.update(np.where(np.isnan(part), np.nan, part).tobytes())
    return digest.hexdigest()


def data_schema() -> pa.Schema:
    """Columns of outcomes.parquet."""
    kinds = {"point": pa.int32(), "replication": pa.int64(), "draw": pa.int64(), "theory": pa.int16()}
    keys = [_field(name, kind, *KEYS[name]) for name, kind in kinds.items()]
    outcomes = [_field(name, pa.float64(), outcome.unit, outcome.meaning) for name, outcome in OUTCOMES.items()]
    failed = _field("failed", pa.bool_(), "1", "Whether the replication failed; its outcomes are then empty.")
    return pa.schema([*keys, *outcomes, failed])


def summary_schema() -> pa.Schema:
    """Columns of summary.parquet, one row per point, theory and outcome."""
    named = [
        _field("point", pa.int32(), *KEYS["point"]),
        _field("theory", pa.string(), "1", "Name of the theory of the replications."),
        _field("outcome", pa.string(), "1", "Name of the outcome; its unit is in outcomes.parquet."),
    ]
    numbers = (_field(name, pa.float64(), unit_of(name), meaning) for name, meaning in QUANTITIES.items())
    return pa.schema([*named, *numbers])


def _with_words(schema: pa.Schema) -> pa.Schema:
    """Columns of points.parquet with units and meanings."""
    words = {column.name: ABOUT.get(column.name) or tuple(of_factor(column.name).values()) for column in schema}
    return pa.schema([_field(column.name, column.type, *words[column.name]) for column in schema])


def _field(name: str, kind: pa.DataType, unit: str, meaning: str) -> pa.Field:
    return pa.field(name, kind, metadata={"unit": unit, "meaning": meaning})


def summarised(values: Numbers, theories: Sequence[str]) -> Mapping[str, Numbers | Sequence[str]]:
    """Summary by theory and outcome, as columns; `values` are (draws x theories, columns)."""
    by_theory = values[:, : len(NAMES)].reshape(-1, len(theories), len(NAMES))
    summary = column_estimates(by_theory.reshape(by_theory.shape[0], -1))
    for number in range(len(theories)):
        counts, years = (pd.Series(by_theory[:, number, column]).dropna() for column in (COUNTS, EXPOSURE))
        at = number * len(NAMES) + RATES
        summary["mean"][at], summary["mc_error"][at] = ratio_of_sums(counts, years)
    return {"theory": np.repeat(list(theories), len(NAMES)).tolist(), "outcome": [*NAMES] * len(theories), **summary}
