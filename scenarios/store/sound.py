"""Validation of the tables of a folder by their schemas: key columns present, all columns numbers or texts."""

import math
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from scenarios.errors import RequestError
from scenarios.outcomes import HEADLINES
from scenarios.store import regular
from scenarios.store.shape import STUDY, kind_of
from scenarios.store.tables import EVENT_TYPES

KEYS: Mapping[str, Mapping[str, pa.DataType]] = {
    "parameters": {"replication": pa.int64(), "draw": pa.int64(), "theory": pa.int16()},
    "outcomes": {"replication": pa.int64(), "draw": pa.int64(), "theory": pa.int16(), "failed": pa.bool_()},
    "series": {"replication": pa.int64(), "period": pa.int32()},
    "events": EVENT_TYPES,
}

POINT = {"point": pa.int32()}

OF_STUDY: Mapping[str, Mapping[str, pa.DataType]] = {
    "points": {"id": pa.string(), "theories": pa.string(), "digest": pa.string(), "status": pa.string(),
               "reason": pa.string()},
    "outcomes": {**POINT, "replication": pa.int64(), "draw": pa.int64(), "theory": pa.int16(), "failed": pa.bool_()},
    "summary": {**POINT, "theory": pa.string(), "outcome": pa.string()},
}  # fmt: skip


def check_tables(path: Path, manifest: Mapping[str, Any]) -> None:
    """Refuse tables with other rows or columns than expected; RequestError names the file and the column."""
    is_study = kind_of(manifest) == STUDY
    for name, keys in (OF_STUDY if is_study else KEYS).items():
        file = path / f"{name}.parquet"
        about = _footer(file)
        _check_columns(file, about.schema.to_arrow_schema(), keys)
        if not is_study and name in ("parameters", "outcomes") and about.num_rows != manifest["replications"]:
            raise _wrong(
                file, f"it has {about.num_rows:,} rows, where {manifest['replications']:,} replications are expected"
            )


def _footer(file: Path) -> pq.FileMetaData:
    with regular.opened(file) as opened:
        try:
            return pq.read_metadata(opened)
        except (pa.ArrowException, OSError, ValueError) as error:
            raise _wrong(file, " ".join(str(error).split())) from error


def _check_columns(file: Path, schema: pa.Schema, keys: Mapping[str, pa.DataType]) -> None:
    if len(set(schema.names)) != len(schema.names):
        raise _wrong(file, "a column appears twice")
    if file.stem == "outcomes":
        keys = {**keys, **dict.fromkeys(HEADLINES, pa.float64())}
    for name, kind in keys.items():
        if name not in schema.names or schema.field(name).type != kind:
            raise _wrong(file, f"it has no column {name} of {kind}")
    for column in schema:
        if not (
            pa.types.is_primitive(column.type)
            or pa.types.is_string(column.type)
            or pa.types.is_large_string(column.type)
        ):
            raise _wrong(file, f"column {column.name!r:.60} is of {column.type}, no number and no text")
    _check_about(file, schema)


def _check_about(file: Path, schema: pa.Schema) -> None:
    """Refuse metadata by which pandas would change a table, and a period that is not above zero."""
    about = schema.metadata or {}
    if b"pandas" in about:
        raise _wrong(file, "it was written by pandas")
    if file.stem == "series" and not _is_length(about.get(b"period_days", b"")):
        raise _wrong(file, "its metadata give no period_days above zero")


def _is_length(written: bytes) -> bool:
    try:
        return 0 < float(written) < math.inf
    except ValueError:
        return False


def _wrong(file: Path, why: str) -> RequestError:
    return RequestError(f"{file} is no table of this version: {why}. Move {file.parent} away and run again.")
